/* SPDX-License-Identifier: Apache-2.0 */
/* Fixes for the frequent slips. */
#ifndef DDBEXPR_SYNTAX_MEND_H
#define DDBEXPR_SYNTAX_MEND_H

#include "syntax/scene.h"

#define MENDING_EDITS 2

/* A fix that is being made. Texts live in the parser's arena. */
struct mending {
    struct diag_fix fix; /* as it is: no fix */
    ddbexpr_edit edits[MENDING_EDITS];
};

/* Each makes the fix for a slip with its extent, or none where what was meant cannot be told. False: no memory. */
typedef bool mend_function(const struct scene *s, span extent, struct mending *m);
mend_function mend_none;
mend_function mend_operator;        /* the sign that is written here */
mend_function mend_joint;           /* && and ||: the word, with blanks around it */
mend_function mend_not_sign;        /* ! */
mend_function mend_is;              /* IS NULL: a function */
mend_function mend_function_call;   /* path contains :v */
mend_function mend_not_infix;       /* NOT goes to the front */
mend_function mend_compound;        /* += */
mend_function mend_index_after_dot; /* a.0 */
mend_function mend_name;            /* a placeholder for the extent */
mend_function mend_keyword;         /* the same; nothing else can be meant */
mend_function mend_number;          /* a placeholder for a value */
mend_function mend_quoted;
mend_function mend_joined_actions; /* a comma in place of AND */
mend_function mend_drop_token;     /* with the blanks before it */
mend_function mend_drop_keyword;   /* with the blanks behind it */
mend_function mend_drop_sign;      /* the same, and what follows becomes a :value */
mend_function mend_drop_comma;     /* the one before the offender */
mend_function mend_removed_value;  /* = :v behind a path of REMOVE */
mend_function mend_insert_comma;
mend_function mend_blank;

#endif
