/* SPDX-License-Identifier: Apache-2.0 */
/* The fixes of a request's diagnostics, in the JSON text that it stands in. Which of them go together in an expression
 * is ddbexpr_fix_text's to say; here they are made, with what they do to the placeholder maps. */
#include "json/edits.h"
#include "json/locate.h"
#include "json/sort.h"

#include <string.h>

#define LOOKED_FOR_ONE_BY_ONE 16 /* members of a map, before they are sorted */

/* A member of a map: its name's node, and its number. */
struct place {
    uint32_t node, number;
};

/* What becomes of one of the two maps of a request or an action. */
struct map_change {
    ddbexpr_source source;
    uint32_t node;        /* 0: it is not there */
    bool *gone, *wrapped; /* by the number of the member */
    struct json_addition *added;
    size_t added_count;
    bool dropped;         /* as a whole, unless something was added since */
    size_t asked;         /* how many members were looked for */
    struct place *sorted; /* its members by name, once many were */
};

struct fixing {
    const ddbexpr_json_map *map;
    const ddbexpr_diags *diags;
    bool include_unsafe;
    size_t only;       /* of ddbexpr_json_fix_one: the diagnostic */
    bool *applied;     /* by diagnostic */
    size_t edit_count; /* of all diagnostics: no map gets more members */
    ddbexpr_buffer *scratch;
    struct json_edits edits;
    size_t fixed;
};

static void *take(struct fixing *f, size_t count, size_t size)
{
    void *taken = ddbexpr_arena_alloc(f->edits.arena, (count ? count : 1) * size);
    if (!taken)
        f->edits.no_memory = true;
    else
        memset(taken, 0, count * size);
    return taken;
}

/* --- which fixes --- */

static bool is_wanted(const struct fixing *f, const ddbexpr_diag *diag)
{
    ddbexpr_fix_safety safety = ddbexpr_diag_fix_safety(diag);
    return safety == DDBEXPR_FIX_SAFE || (safety == DDBEXPR_FIX_UNSAFE && f->include_unsafe);
}

static bool changes_text(const ddbexpr_diag *diag)
{
    for (size_t i = 0; i < ddbexpr_diag_edit_count(diag); i++)
        if (ddbexpr_diag_edit_at(diag, i).kind == DDBEXPR_EDIT_REPLACE)
            return true;
    return false;
}

/* Whether a value is an object in the text, though it may have been taken for null, as nothing known uses what is in
 * it.
 */
static bool is_object(const struct json_document *d, uint32_t node)
{
    return d->text.ptr[d->nodes[node].span.start] == '{';
}

/* Whether a member can be added to a map, or is there already. What a state machine fills in is not known. */
static bool can_edit(const struct json_document *d, uint32_t body, const ddbexpr_edit *edit)
{
    uint32_t map = json_any_member(d, body, ddbexpr_cstr(ddbexpr_source_name(edit->source)));
    if (edit->kind == DDBEXPR_EDIT_REPLACE || !map)
        return true;
    if (!is_object(d, map))
        return false;
    uint32_t member = edit->kind == DDBEXPR_EDIT_ADD_MEMBER ? json_any_member(d, map, edit->member) : 0;
    if (!member)
        return true;
    return edit->source == DDBEXPR_SOURCE_NAMES ? str_is(d->nodes[member].text, edit->text)
                                                : d->nodes[member].kind != JSON_KIND_NULL;
}

static bool can_be_made(const struct fixing *f, const ddbexpr_diag *diag)
{
    uint32_t body;
    if (!json_map_body(f->map, ddbexpr_diag_action(diag), &body))
        return false;
    for (size_t i = 0; i < ddbexpr_diag_edit_count(diag); i++) {
        ddbexpr_edit edit = ddbexpr_diag_edit_at(diag, i);
        if (!can_edit(&f->map->d, body, &edit))
            return false;
    }
    return true;
}

/* The fixes that go together in an expression. */
static void choose_in_text(struct fixing *f, int action, uint32_t body, ddbexpr_source source)
{
    const struct json_document *d = &f->map->d;
    uint32_t node = json_member(d, body, ddbexpr_cstr(ddbexpr_source_name(source)));
    if (!node || d->nodes[node].kind != JSON_KIND_STRING)
        return;
    ddbexpr_buffer_clear(f->scratch);
    if (ddbexpr_fix_text(f->diags, action, source, d->nodes[node].text, f->include_unsafe, f->scratch, f->applied,
                         NULL) != DDBEXPR_OK)
        f->edits.no_memory = true;
}

