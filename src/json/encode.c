/* SPDX-License-Identifier: Apache-2.0 */
/* Attribute values to JSON, typed or plain. */
#include "json/writer.h"

static void put_base64(struct json_writer *w, str bytes)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    json_raw(w, STR("\""));
    for (size_t i = 0; i < bytes.len; i += 3) {
        size_t rest = bytes.len - i;
        uint32_t three = (uint32_t)(unsigned char)bytes.ptr[i] << 16;
        if (rest > 1)
            three |= (uint32_t)(unsigned char)bytes.ptr[i + 1] << 8;
        if (rest > 2)
            three |= (unsigned char)bytes.ptr[i + 2];
        char four[] = {alphabet[three >> 18], alphabet[three >> 12 & 63], rest > 1 ? alphabet[three >> 6 & 63] : '=',
                       rest > 2 ? alphabet[three & 63] : '='};
        json_more(w, (str){four, sizeof four});
    }
    json_more(w, STR("\""));
}

/* A number in its normal form: in quotes where the type is said beside it. */
static void put_number(struct json_writer *w, const ddbexpr_value *v, bool quoted)
{
    json_raw(w, quoted ? STR("\"") : STR(""));
    if (ddbexpr_value_print_number(v, w->out) != DDBEXPR_OK)
        w->status = DDBEXPR_NO_MEMORY;
    json_more(w, quoted ? STR("\"") : STR(""));
}

static void put_null(struct json_writer *w, ddbexpr_json_form form)
{
    json_raw(w, form == DDBEXPR_JSON_TYPED ? STR("true") : STR("null"));
}

static void put_content(struct json_writer *w, const ddbexpr_value *v, ddbexpr_json_form form)
{
    switch (ddbexpr_value_type(v)) {
    case DDBEXPR_S:
        json_put_string(w, ddbexpr_value_bytes(v));
        return;
    case DDBEXPR_N:
        put_number(w, v, form == DDBEXPR_JSON_TYPED);
        return;
    case DDBEXPR_B:
        put_base64(w, ddbexpr_value_bytes(v));
        return;
    case DDBEXPR_BOOL:
        json_bool(w, ddbexpr_value_truth(v));
        return;
    case DDBEXPR_NULL:
        put_null(w, form);
        return;
    case DDBEXPR_M:
        json_entries(w, v, form);
        return;
    case DDBEXPR_L:
    case DDBEXPR_SS:
    case DDBEXPR_NS:
    case DDBEXPR_BS:;
    }
    json_begin(w, '[');
    for (size_t i = 0; i < ddbexpr_value_count(v); i++) {
        if (ddbexpr_value_type(v) == DDBEXPR_L)
            json_value(w, ddbexpr_value_at(v, i), form);
        else
            put_content(w, ddbexpr_value_at(v, i), form);
    }
    json_end(w, ']');
}

void json_value(struct json_writer *w, const ddbexpr_value *v, ddbexpr_json_form form)
{
    if (form == DDBEXPR_JSON_PLAIN) {
        put_content(w, v, form);
        return;
    }
    json_open_tag(w, ddbexpr_cstr(ddbexpr_type_name(ddbexpr_value_type(v))));
    put_content(w, v, form);
    json_close_tag(w);
}

void json_entries(struct json_writer *w, const ddbexpr_value *map, ddbexpr_json_form form)
{
    json_begin(w, '{');
    for (size_t i = 0; i < ddbexpr_value_count(map); i++) {
        json_name(w, ddbexpr_value_name_at(map, i));
        json_value(w, ddbexpr_value_at(map, i), form);
    }
    json_end(w, '}');
}

ddbexpr_status ddbexpr_json_write_value(const ddbexpr_value *value, ddbexpr_json_form form, unsigned indent,
                                        ddbexpr_buffer *buffer)
{
    struct json_writer w = json_writer_on(buffer, indent);
    json_value(&w, value, form);
    return w.status;
}

ddbexpr_status ddbexpr_json_write_item(const ddbexpr_value *item, ddbexpr_json_form form, unsigned indent,
                                       ddbexpr_buffer *buffer)
{
    struct json_writer w = json_writer_on(buffer, indent);
    json_entries(&w, item, form);
    return w.status;
}
