/* SPDX-License-Identifier: Apache-2.0 */
/* What is known beside a request: a project's ddbexpr.yaml with its tables, rule levels and settings for paths, and the
 * types of sample items. Here is what it says and who may ask for it; docs/configuration.md is for those who write one.
 */
#ifndef DDBEXPR_CLI_CONFIG_CONFIG_H
#define DDBEXPR_CLI_CONFIG_CONFIG_H

#include "cli/arguments.h"

#include <ddbexpr/lint.h>

/* --- what a configuration says; all of it lives in the session's arena --- */

/* A place in the items of a table, and the types that it may have. */
struct config_attribute {
    ddbexpr_str path; /* status, profile.city, lines[*].qty */
    unsigned types;   /* bits 1 << ddbexpr_type */
};

enum config_projection { CONFIG_PROJECTION_ALL, CONFIG_PROJECTION_KEYS_ONLY, CONFIG_PROJECTION_INCLUDE };

struct config_index {
    ddbexpr_str name;
    bool is_local;
    const ddbexpr_key_attribute *key;
    size_t key_count; /* 1 to 8: a global index may have several attributes on either side */
    enum config_projection projection;
    const ddbexpr_str *projected; /* INCLUDE: these, beside the keys */
    size_t projected_count;
};

struct config_table {
    ddbexpr_str name;                 /* with * for any characters */
    const ddbexpr_key_attribute *key; /* partition key first */
    size_t key_count;                 /* 0: it does not say */
    const struct config_attribute *attributes;
    size_t attribute_count;
    const struct config_index *indexes;
    size_t index_count;
};

/* What becomes of a diagnostic. */
enum config_level { CONFIG_UNSET, CONFIG_OFF, CONFIG_INFO, CONFIG_WARNING, CONFIG_ERROR };

struct config_rule {
    ddbexpr_str code; /* or how codes begin: DX5 */
    enum config_level level;
};

/* What holds for the files that a pattern names. */
struct config_scope {
    const ddbexpr_str *patterns; /* any of these */
    size_t pattern_count;
    const struct config_rule *rules;
    size_t rule_count;
    bool has_messages;
    ddbexpr_messages messages;
};

struct config {
    const char *path;   /* of the file, as messages show it; NULL: there is none */
    const char *folder; /* the absolute one that patterns start from */
    const struct config_table *tables;
    size_t table_count;
    struct config_scope everywhere;
    const struct config_scope *scopes; /* later ones win */
    size_t scope_count;
};

/* The configuration for a file (NULL: the working directory): that of --config, or the nearest ddbexpr.yaml in its
 * folder or above. None is fine. In two steps, for those who have many files: which configuration it is (path and
 * folder, nothing else), and what it says. EXIT_TRUE, or told, as all that follows. */
int config_locate(struct session *session, const char *start_path, struct config *ret);
int config_read(struct session *session, struct config *config);
int config_read_text(struct session *session, ddbexpr_str text, struct config *config);

/* --- what holds for one file --- */

struct config_settings {
    const struct config_scope **scopes; /* strongest first */
    size_t scope_count;
};

/* `file` NULL: the command line, to which only what holds everywhere applies. */
int config_settings_of(struct session *session, const struct config *config, const char *file,
                       struct config_settings *ret);

/* The level of a diagnostic ("DX503"): of the longest beginning of its code in the strongest scope that has one. */
enum config_level config_level_of(const struct config_settings *settings, const char *code);

/* --- what is known of the tables of one request --- */

struct known {
    ddbexpr_lint_options lint; /* tables with key schema, attributes, index keys, messages; and no unknown values */
    struct config_settings settings;
};

/* What configurations and samples say, read once for many requests. Zero-initialise. */
struct knowledge {
    struct loaded_config *configs;
    bool is_sampled; /* --types-from has been read */
    const struct config_attribute *sampled;
    size_t sampled_count;
};

/* What is known of a request in `file` (NULL: on the command line, or in the file of --cli-input-json): `tables` are
 * those that options name, which win over the configuration's; --types-from wins over its types, and --service-messages
 * over its messages. */
int config_apply(struct session *session, struct knowledge *knowledge, const char *file, const ddbexpr_request *request,
                 const ddbexpr_table *tables, size_t table_count, struct known *ret);

/* The entry of a table: the one with its name, or the first whose pattern fits; NULL: none. An ARN stands for the table
 * that it names. A request without a name is about the only table that there is. */
const struct config_table *config_table_of(const struct config *config, ddbexpr_str name);

#define OPTION_SPECS_CONFIG                                                                                            \
    {"config", "FILE", "the configuration; without it the nearest ddbexpr.yaml", OPTION_CONFIG},                       \
        {"no-config", NULL, "no configuration", OPTION_NO_CONFIG},                                                     \
    {                                                                                                                  \
        "types-from", "ITEMS", "sample items that show the types of attributes", OPTION_TYPES_FROM                     \
    }

#endif
