/* SPDX-License-Identifier: Apache-2.0 */
/* From a suggested fix to the bytes of the file that it changes: the request's object as it is against the object with
 * this fix alone, without what both have in front and at the end. */
#include "cli/check/sarif_fixes.h"

json_t *sarif_region(struct tree *tree, const struct place *place)
{
    json_t *object = json_object();
    tree_set_number(tree, object, "startLine", place->line);
    tree_set_number(tree, object, "startColumn", place->column);
    tree_set_number(tree, object, "endLine", place->end_line);
    tree_set_number(tree, object, "endColumn", place->end_column);
    tree_set_number(tree, object, "byteOffset", place->offset);
    tree_set_number(tree, object, "byteLength", place->end_offset - place->offset);
    return object;
}

static bool continues_character(ddbexpr_str text, size_t at)
{
    return at < text.len && ((unsigned char)text.ptr[at] & 0xc0) == 0x80;
}

/* Bytes that two texts begin with alike, whole characters. */
static size_t common_start(ddbexpr_str a, ddbexpr_str b)
{
    size_t n = 0;
    while (n < a.len && n < b.len && a.ptr[n] == b.ptr[n])
        n++;
    while (n > 0 && (continues_character(a, n) || continues_character(b, n)))
        n--; /* UNREACHABLE: what fixes put in begins with ASCII */
    return n;
}

/* The same of their ends, behind the first `start` bytes. */
static size_t common_end(ddbexpr_str a, ddbexpr_str b, size_t start)
{
    size_t n = 0;
    while (n < a.len - start && n < b.len - start && a.ptr[a.len - n - 1] == b.ptr[b.len - n - 1])
        n++;
    while (n > 0 && continues_character(a, a.len - n))
        n--;
    return n;
}

static json_t *replacement(struct tree *tree, struct sarif_walk *walk, size_t offset, ddbexpr_str before,
                           ddbexpr_str after)
{
    size_t start = common_start(before, after), end = common_end(before, after, start);
    ddbexpr_span deleted = {(uint32_t)(offset + start), (uint32_t)(offset + before.len - end)};
    struct place place = place_at(&walk->walk, deleted);
    json_t *object = json_object();
    tree_set(tree, object, "deletedRegion", sarif_region(tree, &place));
    json_t *content = tree_set(tree, object, "insertedContent", json_object());
    tree_set_text(tree, content, "text", (ddbexpr_str){after.ptr + start, after.len - start - end});
    return object;
}

static json_t *fix_object(struct tree *tree, struct sarif_walk *walk, const struct finding *finding, json_t *location,
                          ddbexpr_str after)
{
    const struct input_file *file = finding->unit->file;
    ddbexpr_span span = ddbexpr_json_map_span(finding->unit->map);
    ddbexpr_str before = {file->text.ptr + span.start, span.end - span.start};
    json_t *fix = json_object();
    json_t *description = tree_set(tree, fix, "description", json_object());
    tree_set_text(tree, description, "text", ddbexpr_diag_fix_title(finding->diag));
    json_t *changes = tree_set(tree, fix, "artifactChanges", json_array());
    json_t *change = tree_append(tree, changes, json_object());
    tree_set(tree, change, "artifactLocation", json_incref(location));
    json_t *replacements = tree_set(tree, change, "replacements", json_array());
    tree_append(tree, replacements, replacement(tree, walk, span.start, before, after));
    return fix;
}

static size_t index_of(const struct finding *finding)
{
    size_t index = 0;
    while (ddbexpr_diags_at(finding->unit->diags, index) != finding->diag)
        index++;
    return index;
}

ddbexpr_status sarif_fixes(struct tree *tree, struct sarif_walk *walk, const struct finding *finding, json_t *location,
                           json_t **ret)
{
    const struct unit *unit = finding->unit;
    ddbexpr_buffer *after;
    bool fixed = false;
    *ret = NULL;
    if (!unit->map || !unit->file->path || ddbexpr_diag_fix_safety(finding->diag) == DDBEXPR_FIX_NONE)
        return DDBEXPR_OK;
    if (walk->file != unit->file)
        *walk = (struct sarif_walk){unit->file, place_walk_of(unit->file->text)};
    ddbexpr_status status = ddbexpr_buffer_new(NULL, &after);
    if (status != DDBEXPR_OK)
        return status;
    status = ddbexpr_json_fix_one(unit->map, unit->diags, index_of(finding), after, &fixed);
    if (status == DDBEXPR_OK && fixed) {
        *ret = json_array();
        tree_append(tree, *ret, fix_object(tree, walk, finding, location, ddbexpr_buffer_text(after)));
    }
    ddbexpr_buffer_free(after);
    return status;
}
