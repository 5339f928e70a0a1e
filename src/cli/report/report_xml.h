/* SPDX-License-Identifier: Apache-2.0 */
/* XML documents, written by libxml2: with texts of users made into what an XML document may hold. Once something has
 * failed nothing more is written, and the end says so. */
#ifndef DDBEXPR_CLI_REPORT_REPORT_XML_H
#define DDBEXPR_CLI_REPORT_REPORT_XML_H

#include "cli/report/xml_library.h"

#include <ddbexpr/ddbexpr.h>

struct xml {
    struct xml_library library;
    xmlBufferPtr content;
    xmlTextWriterPtr writer;
    ddbexpr_buffer *scratch; /* for texts that are put together */
    bool failed;
};

/* Begins a document. Always to be ended. xml_library_is_there has been asked before. */
void xml_begin(struct xml *xml);

/* Ends the document and appends it. Errors: NO_MEMORY, also where something has failed before. */
ddbexpr_status xml_end(struct xml *xml, ddbexpr_buffer *out);

void xml_open(struct xml *xml, const char *name);
void xml_close(struct xml *xml);

/* Attributes and text of the element that was opened last. */
void xml_attribute(struct xml *xml, const char *name, ddbexpr_str value);
void xml_number(struct xml *xml, const char *name, size_t value);
void xml_text(struct xml *xml, ddbexpr_str text);

#endif
