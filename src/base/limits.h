/* SPDX-License-Identifier: Apache-2.0 */
/* Every limit of the libraries, with its reason. Each LIMIT_ has a test at it and one past it (tests/limits). Sections
 * are those of docs/behaviour.md. Numbers that only choose the faster of two ways, or the look of a text, stand where
 * they are used. Nothing but numbers may be here: the JSON library sees this file, too. */
#ifndef DDBEXPR_BASE_LIMITS_H
#define DDBEXPR_BASE_LIMITS_H

/* --- the service's --- */
#define LIMIT_EXPRESSION_BYTES     4096 /* text of one expression, UTF-8 bytes (aws: scy-lim-*, nub-lim-*) */
#define LIMIT_OPERATORS            300  /* operators in one expression; told as 301 (aws: nub-pub-043; ruling 9) */
#define LIMIT_IN_OPERANDS          100  /* operands in the list of one IN (ruling 8) */
#define LIMIT_PATH_STEPS           32   /* steps of one document path (aws: scy-prj-071) */
#define LIMIT_LIST_INDEX           2147483647 /* largest list index in a path (ruling 23) */
#define LIMIT_VALUE_HEIGHT         31         /* maps or lists around a scalar (aws: nub-lim-013; ruling 23) */
#define LIMIT_ATTRIBUTE_NAME_BYTES 65535      /* one attribute name (aws: scy-nam-006; ruling 24) */
#define LIMIT_PLACEHOLDER_BYTES    255        /* one placeholder with its sign (documentation; ruling 24) */
#define LIMIT_ITEM_BYTES           409600     /* one item, names and values (aws: sizes) */
#define LIMIT_HASH_KEY_BYTES       2048       /* value of the partition key (aws: mot-key-005) */
#define LIMIT_RANGE_KEY_BYTES      1024       /* value of the sort key (aws: scy-ksz-*) */
#define LIMIT_TRANSACT_ACTIONS     100        /* actions of one TransactWriteItems (aws: scy-trn-021) */
#define LIMIT_TRANSACT_BYTES       4194304    /* payload of one TransactWriteItems (aws: scy-trn; documentation) */
#define LIMIT_TOKEN_BYTES          36         /* ClientRequestToken (aws: scy-trn) */
#define LIMIT_NUMBER_DIGITS        38         /* significant digits of a number (aws: scy-num-*) */
#define LIMIT_NUMBER_MAX_MAGNITUDE 125        /* 9.99…E125 is the largest (aws: nub-nbad-016) */
#define LIMIT_NUMBER_MIN_MAGNITUDE (-130)     /* 1E-130 is the smallest (aws: nub-num-014) */

/* --- ours: what is refused, or told otherwise --- */
#define LIMIT_DIAGNOSTICS     200        /* faults kept of one request: more help nobody */
#define LIMIT_DIFF_NAME_BYTES 1024       /* names above what a diff goes into: each change has its path in full */
#define LIMIT_TEXT_BYTES      0x7fffffff /* any text whose spans are 32-bit: half of what fits, so sums fit too */
#define LIMIT_JSON_DEPTH      1024       /* nesting of JSON: keys 100 maps deep occur in cases, each costs two levels */

/* Levels that are kept at all: three more than an attribute may have, so that an attribute that is too high is there to
 * be told of, in its item, also after an update has put it into another. Only what is higher than this is faulty. All
 * recursion over values is this deep at most. */
#define LIMIT_VALUE_HEIGHT_KEPT (LIMIT_VALUE_HEIGHT + 3)

/* Levels of a value that are read: what a builder makes a fault of, it has to see. */
#define LIMIT_JSON_VALUE_LEVELS (LIMIT_VALUE_HEIGHT_KEPT + 2)

/* --- ours: beyond these another way leads to the same answer --- */
#define LIMIT_QUICK_DEPTH 16 /* parentheses, calls, NOTs around a term: what is deeper is read by the grammar */

/* --- ours: help, which must cost no more than checking, and be short enough to be read --- */
#define LIMIT_ASKED_ENTRIES    256  /* entries of a map that are looked at for a suggestion or a placeholder */
#define LIMIT_SUGGESTED_BYTES  64   /* a name that is compared with another: a suggestion for a long one is a guess */
#define LIMIT_ALIAS_NAME_BYTES 64   /* of a name go into a placeholder that is made up; it may have 255 in all */
#define LIMIT_STAND_IN_BYTES   64   /* a string in the place of one that is filled in later */
#define LIMIT_LISTED           6    /* operands of an IN in a sentence; the rest is counted */
#define LIMIT_DEPTH_DRAWN      40   /* levels of an explanation: thousands of NOTs fit in one text */
#define ROOM_NOTES             4    /* notes of one clause: none can meet more of the conditions for one */
#define LIMIT_SAME_CLAUSES     10   /* different clauses of a condition whose table of outcomes is made: 1024 rows */
#define LIMIT_FILLED           100u /* elements made up so that a list has the one that is asked for */

/* --- ours: how long is searched for items that would show something; that none is found proves nothing --- */
#define BUDGET_CLAUSES         12u        /* clauses whose decisions are tried for one mutant */
#define BUDGET_CHOICES         24u        /* ways to meet the demands on clauses */
#define BUDGET_FIRST_VALUES    6u         /* values of another operand that are tried together with the first */
#define BUDGET_TESTS           30000u     /* tests run from one item: some milliseconds */
#define BUDGET_BYTES_OF_A_TEST 512u       /* that can be read or written in the time of a test */
#define BUDGET_MEMBERS         1000u      /* of a set, list or map that is made up */
#define BUDGET_BYTES           (8u << 20) /* of all values that are made up for one place */

#endif
