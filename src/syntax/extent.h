/* SPDX-License-Identifier: Apache-2.0 */
/* How far what is wrong reaches around an offending token: `==` and not its second `=`, `movie-id` and not the `-`. */
#ifndef DDBEXPR_SYNTAX_EXTENT_H
#define DDBEXPR_SYNTAX_EXTENT_H

#include "syntax/scene.h"

span extent_token(const struct scene *s);      /* the offender alone; at the end of the text the place behind it */
span extent_operator(const struct scene *s);   /* a sign of other languages, at the offender or just before it */
span extent_is(const struct scene *s);         /* IS NULL, IS NOT NULL */
span extent_not_infix(const struct scene *s);  /* NOT and the operator behind it */
span extent_index(const struct scene *s);      /* from `[` to `]` */
span extent_member_all(const struct scene *s); /* `.*` */
span extent_name(const struct scene *s);       /* all that is written without a blank and looks like a name */
span extent_words(const struct scene *s);      /* the word before, the offender, and the words behind it */
span extent_number(const struct scene *s);     /* a number with sign, fraction and exponent */
span extent_quoted(const struct scene *s);     /* a quoted text with its quotes, or the quote alone if it stays open */
span extent_operand(const struct scene *s);    /* the operand before the offender */

/* What is written here for a sign of other languages: "<>" for "!="; empty if it is none. */
str extent_operator_meaning(str foreign);

/* Whether the digits, sign or point at the offender begin a number and nothing else. */
bool extent_is_number(const struct scene *s);

#endif
