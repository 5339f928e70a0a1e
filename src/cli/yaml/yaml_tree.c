/* SPDX-License-Identifier: Apache-2.0 */
/* YAML to a tree, through libyaml's events: these know all places, and a text that nests without end is given up before
 * it takes memory. Anchors, tags and several documents are refused, as an alias of an alias of an alias can stand for
 * any number of nodes. */
#include "cli/limits.h"
#include "cli/yaml/yaml_build.h"

#include <string.h>
#include <yaml.h>

/* --- what the parser complains about --- */

static void fault_at_byte(struct yaml_reader *r, ddbexpr_str text, size_t offset, const char *problem)
{
    size_t line = 1, column = 1;
    for (size_t i = 0; i < offset && i < text.len; i++) {
        if (text.ptr[i] == '\n') {
            line++;
            column = 1;
        } else {
            column += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
        }
    }
    yaml_fault_at(r, line, column, "no YAML: %s", problem);
}

/* --- places: libyaml counts characters, and nodes know bytes. One step back or forth at a time, as most are near the
 * one before. --- */

struct events {
    struct yaml_builder tree;
    ddbexpr_str text;
    size_t index, offset; /* a character, and its first byte */
    size_t documents;
};

static bool begins_with(ddbexpr_str text, const char *bytes, size_t count)
{
    return text.len >= count && memcmp(text.ptr, bytes, count) == 0;
}

static bool continues(ddbexpr_str text, size_t offset)
{
    return offset < text.len && ((unsigned char)text.ptr[offset] & 0xc0) == 0x80;
}

static size_t offset_of(struct events *e, yaml_mark_t mark)
{
    if (e->tree.reader->has_no_offsets)
        return 0;
    while (e->index < mark.index && e->offset < e->text.len) {
        e->index++;
        do
            e->offset++;
        while (continues(e->text, e->offset));
    }
    while (e->index > mark.index && e->offset > 0) {
        e->index--;
        do
            e->offset--;
        while (continues(e->text, e->offset));
    }
    return e->offset;
}

/* --- what was probably meant: placeholders begin with characters that mean something to YAML. --- */

static bool begins_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* {:v: 2} */
static bool is_colon_of_name(const struct events *e, size_t at)
{
    return at + 1 < e->text.len && e->text.ptr[at] == ':' && begins_word(e->text.ptr[at + 1]);
}

/* Whether a comment without a blank behind its sign stands between brackets that YAML then found no end of: {#v: x}. */
static bool has_cut_name(const struct events *e, size_t start, size_t end)
{
    char quote = '\0';
    for (size_t i = start + 1; i + 1 < end && i + 1 < e->text.len; i++) {
        char c = e->text.ptr[i];
        bool begins = strchr(" \t\n{[,", e->text.ptr[i - 1]) != NULL;
        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (begins && (c == '"' || c == '\''))
            quote = c;
        else if (begins && c == '#' && begins_word(e->text.ptr[i + 1]))
            return true;
    }
    return false;
}

static const char *hint_for(struct events *e, const yaml_parser_t *p)
{
    if (e->tree.reader->has_no_offsets)
        return "";
    size_t at = offset_of(e, p->problem_mark);
    bool is_meant = is_colon_of_name(e, at) || (p->context && has_cut_name(e, offset_of(e, p->context_mark), at));
    return is_meant ? "; a name that begins with `:` or `#` needs quotes" : "";
}

static void parser_fault(struct events *e, const yaml_parser_t *p)
{
    struct yaml_reader *r = e->tree.reader;
    const char *problem = p->problem ? p->problem : "it cannot be read";
    if (p->error == YAML_MEMORY_ERROR)
        r->no_memory = true;
    else if (p->error == YAML_READER_ERROR)
        fault_at_byte(r, e->text, p->problem_offset, problem);
    else if (p->context && p->context_mark.line != p->problem_mark.line)
        yaml_fault_at(r, p->problem_mark.line + 1, p->problem_mark.column + 1, "no YAML: %s (%s in line %zu)%s",
                      problem, p->context, p->context_mark.line + 1, hint_for(e, p));
    else
        yaml_fault_at(r, p->problem_mark.line + 1, p->problem_mark.column + 1, "no YAML: %s%s", problem,
                      hint_for(e, p));
}

static struct yaml_place place_of(struct events *e, yaml_mark_t mark)
{
    return (struct yaml_place){mark.line + 1, mark.column + 1, offset_of(e, mark)};
}

/* --- events --- */

static bool add_scalar(struct events *e, const yaml_event_t *event)
{
    yaml_scalar_style_t style = event->data.scalar.style;
    struct yaml_place begin = place_of(e, event->start_mark);
    size_t end = offset_of(e, event->end_mark);
    if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE)
        while (end > begin.offset && strchr(" \t\r\n", e->text.ptr[end - 1]))
            end--;
    const ddbexpr_str text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    return yaml_build_scalar(&e->tree, begin, end, text, style == YAML_PLAIN_SCALAR_STYLE);
}

