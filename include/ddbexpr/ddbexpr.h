/* SPDX-License-Identifier: Apache-2.0 */
/* The whole of libddbexpr. The JSON library has headers of its own. */
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
