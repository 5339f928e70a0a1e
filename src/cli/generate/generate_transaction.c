/* SPDX-License-Identifier: Apache-2.0 */
/* TransactWriteItems over one table or two: actions on different items, whose conditions shall all be true, or one of
 * them false. */
#include "cli/generate/generate_case.h"

#include <inttypes.h>

static const struct {
    const char *member;
    ddbexpr_operation operation;
} kinds[] = {{"Put", DDBEXPR_PUT_ITEM},
             {"Update", DDBEXPR_UPDATE_ITEM},
             {"Delete", DDBEXPR_DELETE_ITEM},
             {"ConditionCheck", DDBEXPR_CONDITION_CHECK}};

/* Which tables and keys the actions before have. */
struct used {
    uint32_t table;
    const struct doc *key;
};

static bool is_used(const struct used *used, uint32_t count, uint32_t table, const struct doc *key)
{
    for (uint32_t i = 0; i < count; i++)
        if (used[i].table == table && doc_same(used[i].key, key))
            return true;
    return false;
}

static void add_action(struct generated_case *c, struct doc *actions, uint32_t table_index, const struct doc *item,
                       struct doc *key, bool aim)
{
    struct doc *action = doc_object(c->g), *body = doc_object(c->g);
    uint32_t kind = throw_below(c->g, (uint32_t)COUNT(kinds));
    doc_put(c->g, action, ddbexpr_cstr(kinds[kind].member), body);
    doc_add(c->g, actions, action);
    case_write_action(c, body, kinds[kind].operation, &c->tables[table_index], item, key, aim);
}

void case_write_transaction(struct generated_case *c)
{
    struct generator *g = c->g;
    struct used used[4];
    uint32_t wanted = 1 + throw_below(g, (uint32_t)COUNT(used)), count = 0;
    bool aim = throw_percent(g, 50);
    uint32_t decisive = throw_below(g, wanted);
    c->named = throw_percent(g, 40);
    if (c->named && throw_percent(g, 70)) {
        table_make(g, &c->tables[1]);
        c->table_count = str_same(c->tables[0].name, c->tables[1].name) ? 1 : 2;
    }
    struct doc *actions = doc_array(g);
    for (uint32_t i = 0; i < wanted; i++) {
        uint32_t at = throw_below(g, c->table_count);
        const struct doc *item = throw_percent(g, 75) ? table_pick(g, &c->tables[at]) : NULL;
        struct doc *key = item ? table_key_of(g, &c->tables[at], item) : table_new_key(g, &c->tables[at]);
        if (is_used(used, count, at, key))
            continue;
        used[count++] = (struct used){at, key};
        add_action(c, actions, at, item, key, aim || i != decisive);
    }
    doc_put(g, c->request, STR("TransactItems"), actions);
    if (throw_percent(g, 25)) { /* no two cases have the same: a service remembers them */
        uint32_t high = throw_below(g, UINT32_MAX), low = throw_below(g, UINT32_MAX);
        ddbexpr_str token = keep_format(g, "token-%08" PRIx32 "%08" PRIx32, high, low);
        doc_put(g, c->request, STR("ClientRequestToken"), doc_string(g, token));
    }
}
