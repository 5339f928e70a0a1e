/* SPDX-License-Identifier: Apache-2.0 */
/* The named requests of a suite as they stand there, whether or not a test uses them. Tells no faults: what one of them
 * lacks is what tests add. */
#include "cli/test/suite_reader.h"

static ddbexpr_status read_one(struct suite_reader *r, const struct suite_request *from, ddbexpr_request *ret)
{
    if (!from->body || !from->knows_operation || from->refusal)
        return DDBEXPR_INVALID;
    if (!from->is_read)
        return suite_read_text(r, from, from->operation, from->text, ret);
    *ret = from->request;
    return DDBEXPR_OK;
}

const struct test_request *suite_read_unchanged(struct suite_reader *r, size_t *ret_count)
{
    struct test_request *all = yaml_alloc(&r->yaml, r->named_count + 1, sizeof *all);
    *ret_count = 0;
    for (size_t i = 0; all && i < r->named_count; i++) {
        const struct suite_request *from = &r->named[i];
        struct test_request *one = &all[*ret_count];
        *one = (struct test_request){.name = from->name,
                                     .place = suite_place(from->node->key),
                                     .tables = r->stored,
                                     .table_count = r->table_count};
        ddbexpr_status status = read_one(r, from, &one->request);
        if (status == DDBEXPR_NO_MEMORY)
            return NULL;
        *ret_count += status == DDBEXPR_OK;
    }
    return all;
}
