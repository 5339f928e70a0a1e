/* SPDX-License-Identifier: Apache-2.0 */
/* Reporting: how the rooms below say what they found. Texts live in diagnostics.def and nowhere else. */
#ifndef DDBEXPR_DIAGNOSTIC_DIAGNOSTIC_H
#define DDBEXPR_DIAGNOSTIC_DIAGNOSTIC_H

#include "base/arena.h"
#include "base/buffer.h"

#include <ddbexpr/diagnostic.h>

enum diag_id {
#define FAULT(id, code, name, layer, service, current, message, hint) id,
#define INPUT(id, code, name, service, message, hint)                 id,
#define OTHER(id, code, name, type, service, message, hint)           id,
#define LINT(id, code, name, severity, message, hint)                 id,
#include "diagnostic/diagnostics.def"
#undef FAULT
#undef INPUT
#undef OTHER
#undef TEXT
    DIAG_COUNT
};

/* Which of the service's wordings apply to what is being checked (ruling 2). */
enum diag_layer {
    LAYER_CLASSIC,  /* the older wording, bare: also Scan and transactions today */
    LAYER_CURRENT,  /* the wording of 2026, bare: GetItem, Query */
    LAYER_ENVELOPED /* the wording of 2026 behind "1 validation error detected: ": PutItem, UpdateItem, DeleteItem */
};

/* Fragments of texts (TEXT in the .def). */
enum text_id {
#define FAULT(id, code, name, layer, service, current, message, hint)
#define INPUT(id, code, name, service, message, hint)
#define OTHER(id, code, name, type, service, message, hint)
#define TEXT(id, text) id,
#include "diagnostic/diagnostics.def"
#undef FAULT
#undef INPUT
#undef OTHER
#undef TEXT
    TEXT_COUNT
};
const char *diag_text(enum text_id id);

/* A code and what it finds: one for every code there is, in their order. */
struct diag_rule {
    const char *code;
    const char *name;
    const char *summary;
    ddbexpr_severity severity; /* the most severe that is reported with this code */
    bool is_lint;              /* the service accepts it */
};
size_t diag_rule_count(void);
struct diag_rule diag_rule_at(size_t index);

/* The templates of a diagnostic, the service's in the older wording: for messages made of several. */
const char *diag_service_template(enum diag_id id);
const char *diag_message_template(enum diag_id id);
const char *diag_hint_template(enum diag_id id);

#define DIAG_ARGS   8
#define DIAG_LABELS 4

/* A suggested fix. Unset: none. */
struct diag_fix {
    ddbexpr_fix_safety safety;
    enum text_id title; /* a template for `args` */
    str args[DIAG_ARGS];
    const ddbexpr_edit *edits;
    size_t edit_count;
};

static inline ddbexpr_edit edit_replace(ddbexpr_source source, ddbexpr_span span, str text)
{
    return (ddbexpr_edit){.kind = DDBEXPR_EDIT_REPLACE, .source = source, .span = span, .text = text};
}

static inline ddbexpr_edit edit_member(ddbexpr_edit_kind kind, ddbexpr_source source, str member, str text)
{
    return (ddbexpr_edit){.kind = kind, .source = source, .member = member, .text = text};
}

/* What is to be reported. Unset members are zero. Everything is copied into the collector. */
struct diag_draft {
    enum diag_id id;
    ddbexpr_source source;
    ddbexpr_kind kind; /* fills {kind}; meaningful for the sources that are expressions */
    str member;        /* see ddbexpr_source */
    str text;          /* the source's text */
    bool has_span;
    ddbexpr_span span;
    str args[DIAG_ARGS];
    ddbexpr_label labels[DIAG_LABELS];
    size_t label_count;
    bool wrap_member; /* in the classic wording the message stands inside DIAG_VALUE_WRAPPER, which names `member` */
    struct diag_fix fix;
};

/* Adds a diagnostic. The order of the calls is the order in which the service comes to the faults. NULL `diags` is
 * fine. A lack of memory sticks: ask diags_status at the end. */
void diags_add(ddbexpr_diags *diags, const struct diag_draft *draft);

/* Something that belongs to a diagnostic could not be made: sticks as well. */
void diags_fail(ddbexpr_diags *diags);

/* OK or NO_MEMORY; OK for NULL. */
ddbexpr_status diags_status(const ddbexpr_diags *diags);

/* The wording for what is added from now on. NULL is fine. */
void diags_set_layer(ddbexpr_diags *diags, enum diag_layer layer);

/* The transaction action that what is added from now on belongs to; -1 for none. NULL is fine. */
void diags_set_action(ddbexpr_diags *diags, int action);

/* The collector's memory, for texts that drafts are made of. */
arena *diags_arena(ddbexpr_diags *diags);

/* The source of an expression's kind. */
ddbexpr_source source_of_kind(ddbexpr_kind kind);

/* Appends a template with {kind}, {0}… filled in. `{{` stays a brace: "{{0}}" gives "{x}". */
void diag_fill(buffer *out, const char *template, ddbexpr_kind kind, const str *args);

#endif
