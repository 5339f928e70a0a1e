/* SPDX-License-Identifier: Apache-2.0 */
/* Reserved words as they stand in paths, and the fix for them. Some of them were meant as values: to the service they
 * are the same. */
#include "check/check.h"

#include "check/alias.h"
#include "check/reserved.h"

static bool has_operands(const struct node *parent)
{
    switch (parent->kind) {
    case NODE_COMPARISON:
    case NODE_BETWEEN:
    case NODE_IN:
    case NODE_CALL:
    case NODE_ARITHMETIC:
    case NODE_ACTION:
        return true;
    case NODE_OR:
    case NODE_AND:
    case NODE_NOT:
    case NODE_PATH:
    case NODE_VALUE:
    case NODE_UPDATE:
    case NODE_SECTION:
    case NODE_PROJECTION:;
    }
    return false;
}

/* true, false and null where values stand, that is anywhere but in the first place, which is a path's: as DynamoDB
 * JSON. Empty for everything else. */
static str literal_of(const struct node *path, str name)
{
    if (path->step_count != 1 || !has_operands(path->parent) || path == path->parent->first_child)
        return STR("");
    return str_equal_ignoring_case(name, STR("TRUE"))    ? STR("{\"BOOL\": true}")
           : str_equal_ignoring_case(name, STR("FALSE")) ? STR("{\"BOOL\": false}")
           : str_equal_ignoring_case(name, STR("NULL"))  ? STR("{\"NULL\": true}")
                                                         : STR("");
}

/* Gives the draft the fix that writes a placeholder, and adds it to its map if it is new. */
static void write_placeholder(struct checked *c, struct diag_draft *draft, ddbexpr_source map, str stands_for,
                              ddbexpr_edit *edits)
{
    bool is_new, name = map == DDBEXPR_SOURCE_NAMES;
    str placeholder = scope_alias(c->scope, map, stands_for, &is_new);
    if (!placeholder.ptr)
        return;
    edits[0] = edit_replace(draft->source, draft->span, placeholder);
    edits[1] = edit_member(DDBEXPR_EDIT_ADD_MEMBER, map, placeholder, stands_for);
    check_fix(draft, name ? DDBEXPR_FIX_SAFE : DDBEXPR_FIX_UNSAFE, TEXT_FIX_NAME, placeholder, edits, is_new ? 2 : 1);
    draft->fix.args[1] = stands_for;
    if (name)
        draft->args[1] = check_fill_two(c, is_new ? TEXT_WRITE_NEW : TEXT_WRITE_KNOWN, stands_for, placeholder);
}

void check_word(struct checked *c, const struct node *path, const struct path_step *step)
{
    enum reserved_state state = reserved_word(step->name);
    str literal = literal_of(path, step->name);
    struct diag_draft draft = check_draft(c,
                                          literal.len                  ? DIAG_WORD_AS_VALUE
                                          : state == RESERVED_DISPUTED ? DIAG_RESERVED_WORD_DISPUTED
                                                                       : DIAG_RESERVED_WORD,
                                          path);
    ddbexpr_edit edits[2];
    draft.span = step->span;
    draft.args[0] = step->name;
    draft.args[1] = literal;
    if (c->diags && literal.len)
        write_placeholder(c, &draft, DDBEXPR_SOURCE_VALUES, literal, edits);
    else if (c->diags)
        write_placeholder(c, &draft, DDBEXPR_SOURCE_NAMES, step->name, edits);
    check_report(c, &draft);
}
