/* SPDX-License-Identifier: Apache-2.0 */
/* Another implementation as a coprocess: it is asked a question a line, and answers a line, in the form of `ddbexpr
 * request --jsonl`. The environment variable DDBEXPR_JUDGE holds its command; without it nobody is asked. */
#ifndef DDBEXPR_TESTS_FUZZ_JUDGE_H
#define DDBEXPR_TESTS_FUZZ_JUDGE_H

#include "base/str.h"

/* Whether the judge gives this answer to this question. Differences are told on standard error. What we say that we
 * cannot answer is not asked. */
bool judge_agrees(str question, str answer);

#endif
