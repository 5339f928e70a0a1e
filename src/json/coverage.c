/* SPDX-License-Identifier: Apache-2.0 */
/* Coverage to JSON. The shapes are documented in docs/json-output.md and stable. */
#include "json/report.h"

static void write_number(struct json_writer *w, str name, uint64_t n)
{
    json_name(w, name);
    json_unsigned(w, n);
}

/* Counts by outcome. */
static void write_by_outcome(struct json_writer *w, str name, const uint64_t counts[2])
{
    json_name(w, name);
    json_begin(w, '{');
    write_number(w, STR("false"), counts[false]);
    write_number(w, STR("true"), counts[true]);
    json_end(w, '}');
}

/* --- conditions --- */

static void write_clauses(struct json_writer *w, const ddbexpr_coverage *coverage)
{
    json_name(w, STR("clauses"));
    json_begin(w, '[');
    for (size_t i = 0; i < ddbexpr_coverage_clause_count(coverage); i++) {
        ddbexpr_clause_coverage clause = ddbexpr_coverage_clause_at(coverage, i);
        json_begin(w, '{');
        json_string_field(w, "text", clause.text);
        json_span_field(w, clause.span);
        write_by_outcome(w, STR("seen"), clause.seen);
        write_by_outcome(w, STR("decided"), clause.decided);
        json_end(w, '}');
    }
    json_end(w, ']');
}

static void write_example(struct json_writer *w, const ddbexpr_coverage_example *example)
{
    json_name(w, STR("found"));
    json_bool(w, example->found);
    if (!example->found)
        return;
    json_name(w, STR("item"));
    if (example->item)
        json_entries(w, example->item, DDBEXPR_JSON_TYPED);
    else
        json_raw(w, STR("null"));
}

static void write_missing(struct json_writer *w, const ddbexpr_coverage *coverage,
                          const ddbexpr_coverage_example *examples)
{
    json_name(w, STR("missing"));
    json_begin(w, '[');
    for (size_t goal = 0; goal < ddbexpr_coverage_goal_count(coverage); goal++) {
        if (ddbexpr_coverage_clause_at(coverage, goal / 2).decided[goal % 2])
            continue;
        json_begin(w, '{');
        write_number(w, STR("clause"), goal / 2);
        json_name(w, STR("outcome"));
        json_bool(w, goal % 2);
        if (examples)
            write_example(w, &examples[goal]);
        json_end(w, '}');
    }
    json_end(w, ']');
}

ddbexpr_status ddbexpr_json_write_coverage(const ddbexpr_coverage *coverage, const ddbexpr_coverage_example *examples,
                                           unsigned indent, ddbexpr_buffer *buffer)
{
    struct json_writer w = json_writer_on(buffer, indent);
    json_begin(&w, '{');
    json_string_field(&w, "kind", ddbexpr_cstr(ddbexpr_kind_name(ddbexpr_coverage_kind(coverage))));
    json_string_field(&w, "text", ddbexpr_coverage_text(coverage));
    write_number(&w, STR("evaluations"), ddbexpr_coverage_total_count(coverage));
    write_number(&w, STR("matched"), ddbexpr_coverage_matched_count(coverage));
    write_number(&w, STR("goals"), ddbexpr_coverage_goal_count(coverage));
    write_number(&w, STR("reached"), ddbexpr_coverage_reached_count(coverage));
    write_clauses(&w, coverage);
    write_missing(&w, coverage, examples);
    json_end(&w, '}');
    return w.status;
}

/* --- updates --- */

static void write_actions(struct json_writer *w, const ddbexpr_update_coverage *coverage)
{
    json_name(w, STR("actions"));
    json_begin(w, '[');
    for (size_t i = 0; i < ddbexpr_update_coverage_action_count(coverage); i++) {
        ddbexpr_action_coverage action = ddbexpr_update_coverage_action_at(coverage, i);
        json_begin(w, '{');
        json_string_field(w, "section", ddbexpr_cstr(action.section));
        json_string_field(w, "text", action.text);
        json_span_field(w, action.span);
        write_number(w, STR("effective"), action.effective);
        json_end(w, '}');
    }
    json_end(w, ']');
}

static void write_defaults(struct json_writer *w, const ddbexpr_update_coverage *coverage)
{
    json_name(w, STR("defaults"));
    json_begin(w, '[');
    for (size_t i = 0; i < ddbexpr_update_coverage_default_count(coverage); i++) {
        ddbexpr_default_coverage one = ddbexpr_update_coverage_default_at(coverage, i);
        json_begin(w, '{');
        json_string_field(w, "text", one.text);
        json_span_field(w, one.span);
        json_string_field(w, "path", one.path);
        write_number(w, STR("action"), one.action);
        write_by_outcome(w, STR("found"), one.found);
        json_end(w, '}');
    }
    json_end(w, ']');
}

ddbexpr_status ddbexpr_json_write_update_coverage(const ddbexpr_update_coverage *coverage, unsigned indent,
                                                  ddbexpr_buffer *buffer)
{
    struct json_writer w = json_writer_on(buffer, indent);
    json_begin(&w, '{');
    json_string_field(&w, "kind", ddbexpr_cstr(ddbexpr_kind_name(DDBEXPR_UPDATE)));
    json_string_field(&w, "text", ddbexpr_update_coverage_text(coverage));
    write_number(&w, STR("evaluations"), ddbexpr_update_coverage_total_count(coverage));
    write_number(&w, STR("applied"), ddbexpr_update_coverage_applied_count(coverage));
    write_number(&w, STR("goals"), ddbexpr_update_coverage_goal_count(coverage));
    write_number(&w, STR("reached"), ddbexpr_update_coverage_reached_count(coverage));
    write_actions(&w, coverage);
    write_defaults(&w, coverage);
    json_end(&w, '}');
    return w.status;
}
