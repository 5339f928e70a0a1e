/* SPDX-License-Identifier: Apache-2.0 */
/* Requests of a suite: by name, written out, or from files; each looked for once. What the service would refuse in one
 * is no fault of the suite: it may be just what a test is about. */
#define _XOPEN_SOURCE 700
#include "cli/test/suite_reader.h"

#include "cli/input.h"
#include "cli/limits.h"

#include <ddbexpr/located.h>

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* A file that requests are from. */
struct request_file {
    const char *path;
    ddbexpr_str text;
    const ddbexpr_found_request *found;
    size_t count;
    bool usable;
};

/* --- files --- */

static const char *path_beside(struct suite_reader *r, ddbexpr_str name)
{
    size_t length = name.ptr[0] == '/' ? 0 : strlen(r->folder);
    char *path = yaml_alloc(&r->yaml, length + name.len, 1);
    if (path) {
        memcpy(path, r->folder, length);
        memcpy(path + length, name.ptr, name.len);
    }
    return path;
}

static bool read_request_file(struct suite_reader *r, const struct yaml_node *from, struct request_file *file)
{
    file->path = path_beside(r, from->text);
    if (!file->path)
        return false;
    if (access(file->path, R_OK) != 0) {
        yaml_fault(&r->yaml, from, "%s: %s", file->path, strerror(errno));
        return false;
    }
    if (!read_file(r->yaml.arena, file->path, &file->text)) {
        yaml_fault(&r->yaml, from, "%s cannot be read", file->path);
        return false;
    }
    const ddbexpr_json_search search = {.size = sizeof search, .file_name = ddbexpr_cstr(file->path)};
    ddbexpr_diags_clear(r->diags);
    ddbexpr_status status =
        ddbexpr_json_find_requests(r->yaml.arena, file->text, &search, r->diags, &file->found, &file->count, NULL);
    if (status == DDBEXPR_OK)
        return true;
    r->yaml.no_memory |= status == DDBEXPR_NO_MEMORY;
    if (status == DDBEXPR_NO_MEMORY)
        return false;
    ddbexpr_str message = {"", 0};
    if (ddbexpr_diags_count(r->diags))
        message = ddbexpr_diag_message(ddbexpr_diags_at(r->diags, 0));
    yaml_fault(&r->yaml, from, "%s is no JSON: %.*s; `ddbexpr check %s` shows where", file->path, (int)message.len,
               message.ptr, file->path);
    return false;
}

static struct request_file *find_file(struct suite_reader *r, const struct yaml_node *from)
{
    struct request_file *file = suite_names_get(&r->files, from->text);
    if (file)
        return file->usable ? file : NULL;
    file = yaml_alloc(&r->yaml, 1, sizeof *file);
    if (!file || !suite_names_put(&r->yaml, &r->files, from->text, file))
        return NULL;
    file->usable = read_request_file(r, from, file);
    return file->usable ? file : NULL;
}

/* Which of a file's requests. False: told. */
static bool choose_found(struct suite_reader *r, const struct request_file *file, const struct yaml_node *from,
                         const struct yaml_node *number, size_t *ret)
{
    *ret = 0;
    if (file->count == 0) {
        yaml_fault(&r->yaml, from, "%s: there is no request in it", file->path);
        return false;
    }
    if (!number && file->count > 1) {
        yaml_fault(&r->yaml, from, "%s has %zu requests: say which, {from: %.*s, number: 1}", file->path, file->count,
                   (int)from->text.len, from->text.ptr);
        return false;
    }
    for (size_t i = 0; number && i < number->text.len && *ret <= file->count; i++)
        *ret = number->text.ptr[i] >= '0' && number->text.ptr[i] <= '9'
                   ? *ret * 10 + (size_t)(number->text.ptr[i] - '0')
                   : file->count + 1;
    if (number && (*ret == 0 || *ret > file->count)) {
        yaml_fault(&r->yaml, number, "`number` is from 1 to %zu, as many requests as there are", file->count);
        return false;
    }
    *ret -= number != NULL;
    return true;
}

/* The request's object as a tree. */
static const struct yaml_node *parse_found(struct suite_reader *r, const struct request_file *file,
                                           const ddbexpr_found_request *found, const struct yaml_node *from)
{
    ddbexpr_span span = ddbexpr_json_map_span(found->map);
    struct yaml_reader inner = {.arena = r->yaml.arena,
                                .name = file->path,
                                .what = "a request",
                                .largest = file->text.len,
                                .levels = LIMIT_REQUEST_FILE_LEVELS,
                                .is_json = true,
                                .nul_is_text = true};
    const struct yaml_node *body = yaml_read(&inner, (ddbexpr_str){file->text.ptr + span.start, span.end - span.start});
    r->yaml.no_memory |= inner.no_memory;
    if (!body && !inner.no_memory)
        yaml_fault(&r->yaml, from, "%s cannot be read", file->path); /* UNREACHABLE: the library has read it */
    return body;
}

