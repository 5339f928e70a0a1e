/* SPDX-License-Identifier: Apache-2.0 */
/* The cases of growth: what each is about, how an input of size n is written, which stages it goes through. Inputs are
 * within the service's limits, so that nothing is refused early. */
#include "growth.h"

#include "stages.h"
#include "ways.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An input as it is being written: an expression and three JSON objects. */
struct draft {
    FILE *text, *names, *values, *item;
};

struct growth_case {
    const char *name;
    ddbexpr_kind kind;
    size_t n; /* the smallest size */
    void (*write)(struct draft *draft, size_t n);
    const char *stages; /* names with blanks between */
};

#define EXPRESSION_STAGES "lex parse check compile"

static const char *comma(size_t i) { return i ? "," : ""; }

/* --- expressions --- */

static void write_long_name(struct draft *d, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fputc('a', d->text);
    fputs(" = :v", d->text);
    fputs("\":v\":{\"N\":\"1\"}", d->values);
}

static void write_blanks(struct draft *d, size_t n)
{
    fprintf(d->text, "a =%*s:v", (int)n, "");
    fputs("\":v\":{\"N\":\"1\"}", d->values);
}

static void write_joined(struct draft *d, size_t n, const char *joint, const char *value)
{
    for (size_t i = 0; i < n; i++) {
        fprintf(d->text, "%sa%zu=:v", i ? joint : "", i);
        fprintf(d->item, "%s\"a%zu\":{\"N\":\"1\"}", comma(i), i);
    }
    fprintf(d->values, "\":v\":{\"N\":\"%s\"}", value);
}

static void write_and(struct draft *d, size_t n) { write_joined(d, n, " AND ", "1"); }
static void write_or(struct draft *d, size_t n) { write_joined(d, n, " OR ", "2"); }

/* Clauses about one attribute, each with a value of its own. */
static void write_or_values(struct draft *d, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        fprintf(d->text, "%sa=:v%zu", i ? " OR " : "", i);
        fprintf(d->values, "%s\":v%zu\":{\"S\":\"k%zu\"}", comma(i), i, i);
    }
    fputs("\"a\":{\"S\":\"other\"}", d->item);
}

static void write_in(struct draft *d, size_t n)
{
    fputs("a IN (", d->text);
    for (size_t i = 0; i < n; i++) {
        fprintf(d->text, "%s:v%zu", comma(i), i);
        fprintf(d->values, "%s\":v%zu\":{\"S\":\"k%zu\"}", comma(i), i, i);
    }
    fputc(')', d->text);
    fputs("\"a\":{\"S\":\"other\"}", d->item);
}

static void write_parentheses(struct draft *d, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fputs("a=:v AND (", d->text);
    fputs("a=:v", d->text);
    for (size_t i = 0; i < n; i++)
        fputc(')', d->text);
    fputs("\":v\":{\"N\":\"1\"}", d->values);
    fputs("\"a\":{\"N\":\"1\"}", d->item);
}

static void write_nots(struct draft *d, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fputs("NOT ", d->text);
    fputs("a=:v", d->text);
    fputs("\":v\":{\"N\":\"1\"}", d->values);
    fputs("\"a\":{\"N\":\"1\"}", d->item);
}

static void write_set(struct draft *d, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fprintf(d->text, "%sa%zu=:v", i ? "," : "SET ", i);
    fputs("\":v\":{\"N\":\"1\"}", d->values);
    fputs("\"a1\":{\"N\":\"1\"}", d->item);
}

static void write_remove(struct draft *d, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        fprintf(d->text, "%sa%zu", i ? "," : "REMOVE ", i);
        fprintf(d->item, "%s\"a%zu\":{\"N\":\"1\"}", comma(i), i);
    }
}

/* Elements of one list: from the last to the first. */
static void write_remove_elements(struct draft *d, size_t n)
{
    fputs("\"a\":{\"L\":[", d->item);
    for (size_t i = 0; i < n; i++) {
        fprintf(d->text, "%sa[%zu]", i ? "," : "REMOVE ", n - 1 - i);
        fprintf(d->item, "%s{\"N\":\"1\"}", comma(i));
    }
    fputs("]}", d->item);
}

