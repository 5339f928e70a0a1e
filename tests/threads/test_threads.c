/* SPDX-License-Identifier: Apache-2.0 */
/* Many threads at once use one program each of a condition, an update and a projection, one parsed expression, one set
 * of mutants' shapes, and requests and tables that were read once from JSON, each with items of its own. Whatever is
 * shared must give every thread the answer that one thread alone gets. Under ThreadSanitizer (scripts/test) a race is
 * an error of its own. */
#include <ddbexpr/ddbexpr.h>
#include <ddbexpr/json.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define THREADS 8
#define ROUNDS  200

static const char condition[] = "#s = :s AND (version < :v OR contains(tags, :t)) AND NOT attribute_exists(gone)";
static const char update[] =
    "SET #s = :s, hits = if_not_exists(hits, :v) + :v, parts[1].n = :v ADD tags :set REMOVE spare";
static const char projection[] = "pk, #s, parts[0].n, tags";
static const char names[] = "{\"#s\": \"status\"}";
static const char values[] =
    "{\":s\": {\"S\": \"paid\"}, \":v\": {\"N\": \"5\"}, \":t\": {\"S\": \"a\"}, \":set\": {\"SS\": "
    "[\"x\", \"y\"]}}";
static const char question[] =
    "{\"op\": \"UpdateItem\", \"key\": {\"pk\": \"S\"}, \"items\": [{\"pk\": {\"S\": \"a\"}, \"n\": {\"N\": \"1\"}}], "
    "\"request\": {\"Key\": {\"pk\": {\"S\": \"a\"}}, \"UpdateExpression\": \"SET n = n + :one\", "
    "\"ConditionExpression\": \"n = :one\", \"ExpressionAttributeValues\": {\":one\": {\"N\": \"1\"}}, "
    "\"ReturnValues\": \"ALL_NEW\"}}";

/* What all threads share; nobody changes it any more. */
static struct {
    ddbexpr_arena *arena;
    ddbexpr_bindings bindings;
    ddbexpr_expression *expression;
    ddbexpr_program *condition, *update, *projection;
    ddbexpr_question question;
    const ddbexpr_json_wanted *wanted;
    const ddbexpr_value *item;
} shared;

static void must(ddbexpr_status status, const char *what)
{
    if (status != DDBEXPR_OK) {
        printf("Bail out! %s: %s\n", what, ddbexpr_status_name(status));
        exit(1);
    }
}

static ddbexpr_str item_text(unsigned i, char room[512])
{
    int length =
        snprintf(room, 512,
                 "{\"pk\": {\"S\": \"k%u\"}, \"status\": {\"S\": \"%s\"}, \"version\": {\"N\": \"%u\"}, \"tags\": "
                 "{\"SS\": [\"%s\", \"b\"]}, \"parts\": {\"L\": [{\"M\": {\"n\": {\"N\": \"%u\"}}}, {\"M\": {}}]}}",
                 i, i % 3 ? "paid" : "new", i % 11, i % 2 ? "a" : "c", i);
    return (ddbexpr_str){room, (size_t)length};
}

/* Everything that is said of one item. */
static void tell(const ddbexpr_value *item, ddbexpr_arena *arena, ddbexpr_buffer *out)
{
    bool matched;
    const ddbexpr_value *after, *part;
    ddbexpr_explanation *why;
    ddbexpr_update_explanation *how;
    ddbexpr_mutants *mutants;
    ddbexpr_outcome *outcome;
    const ddbexpr_change *changes;
    size_t count;
    must(ddbexpr_evaluate(shared.condition, item, &matched), "evaluate");
    must(ddbexpr_buffer_append(out, ddbexpr_cstr(matched ? "true\n" : "false\n")), "append");
    must(ddbexpr_explain(shared.condition, item, NULL, NULL, &why), "explain");
    must(ddbexpr_explanation_render(why, NULL, out), "render");
    must(ddbexpr_mutants_new(why, NULL, &mutants), "mutants");
    must(ddbexpr_mutants_kill(mutants, why, NULL), "kill");
    must(ddbexpr_json_write_mutants(mutants, NULL, 0, out), "write mutants");
    ddbexpr_mutants_free(mutants);
    ddbexpr_explanation_free(why);
    must(ddbexpr_update(shared.update, item, arena, NULL, &after), "update");
    must(ddbexpr_json_write_item(after, DDBEXPR_JSON_TYPED, 0, out), "write item");
    must(ddbexpr_diff(item, after, arena, &changes, &count), "diff");
    must(ddbexpr_diff_render(changes, count, NULL, out), "render diff");
    must(ddbexpr_explain_update(shared.update, item, NULL, NULL, &how), "explain update");
    must(ddbexpr_update_explanation_render(how, NULL, out), "render update");
    ddbexpr_update_explanation_free(how);
    must(ddbexpr_project(shared.projection, after, arena, &part), "project");
    must(ddbexpr_json_write_item(part, DDBEXPR_JSON_PLAIN, 0, out), "write part");
    must(ddbexpr_expression_print(shared.expression, DDBEXPR_TREE_SEXPR, out), "print");
    must(ddbexpr_expression_format(shared.expression, NULL, out), "format");
    must(ddbexpr_execute(&shared.question.request, shared.question.tables, shared.question.table_count, NULL, NULL,
                         NULL, &outcome),
         "execute");
    must(ddbexpr_json_write_answer(outcome, &shared.question, NULL, NULL, 0, out), "write answer");
    ddbexpr_outcome_free(outcome);
    if (!ddbexpr_value_equal(shared.item, shared.item))
        must(DDBEXPR_MISUSE, "equal");
    must(ddbexpr_json_write_item(shared.item, DDBEXPR_JSON_TYPED, 0, out), "write shared item");
}

