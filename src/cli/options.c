/* SPDX-License-Identifier: Apache-2.0 */
/* Parsing by option tables, through the C library's getopt_long. */
#define _GNU_SOURCE 1
#include "cli/options.h"

#include "cli/output.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t count_specs(const struct option_spec *specs)
{
    size_t count = 0;
    while (specs[count].name)
        count++;
    return count;
}

bool options_parse(int argc, char **argv, const struct option_spec *specs, struct options *ret)
{
    size_t count = count_specs(specs);
    struct option *table = calloc(count + 1, sizeof *table);
    *ret = (struct options){.given = calloc((size_t)argc + 1, sizeof *ret->given)};
    if (!table || !ret->given) {
        free(table);
        complain_no_memory(NULL);
        return false;
    }
    for (size_t i = 0; i < count; i++)
        table[i] =
            (struct option){specs[i].name, specs[i].argument ? required_argument : no_argument, NULL, specs[i].id};
    bool good = true;
    optind = 0; /* glibc: start over; options may follow arguments */
    opterr = 0;
    for (int id; (id = getopt_long(argc, argv, ":h", table, NULL)) != -1;) {
        if (id == 'h') {
            id = OPTION_HELP;
        } else if (id == '?' || id == ':') {
            complain(id == ':' ? "%s: option '%s' needs a value"
                               : "%s: there is no option '%s' (see ddbexpr %s --help)",
                     argv[0], argv[optind - 1], argv[0]);
            good = false;
            break;
        }
        ret->given[ret->given_count++] = (struct option_given){id, optarg};
    }
    free(table);
    ret->arguments = argv + optind;
    ret->argument_count = (size_t)(argc - optind);
    return good;
}

const char *options_value(const struct options *options, int id)
{
    for (size_t i = options->given_count; i-- > 0;)
        if (options->given[i].id == id)
            return options->given[i].value;
    return NULL;
}

bool options_has(const struct options *options, int id)
{
    for (size_t i = 0; i < options->given_count; i++)
        if (options->given[i].id == id)
            return true;
    return false;
}

void options_print_help(const struct option_spec *specs)
{
    for (; specs->name; specs++) {
        if (specs->id == OPTION_IGNORED)
            continue;
        int width =
            printf("  --%s%s%s", specs->name, specs->argument ? " " : "", specs->argument ? specs->argument : "");
        if (width > 36)
            printf("\n%*s", 38, "");
        else
            printf("%*s", 38 - width, "");
        printf("%s\n", specs->help);
    }
}