static void see_captured(struct suite_reader *r, struct suite_request *request)
{
    const struct yaml_node *from = yaml_entry(request->node, "from"), *number = yaml_entry(request->node, "number");
    size_t index;
    for (const struct yaml_node *e = request->node->first; e; e = e->next)
        if (e != from && e != number) {
            yaml_fault(&r->yaml, e->key,
                       "a request from a file has the members `from` and `number` only; `with` in a test changes it");
            return;
        }
    if (!yaml_is_map(&r->yaml, request->node, "a request") || !yaml_is_text(&r->yaml, from, "the name of a file"))
        return;
    const struct request_file *file = find_file(r, from);
    if (!file || !choose_found(r, file, from, number, &index))
        return;
    const ddbexpr_found_request *found = &file->found[index];
    request->is_captured = true;
    request->is_filled_in = found->filled_in;
    request->operation = found->operation;
    request->knows_operation = true;
    if (!request->name.len)
        request->name = from->text;
    request->body = parse_found(r, file, found, from);
}

/* --- operations --- */

static void tell_unknown_operation(struct suite_reader *r, const struct yaml_node *node)
{
    struct yaml_nearest nearest = {.name = node->text};
    for (int o = DDBEXPR_PUT_ITEM; o <= DDBEXPR_TRANSACT_WRITE_ITEMS; o++)
        yaml_nearest_try(&nearest, ddbexpr_cstr(ddbexpr_operation_name((ddbexpr_operation)o)));
    yaml_fault_no_such(&r->yaml, node, "operation", nearest.best,
                       ": write PutItem, UpdateItem, DeleteItem, GetItem, Query, Scan or "
                       "TransactWriteItems");
}

/* The operation of the one request that a text is taken for. */
static bool find_operation_of(struct suite_reader *r, ddbexpr_str text, ddbexpr_operation *ret)
{
    const ddbexpr_json_search search = {.size = sizeof search};
    const ddbexpr_found_request *found;
    size_t count = 0;
    ddbexpr_status status = ddbexpr_json_find_requests(r->yaml.arena, text, &search, NULL, &found, &count, NULL);
    r->yaml.no_memory |= status == DDBEXPR_NO_MEMORY;
    if (status != DDBEXPR_OK || count != 1)
        return false;
    *ret = found->operation;
    return true;
}

/* In a suite nothing but a request can stand here, so Item alone says PutItem. Elsewhere it does so only beside
 * TableName: one is put in front of the members. */
static bool guess_operation(struct suite_reader *r, ddbexpr_str text, ddbexpr_operation *ret)
{
    static const char table[] = "{\"TableName\":\"t\",";
    const size_t lead = sizeof table - 1;
    if (find_operation_of(r, text, ret))
        return true;
    if (r->yaml.no_memory || text.len <= 2) /* {} */
        return false;
    char *named = yaml_alloc(&r->yaml, lead + text.len, 1);
    if (!named)
        return false;
    memcpy(named, table, lead);
    memcpy(named + lead, text.ptr + 1, text.len - 1);
    return find_operation_of(r, (ddbexpr_str){named, lead + text.len - 1}, ret);
}

/* A member `op`: as `check` understands it. */
static bool read_operation(struct suite_reader *r, const struct yaml_node *node, struct suite_request *request)
{
    ddbexpr_str text;
    if (!yaml_is_text(&r->yaml, node, "an operation"))
        return false;
    suite_put(r, "{\"op\":");
    suite_put_string(r, node->text);
    suite_put(r, ",\"TableName\":\"t\"}");
    if (!suite_take_json(r, &text))
        return false;
    request->knows_operation = guess_operation(r, text, &request->operation);
    if (!request->knows_operation)
        tell_unknown_operation(r, node);
    return request->knows_operation;
}

static void see_written(struct suite_reader *r, struct suite_request *request)
{
    const struct yaml_node *op = yaml_entry(request->node, "op");
    if (!op)
        op = yaml_entry(request->node, "operation");
    if (!yaml_is_map(&r->yaml, request->node, "a request") || (op && !read_operation(r, op, request)))
        return;
    request->body = request->node;
}

