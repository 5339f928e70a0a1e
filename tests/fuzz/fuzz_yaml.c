/* SPDX-License-Identifier: Apache-2.0 */
/* YAML and JSON as trees with places: a byte for the language, one for the node that is changed, then the text. Places
 * lie in the text and in each other; JSON is read exactly where it is JSON; and a change of one value leaves all else.
 */
#include "fuzz.h"

#include "cli/output.h"
#include "cli/yaml/yaml_edit.h"

#include <stdlib.h>

#define LEVELS 40

static struct yaml_reader reader_of(arena *a, bool is_json)
{
    return (struct yaml_reader){.arena = a,
                                .name = "input.yaml",
                                .what = "an input",
                                .largest = 1 << 20,
                                .levels = LEVELS,
                                .is_json = is_json,
                                .nul_is_text = true};
}

/* The tree, or NULL; what was wrong was told. */
static const struct yaml_node *read_tree(struct yaml_reader *reader, str text)
{
    fuzz_listen();
    const struct yaml_node *root = yaml_read(reader, text);
    char *told = fuzz_told();
    REQUIRE((reader->faults > 0) == (told[0] != '\0'));
    REQUIRE(!root || reader->faults == 0);
    free(told);
    return root;
}

/* --- sound trees --- */

static void check_place(const struct yaml_reader *reader, const struct yaml_node *node, str text)
{
    REQUIRE(node->line >= 1 && node->column >= 1);
    if (reader->has_no_offsets)
        return;
    REQUIRE(node->begin <= node->end && node->end <= text.len);
    REQUIRE(!node->key || node->key->end <= node->begin);
}

static void check_scalar(const struct yaml_node *node)
{
    REQUIRE(node->count == 0 && !node->first);
    REQUIRE(node->text.ptr[node->text.len] == '\0');
    REQUIRE(!node->is_null || node->is_plain);
}

/* As deep as the reader allows: no further does this recurse. */
static void check_node(const struct yaml_reader *reader, const struct yaml_node *node, str text, size_t level)
{
    size_t count = 0, at = node->begin;
    REQUIRE(level <= LEVELS);
    check_place(reader, node, text);
    if (node->kind == YAML_KIND_SCALAR) {
        check_scalar(node);
        return;
    }
    for (const struct yaml_node *child = node->first; child; at = child->end, child = child->next, count++) {
        REQUIRE((child->key != NULL) == (node->kind == YAML_KIND_MAP));
        REQUIRE(reader->has_no_offsets || (at <= child->begin && child->end <= node->end));
        REQUIRE(child->next || child == node->last);
        check_node(reader, child, text, level + 1);
    }
    REQUIRE(count == node->count);
}

static bool same_tree(const struct yaml_node *a, const struct yaml_node *b, const struct yaml_node *but)
{
    if (a == but)
        return true;
    if (a->kind != b->kind || a->count != b->count || a->is_null != b->is_null || !str_equal(a->text, b->text) ||
        (a->key && !str_equal(a->key->text, b->key->text)))
        return false;
    for (a = a->first, b = b->first; a; a = a->next, b = b->next)
        if (!same_tree(a, b, but))
            return false;
    return true;
}

/* --- changing a value --- */

static const struct yaml_node *nth(const struct yaml_node *node, unsigned *n)
{
    if ((*n)-- == 0)
        return node;
    const struct yaml_node *found = NULL;
    for (const struct yaml_node *child = node->first; child && !found; child = child->next)
        found = nth(child, n);
    return found;
}

static void check_edited(const struct yaml_reader *reader, const struct yaml_node *root, const struct yaml_node *node,
                         str text)
{
    arena *a = fuzz_arena();
    struct yaml_reader again = reader_of(a, reader->is_json);
    const struct yaml_node *changed = read_tree(&again, text);
    REQUIRE(changed);
    REQUIRE(same_tree(root, changed, node));
    ddbexpr_arena_free(a);
}

/* The change is made, or refused and told; the editor reads what it wrote, and so do we. */
static void check_edit(struct yaml_reader *reader, const struct yaml_node *root, unsigned which, str text)
{
    const struct yaml_node *node = nth(root, &which);
    if (!node || reader->has_no_offsets)
        return;
    arena *a = fuzz_arena();
    struct yaml_reader editor = reader_of(a, reader->is_json);
    const struct yaml_edit edit = {node->begin, node->end, STR("{\"new\": [1]}")};
    ddbexpr_buffer *out = fuzz_buffer();
    fuzz_listen();
    int status = yaml_edit_text(&editor, text, &edit, 1, out);
    char *told = fuzz_told();
    str edited = ddbexpr_buffer_text(out);
    REQUIRE((status == EXIT_TRUE) == (told[0] == '\0'));
    if (status == EXIT_TRUE)
        check_edited(reader, root, node, edited);
    else
        REQUIRE(edited.len == 0);
    free(told);
    ddbexpr_buffer_free(out);
    ddbexpr_arena_free(a);
}

/* --- all --- */

static size_t depth_of(str json)
{
    size_t depth = 0, deepest = 0;
    bool in_string = false;
    for (size_t i = 0; i < json.len; i++) {
        char c = json.ptr[i];
        if (in_string && c == '\\')
            i++;
        else if (c == '"')
            in_string = !in_string;
        else if (!in_string && (c == '{' || c == '['))
            deepest = ++depth > deepest ? depth : deepest;
        else if (!in_string && (c == '}' || c == ']'))
            depth--;
    }
    return deepest;
}

/* What another reader takes for JSON is read, and nothing else is; a byte order mark may stand before it. */
static void check_is_json(str text, bool read)
{
    bool marked = text.len >= 3 && memcmp(text.ptr, "\xef\xbb\xbf", 3) == 0;
    str bare = marked ? str_of(text.ptr + 3, text.len - 3) : text;
    if (fuzz_is_beyond_json(bare))
        return;
    bool json = fuzz_is_json(bare);
    if (read)
        REQUIRE(json);
    else if (json)
        REQUIRE(depth_of(text) >= LEVELS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_open(data, size);
    arena *a = fuzz_arena();
    bool is_json = fuzz_choice(&input, 2);
    unsigned which = fuzz_choice(&input, 256);
    str text = fuzz_rest(&input);
    struct yaml_reader reader = reader_of(a, is_json);
    const struct yaml_node *root = read_tree(&reader, text);
    if (is_json)
        check_is_json(text, root != NULL);
    if (root) {
        check_node(&reader, root, text, 1);
        check_edit(&reader, root, which, text);
    }
    ddbexpr_arena_free(a);
    fuzz_close(&input);
    return 0;
}
