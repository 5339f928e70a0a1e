/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr types: what types the attributes of sample items have, as a configuration for check. */
#include "cli/command.h"
#include "cli/config/config_types.h"
#include "cli/stored.h"

/* --table-name and --key-schema; without a name it is any table. */
static int find_table(struct session *s, ddbexpr_table *ret)
{
    const char *name = options_value(s->options, OPTION_TABLE_NAME);
    ddbexpr_table *tables;
    size_t count;
    int exit = read_schemas(s, &tables, &count);
    if (exit == EXIT_TRUE && count > 1) {
        complain("the items are of one table: give its key schema only");
        return EXIT_UNUSABLE;
    }
    *ret = exit == EXIT_TRUE && count ? tables[0] : (ddbexpr_table){.size = sizeof *ret};
    if (name)
        ret->name = ddbexpr_cstr(name);
    else if (ret->name.len == 0)
        ret->name = ddbexpr_cstr("*");
    return exit;
}

/* Every item has the key. */
static int compare_with_key(struct types_report *r)
{
    size_t found = 0;
    for (size_t i = 0; i < r->sample.items.inside_count; i++) {
        const struct sample_place *place = r->sample.items.inside[i];
        const ddbexpr_key_attribute *key = types_key_attribute(r, place);
        found += key && place->types[key->type] == r->sample.items.seen;
    }
    if (found == r->table.key_count || r->sample.items.seen == 0)
        return EXIT_TRUE;
    complain("the key schema is that of another table: not every item has its attributes, with their types");
    return EXIT_UNUSABLE;
}

static int print_types(struct session *s)
{
    struct types_report r = {.session = s};
    int exit = find_table(s, &r.table);
    sample_begin(s, &r.sample);
    for (size_t i = 0; exit == EXIT_TRUE && i < s->options->argument_count; i++)
        exit = sample_read(s, &r.sample, s->options->arguments[i]);
    if (exit == EXIT_TRUE)
        exit = compare_with_key(&r);
    if (exit != EXIT_TRUE)
        return exit;
    return session_put_out(s, s->json ? types_put_json(&r) : types_put_yaml(&r));
}

static int run(const struct options *options)
{
    struct session session;
    int exit = session_begin(&session, options);
    if (exit != EXIT_TRUE)
        return exit;
    if (options->argument_count == 0) {
        complain("types takes files of items: ddbexpr types items.jsonl");
        exit = EXIT_UNUSABLE;
    } else {
        exit = print_types(&session);
    }
    session_end(&session);
    return exit;
}

static const struct option_spec specs[] = {
    {"table-name", "NAME", "the table that they are of; without it any", OPTION_TABLE_NAME},
    OPTION_SPEC_KEY_SCHEMA,
    {"plain", NULL, "items are plain JSON, types inferred", OPTION_PLAIN},
    {"format", "FORMAT", "text or json", OPTION_FORMAT},
    OPTION_SPEC_HELP,
    {NULL, NULL, NULL, 0},
};

const struct command command_types = {
    "types",
    "shows the types that the attributes of sample items have, as a configuration",
    "[--table-name NAME] [--key-schema SCHEMA] [OPTION …] ITEMS …",
    "Reads items as eval does: an object, an array, JSON Lines, an export, a scan's answer; packed with gzip or zstd\n"
    "or not. Prints the part of ddbexpr.yaml that check and its lints need to know them; check --types-from ITEMS "
    "does\n"
    "without the file.",
    "  echo '{\"pk\": {\"S\": \"a\"}, \"hits\": {\"N\": \"4\"}}' | \\\n"
    "    ddbexpr types --table-name Pages --key-schema pk:S -",
    specs,
    run,
};
