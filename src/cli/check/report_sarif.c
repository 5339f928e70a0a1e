/* SPDX-License-Identifier: Apache-2.0 */
/* Findings as SARIF 2.1.0: one run with its rules and results. The numbers in comments are sections of that standard.
 * INVARIANT: fingerprints are made by finding_key alone, so that results keep theirs when files are reformatted. */
#include "cli/check/finding_key.h"
#include "cli/check/report.h"
#include "cli/check/sarif_fixes.h"
#include "cli/check/sarif_rules.h"
#include "cli/report/report_tree.h"

#include <ddbexpr/version.h>

#include <stdio.h>
#include <string.h>

struct sarif {
    struct tree tree;
    json_t *rule_indexes; /* by code */
    json_t *occurrences;  /* in the file at hand: of each hash, how many there were */
    struct sarif_walk walk;
    ddbexpr_buffer *scratch;
};

static void check(struct sarif *sarif, ddbexpr_status status)
{
    if (status != DDBEXPR_OK)
        sarif->tree.failed = true;
}

/* --- messages --- */

/* Braces hold the place of arguments, so that those that are meant are written twice (3.11.5). */
static ddbexpr_status append_braces(ddbexpr_buffer *out, ddbexpr_str text)
{
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t i = 0; status == DDBEXPR_OK && i < text.len; i++) {
        const ddbexpr_str c = {text.ptr + i, 1};
        status = ddbexpr_buffer_append(out, c);
        if (status == DDBEXPR_OK && (*c.ptr == '{' || *c.ptr == '}'))
            status = ddbexpr_buffer_append(out, c);
    }
    return status;
}

static json_t *message_object(struct sarif *sarif, ddbexpr_str text)
{
    json_t *object = json_object();
    ddbexpr_buffer_clear(sarif->scratch);
    check(sarif, append_braces(sarif->scratch, text));
    tree_set_text(&sarif->tree, object, "text", ddbexpr_buffer_text(sarif->scratch));
    return object;
}

static json_t *result_message(struct sarif *sarif, const struct finding *finding)
{
    ddbexpr_buffer *text;
    json_t *object = NULL;
    if (ddbexpr_buffer_new(NULL, &text) != DDBEXPR_OK)
        return NULL;
    if (report_append_message(finding, "\nhelp: ", text) == DDBEXPR_OK)
        object = message_object(sarif, ddbexpr_buffer_text(text));
    ddbexpr_buffer_free(text);
    return object;
}

/* --- places --- */

/* A path as a URI reference: relative to the root of the sources, or whole. */
static ddbexpr_status append_uri(ddbexpr_buffer *out, const char *path)
{
    ddbexpr_status status = ddbexpr_buffer_append(out, ddbexpr_cstr(path[0] == '/' ? "file://" : ""));
    for (; status == DDBEXPR_OK && *path; path++) {
        char escape[4] = {*path, '\0'};
        bool plain = (*path >= 'a' && *path <= 'z') || (*path >= 'A' && *path <= 'Z') ||
                     (*path >= '0' && *path <= '9') || strchr("/-._~", *path);
        if (!plain)
            snprintf(escape, sizeof escape, "%%%02X", (unsigned)(unsigned char)*path);
        status = ddbexpr_buffer_append(out, ddbexpr_cstr(escape));
    }
    return status;
}

static json_t *artifact_location(struct sarif *sarif, const char *path)
{
    json_t *object = json_object();
    while (path[0] == '.' && path[1] == '/')
        path += 2;
    ddbexpr_buffer_clear(sarif->scratch);
    check(sarif, append_uri(sarif->scratch, path));
    tree_set_text(&sarif->tree, object, "uri", ddbexpr_buffer_text(sarif->scratch));
    if (path[0] != '/')
        tree_set_text(&sarif->tree, object, "uriBaseId", ddbexpr_cstr("%SRCROOT%"));
    return object;
}

