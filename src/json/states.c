/* SPDX-License-Identifier: Apache-2.0 */
/* State machines in Amazon States Language: the tasks that call DynamoDB. A machine may stand in a branch of another,
 * in the body of a Map, or in a template: whatever has States is one, so that nothing is followed from state to state.
 */
#include "json/dynamic.h"
#include "json/found.h"
#include "json/naming.h"
#include "json/sort.h"

#include <string.h>

/* "arn:aws:states:::dynamodb:putItem" or "arn:aws:states:::aws-sdk:dynamodb:query", in any partition, and with a
 * pattern such as ".waitForTaskToken" behind it. */
static bool names_dynamodb(str resource, ddbexpr_operation *ret)
{
    static const str services[] = {{":states:::dynamodb:", 19}, {":states:::aws-sdk:dynamodb:", 27}};
    for (size_t i = 0; i < sizeof services / sizeof *services; i++)
        for (size_t at = 0; at + services[i].len < resource.len; at++) {
            if (memcmp(resource.ptr + at, services[i].ptr, services[i].len) != 0)
                continue;
            str action = {resource.ptr + at + services[i].len, resource.len - at - services[i].len};
            const char *pattern = memchr(action.ptr, '.', action.len);
            if (pattern)
                action.len = (size_t)(pattern - action.ptr);
            return json_names_operation(action, ret);
        }
    return false;
}

/* What a task sends; 0: nothing, or it is no such task. */
static uint32_t arguments_of_task(const struct json_document *d, uint32_t state, ddbexpr_operation *ret)
{
    if (d->nodes[state].kind != JSON_KIND_OBJECT)
        return 0;
    uint32_t resource = json_member(d, state, STR("Resource"));
    if (!resource || d->nodes[resource].kind != JSON_KIND_STRING || !names_dynamodb(d->nodes[resource].text, ret))
        return 0;
    uint32_t arguments = json_member(d, state, STR("Parameters"));
    if (!arguments)
        arguments = json_member(d, state, STR("Arguments"));
    return arguments && d->nodes[arguments].kind == JSON_KIND_OBJECT ? arguments : 0;
}

static ddbexpr_status add_task(const struct json_document *d, uint32_t name, struct found_list *list)
{
    static const char word[] = "state ";
    const size_t lead = sizeof word - 1;
    ddbexpr_operation operation;
    struct ddbexpr_json_map map;
    bool any = false;
    uint32_t arguments = arguments_of_task(d, name + 1, &operation);
    if (!arguments)
        return DDBEXPR_OK;
    ddbexpr_status status = json_resolve(list->arena, d, arguments, operation, &map, &any);
    if (status != DDBEXPR_OK || !any)
        return status;
    str text = d->nodes[name].text;
    char *label = ddbexpr_arena_alloc(list->arena, lead + text.len + 1);
    if (!label)
        return DDBEXPR_NO_MEMORY;
    memcpy(label, word, lead);
    if (text.len)
        memcpy(label + lead, text.ptr, text.len);
    label[lead + text.len] = '\0';
    return json_add_found(list, &map, (str){label, lead + text.len});
}

static int by_place(const void *a, const void *b, const void *context)
{
    (void)context;
    uint32_t x = ddbexpr_json_map_span(((const ddbexpr_found_request *)a)->map).start;
    uint32_t y = ddbexpr_json_map_span(((const ddbexpr_found_request *)b)->map).start;
    return (x > y) - (x < y);
}

ddbexpr_status json_find_tasks(const struct json_document *d, struct found_list *list)
{
    for (uint32_t i = 0; i < d->count; i++) {
        uint32_t states = d->nodes[i].kind == JSON_KIND_OBJECT ? json_member(d, i, STR("States")) : 0;
        if (!states || d->nodes[states].kind != JSON_KIND_OBJECT)
            continue;
        for (uint32_t at = states + 1; at < d->nodes[states].next; at = json_next_member(d, at)) {
            ddbexpr_status status = add_task(d, at, list);
            if (status != DDBEXPR_OK)
                return status;
        }
    }
    json_sort(list->found, list->count, sizeof *list->found, by_place, NULL); /* inner machines came last */
    return DDBEXPR_OK;
}
