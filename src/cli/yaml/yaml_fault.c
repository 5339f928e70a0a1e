/* SPDX-License-Identifier: Apache-2.0 */
/* Faults of a text, told with their places, and the memory of its reader. */
#include "cli/yaml/yaml_tree.h"

#include "cli/limits.h"
#include "cli/output.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

__attribute__((format(printf, 4, 0))) static void tell(struct yaml_reader *r, size_t line, size_t column,
                                                       const char *format, va_list arguments)
{
    char message[1024];
    vsnprintf(message, sizeof message, format, arguments);
    if (r->faults++ < LIMIT_YAML_FAULTS_TOLD)
        complain("%s:%zu:%zu: %s", r->name, line, column, message);
}

void yaml_fault_at(struct yaml_reader *r, size_t line, size_t column, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    tell(r, line, column, format, arguments);
    va_end(arguments);
}

void yaml_fault(struct yaml_reader *r, const struct yaml_node *at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    tell(r, at->line, at->column, format, arguments);
    va_end(arguments);
}

int yaml_exit(const struct yaml_reader *r)
{
    if (r->no_memory)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    if (r->faults > LIMIT_YAML_FAULTS_TOLD)
        complain("%s: %zu more faults", r->name, r->faults - LIMIT_YAML_FAULTS_TOLD);
    return r->faults ? EXIT_UNUSABLE : EXIT_TRUE;
}

void *yaml_alloc(struct yaml_reader *r, size_t count, size_t size)
{
    /* counts are of nodes, each of which took a byte of the text at least */
    void *memory = ddbexpr_arena_alloc(r->arena, count * size + 1);
    if (memory)
        memset(memory, 0, count * size + 1);
    else
        r->no_memory = true;
    return memory;
}
