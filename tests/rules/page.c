/* SPDX-License-Identifier: Apache-2.0 */
/* Reading pages, line by line. */
#include "page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- files --- */

static char *read_all(const char *path)
{
    FILE *f = fopen(path, "r");
    char *text = NULL;
    size_t size = 0;
    if (!f || getdelim(&text, &size, '\0', f) < 0) {
        fprintf(stderr, "%s: cannot be read\n", path);
        free(text);
        text = NULL;
    }
    if (f)
        fclose(f);
    return text;
}

/* --- «x × 3» --- */

#define OPENING "\xc2\xab"
#define TIMES   " \xc3\x97 "
#define CLOSING "\xc2\xbb"

/* The text with every «x × 3» written out as xxx, or NULL if one is none. */
static char *write_out(str text)
{
    char *out = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&out, &size);
    bool good = to != NULL;
    for (const char *at = text.ptr, *end = text.ptr + text.len; good && at < end;) {
        if (strncmp(at, OPENING, strlen(OPENING)) != 0) {
            fputc(*at++, to);
            continue;
        }
        const char *what = at + strlen(OPENING), *times = strstr(what, TIMES);
        char *after = NULL;
        unsigned long count = times ? strtoul(times + strlen(TIMES), &after, 10) : 0;
        good = count > 0 && strncmp(after, CLOSING, strlen(CLOSING)) == 0;
        for (; good && count > 0; count--)
            fwrite(what, 1, (size_t)(times - what), to);
        at = good ? after + strlen(CLOSING) : end;
    }
    if (to)
        fclose(to);
    if (!good) {
        free(out);
        out = NULL;
    }
    return out;
}

/* --- pages --- */

static bool begins_with(const char *line, const char *beginning)
{
    return strncmp(line, beginning, strlen(beginning)) == 0;
}

/* From the line of the first ``` to that of the other, which is returned; NULL: there is none, or there are too many.
 */
static const char *take_block(struct page *page, const char *line)
{
    const char *start = strchr(line, '\n') + 1, *end = strstr(start, "\n```\n");
    if (!end || page->block_count == PAGE_BLOCKS)
        return NULL;
    struct block *block = &page->blocks[page->block_count++];
    block->section = page->section_count - 1;
    block->info = str_of(line + 3, (size_t)(start - 1 - line - 3));
    block->text = write_out(str_of(start, (size_t)(end - start)));
    return block->text ? end + 1 : NULL;
}

static bool take_apart(struct page *page)
{
    page->sections[page->section_count++].text = ddbexpr_cstr(page->text);
    for (const char *line = page->text; *line; line = strchr(line, '\n') + 1) {
        if (!strchr(line, '\n'))
            return false;
        if (begins_with(line, "```")) {
            line = take_block(page, line);
            if (!line)
                return false;
        } else if (begins_with(line, "## ")) {
            if (page->section_count == PAGE_SECTIONS)
                return false;
            const char *end = strchr(line, '\n');
            struct section *before = &page->sections[page->section_count - 1];
            before->text.len = (size_t)(line - before->text.ptr);
            page->sections[page->section_count++] =
                (struct section){str_of(line + 3, (size_t)(end - line - 3)), ddbexpr_cstr(end + 1)};
        }
    }
    return true;
}

bool page_read(const char *code, struct page *ret)
{
    const char *root = getenv("DDBEXPR_SOURCE_DIR");
    char path[4096];
    snprintf(path, sizeof path, "%s/docs/rules/%s.md", root ? root : ".", code);
    *ret = (struct page){.text = read_all(path)};
    if (!ret->text)
        return false;
    if (take_apart(ret))
        return true;
    fprintf(stderr, "%s: a block without an end, too much of something, or a «… × …» that is none\n", path);
    return false;
}

void page_free(struct page *page)
{
    for (size_t i = 0; i < page->block_count; i++)
        free(page->blocks[i].text);
    free(page->text);
}

const struct section *page_section(const struct page *page, const char *heading)
{
    for (size_t i = 0; i < page->section_count; i++)
        if (str_equal(page->sections[i].heading, ddbexpr_cstr(heading)))
            return &page->sections[i];
    return NULL;
}

bool section_has_line(const struct section *section, str line)
{
    const char *end = section->text.ptr + section->text.len;
    for (const char *at = section->text.ptr; at < end;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (str_equal(str_of(at, (size_t)((stop ? stop : end) - at)), line))
            return true;
        at = stop ? stop + 1 : end;
    }
    return false;
}

bool section_has(const struct section *section, const char *part)
{
    const char *found = strstr(section->text.ptr, part);
    return found && found + strlen(part) <= section->text.ptr + section->text.len;
}

bool block_has_word(const struct block *block, const char *word)
{
    size_t length = strlen(word);
    for (size_t at = 0; at + length <= block->info.len; at++)
        if (memcmp(block->info.ptr + at, word, length) == 0 && (at == 0 || block->info.ptr[at - 1] == ' ') &&
            (at + length == block->info.len || block->info.ptr[at + length] == ' '))
            return true;
    return false;
}
