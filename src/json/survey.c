/* SPDX-License-Identifier: Apache-2.0 */
/* Surveys of many items to JSON. The shape is documented in docs/json-output.md and stable. */
#include "json/report.h"

static void write_sample(struct json_writer *w, const ddbexpr_survey_sample *sample)
{
    json_name(w, STR("sample"));
    json_begin(w, '{');
    json_name(w, STR("number"));
    json_unsigned(w, sample->number);
    json_item_field(w, "item", sample->item);
    json_end(w, '}');
}

static void write_set(struct json_writer *w, const ddbexpr_survey *survey, ddbexpr_survey_set set,
                      const ddbexpr_survey_sample *sample)
{
    json_begin(w, '{');
    json_name(w, STR("count"));
    json_unsigned(w, set.count);
    json_name(w, STR("blamed"));
    json_begin(w, '[');
    for (size_t i = 0; i < set.clause_count; i++) {
        json_begin(w, '{');
        json_name(w, STR("clause"));
        json_unsigned(w, set.clauses[i]);
        json_string_field(w, "text", ddbexpr_survey_clause_text(survey, set.clauses[i]));
        json_name(w, STR("outcome"));
        json_bool(w, set.outcomes[i]);
        json_end(w, '}');
    }
    json_end(w, ']');
    write_sample(w, sample);
    json_end(w, '}');
}

static void write_sets(struct json_writer *w, const ddbexpr_survey *survey, const ddbexpr_survey_sample *samples)
{
    json_name(w, STR("matched"));
    json_unsigned(w, ddbexpr_survey_matched_count(survey));
    json_name(w, STR("sets"));
    json_begin(w, '[');
    for (size_t i = 0; i < ddbexpr_survey_set_count(survey); i++)
        write_set(w, survey, ddbexpr_survey_set_at(survey, i), &samples[i]);
    json_end(w, ']');
}

static void write_updates(struct json_writer *w, const ddbexpr_survey_updates *updates)
{
    json_name(w, STR("applied"));
    json_unsigned(w, updates->applied);
    json_name(w, STR("refused"));
    json_begin(w, '[');
    for (size_t i = 0; i < updates->refusal_count; i++) {
        json_begin(w, '{');
        json_string_field(w, "code", ddbexpr_cstr(updates->refusals[i].code));
        json_name(w, STR("count"));
        json_unsigned(w, updates->refusals[i].count);
        write_sample(w, &updates->refusals[i].sample);
        json_end(w, '}');
    }
    json_end(w, ']');
}

ddbexpr_status ddbexpr_json_write_survey(const ddbexpr_survey *survey, const ddbexpr_survey_sample *samples,
                                         const ddbexpr_survey_updates *updates, uint64_t total, bool complete,
                                         unsigned indent, ddbexpr_buffer *buffer)
{
    struct json_writer w = json_writer_on(buffer, indent);
    json_begin(&w, '{');
    json_name(&w, STR("items"));
    json_unsigned(&w, total);
    if (!complete) {
        json_name(&w, STR("incomplete"));
        json_bool(&w, true);
    }
    if (survey)
        write_sets(&w, survey, samples);
    if (updates)
        write_updates(&w, updates);
    json_end(&w, '}');
    return w.status;
}