/* The file and its region, if there is one, and the part of the request. */
static json_t *location(struct sarif *sarif, const struct finding *finding)
{
    const struct input_file *file = finding->unit->file;
    json_t *object = json_object();
    if (file && file->path) {
        json_t *physical = tree_set(&sarif->tree, object, "physicalLocation", json_object());
        tree_set(&sarif->tree, physical, "artifactLocation", artifact_location(sarif, file->path));
        if (finding->has_place)
            tree_set(&sarif->tree, physical, "region", sarif_region(&sarif->tree, &finding->place));
    }
    json_t *logical = tree_set(&sarif->tree, object, "logicalLocations", json_array());
    json_t *part = tree_append(&sarif->tree, logical, json_object());
    const char *source = ddbexpr_source_name(ddbexpr_diag_source(finding->diag));
    tree_set_text(&sarif->tree, part, "name", ddbexpr_cstr(source));
    ddbexpr_buffer_clear(sarif->scratch);
    check(sarif, report_append_part(finding, sarif->scratch));
    tree_set_text(&sarif->tree, part, "fullyQualifiedName", ddbexpr_buffer_text(sarif->scratch));
    return object;
}

/* --- results --- */

/* Equal findings of one file are told apart by their order. */
static json_t *fingerprints(struct sarif *sarif, const struct finding *finding)
{
    char hash[17] = "", text[48];
    check(sarif, finding_hash(finding, sarif->scratch, hash));
    json_int_t before = json_integer_value(json_object_get(sarif->occurrences, hash));
    tree_set_number(&sarif->tree, sarif->occurrences, hash, (size_t)before + 1);
    snprintf(text, sizeof text, "%s:%" JSON_INTEGER_FORMAT, hash, before + 1);
    json_t *object = json_object();
    tree_set_text(&sarif->tree, object, "ddbexprExpression/v1", ddbexpr_cstr(text));
    return object;
}

/* Always there, as one result without would mean that nobody knows (3.27.23). */
static json_t *suppressions(struct sarif *sarif, enum suppression suppressed)
{
    json_t *array = json_array();
    if (suppressed == SUPPRESSED_NOT)
        return array;
    json_t *object = tree_append(&sarif->tree, array, json_object());
    bool in_source = suppressed == SUPPRESSED_IN_SOURCE;
    tree_set_text(&sarif->tree, object, "kind", ddbexpr_cstr(in_source ? "inSource" : "external"));
    tree_set_text(&sarif->tree, object, "justification",
                  ddbexpr_cstr(in_source                                   ? "ddbexpr-ignore"
                               : suppressed == SUPPRESSED_BY_CONFIGURATION ? "configuration"
                                                                           : "baseline"));
    return array;
}

static void put_fixes(struct sarif *sarif, const struct finding *finding, json_t *result)
{
    const char *path = finding->unit->file ? finding->unit->file->path : NULL;
    json_t *fixes, *location = path ? artifact_location(sarif, path) : NULL;
    check(sarif, sarif_fixes(&sarif->tree, &sarif->walk, finding, location, &fixes));
    if (fixes)
        tree_set(&sarif->tree, result, "fixes", fixes);
    json_decref(location);
}

static json_t *properties(struct sarif *sarif, const ddbexpr_diag *diag)
{
    json_t *object = json_object();
    tree_set_text(&sarif->tree, object, "serviceType", ddbexpr_cstr(ddbexpr_diag_service_type(diag)));
    tree_set_text(&sarif->tree, object, "serviceMessage", ddbexpr_diag_service_message(diag));
    tree_set(&sarif->tree, object, "verdict", json_boolean(ddbexpr_diag_is_verdict(diag)));
    return object;
}

static json_t *result_object(struct sarif *sarif, const struct finding *finding)
{
    json_t *object = json_object();
    const char *code = ddbexpr_diag_code(finding->diag);
    json_t *index = json_object_get(sarif->rule_indexes, code);
    tree_set_text(&sarif->tree, object, "ruleId", ddbexpr_cstr(code));
    if (index)
        tree_set(&sarif->tree, object, "ruleIndex", json_incref(index));
    tree_set_text(&sarif->tree, object, "level", ddbexpr_cstr(sarif_level(ddbexpr_diag_severity(finding->diag))));
    tree_set(&sarif->tree, object, "message", result_message(sarif, finding));
    json_t *locations = tree_set(&sarif->tree, object, "locations", json_array());
    tree_append(&sarif->tree, locations, location(sarif, finding));
    tree_set(&sarif->tree, object, "partialFingerprints", fingerprints(sarif, finding));
    tree_set(&sarif->tree, object, "suppressions", suppressions(sarif, finding->suppressed));
    put_fixes(sarif, finding, object);
    if (ddbexpr_diag_service_message(finding->diag).len)
        tree_set(&sarif->tree, object, "properties", properties(sarif, finding->diag));
    return object;
}

