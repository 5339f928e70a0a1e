/* SPDX-License-Identifier: Apache-2.0 */
/* Finding libxml2 and its functions. */
#include "cli/report/xml_library.h"

#include "cli/output.h"

#include <dlfcn.h>
#include <string.h>

/* By the versions of its binary interface, newest last: what we use of it is the same in all. */
static const char *const files[] = {"libxml2.so.2", "libxml2.so.16", "libxml2.2.dylib", "libxml2.16.dylib"};

static void *open_library(void)
{
    void *handle = NULL;
    for (size_t i = 0; !handle && i < sizeof files / sizeof *files; i++)
        handle = dlopen(files[i], RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    return handle;
}

/* POSIX has functions as objects here; C has no cast for it. */
static bool find(void *handle, const char *name, void *function)
{
    void *found = dlsym(handle, name);
    memcpy(function, &found, sizeof found);
    return found != NULL;
}

bool xml_library_open(struct xml_library *l)
{
    memset(l, 0, sizeof *l);
    void *h = open_library();
    if (!h)
        return false;
    l->handle = h;
    bool all = find(h, "xmlBufferCreate", &l->buffer_create) && find(h, "xmlBufferContent", &l->buffer_content) &&
               find(h, "xmlBufferLength", &l->buffer_length) && find(h, "xmlBufferFree", &l->buffer_free) &&
               find(h, "xmlNewTextWriterMemory", &l->new_writer) && find(h, "xmlFreeTextWriter", &l->free_writer) &&
               find(h, "xmlTextWriterSetIndent", &l->set_indent) &&
               find(h, "xmlTextWriterSetIndentString", &l->set_indent_string) &&
               find(h, "xmlTextWriterStartDocument", &l->start_document) &&
               find(h, "xmlTextWriterEndDocument", &l->end_document) &&
               find(h, "xmlTextWriterStartElement", &l->start_element) &&
               find(h, "xmlTextWriterEndElement", &l->end_element) &&
               find(h, "xmlTextWriterWriteAttribute", &l->write_attribute) &&
               find(h, "xmlTextWriterWriteString", &l->write_string) &&
               find(h, "xmlSetGenericErrorFunc", &l->set_generic_error) && find(h, "xmlGetLastError", &l->last_error) &&
               find(h, "xmlResetLastError", &l->reset_last_error);
    if (!all)
        xml_library_close(l);
    return all;
}

void xml_library_close(struct xml_library *l)
{
    if (l->handle)
        dlclose(l->handle);
    l->handle = NULL;
}

bool xml_library_is_there(const char *format)
{
    struct xml_library library;
    bool there = xml_library_open(&library);
    if (there)
        xml_library_close(&library);
    else
        complain("--format %s needs libxml2 (%s), which cannot be loaded", format, files[0]);
    return there;
}