/* --- the maps --- */

static struct map_change begin_map(struct fixing *f, uint32_t body, ddbexpr_source source)
{
    const struct json_document *d = &f->map->d;
    uint32_t node = json_any_member(d, body, ddbexpr_cstr(ddbexpr_source_name(source)));
    size_t count = node ? d->nodes[node].count : 0;
    return (struct map_change){.source = source,
                               .node = node,
                               .gone = take(f, count, sizeof(bool)),
                               .wrapped = take(f, count, sizeof(bool)),
                               .added = take(f, f->edit_count, sizeof(struct json_addition))};
}

/* The order of names: shorter ones first. */
static int compare_names(str a, str b)
{
    if (a.len != b.len)
        return a.len < b.len ? -1 : 1;
    return memcmp(a.ptr, b.ptr, a.len);
}

static int compare_places(const void *a, const void *b, const void *context)
{
    const struct json_document *d = context;
    const struct place *x = a, *y = b;
    return compare_names(d->nodes[x->node].text, d->nodes[y->node].text);
}

/* NULL: no memory, which is told. */
static struct place *sort_members(struct fixing *f, const struct map_change *m)
{
    const struct json_document *d = &f->map->d;
    uint32_t count = 0;
    struct place *places = take(f, d->nodes[m->node].count, sizeof *places);
    for (uint32_t at = m->node + 1; places && at < d->nodes[m->node].next; at = json_next_member(d, at), count++)
        places[count] = (struct place){at, count};
    if (places)
        json_sort(places, count, sizeof *places, compare_places, d);
    return places;
}

static size_t find_sorted(const struct json_document *d, const struct map_change *m, str name)
{
    size_t low = 0, high = d->nodes[m->node].count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_names(name, d->nodes[m->sorted[middle].node].text);
        if (order == 0)
            return m->sorted[middle].number;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return SIZE_MAX;
}

/* The number of a member; SIZE_MAX: there is none, as a diagnostic may be of another text. One diagnostic may drop all
 * members of a large map, so looking at each of them each time would be quadratic. */
static size_t find_member(struct fixing *f, struct map_change *m, str name)
{
    const struct json_document *d = &f->map->d;
    if (!m->node)
        return SIZE_MAX;
    if (!m->sorted && m->asked++ == LOOKED_FOR_ONE_BY_ONE)
        m->sorted = sort_members(f, m);
    if (m->sorted)
        return find_sorted(d, m, name);
    size_t i = 0;
    for (uint32_t at = m->node + 1; at < d->nodes[m->node].next; at = json_next_member(d, at), i++)
        if (str_is(d->nodes[at].text, name))
            return i;
    return SIZE_MAX;
}

static size_t find_added(const struct map_change *m, str name)
{
    size_t i = 0;
    while (i < m->added_count && !str_is(m->added[i].name, name))
        i++;
    return i;
}

static void add_member(struct fixing *f, struct map_change *m, const ddbexpr_edit *edit)
{
    size_t member = find_member(f, m, edit->member);
    const str quoted[] = {STR("\""), json_edit_escape(&f->edits, edit->text), STR("\"")};
    m->dropped = false;
    if (member != SIZE_MAX)
        m->gone[member] = false; /* can_edit: it is the same one */
    else if (find_added(m, edit->member) == m->added_count)
        m->added[m->added_count++] = (struct json_addition){
            edit->member, edit->source == DDBEXPR_SOURCE_NAMES ? json_edit_join(&f->edits, quoted, 3) : edit->text};
}

static void remove_member(struct fixing *f, struct map_change *m, const ddbexpr_edit *edit)
{
    if (edit->member.len == 0) {
        for (size_t i = 0; m->node && i < f->map->d.nodes[m->node].count; i++)
            m->gone[i] = true;
        m->added_count = 0;
        m->dropped = true;
        return;
    }
    size_t member = find_member(f, m, edit->member);
    if (member != SIZE_MAX)
        m->gone[member] = true;
}

static void wrap_member(struct fixing *f, struct map_change *m, const ddbexpr_edit *edit)
{
    size_t member = find_member(f, m, edit->member);
    if (member != SIZE_MAX)
        m->wrapped[member] = true;
}

static void change_map(struct fixing *f, struct map_change *m, const ddbexpr_edit *edit)
{
    if (edit->kind == DDBEXPR_EDIT_ADD_MEMBER)
        add_member(f, m, edit);
    else if (edit->kind == DDBEXPR_EDIT_REMOVE_MEMBER)
        remove_member(f, m, edit);
    else
        wrap_member(f, m, edit);
}

