/* SPDX-License-Identifier: Apache-2.0 */
/* Requests and whether a rule finds something in them: of each rule some in which it does, and near misses in which it
 * must not. Only data; test_lint.c reads it. What is not said is not given; the operation is UpdateItem with the key
 * {pk: 'x'}. */
#ifndef DDBEXPR_TESTS_LINT_CASES_H
#define DDBEXPR_TESTS_LINT_CASES_H

#include <ddbexpr/request.h>

struct lint_case {
    const char *rule;
    bool fires;
    const char *condition, *filter, *update, *projection;
    const char *names, *values;  /* maps in the notation of values.h */
    const char *item, *key;      /* likewise */
    const char *schema;          /* pk:S sk:N, partition key first: the table is known */
    const char *known;           /* status:S tags:SS|L */
    const char *index;           /* gsi:attribute:S */
    const char *unknown;         /* :v :w, or attributes */
    ddbexpr_operation operation; /* 0, which is PutItem, if there is an item; else UpdateItem */
};

#define FIRES(code)  .rule = (code), .fires = true
#define SILENT(code) .rule = (code), .fires = false

static const struct lint_case lint_cases[] = {
    /* --- values --- */
    {FIRES("DX211"), .update = "SET a = :v", .values = "{':v': 0.30000000000000004}"},
    {FIRES("DX211"), .update = "SET a = :v", .values = "{':v': 19.989999999999998}"},
    {FIRES("DX211"), .update = "SET a = :v", .values = "{':v': [{x: 9007199254740993}]}"},
    {FIRES("DX211"), .update = "SET a = :v", .values = "{':v': 1234567890123456789}"},
    {FIRES("DX211"), .item = "{pk: 'x', a: <1, 1234567890123456789>}"},
    {SILENT("DX211"), .update = "SET a = :v", .values = "{':v': 9007199254740992}"},
    {SILENT("DX211"), .update = "SET a = :v", .values = "{':v': 0.1234567890123456}"},
    {SILENT("DX211"), .update = "SET a = :v", .values = "{':v': 1700000000000000000}"},
    {SILENT("DX211"), .update = "SET a = :v", .values = "{':v': 1E100}"},
    {SILENT("DX211"), .update = "SET a = :v", .values = "{':v': '1234567890123456789'}"},
    {SILENT("DX211"), .update = "SET a = :v", .values = "{':v': 0.30000000000000004}", .unknown = ":v"},

    {FIRES("DX214"), .update = "SET active = :v", .values = "{':v': 'true'}", .known = "active:BOOL"},
    {FIRES("DX214"), .update = "SET n = n + :one", .condition = "n <> :v", .values = "{':v': '3', ':one': 1}"},
    {FIRES("DX214"), .condition = "active = :t", .update = "SET active = :v", .values = "{':t': true, ':v': 'False'}"},
    {SILENT("DX214"), .update = "SET active = :v", .values = "{':v': 'true'}"},
    {SILENT("DX214"), .update = "SET active = :v", .values = "{':v': 'true'}", .known = "active:S|BOOL"},
    {SILENT("DX214"), .update = "SET active = :v", .values = "{':v': 'yes'}", .known = "active:BOOL"},

    /* --- structure --- */
    {FIRES("DX307"), .update = "SET a = :v, b = a", .values = "{':v': 1}"},
    {FIRES("DX307"), .update = "SET qty = qty + :n, sum_ = qty + :n", .values = "{':n': 1}"},
    {FIRES("DX307"), .update = "SET a.b = :v, c = a", .values = "{':v': 1}"},
    {SILENT("DX307"), .update = "SET b = a, a = :v", .values = "{':v': 1}"},
    {SILENT("DX307"), .update = "SET a = b, b = a"},
    {SILENT("DX307"), .update = "SET #s = :v, previousStatus = #s", .names = "{#s: 'status'}", .values = "{':v': 1}"},
    {SILENT("DX307"), .update = "REMOVE a SET b = a"},
    {SILENT("DX307"), .update = "SET a = a + :v, b = b + :v", .values = "{':v': 1}"},

    {FIRES("DX309"), .update = "SET g = :v", .values = "{':v': null}", .index = "by_g:g:S"},
    {FIRES("DX309"), .update = "SET g = if_not_exists(g, :v)", .values = "{':v': ''}", .index = "by_g:g:S"},
    {FIRES("DX309"), .update = "ADD g :v", .values = "{':v': 1}", .index = "by_g:g:S"},
    {FIRES("DX309"), .item = "{pk: 'x', g: 5}", .index = "by_g:g:S"},
    {SILENT("DX309"), .update = "SET g = :v", .values = "{':v': 'y'}", .index = "by_g:g:S"},
    {SILENT("DX309"), .update = "SET h = :v", .values = "{':v': null}", .index = "by_g:g:S"},
    {SILENT("DX309"), .update = "SET g.x = :v", .values = "{':v': null}", .index = "by_g:g:S"},
    {SILENT("DX309"), .item = "{pk: 'x'}", .index = "by_g:g:S"},

    {FIRES("DX310"), .update = "SET a = a"},
    {FIRES("DX310"), .update = "SET a = a - :zero", .values = "{':zero': 0}"},
    {FIRES("DX310"), .update = "SET a = list_append(:e, a)", .values = "{':e': []}"},
    {SILENT("DX310"), .update = "SET a = b"},
    {SILENT("DX310"), .update = "ADD a :zero", .values = "{':zero': 0}"}, /* makes a missing one 0 */
    {SILENT("DX310"), .update = "SET a = :zero - a", .values = "{':zero': 0}"},
    {SILENT("DX310"), .update = "SET a = if_not_exists(a, :zero)", .values = "{':zero': 0}"},
    {SILENT("DX310"), .update = "SET a = a + :n", .values = "{':n': 0}", .unknown = ":n"},

    /* --- what the stored item decides --- */
    {FIRES("DX401"), .update = "SET n = n + :one", .values = "{':one': 1}"},
    {FIRES("DX401"), .update = "SET b = a"},
    {FIRES("DX401"), .update = "SET n = n + :one", .condition = "attribute_exists(pk)", .values = "{':one': 1}"},
    {FIRES("DX401"), .update = "SET n = n + :one", .condition = "attribute_exists(n) OR a = :one",
     .values = "{':one': 1}"},
    {FIRES("DX401"), .update = "SET n = n + :one", .condition = "n <> :one", .values = "{':one': 1}"},
    {SILENT("DX401"), .update = "SET n = if_not_exists(n, :one) + :one", .values = "{':one': 1}"},
    {SILENT("DX401"), .update = "SET n = n + :one", .condition = "attribute_exists(n)", .values = "{':one': 1}"},
    {SILENT("DX401"), .update = "SET n = n - :one", .condition = "n >= :one AND a = :one", .values = "{':one': 1}"},
    {SILENT("DX401"), .update = "SET n = n - :one", .condition = "n >= :one OR n = :m",
     .values = "{':one': 1, ':m': -1}"},
    {SILENT("DX401"), .update = "SET b = if_not_exists(b, a)", .condition = "attribute_exists(b)"},
    {SILENT("DX401"), .update = "SET c = pk"}, /* a new item begins with its key */
    {SILENT("DX401"), .update = "ADD n :one", .values = "{':one': 1}"},
    {SILENT("DX401"), .update = "SET n = n + :one", .condition = "attribute_not_exists(n)", .values = "{':one': 1}"},

    {FIRES("DX402"), .update = "SET l = list_append(l, :x)", .values = "{':x': [1]}"},
    {FIRES("DX402"), .update = "SET l = list_append(l, :x)", .condition = "attribute_exists(pk)",
     .values = "{':x': [1]}"},
    {SILENT("DX402"), .update = "SET l = list_append(if_not_exists(l, :e), :x)", .values = "{':x': [1], ':e': []}"},
    {SILENT("DX402"), .update = "SET l = list_append(l, :x)", .condition = "size(l) < :n",
     .values = "{':x': [1], ':n': 9}"},
    {SILENT("DX402"), .update = "SET l = list_append(l, :x)", .condition = "attribute_exists(l[0])",
     .values = "{':x': [1]}"},

    {FIRES("DX403"), .update = "SET a.b = :x", .values = "{':x': 1}"},
    {FIRES("DX403"), .update = "SET l[0] = :x", .values = "{':x': 1}"},
    {FIRES("DX403"), .update = "ADD a.b :x", .condition = "attribute_exists(pk)", .values = "{':x': 1}"},
    {FIRES("DX403"), .update = "SET a.b = :x", .condition = "attribute_not_exists(a.b)", .values = "{':x': 1}"},
    {SILENT("DX403"), .update = "SET a = :x", .values = "{':x': 1}"},
    {SILENT("DX403"), .update = "SET a.b = :x", .condition = "attribute_exists(a)", .values = "{':x': 1}"},
    {SILENT("DX403"), .update = "SET a.b = :x", .condition = "a.c = :x", .values = "{':x': 1}"},
    {SILENT("DX403"), .update = "REMOVE a.b"},
    {SILENT("DX403"), .update = "SET a.b = if_not_exists(a.b, :x)", .values = "{':x': 1}"}, /* DX404 */
    {SILENT("DX403"), .update = "SET a.b = a.b + :x", .values = "{':x': 1}"},               /* DX401 */

    {FIRES("DX404"), .update = "SET a.b = if_not_exists(a.b, :z) + :x", .values = "{':x': 1, ':z': 0}"},
    {FIRES("DX404"), .update = "SET a.l = list_append(if_not_exists(a.l, :z), :x)", .values = "{':x': [1], ':z': []}"},
    {SILENT("DX404"), .update = "SET a = if_not_exists(a, :z) + :x", .values = "{':x': 1, ':z': 0}"},
    {SILENT("DX404"), .update = "SET a.b = if_not_exists(a.b, :z)", .condition = "attribute_exists(a)",
     .values = "{':z': 0}"},
    {SILENT("DX404"), .update = "SET a.b = if_not_exists(c, :z)", .values = "{':z': 0}"},

    {FIRES("DX406"), .update = "REMOVE a.b"},
    {FIRES("DX406"), .update = "DELETE a.b :s", .values = "{':s': <'x'>}"},
    {SILENT("DX406"), .update = "REMOVE a"},
    {SILENT("DX406"), .update = "REMOVE a.b", .condition = "attribute_exists(a.b)"},
    {SILENT("DX406"), .update = "REMOVE a.b", .condition = "attribute_not_exists(pk)"},

    {FIRES("DX407"), .update = "SET l[7] = :x", .values = "{':x': 1}"},
    {FIRES("DX407"), .update = "REMOVE l[3]", .condition = "attribute_exists(l[2])"},
    {FIRES("DX407"), .update = "SET l[7] = :x", .condition = "size(l) > :n", .values = "{':x': 1, ':n': 5}"},
    {SILENT("DX407"), .update = "SET l[0] = :x", .values = "{':x': 1}"},
    {SILENT("DX407"), .update = "SET l[7] = :x", .condition = "size(l) >= :n", .values = "{':x': 1, ':n': 7}"},
    {SILENT("DX407"), .update = "SET l[7] = :x", .condition = "attribute_exists(l[7])", .values = "{':x': 1}"},
    {SILENT("DX407"), .update = "REMOVE l[2]", .condition = "l[2] = :x", .values = "{':x': 1}"},

    {FIRES("DX408"), .update = "REMOVE l[2]"},
    {FIRES("DX408"), .update = "REMOVE l[2]", .condition = "attribute_exists(pk)"},
    {FIRES("DX408"), .update = "SET cart.l[2].qty = :q", .condition = "attribute_exists(cart)", .values = "{':q': 1}"},
    {SILENT("DX408"), .update = "REMOVE l[2]", .condition = "l[2].id = :id", .values = "{':id': 1}"},
    {SILENT("DX408"), .update = "REMOVE l[2] SET version = :w", .condition = "version = :v",
     .values = "{':v': 1, ':w': 2}"},
    {SILENT("DX408"), .update = "SET l[2] = :q", .values = "{':q': 1}"},
    {SILENT("DX408"), .update = "REMOVE l"},

    /* --- truth --- */
    {FIRES("DX501"), .condition = "n > :a AND n < :b", .update = "SET m = :a", .values = "{':a': 10, ':b': 5}"},
    {FIRES("DX501"), .condition = "a = :v AND NOT a = :v", .update = "SET m = :v", .values = "{':v': 1}"},
    {FIRES("DX501"), .condition = "a = :v AND a = :w", .update = "SET m = :v", .values = "{':v': 'x', ':w': 'y'}"},
    {FIRES("DX501"), .condition = "attribute_not_exists(pk) AND a = :v", .update = "SET m = :v", .values = "{':v': 1}"},
    {FIRES("DX501"), .condition = "(n > :a AND n < :b) OR m = :a", .update = "SET m = :a",
     .values = "{':a': 10, ':b': 5}"},
    {FIRES("DX501"), .filter = "a = :v AND attribute_not_exists(a)", .values = "{':v': 1}", .operation = DDBEXPR_SCAN},
    {SILENT("DX501"), .condition = "n > :a AND n < :b", .update = "SET m = :a", .values = "{':a': 5, ':b': 10}"},
    {SILENT("DX501"), .condition = "n > :a AND n < :b", .update = "SET m = :a", .values = "{':a': 10, ':b': 5}",
     .unknown = ":a"},
    {SILENT("DX501"), .condition = "n > :a OR n < :b", .update = "SET m = :a", .values = "{':a': 10, ':b': 5}"},
    {SILENT("DX501"), .condition = "NOT n < :a AND NOT n >= :a", .update = "SET m = :a", .values = "{':a': 10}"},

    {FIRES("DX502"), .condition = "attribute_exists(a) OR attribute_not_exists(a)", .update = "SET m = a"},
    {FIRES("DX502"), .condition = ":v = :v", .update = "SET m = :v", .values = "{':v': 1}"},
    {FIRES("DX502"), .condition = "b = :v AND (a = :v OR a <> :v)", .update = "SET m = :v", .values = "{':v': 1}"},
    {FIRES("DX502"), .filter = "attribute_exists(pk)", .schema = "pk:S", .operation = DDBEXPR_SCAN},
    {SILENT("DX502"), .condition = "a < :v OR a >= :v", .update = "SET m = :v", .values = "{':v': 1}"},
    {SILENT("DX502"), .condition = "attribute_exists(a) OR attribute_not_exists(b)", .update = "SET m = a"},
    {SILENT("DX502"), .condition = "a <> :v OR a <> :w", .update = "SET m = :v",
     .values = "{':v': 1, ':w': 2}"}, /* DX506 */

    {FIRES("DX503"), .condition = "#s <> :d", .update = "SET a = :d", .names = "{#s: 'status'}",
     .values = "{':d': 'done'}"},
    {FIRES("DX503"), .condition = "a <> :d AND b <> :d", .update = "SET c = :d", .values = "{':d': 1}"},
    {FIRES("DX503"), .condition = "a <> :d", .values = "{':d': 1}", .operation = DDBEXPR_CONDITION_CHECK},
    {SILENT("DX503"), .condition = "attribute_exists(pk) AND a <> :d", .update = "SET b = :d", .values = "{':d': 1}"},
    {SILENT("DX503"), .condition = "attribute_not_exists(a) OR a <> :d", .update = "SET b = :d", .values = "{':d': 1}"},
    {SILENT("DX503"), .condition = "pk <> :d", .update = "SET b = :d", .values = "{':d': 'x'}"},
    {SILENT("DX503"), .condition = "a <> :d", .update = "SET n = n + :d", .values = "{':d': 1}"},
    {SILENT("DX503"), .condition = "n <> :d", .update = "ADD n :d", .values = "{':d': 1}"},
    {SILENT("DX503"), .condition = "a <> :d AND b = :d", .update = "SET c = :d", .values = "{':d': 1}"},
    {SILENT("DX503"), .condition = "a <> :d", .values = "{':d': 1}", .operation = DDBEXPR_DELETE_ITEM},
    {SILENT("DX503"), .filter = "a <> :d", .values = "{':d': 1}", .operation = DDBEXPR_SCAN},

    {FIRES("DX504"), .condition = "NOT a < :x", .update = "SET b = :x", .values = "{':x': 1}"},
    {FIRES("DX504"), .condition = "NOT (a BETWEEN :x AND :x OR b = :x)", .update = "SET b = :x", .values = "{':x': 1}"},
    {FIRES("DX504"), .filter = "NOT (a < :x)", .values = "{':x': 1}", .operation = DDBEXPR_SCAN},
    {SILENT("DX504"), .condition = "a >= :x", .update = "SET b = :x", .values = "{':x': 1}"},
    {SILENT("DX504"), .condition = "attribute_exists(a) AND NOT a < :x", .update = "SET b = :x", .values = "{':x': 1}"},
    {SILENT("DX504"), .condition = "attribute_not_exists(a) OR NOT a < :x", .update = "SET b = :x",
     .values = "{':x': 1}"},
    {SILENT("DX504"), .condition = "NOT contains(a, :x)", .update = "SET b = :x", .values = "{':x': 1}"},
    {SILENT("DX504"), .condition = "NOT (NOT a < :x)", .update = "SET b = :x", .values = "{':x': 1}"},

    /* the semaphore of a widely copied example */
    {FIRES("DX505"), .condition = "lockcount <> :limit AND attribute_not_exists(#h)",
     .update = "SET lockcount = lockcount + :one, #h = :at", .names = "{#h: 'holder'}",
     .values = "{':limit': 5, ':one': 1, ':at': 'now'}"},
    {FIRES("DX505"), .condition = "n <> :zero", .update = "ADD n :minus", .values = "{':zero': 0, ':minus': -1}"},
    {FIRES("DX505"), .condition = "NOT n = :zero", .update = "SET n = n - :one", .values = "{':zero': 0, ':one': 1}"},
    {SILENT("DX505"), .condition = "n < :limit", .update = "SET n = n + :one", .values = "{':limit': 5, ':one': 1}"},
    {SILENT("DX505"), .condition = "n <> :seven AND n < :limit", .update = "SET n = n + :one",
     .values = "{':limit': 9, ':one': 1, ':seven': 7}"},
    {SILENT("DX505"), .condition = "n <> :limit", .update = "SET m = m + :one", .values = "{':limit': 5, ':one': 1}"},
    {SILENT("DX505"), .condition = "n <> :limit", .update = "SET n = :one", .values = "{':limit': 5, ':one': 1}"},

    {FIRES("DX506"), .condition = "a <> :x OR a <> :y", .update = "SET b = :x", .values = "{':x': 1, ':y': 2}"},
    {FIRES("DX506"), .filter = "c = :x AND (a <> :x OR b = :x OR a <> :y)", .values = "{':x': 1, ':y': 2}",
     .operation = DDBEXPR_SCAN},
    {SILENT("DX506"), .condition = "a <> :x AND a <> :y", .update = "SET b = :x", .values = "{':x': 1, ':y': 2}"},
    {SILENT("DX506"), .condition = "a <> :x OR b <> :y", .update = "SET b = :x", .values = "{':x': 1, ':y': 2}"},
    {SILENT("DX506"), .condition = "a <> :x OR a <> :y", .update = "SET b = :x", .values = "{':x': 1, ':y': 2}",
     .unknown = ":y"},

    /* --- keys --- */
    {FIRES("DX507"), .condition = "attribute_exists(pk) AND attribute_exists(sk)", .key = "{pk: 'x', sk: 1}",
     .operation = DDBEXPR_DELETE_ITEM},
    {FIRES("DX507"), .condition = "attribute_not_exists(pk) AND attribute_not_exists(sk)", .item = "{pk: 'x', sk: 1}",
     .schema = "pk:S sk:N"},
    {SILENT("DX507"), .condition = "attribute_exists(pk) AND attribute_exists(a)", .key = "{pk: 'x', sk: 1}",
     .operation = DDBEXPR_DELETE_ITEM},
    {SILENT("DX507"), .condition = "attribute_exists(pk) OR attribute_not_exists(sk)", .key = "{pk: 'x', sk: 1}",
     .operation = DDBEXPR_DELETE_ITEM},
    {SILENT("DX507"), .condition = "attribute_exists(pk)", .key = "{pk: 'x', sk: 1}", .operation = DDBEXPR_DELETE_ITEM},

    {FIRES("DX508"), .condition = "pk = :v", .update = "SET a = :v", .values = "{':v': 'y'}"},
    {FIRES("DX508"), .condition = "attribute_exists(a) AND begins_with(pk, :v)", .update = "SET a = :v",
     .values = "{':v': 'y'}"},
    {FIRES("DX508"), .condition = "pk IN (:v, :w)", .item = "{pk: 'x'}", .schema = "pk:S",
     .values = "{':v': 'y', ':w': 'z'}"},
    {SILENT("DX508"), .condition = "pk = :v", .update = "SET a = :v", .values = "{':v': 'x'}"},
    {SILENT("DX508"), .condition = "pk <> :v", .update = "SET a = :v", .values = "{':v': 'x'}"},
    {SILENT("DX508"), .condition = "pk <> :root", .values = "{':root': 'root'}", .operation = DDBEXPR_DELETE_ITEM},
    {SILENT("DX508"), .condition = "pk = :v", .update = "SET a = :v", .values = "{':v': 'y'}", .unknown = ":v"},
    {SILENT("DX508"), .condition = "pk = :v", .update = "SET a = :v", .values = "{':v': 'y'}", .unknown = "pk"},
    {SILENT("DX508"), .condition = "pk = :v OR a = :v", .update = "SET a = :v", .values = "{':v': 'y'}"},

    {FIRES("DX510"), .condition = "attribute_not_exists(pk)", .item = "{pk: 'x', sk: 1}", .schema = "pk:S sk:N"},
    {SILENT("DX510"), .condition = "attribute_not_exists(pk)", .item = "{pk: 'x'}", .schema = "pk:S"},
    {SILENT("DX510"), .condition = "attribute_not_exists(sk)", .item = "{pk: 'x', sk: 1}", .schema = "pk:S sk:N"},
    {SILENT("DX510"), .condition = "attribute_not_exists(pk)", .key = "{pk: 'x', sk: 1}",
     .operation = DDBEXPR_DELETE_ITEM},

    /* --- types --- */
    {FIRES("DX511"), .condition = "version = :v", .update = "SET a = :v", .values = "{':v': 'three'}",
     .known = "version:N"},
    {FIRES("DX511"), .condition = "version <> :v", .update = "SET version = version + :one",
     .values = "{':v': 'three', ':one': 1}"},
    {FIRES("DX511"), .condition = "pk > :v", .update = "SET a = :v", .values = "{':v': 3}", .schema = "pk:S"},
    {FIRES("DX511"), .condition = "#s = :old", .update = "SET #s = :new", .names = "{#s: 'status'}",
     .values = "{':old': 'open', ':new': 2}"},
    {FIRES("DX511"), .update = "SET tags = :v", .values = "{':v': ['a']}", .known = "tags:SS"},
    {SILENT("DX511"), .condition = "version = :v", .update = "SET a = :v", .values = "{':v': 3}", .known = "version:N"},
    {SILENT("DX511"), .condition = "version = :v", .update = "SET a = :v", .values = "{':v': 'three'}"},
    {SILENT("DX511"), .condition = "holder = :none", .update = "SET holder = :me",
     .values = "{':none': null, ':me': 'I'}"},
    {SILENT("DX511"), .condition = "attribute_type(price, :t)", .update = "SET price = :v",
     .values = "{':t': 'S', ':v': 2}"},
    {SILENT("DX511"), .condition = "version = :v", .update = "SET a = :v", .values = "{':v': 3}", .known = "version:"},
    {SILENT("DX511"), .condition = "version IN (:v, :w)", .update = "SET a = :v", .values = "{':v': 'x', ':w': 1}",
     .known = "version:N"},

    {FIRES("DX512"), .condition = "contains(tags, :l)", .update = "SET a = :l", .values = "{':l': ['x']}"},
    {FIRES("DX512"), .condition = "contains(tags, :l)", .update = "SET a = :l", .values = "{':l': <'x'>}"},
    {FIRES("DX512"), .condition = "NOT contains(tags, :n)", .update = "ADD tags :s",
     .values = "{':n': 1, ':s': <'x'>}"},
    {SILENT("DX512"), .condition = "contains(tags, :l)", .update = "SET a = :l", .values = "{':l': 'x'}"},
    {SILENT("DX512"), .condition = "contains(tags, :l)", .update = "SET a = :l", .values = "{':l': {x: 1}}"},
    {SILENT("DX512"), .condition = "NOT contains(tags, :n)", .update = "ADD tags :s",
     .values = "{':n': 'x', ':s': <'x'>}"},
    {SILENT("DX512"), .condition = "contains(grid, :l)", .update = "SET a = :l", .values = "{':l': ['x']}",
     .known = "grid:L"},

    {FIRES("DX513"), .condition = "size(n) > :k", .update = "ADD n :k", .values = "{':k': 3}"},
    {FIRES("DX513"), .condition = "size(n) > :k", .update = "SET a = :k", .values = "{':k': 3}", .known = "n:N|NULL"},
    {FIRES("DX513"), .condition = "size(a) = :k", .update = "SET b = :k", .values = "{':k': '3'}"},
    {SILENT("DX513"), .condition = "size(a) > :k", .update = "SET b = :k", .values = "{':k': 3}"},
    {SILENT("DX513"), .condition = "size(a) > :k", .update = "SET b = :k", .values = "{':k': 3}", .known = "a:N|S"},
    {SILENT("DX513"), .condition = "size(a) > size(b)", .update = "SET b = :k", .values = "{':k': 3}"},

    /* --- how it is written --- */
    {FIRES("DX515"), .condition = "a = :v AND b = :v OR c = :v", .update = "SET a = :v", .values = "{':v': 1}"},
    {FIRES("DX515"), .filter = "a = :v OR b = :v AND c = :v", .values = "{':v': 1}", .operation = DDBEXPR_SCAN},
    {SILENT("DX515"), .condition = "(a = :v AND b = :v) OR c = :v", .update = "SET a = :v", .values = "{':v': 1}"},
    {SILENT("DX515"), .condition = "a = :v AND (b = :v OR c = :v)", .update = "SET a = :v", .values = "{':v': 1}"},
    {SILENT("DX515"), .condition = "a BETWEEN :v AND :v OR c = :v", .update = "SET a = :v", .values = "{':v': 1}"},

    {FIRES("DX516"), .update = "SET #p = :v", .names = "{#p: 'address.city'}", .values = "{':v': 1}"},
    {FIRES("DX516"), .projection = "#p", .names = "{#p: 'lines[0].price'}", .operation = DDBEXPR_GET_ITEM},
    {SILENT("DX516"), .update = "SET #p = :v", .names = "{#p: 'city'}", .values = "{':v': 1}"},
    {SILENT("DX516"), .update = "SET scores.#p = :v", .names = "{#p: 'example.com'}", .values = "{':v': 1}"},
    {SILENT("DX516"), .update = "SET #p = :v", .names = "{#p: 'joe@example.com'}", .values = "{':v': 1}"},
    {SILENT("DX516"), .update = "SET #p = :v", .names = "{#p: 'v1.2'}", .values = "{':v': 1}"},
    {SILENT("DX516"), .condition = "attribute_not_exists(#p)", .names = "{#p: 'a.b'}", .item = "{pk: 'x', a.b: 1}"},

    {FIRES("DX517"), .update = "SET statuss = :v", .values = "{':v': 1}", .known = "status:S title:S"},
    {FIRES("DX517"), .update = "SET Title = :v", .values = "{':v': 1}", .known = "status:S title:S"},
    {FIRES("DX517"), .condition = "Title = :v", .update = "SET title = :v", .values = "{':v': 1}"},
    {SILENT("DX517"), .update = "SET #s = :v", .names = "{#s: 'status'}", .values = "{':v': 1}", .known = "status:S"},
    {SILENT("DX517"), .update = "SET line2 = :v", .values = "{':v': 1}", .known = "line1:S"},
    {SILENT("DX517"), .update = "SET holder = :v", .values = "{':v': 1}", .known = "status:S"},
    {FIRES("DX517"), .update = "SET statuss = :v", .values = "{':v': 1}", .known = "status:"},
    {SILENT("DX517"), .update = "SET ab = :v", .values = "{':v': 1}", .known = "ac:S"},

    /* --- condition and update --- */
    {FIRES("DX602"), .condition = "version = :v", .update = "SET a = :a", .values = "{':v': 3, ':a': 1}"},
    {FIRES("DX602"), .condition = "lockVersion = :v AND a = :a", .update = "REMOVE b", .values = "{':v': 3, ':a': 1}"},
    {FIRES("DX602"), .condition = "version = :v", .item = "{pk: 'x', version: 3}", .values = "{':v': 3}"},
    {FIRES("DX602"), .condition = "version = :v", .item = "{pk: 'x'}", .values = "{':v': 3}"},
    {SILENT("DX602"), .condition = "version = :v", .update = "SET a = :a, version = :w",
     .values = "{':v': 3, ':w': 4, ':a': 1}"},
    {SILENT("DX602"), .condition = "version = :v", .update = "ADD version :one", .values = "{':v': 3, ':one': 1}"},
    {SILENT("DX602"), .condition = "schemaVersion = :v", .update = "SET a = :a", .values = "{':v': 3, ':a': 1}"},
    {SILENT("DX602"), .condition = "version >= :v", .update = "SET a = :a", .values = "{':v': 3, ':a': 1}"},
    {SILENT("DX602"), .condition = "version = :v", .item = "{pk: 'x', version: 4}", .values = "{':v': 3}"},
    {SILENT("DX602"), .condition = "version = :v", .values = "{':v': 3}", .operation = DDBEXPR_DELETE_ITEM},

    {FIRES("DX603"), .update = "SET a = :a, version = version + :one", .values = "{':a': 'x', ':one': 1}"},
    {FIRES("DX603"), .update = "SET a = :a, version = :w", .condition = "attribute_exists(pk)",
     .values = "{':a': 'x', ':w': 4}"},
    {SILENT("DX603"), .update = "SET a = :a, version = :w", .condition = "version = :v",
     .values = "{':a': 'x', ':w': 4, ':v': 3}"},
    {SILENT("DX603"), .update = "SET a = :a, version = :w", .values = "{':a': 'x', ':w': 1}"},
    {SILENT("DX603"), .update = "SET version = version + :one", .values = "{':one': 1}"},
    {SILENT("DX603"), .update = "SET a = :a, version = :w", .condition = "attribute_not_exists(pk)",
     .values = "{':a': 'x', ':w': 4}"},
    {SILENT("DX603"), .update = "SET a = :a, version = if_not_exists(version, :z) + :one",
     .values = "{':a': 'x', ':one': 1, ':z': 0}"},

    /* a reservation that oversells, from a tutorial */
    {FIRES("DX604"), .condition = "available >= :q", .update = "SET reserved_ = reserved_ + :q", .values = "{':q': 2}"},
    {FIRES("DX604"), .condition = "attribute_exists(pk) AND :q <= available", .update = "ADD sold :q",
     .values = "{':q': 2}"},
    {SILENT("DX604"), .condition = "available >= :q", .update = "SET available = available - :q, sold = sold + :q",
     .values = "{':q': 2}"},
    {SILENT("DX604"), .condition = "available >= :min", .update = "SET sold = sold + :q",
     .values = "{':q': 2, ':min': 1}"},
    {SILENT("DX604"), .condition = "maxPerOrder >= :q", .update = "SET sold = sold + :q", .values = "{':q': 2}"},
    {SILENT("DX604"), .condition = "available >= :q OR vip = :q", .update = "SET sold = sold + :q",
     .values = "{':q': 2}"},

    {FIRES("DX605"), .condition = "bal >= :min", .update = "SET bal = bal - :amt", .values = "{':min': 0, ':amt': 10}"},
    {FIRES("DX605"), .condition = "bal > :min", .update = "SET bal = bal - :amt", .values = "{':min': 0, ':amt': 2}"},
    {FIRES("DX605"), .condition = "bal <= :amt", .update = "SET bal = bal - :amt", .values = "{':amt': 10}"},
    {FIRES("DX605"), .condition = "n < :limit", .update = "ADD n :amt", .values = "{':limit': 10, ':amt': 3}"},
    {SILENT("DX605"), .condition = "bal >= :amt", .update = "SET bal = bal - :amt", .values = "{':amt': 10}"},
    {SILENT("DX605"), .condition = "bal > :min", .update = "SET bal = bal - :amt", .values = "{':min': 0, ':amt': 1}"},
    {SILENT("DX605"), .condition = "bal >= :min", .update = "SET bal = bal - :amt",
     .values = "{':min': -100, ':amt': 10}"},
    {SILENT("DX605"), .condition = "n < :limit", .update = "ADD n :amt", .values = "{':limit': 10, ':amt': 1}"},
    {SILENT("DX605"), .condition = "bal >= :min", .update = "SET bal = bal - :amt", .values = "{':min': 0, ':amt': 10}",
     .unknown = ":amt"},
    {SILENT("DX605"), .condition = "stock >= :min", .update = "SET bal = bal - :amt",
     .values = "{':min': 0, ':amt': 10}"},

    {FIRES("DX606"), .condition = "points >= :q", .update = "SET points = if_not_exists(points, :zero) - :q",
     .values = "{':q': 5, ':zero': 0}"},
    {FIRES("DX606"), .condition = "attribute_exists(a.b)", .update = "SET c = if_not_exists(a, :zero)",
     .values = "{':zero': 0}"},
    {SILENT("DX606"), .condition = "points <> :q", .update = "SET points = if_not_exists(points, :zero) - :q",
     .values = "{':q': 5, ':zero': 0}"},
    {SILENT("DX606"), .condition = "attribute_exists(pk)", .update = "SET points = if_not_exists(points, :zero)",
     .values = "{':zero': 0}"},
    {SILENT("DX606"), .update = "SET points = if_not_exists(points, :zero)", .values = "{':zero': 0}"},

    {FIRES("DX607"), .condition = "attribute_not_exists(n)", .update = "SET n = n + :one", .values = "{':one': 1}"},
    {FIRES("DX607"), .condition = "n = :s", .update = "ADD n :one", .values = "{':s': 'x', ':one': 1}"},
    {FIRES("DX607"), .condition = "attribute_not_exists(pk)", .update = "SET a.b = :one", .values = "{':one': 1}"},
    {FIRES("DX607"), .condition = "attribute_type(a, :t)", .update = "SET a.b = :one",
     .values = "{':t': 'L', ':one': 1}"},
    {FIRES("DX607"), .condition = "attribute_not_exists(a) AND attribute_exists(pk)", .update = "REMOVE a.b"},
    {SILENT("DX607"), .condition = "attribute_not_exists(n)", .update = "SET n = if_not_exists(n, :one) + :one",
     .values = "{':one': 1}"},
    {SILENT("DX607"), .condition = "attribute_not_exists(n)", .update = "ADD n :one", .values = "{':one': 1}"},
    {SILENT("DX607"), .condition = "attribute_not_exists(n) OR n < :one", .update = "SET n = n + :one",
     .values = "{':one': 1}"},
    {SILENT("DX607"), .condition = "attribute_not_exists(pk)", .update = "SET a = pk"},
    {SILENT("DX607"), .condition = "attribute_not_exists(a)", .update = "REMOVE a.b"}, /* perhaps there is no item */
    {SILENT("DX607"), .condition = "attribute_exists(n)", .update = "SET n = if_not_exists(n, m)"},

    /* --- the request --- */
    {FIRES("DX608"), .update = "SET a = :v", .values = "{':v': 1}"},
    {FIRES("DX608"), .update = "SET a = :v", .condition = "NOT a = :w", .values = "{':v': 1, ':w': 2}"},
    {SILENT("DX608"), .update = "SET a = :v", .condition = "attribute_exists(pk)", .values = "{':v': 1}"},
    {SILENT("DX608"), .update = "SET a = :v", .condition = "a = :v", .values = "{':v': 1}"},
    {SILENT("DX608"), .update = "SET a = :v", .condition = "attribute_not_exists(pk) OR b < :v", .values = "{':v': 1}"},
    {SILENT("DX608"), .update = "SET a = if_not_exists(a, :v)", .values = "{':v': 1}"},
    {SILENT("DX608"), .update = "SET a = a + :v", .values = "{':v': 1}"},
    {SILENT("DX608"), .update = "REMOVE a"},

    {FIRES("DX609"), .update = "ADD n :v", .values = "{':v': 1}"},
    {FIRES("DX609"), .update = "SET l = list_append(if_not_exists(l, :e), :v)", .values = "{':v': [1], ':e': []}"},
    {FIRES("DX609"), .update = "SET n = n - :v", .condition = "n >= :v", .values = "{':v': 1}"},
    {SILENT("DX609"), .update = "SET n = :v", .values = "{':v': 1}"},
    {SILENT("DX609"), .update = "ADD tags :v", .values = "{':v': <'x'>}"},
    {SILENT("DX609"), .update = "SET n = n + :one, version = :w", .condition = "version = :v",
     .values = "{':v': 1, ':w': 2, ':one': 1}"},
    {SILENT("DX609"), .update = "SET n = n + :one, lastId = :id", .condition = "lastId <> :id",
     .values = "{':id': 'r', ':one': 1}"},
    {SILENT("DX609"), .update = "SET n = n + :one ADD ids :ids", .condition = "NOT contains(ids, :id)",
     .values = "{':id': 'r', ':ids': <'r'>, ':one': 1}"},

    {SILENT("DX609"), .update = "SET n = n + :one, lastId = :id",
     .condition = "attribute_exists(pk) AND (attribute_not_exists(lastId) OR lastId <> :id)",
     .values = "{':id': 'r', ':one': 1}"},
    {SILENT("DX609"), .update = "SET version = version + :one", .values = "{':one': 1}"},
    {FIRES("DX609"), .update = "SET n = n + :one, lastId = :id", .condition = "a = :id OR lastId <> :id",
     .values = "{':id': 'r', ':one': 1}"},

    {FIRES("DX610"), .condition = "a = :v", .update = "SET a = :w", .values = "{':v': 1, ':w': 2}"},
    {SILENT("DX610"), .condition = "attribute_not_exists(pk)", .update = "SET a = :w", .values = "{':w': 2}"},
    {SILENT("DX610"), .update = "SET a = :w", .values = "{':w': 2}"},

    {FIRES("DX602"), .condition = "version = :v", .update = "SET version = :v, a = :v", .values = "{':v': 3}"},
    {FIRES("DX614"), .condition = "version = :v", .update = "SET version = :w", .values = "{':v': 0, ':w': 1}"},
    {FIRES("DX614"), .condition = "attribute_exists(pk) AND :v = #v", .update = "ADD #v :one", .names = "{'#v': 'rev'}",
     .values = "{':v': 0, ':one': 1}"},
    {FIRES("DX614"), .condition = "version = :v", .item = "{pk: 'x', version: 1}", .values = "{':v': 0}"},
    {SILENT("DX614"), .condition = "version = :v", .update = "SET version = :w", .values = "{':v': 3, ':w': 4}"},
    {SILENT("DX614"), .condition = "attribute_not_exists(version) OR version = :v", .update = "SET version = :w",
     .values = "{':v': 0, ':w': 1}"},
    {SILENT("DX614"), .condition = "stock = :v", .update = "SET stock = :w", .values = "{':v': 0, ':w': 1}"},
    {SILENT("DX614"), .condition = "version = :v", .update = "SET version = :w", .values = "{':v': 0, ':w': 1}",
     .unknown = ":v"},
};

#define LINT_CASE_COUNT (sizeof lint_cases / sizeof *lint_cases)

#endif