/* --- looking requests up --- */

/* The body as JSON. What is told about it is told here, once, and not again for every test that uses it. */
static bool put_text(struct suite_reader *r, const struct suite_request *request, struct suite_overlay *overlay,
                     ddbexpr_str *ret)
{
    bool good = suite_put_body(r, request, overlay);
    if (good)
        return suite_take_json(r, ret);
    ddbexpr_buffer_clear(r->json);
    return false;
}

static void see(struct suite_reader *r, struct suite_request *request)
{
    request->is_seen = true;
    if (request->node->kind != YAML_KIND_MAP)
        yaml_fault(&r->yaml, request->node, "a request is a map of its members, or {from: FILE}");
    else if (yaml_entry(request->node, "from"))
        see_captured(r, request);
    else
        see_written(r, request);
    struct suite_overlay none = {0};
    if (request->body && !put_text(r, request, &none, &request->text))
        request->body = NULL;
    if (request->body && !request->knows_operation)
        request->knows_operation = guess_operation(r, request->text, &request->operation);
}

static struct suite_request *request_named(struct suite_reader *r, const struct yaml_node *name)
{
    struct suite_request *request = suite_names_get(&r->requests, name->text);
    if (request)
        return request;
    ddbexpr_str meant = suite_names_nearest(&r->yaml, &r->requests, name->text);
    yaml_fault_no_such(&r->yaml, name, "request", meant, ": `requests` names them");
    return NULL;
}

struct suite_request *suite_find_request(struct suite_reader *r, const struct yaml_node *node)
{
    struct suite_request *request;
    if (node->kind == YAML_KIND_SCALAR && node->text.len) {
        request = request_named(r, node);
    } else {
        request = yaml_alloc(&r->yaml, 1, sizeof *request);
        if (request)
            request->node = node;
    }
    if (request && !request->is_seen)
        see(r, request);
    return request && request->body ? request : NULL;
}

/* --- the request of a step --- */

static bool keep_refusal(struct suite_reader *r, const ddbexpr_diags **ret)
{
    if (r->refusal_count == r->refusal_size) {
        size_t size = r->refusal_size ? r->refusal_size * 2 : 8;
        ddbexpr_diags **grown = yaml_alloc(&r->yaml, size, sizeof *grown);
        if (!grown)
            return false;
        if (r->refusal_count)
            memcpy(grown, r->refusals, r->refusal_count * sizeof *grown);
        r->refusals = grown;
        r->refusal_size = size;
    }
    ddbexpr_diags *fresh;
    if (ddbexpr_diags_new(NULL, &fresh) != DDBEXPR_OK) {
        r->yaml.no_memory = true;
        return false;
    }
    *ret = r->refusals[r->refusal_count++] = r->diags;
    r->diags = fresh;
    return true;
}

/* A state machine's request. */
static ddbexpr_status read_filled_in(struct suite_reader *r, const struct suite_request *request, ddbexpr_str text,
                                     ddbexpr_request *ret)
{
    const ddbexpr_json_search search = {
        .size = sizeof search, .operation_given = true, .operation = request->operation, .filled_in = true};
    const ddbexpr_found_request *found;
    size_t count;
    ddbexpr_status status = ddbexpr_json_find_requests(r->yaml.arena, text, &search, r->diags, &found, &count, NULL);
    if (status == DDBEXPR_OK)
        status = count == 1 ? ddbexpr_json_read_found(r->yaml.arena, found, r->diags, ret) : DDBEXPR_INVALID;
    return status;
}

/* Whether something of a request is not known before a state machine runs. */
static bool is_whole(struct suite_reader *r, const ddbexpr_request *request, const struct yaml_node *place)
{
    if (!request->unknown_value_count && !request->incomplete)
        return true;
    ddbexpr_str first = request->unknown_value_count ? request->unknown_values[0] : (ddbexpr_str){NULL, 0};
    if (first.ptr)
        yaml_fault(&r->yaml, place, "the state machine fills in `%.*s`: give %s by `with`", (int)first.len, first.ptr,
                   suite_is_placeholder(first) ? "it" : "the Key or Item that it is in");
    else
        yaml_fault(&r->yaml, place, "the state machine fills in members of this request: give them by `with`");
    return false;
}