/* {"L": [ and ]} around a value. */
static void wrap_value(struct fixing *f, uint32_t map, uint32_t value)
{
    ddbexpr_span span = f->map->d.nodes[value].span;
    bool blanks = json_edit_has_blanks(&f->map->d, map);
    json_edit_replace(&f->edits, (ddbexpr_span){span.start, span.start}, blanks ? STR("{\"L\": [") : STR("{\"L\":["));
    json_edit_replace(&f->edits, (ddbexpr_span){span.end, span.end}, STR("]}"));
}

/* The changes of a map that is there and stays. */
static void write_map(struct fixing *f, const struct map_change *m)
{
    const struct json_document *d = &f->map->d;
    uint32_t *dropped = take(f, d->nodes[m->node].count, sizeof *dropped);
    size_t count = 0, i = 0;
    for (uint32_t at = m->node + 1; dropped && at < d->nodes[m->node].next; at = json_next_member(d, at), i++) {
        if (m->gone[i])
            dropped[count++] = at;
        else if (m->wrapped[i])
            wrap_value(f, m->node, at + 1);
    }
    if (dropped && (count || m->added_count))
        json_edit_members(&f->edits, m->node, dropped, count, m->added, m->added_count);
}

/* The last member of a body that is an expression or a map: a new map stands behind it. There is one: only expressions
 * need maps. It stays: members are added with changes of texts, and maps are dropped when there are none. */
static uint32_t last_of_expressions(const struct json_document *d, uint32_t body)
{
    uint32_t last = 0;
    for (int source = DDBEXPR_SOURCE_CONDITION; source <= DDBEXPR_SOURCE_VALUES; source++) {
        uint32_t value = json_any_member(d, body, ddbexpr_cstr(ddbexpr_source_name((ddbexpr_source)source)));
        if (value && value - 1 > last)
            last = value - 1;
    }
    return last;
}

/* Both maps of a body; one that comes or goes is a member of the body. */
static void write_maps(struct fixing *f, uint32_t body, const struct map_change *maps, size_t count)
{
    uint32_t dropped[2];
    struct json_addition added[2];
    size_t dropped_count = 0, added_count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct map_change *m = &maps[i];
        if (m->node && m->dropped)
            dropped[dropped_count++] = m->node - 1;
        else if (m->node)
            write_map(f, m);
        else if (m->added_count)
            added[added_count++] = (struct json_addition){ddbexpr_cstr(ddbexpr_source_name(m->source)),
                                                          json_edit_object(&f->edits, body, m->added, m->added_count)};
    }
    if (dropped_count == 2 && dropped[0] > dropped[1]) {
        uint32_t first = dropped[1];
        dropped[1] = dropped[0];
        dropped[0] = first;
    }
    if (added_count)
        json_edit_insert(&f->edits, body, last_of_expressions(&f->map->d, body), added, added_count);
    if (dropped_count)
        json_edit_members(&f->edits, body, dropped, dropped_count, NULL, 0);
}

/* --- making them --- */

static void replace_in_text(struct fixing *f, uint32_t body, const ddbexpr_edit *edit)
{
    const struct json_document *d = &f->map->d;
    uint32_t node = json_member(d, body, ddbexpr_cstr(ddbexpr_source_name(edit->source)));
    if (node && d->nodes[node].kind == JSON_KIND_STRING)
        json_edit_replace(&f->edits, json_raw_span(d, node, edit->span), json_edit_escape(&f->edits, edit->text));
}

/* The chosen fixes of one body, in the order of the diagnostics. */
static void make_fixes(struct fixing *f, int action, uint32_t body)
{
    struct map_change maps[] = {begin_map(f, body, DDBEXPR_SOURCE_NAMES), begin_map(f, body, DDBEXPR_SOURCE_VALUES)};
    if (f->edits.no_memory)
        return;
    for (size_t i = 0; i < ddbexpr_diags_count(f->diags); i++) {
        const ddbexpr_diag *diag = ddbexpr_diags_at(f->diags, i);
        if (!f->applied[i] || ddbexpr_diag_action(diag) != action)
            continue;
        for (size_t n = 0; n < ddbexpr_diag_edit_count(diag); n++) {
            ddbexpr_edit edit = ddbexpr_diag_edit_at(diag, n);
            if (edit.kind == DDBEXPR_EDIT_REPLACE)
                replace_in_text(f, body, &edit);
            else
                change_map(f, &maps[edit.source == DDBEXPR_SOURCE_VALUES], &edit);
        }
        f->fixed++;
    }
    write_maps(f, body, maps, 2);
}

