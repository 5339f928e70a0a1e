/* SPDX-License-Identifier: Apache-2.0 */
/* Values as people read them. */
#ifndef DDBEXPR_VALUE_PRINT_H
#define DDBEXPR_VALUE_PRINT_H

#include "value/value.h"

/* N 5, S "shipped", … ; see ddbexpr_value_print. */
void value_print(const value *v, size_t width, buffer *out);

/* The same without the type, and without the size of what was shortened: 5, "shipped", … */
void value_print_content(const value *v, size_t width, buffer *out);

#endif
