/* SPDX-License-Identifier: Apache-2.0 */
/* A page of docs/rules, taken apart: headings, paragraphs, examples. It must not know what a rule is. */
#ifndef DDBEXPR_TESTS_RULES_PAGE_H
#define DDBEXPR_TESTS_RULES_PAGE_H

#include "base/str.h"

#define PAGE_SECTIONS 8
#define PAGE_BLOCKS   24

/* What stands between two lines of ```. */
struct block {
    size_t section; /* its number */
    str info;       /* what follows the first three: "json also DX502" */
    char *text;     /* with «x × 3» written out; ends with NUL */
};

struct section {
    str heading; /* without the marks; of what comes before the first one: empty */
    str text;    /* all of it */
};

struct page {
    char *text;
    struct section sections[PAGE_SECTIONS];
    size_t section_count;
    struct block blocks[PAGE_BLOCKS];
    size_t block_count;
};

/* Reads docs/rules/CODE.md below the project's folder. False: told. */
bool page_read(const char *code, struct page *ret);
void page_free(struct page *page);

/* The section with this heading, or NULL. */
const struct section *page_section(const struct page *page, const char *heading);

/* Whether a section has this line, or this in a line. */
bool section_has_line(const struct section *section, str line);
bool section_has(const struct section *section, const char *part);

/* Whether one of the words of a block's info is this one. */
bool block_has_word(const struct block *block, const char *word);

#endif
