/* SPDX-License-Identifier: Apache-2.0 */
/* Every limit of the tool, with its reason; those of the libraries are theirs (src/base/limits.h), which the tool does
 * not see. Each LIMIT_ has a test at it and one past it (tests/limits/run_limits.py). */
#ifndef DDBEXPR_CLI_LIMITS_H
#define DDBEXPR_CLI_LIMITS_H

/* --- what is read --- */
#define LIMIT_INPUT_BYTES         ((size_t)0x7fffffff) /* a file or standard input as a whole: spans are 32-bit */
#define LIMIT_CONFIG_BYTES        ((size_t)1 << 20)    /* a configuration; one that people write has a few thousand */
#define LIMIT_CONFIG_LEVELS       16                   /* of it; those that mean something: 7 */
#define LIMIT_CONFIG_PATTERN      256 /* bytes of a pattern of paths: matching takes both lengths multiplied */
#define LIMIT_CONFIG_TABLE_KEY    2   /* attributes of a table's key: the service's */
#define LIMIT_CONFIG_INDEX_KEY    8   /* and of an index's, four on either side: the service's */
#define LIMIT_SUITE_BYTES         ((size_t)64 << 20) /* a suite: its tree takes some hundred times as much */
#define LIMIT_SUITE_CHANGED_BYTES ((size_t)64 << 20) /* what its changes of items and requests make, written out */
#define LIMIT_SUITE_LEVELS        128                /* of it: an item may have 32, each a value in DynamoDB's form */
#define LIMIT_YAML_TAGS           100  /* words that declare one: none is used, and the time grows with their square */
#define LIMIT_REQUEST_FILE_LEVELS 1024 /* of a file that a suite names: as many as the JSON library reads */
#define LIMIT_JOBS                256  /* threads of --jobs: more wait for each other on any machine */

/* --- what is looked at for help --- */
#define LIMIT_SAMPLE_STEPS  10    /* of a path that `types` tells; places inside deeper ones are left out */
#define LIMIT_SAMPLE_PLACES 10000 /* that `types` keeps in all */
#define LIMIT_SAMPLE_NAMES  100   /* in a map inside an attribute: with more, its names are taken for data, as of ids */

/* --- what is told --- */
#define LIMIT_YAML_FAULTS_TOLD 20 /* of one file */
#define LIMIT_SETS_SHOWN       20 /* sets of clauses that --histogram shows; JSON has all */

/* --- how much is tried --- */
#define BUDGET_FIX_ROUNDS  5000 /* each mends what the one before has uncovered: more than a text has bytes */
#define BUDGET_PATCH_EDITS 1000 /* lines dropped and added that --diff looks for one by one; else it replaces all */
#define BUDGET_KEPT        3    /* evaluations kept of one text: the first true and false ones, and another false one */
#define BUDGET_LINE_END    ((size_t)64 << 20) /* bytes behind a fault, to see whether there are more lines than one */
#define BUDGET_MUTATION    60.0               /* seconds, where --mutate-time says nothing */

/* --- rooms: what goes into them is bounded elsewhere --- */
#define ROOM_ACTIONS      100  /* of a transaction: the service's limit, and what is more has unknown tables */
#define ROOM_ITEM_LEVELS  1024 /* of JSON that the JSON library has read already: its own limit */
#define ROOM_COMPLAINT    2048 /* bytes of one: the rest is cut */
#define ROOM_FILE_NAME    255  /* bytes of a name in a folder: the system's limit */
#define ROOM_VALUE_LEVELS 40   /* of a value: the libraries keep 34 */

#endif
