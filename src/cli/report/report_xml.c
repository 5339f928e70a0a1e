/* SPDX-License-Identifier: Apache-2.0 */
/* A thin layer over libxml2's writer. Must not know what is written. */
#include "cli/report/report_xml.h"

#include "cli/report/report_clean.h"

#include <stdio.h>

/* Otherwise libxml2 prints that it has no memory, and no line end after it. */
static void say_nothing(void *context, const char *format, ...) { (void)context, (void)format; }

void xml_begin(struct xml *xml)
{
    struct xml_library *library = &xml->library;
    *xml = (struct xml){.failed = false};
    if (!xml_library_open(library)) {
        xml->failed = true;
        return;
    }
    library->set_generic_error(NULL, say_nothing);
    library->reset_last_error();
    xml->content = library->buffer_create();
    if (xml->content)
        xml->writer = library->new_writer(xml->content, 0);
    if (ddbexpr_buffer_new(NULL, &xml->scratch) != DDBEXPR_OK)
        xml->scratch = NULL;
    xml->failed = !xml->writer || !xml->scratch || library->set_indent(xml->writer, 1) < 0 ||
                  library->set_indent_string(xml->writer, BAD_CAST "  ") < 0 ||
                  library->start_document(xml->writer, "1.0", "UTF-8", NULL) < 0;
}

/* The writer goes on without some of what it could not allocate, and says nothing in its results. */
static bool ran_out_of_memory(const struct xml *xml)
{
    const xmlError *error = xml->library.last_error();
    return error && error->code == XML_ERR_NO_MEMORY;
}

ddbexpr_status xml_end(struct xml *xml, ddbexpr_buffer *out)
{
    struct xml_library *library = &xml->library;
    if (!library->handle)
        return DDBEXPR_NO_MEMORY; /* it was there when it was asked for, and could not be loaded again */
    bool done = !xml->failed && library->end_document(xml->writer) >= 0;
    library->free_writer(xml->writer); /* flushes */
    done = done && !ran_out_of_memory(xml);
    if (done) {
        ddbexpr_str text = {(const char *)library->buffer_content(xml->content),
                            (size_t)library->buffer_length(xml->content)};
        done = ddbexpr_buffer_append(out, text) == DDBEXPR_OK;
    }
    library->buffer_free(xml->content);
    ddbexpr_buffer_free(xml->scratch);
    xml_library_close(library);
    return done ? DDBEXPR_OK : DDBEXPR_NO_MEMORY;
}

void xml_open(struct xml *xml, const char *name)
{
    xml->failed = xml->failed || xml->library.start_element(xml->writer, BAD_CAST name) < 0;
}

void xml_close(struct xml *xml) { xml->failed = xml->failed || xml->library.end_element(xml->writer) < 0; }

/* The text as a C string of characters that XML has, or NULL. */
static const xmlChar *clean(struct xml *xml, ddbexpr_str text)
{
    if (xml->failed)
        return NULL;
    ddbexpr_buffer_clear(xml->scratch);
    if (clean_append(xml->scratch, text, CLEAN_FOR_XML) != DDBEXPR_OK)
        xml->failed = true;
    return xml->failed ? NULL : BAD_CAST ddbexpr_buffer_text(xml->scratch).ptr;
}

void xml_attribute(struct xml *xml, const char *name, ddbexpr_str value)
{
    const xmlChar *text = clean(xml, value);
    if (text)
        xml->failed = xml->library.write_attribute(xml->writer, BAD_CAST name, text) < 0;
}

void xml_number(struct xml *xml, const char *name, size_t value)
{
    char text[32];
    snprintf(text, sizeof text, "%zu", value);
    xml_attribute(xml, name, ddbexpr_cstr(text));
}

void xml_text(struct xml *xml, ddbexpr_str text)
{
    const xmlChar *clean_text = clean(xml, text);
    if (clean_text)
        xml->failed = xml->library.write_string(xml->writer, clean_text) < 0;
}
