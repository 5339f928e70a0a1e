/* SPDX-License-Identifier: Apache-2.0 */
/* From what a diagnostic is about to its place in the text. Nothing is prepared: a request has few members, and a
 * diagnostic is rare. */
#include "json/locate.h"

#include "json/request.h"
#include "json/text.h"

uint32_t json_any_member(const struct json_document *d, uint32_t object, str name)
{
    for (uint32_t at = object + 1; at < d->nodes[object].next; at = json_next_member(d, at))
        if (str_is(d->nodes[at].text, name))
            return at + 1;
    return 0;
}

/* --- strings --- */

ddbexpr_span json_inside(const struct json_document *d, uint32_t node)
{
    ddbexpr_span span = d->nodes[node].span;
    return (ddbexpr_span){span.start + 1, span.end - 1};
}

/* A diagnostic may be of another text. */
static uint32_t least(uint32_t offset, size_t length) { return offset < length ? offset : (uint32_t)length; }

ddbexpr_span json_raw_span(const struct json_document *d, uint32_t node, ddbexpr_span span)
{
    ddbexpr_span inside = json_inside(d, node);
    str raw = {d->text.ptr + inside.start, inside.end - inside.start};
    if (d->nodes[node].text.len == raw.len) /* without an escape: each is longer than what it stands for */
        return (ddbexpr_span){inside.start + least(span.start, raw.len), inside.start + least(span.end, raw.len)};
    return (ddbexpr_span){inside.start + (uint32_t)json_raw_offset(raw, span.start),
                          inside.start + (uint32_t)json_raw_offset(raw, span.end)};
}

/* --- members --- */

/* The element of TransactItems that an action is. */
static bool find_element(const ddbexpr_json_map *map, int action, uint32_t *ret)
{
    const struct json_document *d = &map->d;
    uint32_t actions = json_member(d, map->node, STR("TransactItems"));
    if (!actions || d->nodes[actions].kind != JSON_KIND_ARRAY || (uint32_t)action >= d->nodes[actions].count)
        return false;
    *ret = actions + 1;
    for (int i = 0; i < action; i++)
        *ret = d->nodes[*ret].next;
    return true;
}

bool json_map_body(const ddbexpr_json_map *map, int action, uint32_t *ret)
{
    ddbexpr_operation operation;
    uint32_t element, count;
    *ret = map->node;
    if (action < 0)
        return true;
    if (!find_element(map, action, &element) || map->d.nodes[element].kind != JSON_KIND_OBJECT)
        return false;
    *ret = json_find_action(&map->d, element, &operation, &count);
    return count == 1 && map->d.nodes[*ret].kind == JSON_KIND_OBJECT;
}

/* The node whose text is the place, and the part of it, if only that is. */
static ddbexpr_span place_of(const ddbexpr_json_map *map, uint32_t body, ddbexpr_source source, str member,
                             const ddbexpr_span *span)
{
    const struct json_document *d = &map->d;
    const ddbexpr_span brace = {d->nodes[body].span.start, d->nodes[body].span.start + 1};
    uint32_t value =
        source == DDBEXPR_SOURCE_REQUEST ? 0 : json_any_member(d, body, ddbexpr_cstr(ddbexpr_source_name(source)));
    if (!value)
        return brace;
    if (source <= DDBEXPR_SOURCE_PROJECTION && d->nodes[value].kind == JSON_KIND_STRING)
        return span ? json_raw_span(d, value, *span) : json_inside(d, value);
    bool is_map = d->nodes[value].kind == JSON_KIND_OBJECT || d->nodes[value].kind == JSON_KIND_NULL;
    uint32_t entry = is_map && member.len ? json_any_member(d, value, member) : 0;
    return json_inside(d, (entry ? entry : value) - 1);
}

bool ddbexpr_json_map_locate(const ddbexpr_json_map *map, int action, ddbexpr_source source, ddbexpr_str member,
                             bool has_span, ddbexpr_span span, ddbexpr_span *ret)
{
    uint32_t body, element;
    if (source == DDBEXPR_SOURCE_JSON) {
        uint32_t start = ddbexpr_json_map_span(map).start; /* it is one of the request's text */
        *ret = (ddbexpr_span){start + span.start, start + span.end};
        return has_span;
    }
    if (json_map_body(map, action, &body)) {
        *ret = place_of(map, body, source, member, has_span ? &span : NULL);
        return true;
    }
    if (!find_element(map, action, &element))
        return false;
    *ret = (ddbexpr_span){map->d.nodes[element].span.start, map->d.nodes[element].span.start + 1};
    return true;
}

ddbexpr_span ddbexpr_json_map_span(const ddbexpr_json_map *map) { return map->d.nodes[map->node].span; }