static void put_results(struct sarif *sarif, const struct findings *findings, json_t *results)
{
    const struct input_file *file = NULL;
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->all[i].unit->file != file)
            json_object_clear(sarif->occurrences);
        file = findings->all[i].unit->file;
        tree_append(&sarif->tree, results, result_object(sarif, &findings->all[i]));
    }
}

/* --- the run --- */

static void put_driver(struct sarif *sarif, json_t *run, json_t *rules)
{
    json_t *tool = tree_set(&sarif->tree, run, "tool", json_object());
    json_t *driver = tree_set(&sarif->tree, tool, "driver", json_object());
    tree_set_text(&sarif->tree, driver, "name", ddbexpr_cstr("ddbexpr"));
    tree_set_text(&sarif->tree, driver, "version", ddbexpr_cstr(ddbexpr_version()));
    tree_set_text(&sarif->tree, driver, "semanticVersion", ddbexpr_cstr(ddbexpr_version()));
    tree_set(&sarif->tree, driver, "rules", json_incref(rules));
}

/* Which inputs were unusable is told on standard error or among the results. */
static void put_invocation(struct sarif *sarif, const struct findings *findings, json_t *run)
{
    json_t *invocations = tree_set(&sarif->tree, run, "invocations", json_array());
    json_t *invocation = tree_append(&sarif->tree, invocations, json_object());
    tree_set(&sarif->tree, invocation, "executionSuccessful", json_boolean(!findings->unusable));
    if (!findings->unusable)
        return;
    json_t *notifications = tree_set(&sarif->tree, invocation, "toolExecutionNotifications", json_array());
    json_t *notification = tree_append(&sarif->tree, notifications, json_object());
    tree_set_text(&sarif->tree, notification, "level", ddbexpr_cstr("error"));
    tree_set(&sarif->tree, notification, "message", message_object(sarif, ddbexpr_cstr(REPORT_UNUSABLE)));
}

static json_t *log_object(struct sarif *sarif, const struct findings *findings, json_t *rules)
{
    json_t *root = json_object();
    tree_set_text(&sarif->tree, root, "$schema", ddbexpr_cstr("https://json.schemastore.org/sarif-2.1.0.json"));
    tree_set_text(&sarif->tree, root, "version", ddbexpr_cstr("2.1.0"));
    json_t *runs = tree_set(&sarif->tree, root, "runs", json_array());
    json_t *run = tree_append(&sarif->tree, runs, json_object());
    put_driver(sarif, run, rules);
    put_invocation(sarif, findings, run);
    tree_set_text(&sarif->tree, run, "columnKind", ddbexpr_cstr("unicodeCodePoints"));
    put_results(sarif, findings, tree_set(&sarif->tree, run, "results", json_array()));
    return root;
}

ddbexpr_status report_sarif(const struct report_input *input, ddbexpr_buffer *out)
{
    struct sarif sarif = {.rule_indexes = json_object(), .occurrences = json_object()};
    json_t *rules = json_array(), *root = NULL;
    ddbexpr_status status = ddbexpr_buffer_new(NULL, &sarif.scratch);
    if (status == DDBEXPR_OK) {
        sarif_rules(&sarif.tree, input->findings, rules, sarif.rule_indexes);
        root = log_object(&sarif, input->findings, rules);
        status = tree_print(&sarif.tree, root, 2, out);
        ddbexpr_buffer_free(sarif.scratch);
    }
    json_decref(root);
    json_decref(rules);
    json_decref(sarif.rule_indexes);
    json_decref(sarif.occurrences);
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(out, ddbexpr_cstr("\n")) : status;
}
