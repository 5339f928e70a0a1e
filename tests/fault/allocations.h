/* SPDX-License-Identifier: Apache-2.0 */
/* Allocations that fail on demand, and what is left of them. The linker puts these functions in front of the C
 * library's (--wrap; see meson.build), so that they reach our code and every library that is linked statically. They
 * must not know what allocates. */
#ifndef DDBEXPR_TESTS_ALLOCATIONS_H
#define DDBEXPR_TESTS_ALLOCATIONS_H

#include <stdbool.h>
#include <stddef.h>

#define ALLOCATIONS_NEVER_FAIL ((size_t)-1)

/* From here on allocations are counted from 0; the one with this number gets no memory and, if `all`, none after it. */
void allocations_begin(size_t fail_at, bool all);

/* Nothing fails any more, and nothing is counted. Returns how many there were. */
size_t allocations_end(void);

/* Whether one has failed since the beginning. */
bool allocations_failed(void);

/* Blocks that were allocated since the last call of allocations_forget and are not freed. ret_number: the smallest of
 * their numbers. */
size_t allocations_live(size_t *ret_number);

/* What is left is somebody else's from here on; or one block of it, which is returned. */
void allocations_forget(void);
void *allocations_disown(void *block);

/* Called at each allocation that is counted, before it is made; true: it gets no memory. NULL: nobody is asked. */
extern bool (*allocations_ask)(size_t number);

#endif
