/* SPDX-License-Identifier: Apache-2.0 */
/* Values of a suite: DynamoDB's form where a map has one member named like a type, plain otherwise. They become
 * DynamoDB JSON, so that one reader decides what values are. Recursion is as deep as a suite may nest. */
#include "cli/test/suite_reader.h"

#include <string.h>

/* --- JSON --- */

static void put_bytes(struct suite_reader *r, const char *bytes, size_t count)
{
    if (count && ddbexpr_buffer_append(r->json, (ddbexpr_str){bytes, count}) != DDBEXPR_OK)
        r->yaml.no_memory = true;
}

void suite_put(struct suite_reader *r, const char *text) { put_bytes(r, text, strlen(text)); }

void suite_put_string(struct suite_reader *r, ddbexpr_str text)
{
    static const char hex[] = "0123456789abcdef";
    size_t start = 0;
    suite_put(r, "\"");
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        char escape[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        put_bytes(r, text.ptr + start, i - start);
        put_bytes(r, escape, sizeof escape);
        start = i + 1;
    }
    put_bytes(r, text.ptr + start, text.len - start);
    suite_put(r, "\"");
}

bool suite_take_json(struct suite_reader *r, ddbexpr_str *ret)
{
    ddbexpr_str text = ddbexpr_buffer_text(r->json);
    char *copy = r->yaml.no_memory ? NULL : yaml_alloc(&r->yaml, text.len, 1);
    if (copy)
        memcpy(copy, text.ptr, text.len);
    *ret = (ddbexpr_str){copy, text.len};
    ddbexpr_buffer_clear(r->json);
    return copy != NULL;
}

/* --- plain scalars --- */

