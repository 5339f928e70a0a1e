/* SPDX-License-Identifier: Apache-2.0 */
/* The pages of docs/rules, which are inside the tool: one for each code that a diagnostic or a note can have. */
#ifndef DDBEXPR_CLI_RULE_PAGES_H
#define DDBEXPR_CLI_RULE_PAGES_H

#include <ddbexpr/lint.h>

/* A rule with its page, which is Markdown. A code that only notes of explanations have is not among the library's
 * rules: it is told as no lint, of severity info. */
struct rule_and_page {
    ddbexpr_rule rule;
    const char *page;
};

/* How many there are, and one of them, in the order of their codes. */
size_t rule_page_count(void);
struct rule_and_page rule_page_at(size_t index);

/* By code (DX107, dx107, 107) or name (reserved-word). False: there is none. */
bool rule_page_find(const char *what, struct rule_and_page *ret);

/* A rule as an object: code, name, summary, severity, is_lint, and page unless that is NULL. NULL: no memory. */
const ddbexpr_value *rule_page_value(ddbexpr_arena *arena, const ddbexpr_rule *rule, const char *page);

/* Appends a page as text: without the marks of Markdown, examples set in. */
ddbexpr_status rule_page_append_text(const char *page, ddbexpr_buffer *out);

#endif
