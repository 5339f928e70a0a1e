/* SPDX-License-Identifier: Apache-2.0 */
/* Reserved words: the documented 573 (grammar/reserved_words.txt), in any case. */
#ifndef DDBEXPR_CHECK_RESERVED_H
#define DDBEXPR_CHECK_RESERVED_H

#include "base/str.h"

enum reserved_state {
    RESERVED_NOT,
    RESERVED_YES,
    RESERVED_DISPUTED /* CONVERT and SIZE: documented, but accepted by the service's local engine (ruling 17) */
};

enum reserved_state reserved_word(str name);

#endif