static size_t skip_digits(ddbexpr_str text, size_t at)
{
    while (at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9')
        at++;
    return at;
}

/* By the grammar of JSON. */
static bool is_number(ddbexpr_str text)
{
    size_t at = text.len && text.ptr[0] == '-', first = at;
    at = skip_digits(text, at);
    if (at == first || (text.ptr[first] == '0' && at > first + 1))
        return false;
    if (at < text.len && text.ptr[at] == '.') {
        first = ++at;
        at = skip_digits(text, at);
        if (at == first)
            return false;
    }
    if (at < text.len && (text.ptr[at] == 'e' || text.ptr[at] == 'E')) {
        at++;
        at += at < text.len && (text.ptr[at] == '+' || text.ptr[at] == '-');
        first = at;
        at = skip_digits(text, at);
        if (at == first)
            return false;
    }
    return at == text.len;
}

static bool is_truth(ddbexpr_str text) { return yaml_text_is(text, "true") || yaml_text_is(text, "false"); }

static void put_scalar_as_json(struct suite_reader *r, const struct yaml_node *node)
{
    if (node->is_null)
        suite_put(r, "null");
    else if (node->is_plain && (is_truth(node->text) || is_number(node->text)))
        put_bytes(r, node->text.ptr, node->text.len);
    else
        suite_put_string(r, node->text);
}

static void put_scalar_as_value(struct suite_reader *r, const struct yaml_node *node)
{
    if (node->is_null) {
        suite_put(r, "{\"NULL\":true}");
        return;
    }
    if (node->is_plain && is_truth(node->text)) {
        suite_put(r, "{\"BOOL\":");
        put_bytes(r, node->text.ptr, node->text.len);
    } else {
        suite_put(r, node->is_plain && is_number(node->text) ? "{\"N\":" : "{\"S\":");
        suite_put_string(r, node->text);
    }
    suite_put(r, "}");
}

/* --- values --- */

static bool find_type(ddbexpr_str name, ddbexpr_type *ret)
{
    for (int type = 0; type < DDBEXPR_TYPE_COUNT; type++)
        if (yaml_text_is(name, ddbexpr_type_name((ddbexpr_type)type))) {
            *ret = (ddbexpr_type)type;
            return true;
        }
    return false;
}

bool suite_is_typed(const struct yaml_node *node)
{
    ddbexpr_type type;
    return node->kind == YAML_KIND_MAP && node->count == 1 && find_type(node->first->key->text, &type);
}

/* Calls a function for each member, with commas. */
static void put_members(struct suite_reader *r, const struct yaml_node *node,
                        void (*put)(struct suite_reader *r, const struct yaml_node *node))
{
    bool is_map = node->kind == YAML_KIND_MAP;
    suite_put(r, is_map ? "{" : "[");
    for (const struct yaml_node *e = node->first; e; e = e->next) {
        if (is_map) {
            suite_put_string(r, e->key->text);
            suite_put(r, ":");
        }
        put(r, e);
        if (e->next)
            suite_put(r, ",");
    }
    suite_put(r, is_map ? "}" : "]");
}

void suite_put_json(struct suite_reader *r, const struct yaml_node *node)
{
    if (node->kind == YAML_KIND_SCALAR)
        put_scalar_as_json(r, node);
    else
        put_members(r, node, suite_put_json);
}

/* Texts of S, N, B and of sets: 5 is "5", quoted or not. */
static void put_text(struct suite_reader *r, const struct yaml_node *node)
{
    if (node->kind == YAML_KIND_SCALAR && !node->is_null)
        suite_put_string(r, node->text);
    else
        suite_put_json(r, node);
}

/* What stands behind the name of a type. What does not fit it is handed on as it is: who reads it says so. */
static void put_content(struct suite_reader *r, ddbexpr_type type, const struct yaml_node *node)
{
    bool is_set = type == DDBEXPR_SS || type == DDBEXPR_NS || type == DDBEXPR_BS;
    if (type == DDBEXPR_S || type == DDBEXPR_N || type == DDBEXPR_B)
        put_text(r, node);
    else if (is_set && node->kind == YAML_KIND_LIST)
        put_members(r, node, put_text);
    else if ((type == DDBEXPR_L && node->kind == YAML_KIND_LIST) || (type == DDBEXPR_M && node->kind == YAML_KIND_MAP))
        put_members(r, node, suite_put_value);
    else
        suite_put_json(r, node);
}

void suite_put_value(struct suite_reader *r, const struct yaml_node *node)
{
    ddbexpr_type type;
    if (node->kind == YAML_KIND_SCALAR) {
        put_scalar_as_value(r, node);
        return;
    }
    if (node->kind == YAML_KIND_MAP)
        yaml_is_map(&r->yaml, node, "a value");
    if (suite_is_typed(node) && find_type(node->first->key->text, &type)) {
        suite_put(r, "{");
        suite_put_string(r, node->first->key->text);
        suite_put(r, ":");
        put_content(r, type, node->first);
    } else {
        suite_put(r, node->kind == YAML_KIND_LIST ? "{\"L\":" : "{\"M\":");
        put_members(r, node, suite_put_value);
    }
    suite_put(r, "}");
}

void suite_put_attributes(struct suite_reader *r, const struct yaml_node *map)
{
    yaml_is_map(&r->yaml, map, "an item");
    put_members(r, map, suite_put_value);
}

/* --- values built straight from nodes: most items are good, and there are many of them. False: it does not have the
 * form of its type, or is binary; JSON's reader knows what is to be said or done. --- */

static void build_scalar(struct suite_reader *r, const struct yaml_node *node)
{
    if (node->is_null)
        ddbexpr_builder_null(r->builder);
    else if (node->is_plain && is_truth(node->text))
        ddbexpr_builder_bool(r->builder, node->text.len == 4);
    else if (node->is_plain && is_number(node->text))
        ddbexpr_builder_number(r->builder, node->text);
    else
        ddbexpr_builder_string(r->builder, node->text);
}

static bool build_text(struct suite_reader *r, ddbexpr_type type, const struct yaml_node *node)
{
    if (node->kind != YAML_KIND_SCALAR || node->is_null)
        return false;
    if (type == DDBEXPR_N || type == DDBEXPR_NS)
        ddbexpr_builder_number(r->builder, node->text);
    else
        ddbexpr_builder_string(r->builder, node->text);
    return true;
}

static bool build_value(struct suite_reader *r, const struct yaml_node *node);

static bool build_container(struct suite_reader *r, ddbexpr_type type, const struct yaml_node *node)
{
    bool good = node->kind == (type == DDBEXPR_M ? YAML_KIND_MAP : YAML_KIND_LIST);
    if (!good || (type == DDBEXPR_M && !yaml_is_map(&r->yaml, node, "a value")))
        return false;
    ddbexpr_builder_begin(r->builder, type);
    for (const struct yaml_node *e = node->first; good && e; e = e->next) {
        if (type == DDBEXPR_M)
            ddbexpr_builder_name(r->builder, e->key->text);
        good = type == DDBEXPR_SS || type == DDBEXPR_NS ? build_text(r, type, e) : build_value(r, e);
    }
    ddbexpr_builder_end(r->builder);
    return good;
}

static bool build_typed(struct suite_reader *r, ddbexpr_type type, const struct yaml_node *content)
{
    switch (type) {
    case DDBEXPR_S:
    case DDBEXPR_N:
        return build_text(r, type, content);
    case DDBEXPR_SS:
    case DDBEXPR_NS:
    case DDBEXPR_L:
    case DDBEXPR_M:
        return build_container(r, type, content);
    case DDBEXPR_B:
    case DDBEXPR_BOOL:
    case DDBEXPR_NULL:
    case DDBEXPR_BS:
        break;
    }
    return false;
}

static bool build_value(struct suite_reader *r, const struct yaml_node *node)
{
    ddbexpr_type type;
    if (node->kind == YAML_KIND_SCALAR) {
        build_scalar(r, node);
        return true;
    }
    if (suite_is_typed(node) && find_type(node->first->key->text, &type))
        return build_typed(r, type, node->first);
    return build_container(r, node->kind == YAML_KIND_LIST ? DDBEXPR_L : DDBEXPR_M, node);
}

static bool build_item(struct suite_reader *r, const struct yaml_node *map, const ddbexpr_value **ret)
{
    if (build_container(r, DDBEXPR_M, map))
        return ddbexpr_builder_finish(r->builder, ret) == DDBEXPR_OK && !ddbexpr_item_is_faulty(*ret);
    ddbexpr_builder_free(r->builder); /* containers may be open */
    r->builder = NULL;
    r->yaml.no_memory |= ddbexpr_builder_new(r->yaml.arena, &r->builder) != DDBEXPR_OK;
    return false;
}

/* --- items that a table can hold --- */

/* {"Item": …} as it was put into `json`. */
static ddbexpr_status read_item(struct suite_reader *r, const ddbexpr_value **ret)
{
    ddbexpr_str text;
    ddbexpr_diags_clear(r->diags);
    if (!suite_take_json(r, &text))
        return DDBEXPR_NO_MEMORY;
    ddbexpr_status status = ddbexpr_json_read_item(r->yaml.arena, text, DDBEXPR_JSON_TYPED, r->diags, ret);
    if (status == DDBEXPR_OK && ddbexpr_item_is_faulty(*ret)) {
        /* what is wrong is what the service would say of a PutItem */
        const ddbexpr_request put = {.size = sizeof put, .operation = DDBEXPR_PUT_ITEM, .item = *ret};
        const ddbexpr_execute_options options = {.size = sizeof options, .partial = true};
        status = ddbexpr_request_check(&put, NULL, 0, &options, NULL, r->diags) == DDBEXPR_NO_MEMORY ? DDBEXPR_NO_MEMORY
                                                                                                     : DDBEXPR_INVALID;
    }
    if (status != DDBEXPR_OK && status != DDBEXPR_INVALID)
        r->yaml.no_memory = true;
    return status;
}

/* Whether a value can be in an item. */
static bool is_good(struct suite_reader *r, const struct yaml_node *node)
{
    const ddbexpr_value *item;
    suite_put(r, "{\"Item\":{\"a\":");
    suite_put_value(r, node);
    suite_put(r, "}}");
    return read_item(r, &item) == DDBEXPR_OK;
}

/* The first value in a value, or NULL. */
static const struct yaml_node *first_inside(const struct yaml_node *node)
{
    if (!suite_is_typed(node))
        return node->first;
    const struct yaml_node *content = node->first;
    bool is_list = yaml_text_is(content->key->text, "L") && content->kind == YAML_KIND_LIST;
    bool is_map = yaml_text_is(content->key->text, "M") && content->kind == YAML_KIND_MAP;
    return is_list || is_map ? content->first : NULL;
}

/* Tells the innermost value that is to blame. */
static void tell_bad_value(struct suite_reader *r, const struct yaml_node *node)
{
    for (const struct yaml_node *at = node; at;) {
        node = at;
        at = first_inside(at);
        while (at && is_good(r, at))
            at = at->next;
    }
    if (is_good(r, node) || ddbexpr_diags_count(r->diags) == 0)
        return;
    const ddbexpr_diag *diag = ddbexpr_diags_at(r->diags, 0);
    ddbexpr_str message = ddbexpr_diag_message(diag), hint = ddbexpr_diag_hint(diag);
    yaml_fault(&r->yaml, node, "no table can hold this: %.*s%s%.*s", (int)message.len, message.ptr,
               hint.len ? "; " : "", (int)hint.len, hint.ptr);
}

bool suite_read_attributes(struct suite_reader *r, const struct yaml_node *map, const ddbexpr_value **ret)
{
    size_t faults = r->yaml.faults;
    if (build_item(r, map, ret))
        return r->yaml.faults == faults;
    if (r->yaml.faults > faults || r->yaml.no_memory) /* a name twice */
        return false;
    suite_put(r, "{\"Item\":");
    suite_put_attributes(r, map);
    suite_put(r, "}");
    ddbexpr_status status = read_item(r, ret);
    if (r->yaml.faults > faults || r->yaml.no_memory)
        return false;
    if (status == DDBEXPR_OK)
        return true;
    for (const struct yaml_node *e = map->first; e; e = e->next)
        if (!is_good(r, e))
            tell_bad_value(r, e);
    if (r->yaml.faults == faults && !r->yaml.no_memory)
        yaml_fault(&r->yaml, map, "no table can hold this item");
    return false;
}

/* --- comments --- */

/* A comment that somebody means has a blank after its sign, a placeholder has none. */
void suite_check_comment(struct suite_reader *r, const struct yaml_node *node)
{
    if (!node->is_plain || !r->text.ptr)
        return;
    size_t i = node->end;
    while (i < r->text.len && (r->text.ptr[i] == ' ' || r->text.ptr[i] == '\t'))
        i++;
    if (i + 1 >= r->text.len || i == node->end || r->text.ptr[i] != '#')
        return;
    char c = r->text.ptr[i + 1];
    bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (is_letter)
        yaml_fault(&r->yaml, node, "YAML ends here: ` #` begins a comment; put the expression in quotes");
}
