/* SPDX-License-Identifier: Apache-2.0 */
/* A case as the members of a question, on one line. */
#include "cli/generate/generate_case.h"

static void put_words(ddbexpr_buffer *out, const char *words) { ddbexpr_buffer_append(out, ddbexpr_cstr(words)); }

static void put_table(const struct generated_table *table, ddbexpr_buffer *out)
{
    put_words(out, "\"key\":");
    doc_print(table->key, out);
    put_words(out, ",\"items\":");
    doc_print(table->items, out);
}

static void put_tables(const struct generated_case *c, ddbexpr_buffer *out)
{
    if (!c->named) {
        put_table(&c->tables[0], out);
        return;
    }
    put_words(out, "\"tables\":{");
    for (uint32_t i = 0; i < c->table_count; i++) {
        put_words(out, i ? "," : "");
        doc_print_string(c->tables[i].name, out);
        put_words(out, ":{");
        put_table(&c->tables[i], out);
        put_words(out, "}");
    }
    put_words(out, "}");
}

void case_print(const struct generated_case *c, ddbexpr_buffer *out)
{
    put_words(out, "\"op\":");
    doc_print_string(ddbexpr_cstr(ddbexpr_operation_name(c->operation)), out);
    put_words(out, ",");
    put_tables(c, out);
    put_words(out, ",\"request\":");
    doc_print(c->request, out);
}