static void write_defaults(struct draft *d, size_t n)
{
    fputs("SET b=", d->text);
    for (size_t i = 0; i < n; i++)
        fputs("if_not_exists(a,", d->text);
    fputs(":v", d->text);
    for (size_t i = 0; i < n; i++)
        fputc(')', d->text);
    fputs("\":v\":{\"N\":\"1\"}", d->values);
    fputs("\"b\":{\"N\":\"1\"}", d->item);
}

/* --- placeholders: few are used, so that the rest is unused; the last is --- */

static void write_names(struct draft *d, size_t n)
{
    fprintf(d->text, "attribute_exists(#n%zu)", n - 1);
    for (size_t i = 0; i < n; i++)
        fprintf(d->names, "%s\"#n%zu\":\"name%zu\"", comma(i), i, i);
}

static void write_values(struct draft *d, size_t n)
{
    fprintf(d->text, "a = :v%zu", n - 1);
    for (size_t i = 0; i < n; i++)
        fprintf(d->values, "%s\":v%zu\":{\"S\":\"value%zu\"}", comma(i), i, i);
}

/* --- items --- */

static void write_attributes(struct draft *d, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fprintf(d->item, "%s\"attribute%zu\":{\"N\":\"%zu\"}", comma(i), i, i);
    fputs("\":v\":{\"N\":\"1\"}", d->values);
}

static void write_attributes_condition(struct draft *d, size_t n)
{
    write_attributes(d, n);
    fputs("attribute7 = :v", d->text);
}

static void write_attributes_update(struct draft *d, size_t n)
{
    write_attributes(d, n);
    fputs("SET attribute7 = :v, fresh = :v", d->text);
}

/* A set of n members with a distance between them, beginning at `first`, in an order that is not theirs. */
static void write_members(FILE *f, const char *type, size_t n, size_t first, size_t step)
{
    fprintf(f, "{\"%s\":[", type);
    for (size_t i = 0; i < n; i++) /* 7919 is prime: every place is visited once */
        fprintf(f, "%s\"%s%zu\"", comma(i), *type == 'S' ? "member" : "", first + step * (i * 7919 % n));
    fputs("]}", f);
}

static void write_sets(struct draft *d, const char *type, size_t n, size_t first)
{
    fputs("\"a\":", d->item);
    write_members(d->item, type, n, 1000000, 2);
    fputs("\":s\":", d->values);
    write_members(d->values, type, n, 1000000 + first, 2);
}

static void write_equal(struct draft *d, size_t n, const char *type)
{
    fputs("a = :s", d->text);
    write_sets(d, type, n, 0);
}

static void write_equal_texts(struct draft *d, size_t n) { write_equal(d, n, "SS"); }
static void write_equal_numbers(struct draft *d, size_t n) { write_equal(d, n, "NS"); }

static void write_union_texts(struct draft *d, size_t n)
{
    fputs("ADD a :s", d->text);
    write_sets(d, "SS", n, 1);
}

static void write_union_numbers(struct draft *d, size_t n)
{
    fputs("ADD a :s", d->text);
    write_sets(d, "NS", n, 1);
}

/* The second half of the set is taken away. */
static void write_difference_texts(struct draft *d, size_t n)
{
    fputs("DELETE a :s", d->text);
    write_sets(d, "SS", n, n);
}

static void write_difference_numbers(struct draft *d, size_t n)
{
    fputs("DELETE a :s", d->text);
    write_sets(d, "NS", n, n);
}

static void write_member(struct draft *d, size_t n)
{
    fputs("contains(a, :v)", d->text);
    fputs("\"a\":", d->item);
    write_members(d->item, "SS", n, 1000000, 2);
    fputs("\":v\":{\"S\":\"member1000001\"}", d->values);
}

static void write_list(FILE *f, size_t n)
{
    fputs("{\"L\":[", f);
    for (size_t i = 0; i < n; i++)
        fprintf(f, "%s{\"N\":\"%zu\"}", comma(i), i);
    fputs("]}", f);
}

static void write_lists(struct draft *d, size_t n)
{
    fputs("\"a\":", d->item);
    write_list(d->item, n);
    fputs("\":l\":", d->values);
    write_list(d->values, n);
}