/* The item is read as a whole or with only what is wanted, in turns. */
static void tell_of(unsigned i, ddbexpr_arena *arena, ddbexpr_buffer *out)
{
    char room[512];
    const ddbexpr_value *item;
    ddbexpr_json_items items = {
        .size = sizeof items, .text = item_text(i, room), .wanted = i % 2 ? shared.wanted : NULL};
    ddbexpr_buffer_clear(out);
    must(ddbexpr_json_next_item(&items, arena, NULL, &item), "read");
    tell(item, arena, out);
    ddbexpr_arena_reset(arena);
}

static ddbexpr_buffer *expected[ROUNDS];

struct worker {
    pthread_t thread;
    unsigned first;
    size_t wrong;
};

static void *work(void *argument)
{
    struct worker *me = argument;
    ddbexpr_arena *arena;
    ddbexpr_buffer *out;
    must(ddbexpr_arena_new(NULL, &arena), "arena");
    must(ddbexpr_buffer_new(NULL, &out), "buffer");
    for (unsigned round = 0; round < ROUNDS; round++) {
        unsigned i = (me->first + round) % ROUNDS;
        tell_of(i, arena, out);
        ddbexpr_str got = ddbexpr_buffer_text(out), want = ddbexpr_buffer_text(expected[i]);
        me->wrong += got.len != want.len || memcmp(got.ptr, want.ptr, got.len) != 0;
    }
    ddbexpr_buffer_free(out);
    ddbexpr_arena_free(arena);
    return NULL;
}

static void set_up(void)
{
    static const ddbexpr_str wanted[] = {{"pk", 2}, {"status", 6}, {"version", 7}, {"tags", 4}, {"parts", 5}};
    static char room[512];
    ddbexpr_bindings *b = &shared.bindings;
    *b = (ddbexpr_bindings){.size = sizeof *b, .allow_unused = true};
    must(ddbexpr_arena_new(NULL, &shared.arena), "arena");
    must(ddbexpr_json_read_names(shared.arena, ddbexpr_cstr(names), NULL, &b->names, &b->name_count), "names");
    must(ddbexpr_json_read_values(shared.arena, ddbexpr_cstr(values), DDBEXPR_JSON_TYPED, NULL, &b->values,
                                  &b->value_count),
         "values");
    must(ddbexpr_parse(DDBEXPR_CONDITION, ddbexpr_cstr(condition), NULL, NULL, &shared.expression), "parse");
    must(ddbexpr_compile(DDBEXPR_CONDITION, ddbexpr_cstr(condition), b, NULL, NULL, &shared.condition), "condition");
    must(ddbexpr_compile(DDBEXPR_UPDATE, ddbexpr_cstr(update), b, NULL, NULL, &shared.update), "update");
    must(ddbexpr_compile(DDBEXPR_PROJECTION, ddbexpr_cstr(projection), b, NULL, NULL, &shared.projection),
         "projection");
    must(ddbexpr_json_read_question(shared.arena, ddbexpr_cstr(question), NULL, &shared.question), "question");
    must(ddbexpr_json_wanted_new(shared.arena, wanted, sizeof wanted / sizeof *wanted, &shared.wanted), "wanted");
    must(ddbexpr_json_read_item(shared.arena, item_text(7, room), DDBEXPR_JSON_TYPED, NULL, &shared.item), "item");
}

static void tear_down(void)
{
    ddbexpr_program_free(shared.projection);
    ddbexpr_program_free(shared.update);
    ddbexpr_program_free(shared.condition);
    ddbexpr_expression_free(shared.expression);
    ddbexpr_arena_free(shared.arena);
}

/* What one thread says. */
static void make_expected(void)
{
    ddbexpr_arena *arena;
    must(ddbexpr_arena_new(NULL, &arena), "arena");
    for (unsigned i = 0; i < ROUNDS; i++) {
        must(ddbexpr_buffer_new(NULL, &expected[i]), "buffer");
        tell_of(i, arena, expected[i]);
    }
    ddbexpr_arena_free(arena);
}

int main(void)
{
    struct worker workers[THREADS] = {0};
    size_t wrong = 0, same = 0;
    set_up();
    make_expected();
    for (unsigned i = 0; i < THREADS; i++) {
        workers[i].first = i * (ROUNDS / THREADS);
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0)
            must(DDBEXPR_NO_MEMORY, "thread");
    }
    for (unsigned i = 0; i < THREADS; i++) {
        pthread_join(workers[i].thread, NULL);
        wrong += workers[i].wrong;
    }
    for (unsigned i = 1; i < ROUNDS; i++) {
        ddbexpr_str a = ddbexpr_buffer_text(expected[0]), b = ddbexpr_buffer_text(expected[i]);
        same += a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0;
    }
    for (unsigned i = 0; i < ROUNDS; i++)
        ddbexpr_buffer_free(expected[i]);
    tear_down();
    printf("1..2\n%s 1 - %d threads say of %d items what one says\n", wrong ? "not ok" : "ok", THREADS, ROUNDS);
    printf("%s 2 - and of every item something else\n", same ? "not ok" : "ok");
    return wrong || same;
}
