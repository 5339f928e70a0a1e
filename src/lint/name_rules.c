/* SPDX-License-Identifier: Apache-2.0 */
/* DX516, DX517: names of attributes that are probably meant to be something else. */
#include "lint/rules.h"

#include "check/suggest.h"

/* The name of the attribute that a path begins with. */
static str attribute_of(const struct checked *c, const struct node *path)
{
    return checked_at(c, path)->path.steps[0].name;
}

static struct node *next_path(const struct checked *c, struct node *node)
{
    struct node *root = c->expression->root;
    do
        node = node ? ast_next(root, node) : root;
    while (node && node->kind != NODE_PATH);
    return node;
}

/* The request itself has an attribute of this very name. */
static bool is_of_request(const struct lint *l, str name)
{
    uint32_t hash = str_hash(name);
    for (uint32_t i = 0; i < l->key.count; i++)
        if (str_equal(l->key.attributes[i].name, name))
            return true;
    return l->item && value_map_get(l->item, name, hash) != NULL;
}

/* --- DX516 --- */

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static size_t word_at(str text, size_t at)
{
    size_t end = at;
    while (end < text.len && (is_letter(text.ptr[end]) || (end > at && is_digit(text.ptr[end]))))
        end++;
    return end - at;
}

static size_t index_at(str text, size_t at)
{
    size_t end = at + 1;
    while (end < text.len && is_digit(text.ptr[end]))
        end++;
    return end > at + 1 && end < text.len && text.ptr[end] == ']' ? end + 1 - at : 0;
}

/* a.b, a[0].b: words with dots and indexes between, and nothing else; so no mail address, no 1.2. With `out` the same
 * is written with a placeholder for each word. */
static bool looks_like_path(str text, buffer *out)
{
    size_t steps = 0;
    for (size_t at = 0; at < text.len; steps++) {
        bool index = text.ptr[at] == '[';
        if (steps > 0 && !index && text.ptr[at++] != '.')
            return false;
        size_t length = index ? (steps > 0 ? index_at(text, at) : 0) : word_at(text, at);
        if (length == 0)
            return false;
        if (out) {
            if (!index)
                buffer_put(out, steps ? STR(".#") : STR("#"));
            buffer_put(out, str_of(text.ptr + at, length));
        }
        at += length;
    }
    return steps > 1;
}

static bool alias_told(const struct lint *l, size_t expression, const struct node *path)
{
    for (size_t n = 0; n <= expression; n++) {
        const struct checked *c = lint_expression(l, n);
        for (struct node *node = next_path(c, NULL); node && node != path; node = next_path(c, node))
            if (node->steps[0].is_placeholder && str_equal(node->steps[0].name, path->steps[0].name))
                return true;
    }
    return false;
}

static void report_alias(struct lint *l, str placeholder, str name)
{
    buffer *text;
    if (ddbexpr_buffer_new(arena_allocator(l->arena), &text) != DDBEXPR_OK) {
        l->no_memory = true;
        return;
    }
    looks_like_path(name, text);
    if (buffer_status(text) != DDBEXPR_OK)
        l->no_memory = true;
    struct diag_draft draft = {.id = LINT_DOTTED_ALIAS, .source = DDBEXPR_SOURCE_NAMES, .member = placeholder};
    draft.args[0] = placeholder;
    draft.args[1] = name;
    draft.args[2] = ddbexpr_buffer_text(text);
    lint_report(l, &draft);
    ddbexpr_buffer_free(text);
}

void rule_dotted_alias(struct lint *l)
{
    const struct checked *c;
    for (size_t n = 0; (c = lint_expression(l, n)) != NULL; n++)
        for (struct node *path = next_path(c, NULL); path; path = next_path(c, path)) {
            str name = attribute_of(c, path);
            if (path->steps[0].is_placeholder && looks_like_path(name, NULL) && !is_of_request(l, name) &&
                !alias_told(l, n, path))
                report_alias(l, path->steps[0].name, name);
        }
}

/* --- DX517 --- */

static str first_name(str path)
{
    size_t end = 0;
    while (end < path.len && path.ptr[end] != '.' && path.ptr[end] != '[')
        end++;
    return str_of(path.ptr, end);
}

/* Names such as line1 and line2 are near each other on purpose. */
static bool differs_in_digit(str a, str b)
{
    size_t digits_a = 0, digits_b = 0;
    for (size_t i = 0; i < a.len; i++)
        digits_a += is_digit(a.ptr[i]);
    for (size_t i = 0; i < b.len; i++)
        digits_b += is_digit(b.ptr[i]);
    return digits_a || digits_b;
}

#define NEAR_LENGTH 4 /* shorter names are near many others */

/* A known attribute that a name is nearly; empty if there is none, or if the name itself is known. */
static str near_known(const struct lint *l, str name)
{
    str near = STR("");
    for (size_t i = 0; i < l->options->attribute_count; i++) {
        if (!lint_is_of_table(l, l->options->attributes[i].table))
            continue;
        str known = first_name(l->options->attributes[i].path);
        if (str_equal(known, name))
            return STR("");
        if (name.len >= NEAR_LENGTH && known.len >= NEAR_LENGTH && edit_distance(known, name) <= 1 &&
            !differs_in_digit(known, name))
            near = known;
    }
    return near;
}

/* An attribute that an earlier path of the request begins with, and that differs in case only; empty: none. */
static str earlier_case(const struct lint *l, size_t expression, const struct node *path, str name, bool *ret_told)
{
    str found = STR("");
    *ret_told = false;
    for (size_t n = 0; n <= expression; n++) {
        const struct checked *c = lint_expression(l, n);
        for (struct node *node = next_path(c, NULL); node && node != path; node = next_path(c, node)) {
            str other = attribute_of(c, node);
            if (str_equal(other, name))
                *ret_told = true;
            else if (!found.len && str_equal_ignoring_case(other, name))
                found = other;
        }
    }
    return found;
}

void rule_near_miss(struct lint *l)
{
    const struct checked *c;
    for (size_t n = 0; (c = lint_expression(l, n)) != NULL; n++)
        for (struct node *path = next_path(c, NULL); path; path = next_path(c, path)) {
            str name = attribute_of(c, path);
            bool told;
            str other = earlier_case(l, n, path, name, &told), known = near_known(l, name);
            if (told || (!other.len && (!known.len || is_of_request(l, name))))
                continue;
            struct diag_draft draft = check_draft(c, other.len ? LINT_TWO_CASES : LINT_NEAR_MISS, path);
            draft.args[0] = name;
            draft.args[1] = other.len ? other : known;
            lint_report(l, &draft);
        }
}
