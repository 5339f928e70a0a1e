/* SPDX-License-Identifier: Apache-2.0 */
/* Findings as JSON and JSON Lines. What a diagnostic says is written by the JSON library; here its place in a file and
 * its fix are added. Documented in docs/json-output.md: members may be added, and none taken away. */
#include "cli/check/report.h"
#include "cli/report/report_tree.h"

#include <string.h>

static void set_place(struct tree *tree, json_t *object, const struct finding *finding)
{
    const struct unit *unit = finding->unit;
    if (unit->file && unit->file->path)
        tree_set_text(tree, object, "file", ddbexpr_cstr(unit->file->path));
    if (unit->label)
        tree_set_text(tree, object, "request", ddbexpr_cstr(unit->label));
    if (!finding->has_place)
        return;
    tree_set_number(tree, object, "line", finding->place.line);
    tree_set_number(tree, object, "column", finding->place.column);
    tree_set_number(tree, object, "end_line", finding->place.end_line);
    tree_set_number(tree, object, "end_column", finding->place.end_column);
    tree_set_number(tree, object, "offset", finding->place.offset);
    tree_set_number(tree, object, "end_offset", finding->place.end_offset);
}

static json_t *span_object(struct tree *tree, ddbexpr_span span)
{
    json_t *object = json_object();
    tree_set_number(tree, object, "start", span.start);
    tree_set_number(tree, object, "end", span.end);
    return object;
}

static ddbexpr_span span_in_file(const struct finding *finding)
{
    return (ddbexpr_span){(uint32_t)finding->place.offset, (uint32_t)finding->place.end_offset};
}

static json_t *edit_object(struct tree *tree, ddbexpr_edit edit)
{
    static const char *const kinds[] = {
        [DDBEXPR_EDIT_REPLACE] = "replace",
        [DDBEXPR_EDIT_ADD_MEMBER] = "add_member",
        [DDBEXPR_EDIT_REMOVE_MEMBER] = "remove_member",
        [DDBEXPR_EDIT_WRAP_MEMBER] = "wrap_member",
    };
    json_t *object = json_object();
    tree_set(tree, object, "kind", json_string(kinds[edit.kind]));
    tree_set(tree, object, "source", json_string(ddbexpr_source_name(edit.source)));
    if (edit.kind == DDBEXPR_EDIT_REPLACE)
        tree_set(tree, object, "span", span_object(tree, edit.span));
    else
        tree_set_text(tree, object, "member", edit.member);
    if (edit.kind == DDBEXPR_EDIT_REPLACE || edit.kind == DDBEXPR_EDIT_ADD_MEMBER)
        tree_set_text(tree, object, "text", edit.text);
    return object;
}

static void set_fixes(struct tree *tree, json_t *object, const ddbexpr_diag *diag)
{
    if (ddbexpr_diag_fix_safety(diag) == DDBEXPR_FIX_NONE)
        return;
    json_t *fixes = tree_set(tree, object, "fixes", json_array());
    json_t *fix = tree_append(tree, fixes, json_object());
    tree_set_text(tree, fix, "title", ddbexpr_diag_fix_title(diag));
    tree_set(tree, fix, "safe", json_boolean(ddbexpr_diag_fix_safety(diag) == DDBEXPR_FIX_SAFE));
    json_t *edits = tree_set(tree, fix, "edits", json_array());
    for (size_t i = 0; i < ddbexpr_diag_edit_count(diag); i++)
        tree_append(tree, edits, edit_object(tree, ddbexpr_diag_edit_at(diag, i)));
}

/* The diagnostics of one unit as the JSON library writes them. */
struct written {
    const struct unit *unit;
    json_t *diags; /* an array */
    size_t next;   /* findings stand in the order of the diagnostics, but some may have been left out */
};

static void write_unit(struct tree *tree, struct written *written, const struct unit *unit, ddbexpr_buffer *scratch)
{
    json_decref(written->diags);
    *written = (struct written){.unit = unit};
    ddbexpr_buffer_clear(scratch);
    if (ddbexpr_json_write_diags(unit->diags, 0, scratch) == DDBEXPR_OK) {
        json_error_t error;
        tree_load(ddbexpr_buffer_text(scratch), JSON_ALLOW_NUL, &written->diags, &error);
    }
    if (!written->diags)
        tree->failed = true;
}

static json_t *finding_object(struct tree *tree, struct written *written, const struct finding *finding,
                              ddbexpr_buffer *scratch)
{
    if (written->unit != finding->unit)
        write_unit(tree, written, finding->unit, scratch);
    size_t count = ddbexpr_diags_count(finding->unit->diags);
    while (written->next < count && ddbexpr_diags_at(finding->unit->diags, written->next) != finding->diag)
        written->next++;
    json_t *object = json_object();
    set_place(tree, object, finding);
    if (json_object_update(object, json_array_get(written->diags, written->next)) != 0)
        tree->failed = true;
    if (finding->shows_part)
        tree_set(tree, object, "span", span_object(tree, span_in_file(finding)));
    set_fixes(tree, object, finding->diag);
    return object;
}

/* Calls back with the object (taken over) of each finding that is shown. */
static ddbexpr_status for_each(const struct report_input *input, struct tree *tree,
                               ddbexpr_status (*put)(struct tree *tree, json_t *object, void *context), void *context)
{
    struct written written = {NULL, NULL, 0};
    ddbexpr_buffer *scratch;
    ddbexpr_status status = ddbexpr_buffer_new(NULL, &scratch);
    if (status != DDBEXPR_OK)
        return status;
    for (size_t i = 0; status == DDBEXPR_OK && i < input->findings->count; i++)
        if (!input->findings->all[i].suppressed)
            status = put(tree, finding_object(tree, &written, &input->findings->all[i], scratch), context);
    json_decref(written.diags);
    ddbexpr_buffer_free(scratch);
    return status;
}

static ddbexpr_status put_into_array(struct tree *tree, json_t *object, void *context)
{
    tree_append(tree, context, object);
    return tree->failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK;
}

ddbexpr_status report_json(const struct report_input *input, ddbexpr_buffer *out)
{
    struct tree tree = {false};
    json_t *array = json_array();
    ddbexpr_status status = for_each(input, &tree, put_into_array, array);
    if (status == DDBEXPR_OK)
        status = tree_print(&tree, array, 2, out);
    json_decref(array);
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(out, ddbexpr_cstr("\n")) : status;
}

static ddbexpr_status put_line(struct tree *tree, json_t *object, void *context)
{
    ddbexpr_status status = tree_print(tree, object, 0, context);
    json_decref(object);
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(context, ddbexpr_cstr("\n")) : status;
}

ddbexpr_status report_jsonl(const struct report_input *input, ddbexpr_buffer *out)
{
    struct tree tree = {false};
    return for_each(input, &tree, put_line, out);
}
