/* SPDX-License-Identifier: Apache-2.0 */
/* A thin layer over libxml2's writer. Must not know what is written. */
#include "cli/report/report_xml.h"

#include "cli/report/report_clean.h"

#include <stdio.h>

void xml_begin(struct xml *xml)
{
    xmlResetLastError();
    *xml = (struct xml){.content = xmlBufferCreate()};
    if (xml->content)
        xml->writer = xmlNewTextWriterMemory(xml->content, 0);
    if (ddbexpr_buffer_new(NULL, &xml->scratch) != DDBEXPR_OK)
        xml->scratch = NULL;
    xml->failed = !xml->writer || !xml->scratch || xmlTextWriterSetIndent(xml->writer, 1) < 0 ||
                  xmlTextWriterSetIndentString(xml->writer, BAD_CAST "  ") < 0 ||
                  xmlTextWriterStartDocument(xml->writer, "1.0", "UTF-8", NULL) < 0;
}

/* The writer goes on without some of what it could not allocate, and says nothing in its results. */
static bool ran_out_of_memory(void)
{
    const xmlError *error = xmlGetLastError();
    return error && error->code == XML_ERR_NO_MEMORY;
}

ddbexpr_status xml_end(struct xml *xml, ddbexpr_buffer *out)
{
    bool done = !xml->failed && xmlTextWriterEndDocument(xml->writer) >= 0;
    xmlFreeTextWriter(xml->writer); /* flushes */
    done = done && !ran_out_of_memory();
    if (done) {
        ddbexpr_str text = {(const char *)xmlBufferContent(xml->content), (size_t)xmlBufferLength(xml->content)};
        done = ddbexpr_buffer_append(out, text) == DDBEXPR_OK;
    }
    xmlBufferFree(xml->content);
    ddbexpr_buffer_free(xml->scratch);
    return done ? DDBEXPR_OK : DDBEXPR_NO_MEMORY;
}

void xml_open(struct xml *xml, const char *name)
{
    xml->failed = xml->failed || xmlTextWriterStartElement(xml->writer, BAD_CAST name) < 0;
}

void xml_close(struct xml *xml) { xml->failed = xml->failed || xmlTextWriterEndElement(xml->writer) < 0; }

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
        xml->failed = xmlTextWriterWriteAttribute(xml->writer, BAD_CAST name, text) < 0;
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
        xml->failed = xmlTextWriterWriteString(xml->writer, clean_text) < 0;
}
