/* SPDX-License-Identifier: Apache-2.0 */
/* Mutants to JSON. The shape is documented in docs/json-output.md and stable. */
#include "json/report.h"

static void write_item(struct json_writer *w, str name, const ddbexpr_value *item)
{
    json_name(w, name);
    if (item)
        json_entries(w, item, DDBEXPR_JSON_TYPED);
    else
        json_raw(w, STR("null"));
}

static void write_example(struct json_writer *w, const ddbexpr_mutant_example *example)
{
    json_name(w, STR("found"));
    json_bool(w, example->found);
    if (!example->found)
        return;
    json_name(w, STR("matched"));
    json_bool(w, example->matched);
    write_item(w, STR("item"), example->item);
    write_item(w, STR("values"), example->values);
}

/* What makes the text of the condition that of the mutant, if it has one. */
static void write_edit(struct json_writer *w, const ddbexpr_mutant *mutant)
{
    json_name(w, STR("edit"));
    if (!mutant->has_text) {
        json_raw(w, STR("null"));
        return;
    }
    json_begin(w, '{');
    json_span_field(w, mutant->replaced);
    json_name(w, STR("text"));
    json_put_string(w, mutant->replacement);
    json_end(w, '}');
}

static void write_mutant(struct json_writer *w, const ddbexpr_mutant *mutant, const ddbexpr_mutant_example *example)
{
    json_begin(w, '{');
    json_string_field(w, "mutation", ddbexpr_cstr(ddbexpr_mutation_name(mutant->mutation)));
    json_name(w, STR("clause"));
    if (mutant->clause == SIZE_MAX)
        json_raw(w, STR("null"));
    else
        json_unsigned(w, mutant->clause);
    json_span_field(w, mutant->span);
    json_string_field(w, "description", mutant->description);
    write_edit(w, mutant);
    if (example && example->sought)
        write_example(w, example);
    json_end(w, '}');
}

static void write_alive(struct json_writer *w, const ddbexpr_mutants *mutants, const ddbexpr_mutant_example *examples)
{
    json_name(w, STR("alive"));
    json_begin(w, '[');
    for (size_t i = 0; i < ddbexpr_mutants_count(mutants); i++)
        if (!ddbexpr_mutants_at(mutants, i)->killed)
            write_mutant(w, ddbexpr_mutants_at(mutants, i), examples ? &examples[i] : NULL);
    json_end(w, ']');
}

ddbexpr_status ddbexpr_json_write_mutants(const ddbexpr_mutants *mutants, const ddbexpr_mutant_example *examples,
                                          unsigned indent, ddbexpr_buffer *out)
{
    struct json_writer w = json_writer_on(out, indent);
    json_begin(&w, '{');
    json_string_field(&w, "kind", ddbexpr_cstr(ddbexpr_kind_name(ddbexpr_mutants_kind(mutants))));
    json_string_field(&w, "text", ddbexpr_mutants_text(mutants));
    json_name(&w, STR("mutants"));
    json_unsigned(&w, ddbexpr_mutants_count(mutants));
    json_name(&w, STR("killed"));
    json_unsigned(&w, ddbexpr_mutants_killed_count(mutants));
    write_alive(&w, mutants, examples);
    json_end(&w, '}');
    return w.status;
}