static void write_equal_lists(struct draft *d, size_t n)
{
    fputs("a = :l", d->text);
    write_lists(d, n);
}

static void write_append(struct draft *d, size_t n)
{
    fputs("SET a = list_append(a, :l)", d->text);
    write_lists(d, n);
}

static void write_element(struct draft *d, size_t n)
{
    fprintf(d->text, "a[%zu] = :v", n - 1);
    fputs("\"a\":", d->item);
    write_list(d->item, n);
    fputs("\":v\":{\"N\":\"1\"}", d->values);
}

static void write_nested(FILE *f, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fputs("{\"M\":{\"a\":", f);
    fputs("{\"N\":\"1\"}", f);
    for (size_t i = 0; i < n; i++)
        fputs("}}", f);
}

static void write_deep(struct draft *d, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fprintf(d->text, "%sa", i ? "." : "");
    fputs(" = :v", d->text);
    fputs("\"a\":", d->item);
    write_nested(d->item, n);
    fputs("\":v\":{\"N\":\"1\"}", d->values);
}

static void write_deep_update(struct draft *d, size_t n)
{
    fputs("SET ", d->text);
    write_deep(d, n);
}

static void write_equal_nested(struct draft *d, size_t n)
{
    fputs("a = :m", d->text);
    fputs("\"a\":", d->item);
    write_nested(d->item, n);
    fputs("\":m\":", d->values);
    write_nested(d->values, n);
}

static void write_letters(FILE *f, size_t n)
{
    while (n--)
        fputc('a', f);
}

/* What is looked for begins like every place that it is looked for at. */
static void write_search(struct draft *d, size_t n)
{
    fputs("contains(a, :v)", d->text);
    fputs("\"a\":{\"S\":\"", d->item);
    write_letters(d->item, n);
    fputs("\"}", d->item);
    fputs("\":v\":{\"S\":\"", d->values);
    write_letters(d->values, n / 2);
    fputs("b\"}", d->values);
}

static void write_measured(struct draft *d, size_t n)
{
    fputs("size(a) > :v", d->text);
    fputs("\"a\":{\"S\":\"", d->item);
    write_letters(d->item, n);
    fputs("\"}", d->item);
    fputs("\":v\":{\"N\":\"1\"}", d->values);
}

static void write_escapes(struct draft *d, size_t n)
{
    write_measured(d, 0);
    fputs(",\"b\":{\"S\":\"", d->item);
    for (size_t i = 0; i < n; i++)
        fputs("\\u00e4", d->item);
    fputs("\"}", d->item);
}

/* --- the cases --- */