/* A block ends where the next token begins, which may be far away; so does a map of one entry in a flow list. */
static void close_container(struct events *e, const yaml_event_t *event)
{
    size_t end = offset_of(e, event->end_mark);
    bool is_flow = e->tree.open[e->tree.depth - 1]->is_flow;
    bool has_end = is_flow && end > 0 && (e->text.ptr[end - 1] == '}' || e->text.ptr[end - 1] == ']');
    yaml_build_close(&e->tree, has_end ? end : 0);
}

static void refuse(struct events *e, const yaml_event_t *event, const char *why)
{
    yaml_fault_at(e->tree.reader, event->start_mark.line + 1, event->start_mark.column + 1, "%s", why);
}

/* What YAML has and nobody here needs. False: told. */
static bool is_used_here(struct events *e, const yaml_event_t *event)
{
    const yaml_char_t *anchor = NULL, *tag = NULL;
    if (event->type == YAML_DOCUMENT_START_EVENT && e->documents++ > 0) {
        yaml_fault_at(e->tree.reader, event->start_mark.line + 1, event->start_mark.column + 1,
                      "a second document: %s is one", e->tree.reader->what);
        return false;
    }
    if (event->type == YAML_ALIAS_EVENT) {
        refuse(e, event, "aliases are not followed: write out what it stands for");
        return false;
    }
    if (event->type == YAML_SCALAR_EVENT) {
        anchor = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        anchor = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        anchor = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
    }
    if (anchor || tag)
        refuse(e, event, anchor ? "anchors are not used here" : "tags are not used here");
    return !anchor && !tag;
}

/* False: something was wrong, or nothing more is to be read. */
static bool take_event(struct events *e, const yaml_event_t *event)
{
    if (!is_used_here(e, event))
        return false;
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return add_scalar(e, event);
    case YAML_SEQUENCE_START_EVENT:
        return yaml_build_open(&e->tree, YAML_KIND_LIST, event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE,
                               place_of(e, event->start_mark));
    case YAML_MAPPING_START_EVENT:
        return yaml_build_open(&e->tree, YAML_KIND_MAP, event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE,
                               place_of(e, event->start_mark));
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_container(e, event);
        return true;
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        return true;
    case YAML_NO_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_ALIAS_EVENT:
        break;
    }
    return false;
}

static void read_events(struct events *e, yaml_parser_t *p)
{
    for (bool more = true; more;) {
        yaml_event_t event;
        if (!yaml_parser_parse(p, &event)) {
            parser_fault(e, p);
            return;
        }
        more = take_event(e, &event);
        yaml_event_delete(&event);
    }
}

/* libyaml compares each tag that is declared with all before it, and lets nobody in between. Declarations are counted
 * wherever their word stands, in UTF-16, too. */
static bool declares_many_tags(ddbexpr_str text)
{
    size_t count = 0;
    const char *end = text.ptr + text.len;
    for (const char *p = text.ptr; p < end && (p = memchr(p, '%', (size_t)(end - p))) != NULL; p++) {
        const ddbexpr_str rest = {p, (size_t)(end - p)};
        count += begins_with(rest, "%TAG", 4) || begins_with(rest, "%\0T\0A\0G", 7);
    }
    return count > LIMIT_YAML_TAGS;
}

static void read_yaml(struct events *e)
{
    yaml_parser_t parser;
    struct yaml_reader *r = e->tree.reader;
    if (!yaml_parser_initialize(&parser)) {
        r->no_memory = true;
        return;
    }
    if (begins_with(e->text, "\xef\xbb\xbf", 3)) /* a mark of the encoding, which is not counted */
        e->offset = 3;
    r->has_no_offsets = begins_with(e->text, "\xff\xfe", 2) || begins_with(e->text, "\xfe\xff", 2);
    yaml_parser_set_input_string(&parser, (const unsigned char *)e->text.ptr, e->text.len);
    read_events(e, &parser);
    yaml_parser_delete(&parser);
}

const struct yaml_node *yaml_read(struct yaml_reader *r, ddbexpr_str text)
{
    struct events e = {.text = text};
    if (text.len > r->largest) {
        yaml_fault_at(r, 1, 1, "larger than %zu bytes", r->largest);
        return NULL;
    }
    if (!yaml_build_start(&e.tree, r))
        return NULL;
    if (r->is_json)
        yaml_parse_json(&e.tree, text);
    else if (declares_many_tags(text))
        yaml_fault_at(r, 1, 1, "tags are not used here");
    else
        read_yaml(&e);
    return r->faults || r->no_memory ? NULL : e.tree.root;
}