/* Whether any expression is fixed. What is not used any more, or not yet, is seen better once they are. */
static bool choose_in_texts(struct fixing *f, int action_count)
{
    uint32_t body;
    for (int action = -1; action < action_count; action++)
        for (int source = DDBEXPR_SOURCE_CONDITION; source <= DDBEXPR_SOURCE_PROJECTION; source++)
            if (json_map_body(f->map, action, &body))
                choose_in_text(f, action, body, (ddbexpr_source)source);
    bool any = false;
    for (size_t i = 0; i < ddbexpr_diags_count(f->diags); i++) {
        f->applied[i] = f->applied[i] && can_be_made(f, ddbexpr_diags_at(f->diags, i));
        any |= f->applied[i];
    }
    return any;
}

static void choose_in_maps(struct fixing *f)
{
    for (size_t i = 0; i < ddbexpr_diags_count(f->diags); i++) {
        const ddbexpr_diag *diag = ddbexpr_diags_at(f->diags, i);
        f->applied[i] = is_wanted(f, diag) && !changes_text(diag) && can_be_made(f, diag);
    }
}

static int count_actions(const struct fixing *f)
{
    uint32_t actions = json_member(&f->map->d, f->map->node, STR("TransactItems"));
    return actions && f->map->d.nodes[actions].kind == JSON_KIND_ARRAY ? (int)f->map->d.nodes[actions].count : 0;
}

/* False: no memory, or there is nothing to make. */
static bool begin_fixing(struct fixing *f)
{
    for (size_t i = 0; i < ddbexpr_diags_count(f->diags); i++)
        f->edit_count += ddbexpr_diag_edit_count(ddbexpr_diags_at(f->diags, i));
    f->applied = take(f, ddbexpr_diags_count(f->diags), sizeof(bool));
    return f->applied && f->edit_count > 0;
}

static void make_chosen(struct fixing *f, int action_count)
{
    uint32_t body;
    for (int action = -1; action < action_count; action++)
        if (json_map_body(f->map, action, &body))
            make_fixes(f, action, body);
}

static void fix_all(struct fixing *f)
{
    int action_count = count_actions(f);
    if (!begin_fixing(f))
        return;
    if (!choose_in_texts(f, action_count))
        choose_in_maps(f);
    make_chosen(f, action_count);
}

static void fix_one(struct fixing *f)
{
    if (!begin_fixing(f) || f->only >= ddbexpr_diags_count(f->diags))
        return;
    const ddbexpr_diag *diag = ddbexpr_diags_at(f->diags, f->only);
    f->applied[f->only] = is_wanted(f, diag) && can_be_made(f, diag);
    make_chosen(f, count_actions(f));
}

static ddbexpr_status fix(struct fixing *f, void (*choose_and_make)(struct fixing *), ddbexpr_buffer *buffer)
{
    const ddbexpr_alloc *alloc = ddbexpr_arena_allocator(f->map->d.arena);
    ddbexpr_status status = ddbexpr_arena_new(alloc, &f->edits.arena);
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_new(alloc, &f->scratch);
    if (status == DDBEXPR_OK) {
        choose_and_make(f);
        status = json_edits_write(&f->edits, ddbexpr_json_map_span(f->map), buffer);
    }
    ddbexpr_buffer_free(f->scratch);
    ddbexpr_arena_free(f->edits.arena);
    return status;
}

ddbexpr_status ddbexpr_json_fix_request(const ddbexpr_json_map *map, const ddbexpr_diags *diags, bool include_unsafe,
                                        ddbexpr_buffer *buffer, size_t *ret_count)
{
    struct fixing f = {.map = map, .diags = diags, .include_unsafe = include_unsafe, .edits = {.d = &map->d}};
    ddbexpr_status status = fix(&f, fix_all, buffer);
    if (status == DDBEXPR_OK)
        *ret_count = f.fixed;
    return status;
}

ddbexpr_status ddbexpr_json_fix_one(const ddbexpr_json_map *map, const ddbexpr_diags *diags, size_t index,
                                    ddbexpr_buffer *buffer, bool *ret_fixed)
{
    struct fixing f = {.map = map, .diags = diags, .include_unsafe = true, .only = index, .edits = {.d = &map->d}};
    ddbexpr_status status = fix(&f, fix_one, buffer);
    if (status == DDBEXPR_OK)
        *ret_fixed = f.fixed > 0;
    return status;
}
