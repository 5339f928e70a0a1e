/* SPDX-License-Identifier: Apache-2.0 */
/* Types as JSON, with all counts: built as a value, so that the library writes it. */
#include "cli/config/config_types.h"

#include <inttypes.h>
#include <stdio.h>

struct builder {
    const struct types_report *types;
    ddbexpr_builder *to;
    ddbexpr_arena *arena;
    ddbexpr_status status;
};

static void build_number(struct builder *b, const char *name, uint64_t number)
{
    char *text = ddbexpr_arena_alloc(b->arena, 24);
    if (text)
        snprintf(text, 24, "%" PRIu64, number);
    else
        b->status = DDBEXPR_NO_MEMORY;
    ddbexpr_builder_name(b->to, ddbexpr_cstr(name));
    ddbexpr_builder_number(b->to, ddbexpr_cstr(text ? text : "0"));
}

static void build_place(struct builder *b, const struct sample_place *place, ddbexpr_str path)
{
    ddbexpr_builder_begin(b->to, DDBEXPR_M);
    ddbexpr_builder_name(b->to, ddbexpr_cstr("path"));
    ddbexpr_builder_string(b->to, path);
    build_number(b, "count", place->seen);
    if (place->name.len)
        build_number(b, "of", place->parent->types[DDBEXPR_M]);
    ddbexpr_builder_name(b->to, ddbexpr_cstr("types"));
    ddbexpr_builder_begin(b->to, DDBEXPR_M);
    for (int type = 0; type < DDBEXPR_TYPE_COUNT; type++)
        if (place->types[type])
            build_number(b, ddbexpr_type_name((ddbexpr_type)type), place->types[type]);
    ddbexpr_builder_end(b->to);
    if (place->varies) {
        ddbexpr_builder_name(b->to, ddbexpr_cstr("names_vary"));
        ddbexpr_builder_bool(b->to, true);
    }
    ddbexpr_builder_end(b->to);
}

static void build_places(struct builder *b)
{
    const struct config_attribute *paths = NULL;
    size_t count = 0;
    const struct sample *sample = &b->types->sample;
    const struct sample_place *place = &sample->items;
    b->status = sample_attributes(b->types->session, sample, "[]", &paths, &count);
    ddbexpr_builder_name(b->to, ddbexpr_cstr("attributes"));
    ddbexpr_builder_begin(b->to, DDBEXPR_L);
    for (size_t i = 0; b->status == DDBEXPR_OK && i < count; i++) {
        place = sample_next(sample, place);
        build_place(b, place, paths[i].path);
    }
    ddbexpr_builder_end(b->to);
}

static void build_all(struct builder *b)
{
    const struct sample *sample = &b->types->sample;
    ddbexpr_builder_begin(b->to, DDBEXPR_M);
    build_number(b, "items", sample->items.seen);
    build_places(b);
    ddbexpr_builder_name(b->to, ddbexpr_cstr("left_out"));
    ddbexpr_builder_begin(b->to, DDBEXPR_M);
    build_number(b, "too_deep", sample->deep);
    build_number(b, "too_many", sample->more);
    build_number(b, "names", sample->unsaid);
    ddbexpr_builder_end(b->to);
    ddbexpr_builder_end(b->to);
}

ddbexpr_status types_put_json(const struct types_report *types)
{
    struct session *s = types->session;
    struct builder b = {.types = types, .arena = s->arena};
    const ddbexpr_value *value = NULL;
    ddbexpr_status status = ddbexpr_builder_new(s->arena, &b.to);
    if (status != DDBEXPR_OK)
        return status;
    build_all(&b);
    status = ddbexpr_builder_finish(b.to, &value);
    ddbexpr_builder_free(b.to);
    if (status == DDBEXPR_OK)
        status = b.status;
    if (status == DDBEXPR_OK)
        status = ddbexpr_json_write_value(value, DDBEXPR_JSON_PLAIN, 2, s->out);
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(s->out, ddbexpr_cstr("\n")) : status;
}