/* Whether it is known which of several tables a request is about. */
static bool has_tables(struct suite_reader *r, const ddbexpr_request *request, const struct yaml_node *place)
{
    bool lacks = !request->actions_given && !request->table_name.ptr;
    for (size_t i = 0; i < request->action_count; i++)
        lacks |= !request->actions[i].table_name.ptr && !request->actions[i].action_malformed;
    if (lacks && r->table_count > 1)
        yaml_fault(&r->yaml, place, "the request needs a TableName: there are several tables");
    return !lacks || r->table_count <= 1;
}

ddbexpr_status suite_read_text(struct suite_reader *r, const struct suite_request *request, ddbexpr_operation operation,
                               ddbexpr_str text, ddbexpr_request *ret)
{
    ddbexpr_diags_clear(r->diags);
    return request->is_filled_in ? read_filled_in(r, request, text, ret)
                                 : ddbexpr_json_read_request(r->yaml.arena, operation, text, r->diags, ret);
}

static bool read_text(struct suite_reader *r, const struct suite_request *request, ddbexpr_operation operation,
                      const struct yaml_node *place, ddbexpr_str text, struct test_step *step)
{
    ddbexpr_status status = suite_read_text(r, request, operation, text, &step->request);
    step->refusal = NULL;
    if (status == DDBEXPR_OK)
        return has_tables(r, &step->request, place) && (!request->is_filled_in || is_whole(r, &step->request, place));
    if (status == DDBEXPR_INVALID) {
        step->request = (ddbexpr_request){.size = sizeof step->request, .operation = operation};
        return keep_refusal(r, &step->refusal);
    }
    r->yaml.no_memory = true;
    return false;
}

/* What the members say before a test changes them; but a test may add what is missing. */
static bool find_operation(struct suite_reader *r, const struct suite_request *request, const struct yaml_node *place,
                           ddbexpr_str changed_text, ddbexpr_operation *ret)
{
    *ret = request->operation;
    if (request->knows_operation || guess_operation(r, changed_text, ret))
        return true;
    if (!r->yaml.no_memory)
        yaml_fault(&r->yaml, place, "the members do not say which operation it is: add `op`, such as op: GetItem");
    return false;
}

static void tell_unused(struct suite_reader *r, const struct suite_overlay *overlay)
{
    for (size_t i = 0; i < overlay->count; i++) {
        const struct suite_change *c = &overlay->changes[i];
        if (!c->used && c->value)
            yaml_fault(&r->yaml, c->place, "no action of the transaction has `%.*s`", (int)c->name.len, c->name.ptr);
        else if (!c->used)
            yaml_fault(&r->yaml, c->place, "the request has no `%.*s` to take out", (int)c->name.len, c->name.ptr);
    }
}

/* The body with changes, all of which must change something. */
static bool make_text(struct suite_reader *r, const struct suite_request *request, struct suite_overlay *overlay,
                      ddbexpr_str *ret)
{
    size_t faults = r->yaml.faults;
    *ret = request->text;
    if (overlay->count == 0)
        return true;
    if (!suite_may_make(r, request->node, 0) || !put_text(r, request, overlay, ret) ||
        !suite_may_make(r, overlay->changes[0].place, ret->len))
        return false;
    tell_unused(r, overlay);
    return r->yaml.faults == faults;
}

bool suite_make_request(struct suite_reader *r, struct suite_request *request, const struct yaml_node *place,
                        struct suite_overlay *overlay, struct test_step *step)
{
    ddbexpr_str text;
    ddbexpr_operation operation;
    step->request_name = request->name;
    step->request_place = suite_place(place);
    if (overlay->count == 0 && request->is_read) {
        step->request = request->request;
        step->refusal = request->refusal;
        return true;
    }
    if (!make_text(r, request, overlay, &text) || !find_operation(r, request, place, text, &operation) ||
        !read_text(r, request, operation, place, text, step))
        return false;
    if (overlay->count == 0) {
        request->is_read = true;
        request->request = step->request;
        request->refusal = step->refusal;
    }
    return true;
}

void suite_read_named_requests(struct suite_reader *r, const struct yaml_node *map)
{
    if (!yaml_is_map(&r->yaml, map, "requests"))
        return;
    struct suite_request *all = yaml_alloc(&r->yaml, map->count, sizeof *all), *request = all;
    for (const struct yaml_node *e = map->first; all && e; e = e->next, request++) {
        request->node = e;
        request->name = e->key->text;
        if (!suite_names_get(&r->requests, e->key->text) &&
            !suite_names_put(&r->yaml, &r->requests, e->key->text, request))
            return;
    }
    r->named = all;
    r->named_count = all ? map->count : 0;
    for (size_t i = 0; i < r->named_count; i++)
        see(r, &all[i]);
}