static const struct growth_case cases[] = {
    {"text of one name", DDBEXPR_CONDITION, 1000, write_long_name, EXPRESSION_STAGES},
    {"text of blanks", DDBEXPR_CONDITION, 1000, write_blanks, EXPRESSION_STAGES},
    {"AND of attributes", DDBEXPR_CONDITION, 35, write_and, EXPRESSION_STAGES " evaluate explain"},
    {"OR of attributes", DDBEXPR_CONDITION, 35, write_or, EXPRESSION_STAGES " evaluate explain"},
    {"OR of values", DDBEXPR_CONDITION, 35, write_or_values, EXPRESSION_STAGES " evaluate explain"},
    {"IN", DDBEXPR_CONDITION, 25, write_in, EXPRESSION_STAGES " evaluate explain"},
    {"parentheses", DDBEXPR_CONDITION, 35, write_parentheses, EXPRESSION_STAGES " evaluate explain"},
    {"NOT", DDBEXPR_CONDITION, 70, write_nots, EXPRESSION_STAGES " evaluate explain"},
    {"SET", DDBEXPR_UPDATE, 70, write_set, EXPRESSION_STAGES " update explain"},
    {"REMOVE of attributes", DDBEXPR_UPDATE, 140, write_remove, EXPRESSION_STAGES " update explain"},
    {"REMOVE of elements", DDBEXPR_UPDATE, 125, write_remove_elements, EXPRESSION_STAGES " update explain"},
    {"if_not_exists in itself", DDBEXPR_UPDATE, 50, write_defaults, EXPRESSION_STAGES " update explain"},
    {"names", DDBEXPR_CONDITION, 1000, write_names, "check compile"},
    {"values", DDBEXPR_CONDITION, 1000, write_values, "check compile"},
    {"attributes", DDBEXPR_CONDITION, 1000, write_attributes_condition, "read write evaluate request"},
    {"attributes, updated", DDBEXPR_UPDATE, 1000, write_attributes_update, "update explain request"},
    {"texts in equal sets", DDBEXPR_CONDITION, 1000, write_equal_texts, "read write evaluate"},
    {"numbers in equal sets", DDBEXPR_CONDITION, 1000, write_equal_numbers, "read write evaluate"},
    {"texts in joined sets", DDBEXPR_UPDATE, 1000, write_union_texts, "update"},
    {"numbers in joined sets", DDBEXPR_UPDATE, 1000, write_union_numbers, "update"},
    {"texts taken from a set", DDBEXPR_UPDATE, 1000, write_difference_texts, "update"},
    {"numbers taken from a set", DDBEXPR_UPDATE, 1000, write_difference_numbers, "update"},
    {"set looked through", DDBEXPR_CONDITION, 1000, write_member, "evaluate"},
    {"equal lists", DDBEXPR_CONDITION, 1000, write_equal_lists, "read write evaluate"},
    {"list appended to", DDBEXPR_UPDATE, 1000, write_append, "update explain"},
    {"last element", DDBEXPR_CONDITION, 1000, write_element, "evaluate"},
    {"path", DDBEXPR_CONDITION, 7, write_deep, EXPRESSION_STAGES " read write evaluate explain"},
    {"path, updated", DDBEXPR_UPDATE, 7, write_deep_update, "update explain"},
    {"equal nested maps", DDBEXPR_CONDITION, 7, write_equal_nested, "evaluate"},
    {"text searched", DDBEXPR_CONDITION, 10000, write_search, "read write evaluate"},
    {"text measured", DDBEXPR_CONDITION, 10000, write_measured, "evaluate"},
    {"escapes", DDBEXPR_CONDITION, 5000, write_escapes, "read write"},
};

/* --- from a draft to what stages take --- */

#define SIZES 3

struct input {
    struct operation operation;
    struct stored_item item;
    ddbexpr_arena *arena;
    char *parts[4]; /* text, names, values, item */
    size_t sizes[4];
};

static bool read_input(struct input *input, ddbexpr_kind kind)
{
    struct operation *op = &input->operation;
    op->id = input->item.id = "";
    op->kind = kind;
    op->text = (ddbexpr_str){input->parts[0], input->sizes[0]};
    op->names_text = (ddbexpr_str){input->parts[1], input->sizes[1]};
    op->values_text = (ddbexpr_str){input->parts[2], input->sizes[2]};
    op->bindings.size = sizeof op->bindings;
    op->bindings.allow_unused = true;
    input->item.text = (ddbexpr_str){input->parts[3], input->sizes[3]};
    return ddbexpr_arena_new(NULL, &input->arena) == DDBEXPR_OK &&
           ddbexpr_json_read_names(input->arena, op->names_text, NULL, &op->bindings.names, &op->bindings.name_count) ==
               DDBEXPR_OK &&
           ddbexpr_json_read_values(input->arena, op->values_text, DDBEXPR_JSON_TYPED, NULL, &op->bindings.values,
                                    &op->bindings.value_count) == DDBEXPR_OK &&
           ddbexpr_json_read_item(input->arena, input->item.text, DDBEXPR_JSON_TYPED, NULL, &input->item.value) ==
               DDBEXPR_OK;
}

/* The item has its key first, as a table would. */
static bool input_begin(const struct growth_case *c, size_t n, struct input *input)
{
    FILE *files[4];
    *input = (struct input){0};
    for (size_t i = 0; i < 4; i++)
        if (!(files[i] = open_memstream(&input->parts[i], &input->sizes[i])))
            return false;
    struct draft draft = {files[0], files[1], files[2], files[3]};
    fputc('{', draft.names);
    fputc('{', draft.values);
    fputs("{\"pk\":{\"S\":\"user#4711\"}", draft.item);
    long empty = ftell(draft.item);
    fputc(',', draft.item);
    c->write(&draft, n);
    if (ftell(draft.item) == empty + 1)
        fseek(draft.item, empty, SEEK_SET);
    fputc('}', draft.item);
    fputc('}', draft.values);
    fputc('}', draft.names);
    for (size_t i = 0; i < 4; i++)
        if (fclose(files[i]) != 0)
            return false;
    return read_input(input, c->kind);
}

