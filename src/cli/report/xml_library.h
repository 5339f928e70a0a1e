/* SPDX-License-Identifier: Apache-2.0 */
/* libxml2, loaded when a report in XML is asked for and not before: with ICU, which comes with it, it took two thirds
 * of the time that the tool needs to start (2.3 of 3.5 ms). */
#ifndef DDBEXPR_CLI_REPORT_XML_LIBRARY_H
#define DDBEXPR_CLI_REPORT_XML_LIBRARY_H

#include <libxml/xmlwriter.h>
#include <stdbool.h>

/* What we use of it, with the types of its headers. */
struct xml_library {
    void *handle;
    __typeof__(xmlBufferCreate) *buffer_create;
    __typeof__(xmlBufferContent) *buffer_content;
    __typeof__(xmlBufferLength) *buffer_length;
    __typeof__(xmlBufferFree) *buffer_free;
    __typeof__(xmlNewTextWriterMemory) *new_writer;
    __typeof__(xmlFreeTextWriter) *free_writer;
    __typeof__(xmlTextWriterSetIndent) *set_indent;
    __typeof__(xmlTextWriterSetIndentString) *set_indent_string;
    __typeof__(xmlTextWriterStartDocument) *start_document;
    __typeof__(xmlTextWriterEndDocument) *end_document;
    __typeof__(xmlTextWriterStartElement) *start_element;
    __typeof__(xmlTextWriterEndElement) *end_element;
    __typeof__(xmlTextWriterWriteAttribute) *write_attribute;
    __typeof__(xmlTextWriterWriteString) *write_string;
    __typeof__(xmlSetGenericErrorFunc) *set_generic_error;
    __typeof__(xmlGetLastError) *last_error;
    __typeof__(xmlResetLastError) *reset_last_error;
};

/* False: it is not there, or not all of it. Nothing is told. */
bool xml_library_open(struct xml_library *library);
void xml_library_close(struct xml_library *library);

/* For those who read options: whether `format` can be written. False: told. */
bool xml_library_is_there(const char *format);

#endif
