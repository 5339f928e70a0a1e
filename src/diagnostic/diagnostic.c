/* SPDX-License-Identifier: Apache-2.0 */
/* The collector: keeps what was reported, with texts filled in. Knows no rule. Invariant: the order of the array is
 * the order in which the service comes to the faults. */
#include "diagnostic/diagnostic.h"

#include "base/limits.h"

enum layer_column { BARE, ENVELOPED, ENVELOPED_READ };

struct definition {
    const char *code;
    const char *name;
    const char *type; /* of the service's exception; "" for lints */
    const char *service;
    const char *current; /* wording since 2026, or NULL */
    const char *message;
    const char *hint;
    enum layer_column layer;
    ddbexpr_severity severity;
};

static const struct definition definitions[DIAG_COUNT] = {
#define FAULT(id, code, name, layer, service, current, message, hint)                                                  \
    [id] = {"DX" #code, name, "ValidationException", service, current, message, hint, layer, DDBEXPR_ERROR},
#define INPUT(id, code, name, service, message, hint)                                                                  \
    [id] = {"DX" #code, name, "SerializationException", service, NULL, message, hint, BARE, DDBEXPR_ERROR},
#define OTHER(id, code, name, type, service, message, hint)                                                            \
    [id] = {"DX" #code, name, type, service, NULL, message, hint, BARE, DDBEXPR_ERROR},
#define LINT(id, code, name, severity, message, hint)                                                                  \
    [id] = {"DX" #code, name, "", "", NULL, message, hint, BARE, severity},
#include "diagnostic/diagnostics.def"
#undef FAULT
#undef INPUT
#undef OTHER
#undef TEXT
};

const char *diag_text(enum text_id id)
{
    static const char *const texts[TEXT_COUNT] = {
#define FAULT(id, code, name, layer, service, current, message, hint)
#define INPUT(id, code, name, service, message, hint)
#define OTHER(id, code, name, type, service, message, hint)
#define TEXT(id, text) [id] = (text),
#include "diagnostic/diagnostics.def"
#undef FAULT
#undef INPUT
#undef OTHER
#undef TEXT
    };
    return texts[id];
}

const char *diag_service_template(enum diag_id id) { return definitions[id].service; }
const char *diag_message_template(enum diag_id id) { return definitions[id].message; }
const char *diag_hint_template(enum diag_id id) { return definitions[id].hint; }

/* The service, or a reader, refuses it. */
static bool is_fault(const struct definition *d) { return d->type[0] != '\0'; }

/* --- codes --- */

struct rule_summary {
    const char *code;
    const char *summary;
};

static const struct rule_summary rules[] = {
#define FAULT(id, code, name, layer, service, current, message, hint)
#define INPUT(id, code, name, service, message, hint)
#define OTHER(id, code, name, type, service, message, hint)
#define RULE(code, summary) {"DX" #code, summary},
#include "diagnostic/diagnostics.def"
#undef FAULT
#undef INPUT
#undef OTHER
#undef TEXT
};

size_t diag_rule_count(void) { return sizeof rules / sizeof *rules; }

struct diag_rule diag_rule_at(size_t index)
{
    struct diag_rule rule = {
        .code = rules[index].code, .name = "", .summary = rules[index].summary, .severity = DDBEXPR_INFO};
    for (size_t i = 0; i < DIAG_COUNT; i++) {
        const struct definition *d = &definitions[i];
        if (strcmp(d->code, rule.code) != 0)
            continue;
        rule.name = d->name;
        rule.is_lint = !is_fault(d);
        if (d->severity < rule.severity)
            rule.severity = d->severity;
    }
    return rule;
}

/* --- what was reported --- */

struct ddbexpr_diag {
    const struct definition *definition;
    ddbexpr_severity severity;
    ddbexpr_source source;
    int action;
    bool has_span;
    bool is_verdict;
    ddbexpr_span span;
    str member, text, message, hint, service_message;
    ddbexpr_label labels[DIAG_LABELS];
    size_t label_count;
    ddbexpr_fix_safety fix_safety;
    str fix_title;
    const ddbexpr_edit *edits;
    size_t edit_count;
    struct ddbexpr_diag *next;
};

struct ddbexpr_diags {
    arena *arena;
    buffer *scratch;
    struct ddbexpr_diag *first, *last;
    size_t count;
    str last_text; /* the copy of the text most recently kept: the next diagnostic is mostly of the same one */
    enum diag_layer layer;
    int action;
    bool failed;
};

ddbexpr_status ddbexpr_diags_new(const ddbexpr_alloc *alloc, ddbexpr_diags **ret_diags)
{
    arena *a;
    if (arena_new_with_room(alloc, 0, &a) != DDBEXPR_OK) /* mostly there is nothing to tell */
        return DDBEXPR_NO_MEMORY;
    buffer *scratch;
    if (ddbexpr_buffer_new(alloc, &scratch) != DDBEXPR_OK) {
        ddbexpr_arena_free(a);
        return DDBEXPR_NO_MEMORY;
    }
    ddbexpr_diags *diags = allocator_resize(arena_allocator(a), NULL, 0, sizeof *diags);
    if (!diags) {
        ddbexpr_buffer_free(scratch);
        ddbexpr_arena_free(a);
        return DDBEXPR_NO_MEMORY;
    }
    *diags = (ddbexpr_diags){.arena = a, .scratch = scratch, .action = -1};
    *ret_diags = diags;
    return DDBEXPR_OK;
}

void ddbexpr_diags_free(ddbexpr_diags *diags)
{
    if (!diags)
        return;
    ddbexpr_alloc alloc = *arena_allocator(diags->arena);
    ddbexpr_buffer_free(diags->scratch);
    ddbexpr_arena_free(diags->arena);
    alloc.resize(alloc.ctx, diags, sizeof *diags, 0);
}

void ddbexpr_diags_clear(ddbexpr_diags *diags)
{
    ddbexpr_arena_reset(diags->arena);
    diags->first = diags->last = NULL;
    diags->count = 0;
    diags->last_text = STR("");
    diags->failed = false;
    diags->action = -1;
}

/* --- adding --- */

static str keep(ddbexpr_diags *diags, str text)
{
    if (text.len == 0)
        return STR("");
    str copy = arena_copy(diags->arena, text);
    diags->failed |= !copy.ptr;
    return copy.ptr ? copy : STR("");
}

static str keep_text(ddbexpr_diags *diags, str text)
{
    if (!str_equal(text, diags->last_text))
        diags->last_text = keep(diags, text);
    return diags->last_text;
}

void diag_fill(buffer *out, const char *template, ddbexpr_kind kind, const str *args)
{
    for (const char *p = template; *p;) {
        size_t plain = strcspn(p, "{");
        buffer_put(out, str_of(p, plain));
        p += plain;
        if (!*p)
            return;
        if (p[1] >= '0' && p[1] < '0' + DIAG_ARGS && p[2] == '}') {
            buffer_put(out, args[p[1] - '0']);
            p += 3;
        } else if (strncmp(p, "{kind}", 6) == 0) {
            buffer_put(out, ddbexpr_cstr(ddbexpr_kind_name(kind)));
            p += 6;
        } else {
            buffer_char(out, *p++);
        }
    }
}

static str filled_with(ddbexpr_diags *diags, const char *template, ddbexpr_kind kind, const str *args)
{
    ddbexpr_buffer_clear(diags->scratch);
    diag_fill(diags->scratch, template, kind, args);
    diags->failed |= buffer_status(diags->scratch) != DDBEXPR_OK;
    return keep(diags, ddbexpr_buffer_text(diags->scratch));
}

static str filled(ddbexpr_diags *diags, const char *template, const struct diag_draft *draft)
{
    return filled_with(diags, template, draft->kind, draft->args);
}

/* The service's text in the wording of the layer, with wrapper and envelope. */
static str service_message(ddbexpr_diags *diags, const struct definition *d, const struct diag_draft *draft)
{
    bool classic = diags->layer == LAYER_CLASSIC;
    str inner = filled(diags, !classic && d->current ? d->current : d->service, draft);
    if (draft->wrap_member && classic) {
        const struct diag_draft wrapper = {.args = {inner, draft->member}};
        inner = filled(diags, definitions[DIAG_VALUE_WRAPPER].service, &wrapper);
    }
    bool enveloped = d->layer == ENVELOPED_READ ? diags->layer == LAYER_CURRENT
                                                : d->layer == ENVELOPED && diags->layer == LAYER_ENVELOPED;
    if (!enveloped)
        return inner;
    const struct diag_draft envelope = {.args = {STR("1"), STR(""), inner}};
    return filled(diags, definitions[DIAG_CONSTRAINTS].service, &envelope);
}

static void keep_fix(ddbexpr_diags *diags, const struct diag_draft *draft, struct ddbexpr_diag *diag)
{
    const struct diag_fix *fix = &draft->fix;
    if (fix->safety == DDBEXPR_FIX_NONE)
        return;
    ddbexpr_edit *edits = ARENA_ARRAY(diags->arena, ddbexpr_edit, fix->edit_count);
    if (!edits) {
        diags->failed = true;
        return;
    }
    for (size_t i = 0; i < fix->edit_count; i++) {
        edits[i] = fix->edits[i];
        edits[i].member = keep(diags, edits[i].member);
        edits[i].text = keep(diags, edits[i].text);
    }
    diag->fix_safety = fix->safety;
    diag->fix_title = filled_with(diags, diag_text(fix->title), draft->kind, fix->args);
    diag->edits = edits;
    diag->edit_count = fix->edit_count;
}

void diags_add(ddbexpr_diags *diags, const struct diag_draft *draft)
{
    if (!diags || diags->count >= LIMIT_DIAGNOSTICS)
        return;
    struct ddbexpr_diag *diag = ARENA_NEW(diags->arena, struct ddbexpr_diag);
    if (!diag) {
        diags->failed = true;
        return;
    }
    const struct definition *d = &definitions[draft->id];
    *diag = (struct ddbexpr_diag){
        .definition = d,
        .severity = d->severity,
        .source = draft->source,
        .action = diags->action,
        .has_span = draft->has_span,
        .is_verdict = is_fault(d) && !ddbexpr_diags_verdict(diags),
        .span = draft->span,
        .label_count = draft->label_count,
        .member = keep(diags, draft->member),
        .text = keep_text(diags, draft->text),
        .message = filled(diags, d->message, draft),
        .hint = filled(diags, d->hint, draft),
        .service_message = service_message(diags, d, draft),
    };
    if (diag->text.len != draft->text.len) /* no memory for it: there is no place in it either */
        diag->has_span = false;
    for (size_t i = 0; i < draft->label_count; i++)
        diag->labels[i] = (ddbexpr_label){draft->labels[i].span, keep(diags, draft->labels[i].text)};
    keep_fix(diags, draft, diag);
    if (diags->last)
        diags->last->next = diag;
    else
        diags->first = diag;
    diags->last = diag;
    diags->count++;
}

void diags_fail(ddbexpr_diags *diags) { diags->failed = true; }

ddbexpr_status diags_status(const ddbexpr_diags *diags)
{
    return diags && diags->failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK;
}

void diags_set_layer(ddbexpr_diags *diags, enum diag_layer layer)
{
    if (diags)
        diags->layer = layer;
}

void diags_set_action(ddbexpr_diags *diags, int action)
{
    if (diags)
        diags->action = action;
}

arena *diags_arena(ddbexpr_diags *diags) { return diags->arena; }

ddbexpr_source source_of_kind(ddbexpr_kind kind)
{
    static const ddbexpr_source sources[] = {
        [DDBEXPR_CONDITION] = DDBEXPR_SOURCE_CONDITION,         [DDBEXPR_FILTER] = DDBEXPR_SOURCE_FILTER,
        [DDBEXPR_KEY_CONDITION] = DDBEXPR_SOURCE_KEY_CONDITION, [DDBEXPR_UPDATE] = DDBEXPR_SOURCE_UPDATE,
        [DDBEXPR_PROJECTION] = DDBEXPR_SOURCE_PROJECTION,
    };
    return sources[kind];
}

/* --- reading --- */

size_t ddbexpr_diags_count(const ddbexpr_diags *diags) { return diags->count; }

const ddbexpr_diag *ddbexpr_diags_at(const ddbexpr_diags *diags, size_t index)
{
    const ddbexpr_diag *diag = diags->first;
    while (diag && index--)
        diag = diag->next;
    return diag;
}

static struct ddbexpr_diag *diag_at(ddbexpr_diags *diags, size_t index)
{
    struct ddbexpr_diag *diag = diags->first;
    while (diag && index--)
        diag = diag->next;
    return diag;
}

void ddbexpr_diags_set_severity(ddbexpr_diags *diags, size_t index, ddbexpr_severity severity)
{
    struct ddbexpr_diag *diag = diag_at(diags, index);
    if (diag)
        diag->severity = severity;
}

void ddbexpr_diags_drop_fix(ddbexpr_diags *diags, size_t index)
{
    struct ddbexpr_diag *diag = diag_at(diags, index);
    if (!diag)
        return;
    diag->fix_safety = DDBEXPR_FIX_NONE;
    diag->edit_count = 0;
}

const ddbexpr_diag *ddbexpr_diags_verdict(const ddbexpr_diags *diags)
{
    const ddbexpr_diag *diag = diags->first;
    while (diag && !is_fault(diag->definition))
        diag = diag->next;
    return diag;
}

const char *ddbexpr_diag_code(const ddbexpr_diag *diag) { return diag->definition->code; }
const char *ddbexpr_diag_name(const ddbexpr_diag *diag) { return diag->definition->name; }
ddbexpr_severity ddbexpr_diag_severity(const ddbexpr_diag *diag) { return diag->severity; }
ddbexpr_source ddbexpr_diag_source(const ddbexpr_diag *diag) { return diag->source; }
ddbexpr_str ddbexpr_diag_member(const ddbexpr_diag *diag) { return diag->member; }
bool ddbexpr_diag_has_span(const ddbexpr_diag *diag) { return diag->has_span; }
ddbexpr_span ddbexpr_diag_span(const ddbexpr_diag *diag) { return diag->span; }
ddbexpr_str ddbexpr_diag_text(const ddbexpr_diag *diag) { return diag->text; }
ddbexpr_str ddbexpr_diag_message(const ddbexpr_diag *diag) { return diag->message; }
ddbexpr_str ddbexpr_diag_hint(const ddbexpr_diag *diag) { return diag->hint; }
ddbexpr_str ddbexpr_diag_service_message(const ddbexpr_diag *diag) { return diag->service_message; }
const char *ddbexpr_diag_service_type(const ddbexpr_diag *diag) { return diag->definition->type; }
bool ddbexpr_diag_is_verdict(const ddbexpr_diag *diag) { return diag->is_verdict; }
int ddbexpr_diag_action(const ddbexpr_diag *diag) { return diag->action; }
size_t ddbexpr_diag_label_count(const ddbexpr_diag *diag) { return diag->label_count; }

ddbexpr_label ddbexpr_diag_label_at(const ddbexpr_diag *diag, size_t index)
{
    return index < diag->label_count ? diag->labels[index] : (ddbexpr_label){{0, 0}, {NULL, 0}};
}

ddbexpr_fix_safety ddbexpr_diag_fix_safety(const ddbexpr_diag *diag) { return diag->fix_safety; }
ddbexpr_str ddbexpr_diag_fix_title(const ddbexpr_diag *diag) { return diag->fix_title; }
size_t ddbexpr_diag_edit_count(const ddbexpr_diag *diag) { return diag->edit_count; }

ddbexpr_edit ddbexpr_diag_edit_at(const ddbexpr_diag *diag, size_t index)
{
    return index < diag->edit_count ? diag->edits[index] : (ddbexpr_edit){.kind = DDBEXPR_EDIT_REPLACE};
}

const char *ddbexpr_severity_name(ddbexpr_severity severity)
{
    static const char *const names[] = {
        [DDBEXPR_ERROR] = "error", [DDBEXPR_WARNING] = "warning", [DDBEXPR_INFO] = "info"};
    return names[severity];
}

const char *ddbexpr_source_name(ddbexpr_source source)
{
    static const char *const names[] = {
        [DDBEXPR_SOURCE_REQUEST] = "request",
        [DDBEXPR_SOURCE_CONDITION] = "ConditionExpression",
        [DDBEXPR_SOURCE_FILTER] = "FilterExpression",
        [DDBEXPR_SOURCE_KEY_CONDITION] = "KeyConditionExpression",
        [DDBEXPR_SOURCE_UPDATE] = "UpdateExpression",
        [DDBEXPR_SOURCE_PROJECTION] = "ProjectionExpression",
        [DDBEXPR_SOURCE_NAMES] = "ExpressionAttributeNames",
        [DDBEXPR_SOURCE_VALUES] = "ExpressionAttributeValues",
        [DDBEXPR_SOURCE_KEY] = "Key",
        [DDBEXPR_SOURCE_ITEM] = "Item",
        [DDBEXPR_SOURCE_JSON] = "JSON",
    };
    return names[source];
}