static void input_end(struct input *input)
{
    ddbexpr_arena_free(input->arena);
    for (size_t i = 0; i < 4; i++)
        free(input->parts[i]);
}

/* --- measuring --- */

static bool has_word(const char *words, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = words; (at = strstr(at, word)); at += length)
        if ((at == words || at[-1] == ' ') && (at[length] == '\0' || at[length] == ' '))
            return true;
    return false;
}

/* What grew is told in the note: by the least of the samples, which others disturb least. */
bool growth_add(const char *what, size_t n, const struct figure *figures, size_t count, const char *const *notes,
                struct results *results, size_t *steep)
{
    double least = 0;
    bool added = true;
    for (size_t i = 0; i < count; i++) {
        char name[128], note[64] = "";
        snprintf(name, sizeof name, "%s/%zu", what, n << i);
        double growth = least > 0 ? figures[i].min_ns / least : 0;
        bool is_steep = growth > GROWTH_WANTED;
        if (growth > 0)
            snprintf(note, sizeof note, "grows %.2f%s%s", growth, is_steep ? " STEEP " : " ", notes ? notes[i] : "");
        *steep += is_steep;
        least = figures[i].min_ns;
        const struct result result = {
            .name = name, .figure = figures[i], .allocations = SIZE_MAX, .note = note, .growth = growth};
        added &= results_add(results, &result);
    }
    return added;
}

static bool run_stage(const struct growth_case *c, const struct stage *stage, const struct input *inputs,
                      const struct effort *effort, struct results *results, size_t *steep)
{
    struct subject subjects[SIZES] = {0};
    struct work works[SIZES];
    struct figure figures[SIZES];
    bool ready = true;
    for (size_t i = 0; i < SIZES; i++) {
        ready = ready && subject_begin(&inputs[i].operation, &inputs[i].item, NULL, &subjects[i]);
        works[i] = (struct work){stage->repeat, &subjects[i]};
    }
    if (!ready)
        fprintf(stderr, "%s/%s: cannot be made ready\n", c->name, stage->name);
    if (ready) {
        measure(works, SIZES, effort, figures);
        char what[100];
        const char *notes[SIZES];
        for (size_t i = 0; i < SIZES; i++)
            notes[i] = subjects[i].status == DDBEXPR_OK ? "" : ddbexpr_status_name(subjects[i].status);
        snprintf(what, sizeof what, "%s/%s", c->name, stage->name);
        ready = growth_add(what, c->n, figures, SIZES, notes, results, steep);
    }
    for (size_t i = 0; i < SIZES; i++)
        subject_end(&subjects[i]);
    return ready;
}

bool growth_run(const struct effort *effort, bool (*wanted)(const void *data, const char *name), const void *data,
                struct results *results, size_t *ret_steep)
{
    bool sound = true;
    *ret_steep = 0;
    for (const struct growth_case *c = cases; c < cases + sizeof cases / sizeof *cases; c++) {
        struct input inputs[SIZES];
        for (size_t i = 0; i < SIZES; i++)
            if (!input_begin(c, c->n << i, &inputs[i])) {
                fprintf(stderr, "%s/%zu: cannot be made ready\n", c->name, c->n << i);
                return false;
            }
        for (size_t i = 0; i < stage_count; i++) {
            char name[128];
            snprintf(name, sizeof name, "%s/%s", c->name, stages[i].name);
            if (has_word(c->stages, stages[i].name) && wanted(data, name))
                sound &= run_stage(c, &stages[i], inputs, effort, results, ret_steep);
        }
        for (size_t i = 0; i < SIZES; i++)
            input_end(&inputs[i]);
    }
    return sound && ways_run(effort, wanted, data, results, ret_steep);
}
