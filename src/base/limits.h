/* SPDX-License-Identifier: Apache-2.0 */
/* Every limit, with its reason. Each has a test at it and one past it. Sections are those of docs/behaviour.md. */
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

/* --- ours --- */
#define LIMIT_DIAGNOSTICS     200        /* faults kept of one request: more help nobody */
#define LIMIT_DIFF_NAME_BYTES 1024       /* names above what a diff goes into: each change has its path in full */
#define LIMIT_JSON_DEPTH      1024       /* nesting of JSON: keys 100 maps deep occur in cases, each costs two levels */
#define LIMIT_TEXT_BYTES      0x7fffffff /* any text whose spans are 32-bit: half of what fits, so sums fit too */

#endif
