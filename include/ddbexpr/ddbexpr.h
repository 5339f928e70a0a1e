/* SPDX-License-Identifier: Apache-2.0 */
/* The whole of libddbexpr. The JSON library has headers of its own. Since 0.1.0.
 *
 * What holds of every function, unless its comment says otherwise:
 *
 * - Ownership. What a function makes through a `ret_` pointer to a struct that has a free function is the caller's.
 *   What is made in an arena lives as long as the arena. What is returned as a `ddbexpr_str` or a pointer to const is
 *   borrowed from the argument that it was asked of. Texts and values that are given are only read; whether they are
 *   copied, or must live on, each comment says.
 * - Errors. A function that can fail returns a status; those that its comment names are all there are. After an error
 *   its outputs are as they were (of what was to be appended to a buffer a part may be there), and nothing is leaked. A
 *   pointer must not be NULL where no comment allows it. Structs with a member `size` are zero-initialised and have it
 *   set to their sizeof; where a comment names sizes, another is MISUSE.
 * - Threads. There is no state but that in objects. Objects that are immutable (values, expressions, programs,
 *   explanations, outcomes) may be read by any number of threads at once. All others (arenas, buffers, collectors,
 *   builders) are one thread's at a time. An allocator is called by the thread that calls the library.
 * - Units. Lengths, spans and sizes count bytes; counts and indexes count from 0; widths are columns of a terminal.
 * - Since. A header says since which version there is what it declares; what came later says so itself. */
#ifndef DDBEXPR_DDBEXPR_H
#define DDBEXPR_DDBEXPR_H

#include <ddbexpr/api.h>
#include <ddbexpr/coverage.h>
#include <ddbexpr/diagnostic.h>
#include <ddbexpr/diff.h>
#include <ddbexpr/explain.h>
#include <ddbexpr/explain_request.h>
#include <ddbexpr/expression.h>
#include <ddbexpr/lint.h>
#include <ddbexpr/memory.h>
#include <ddbexpr/mutants.h>
#include <ddbexpr/program.h>
#include <ddbexpr/request.h>
#include <ddbexpr/survey.h>
#include <ddbexpr/value.h>
#include <ddbexpr/version.h>

#endif
