/* SPDX-License-Identifier: Apache-2.0 */
/* Whole cases: a byte for the operation, one for how wild the case may be, and the rest is what the generator of
 * `ddbexpr generate` throws. So every input is a question with tables and items that mostly fit its expressions. The
 * parts of the library must agree about it, and so must the judge, if there is one. */
#include "answered.h"
#include "judge.h"

#undef STR /* the tool has its own */
#include "cli/generate/generate_case.h"

#define OPERATIONS (DDBEXPR_TRANSACT_WRITE_ITEMS + 1)

static struct generator new_generator(struct fuzz_input *input)
{
    struct generator g = {.arena = fuzz_arena(), .text = fuzz_buffer(), .about = fuzz_buffer()};
    unsigned how = fuzz_choice(input, 3);
    g.wild = how > 0;
    g.loose = how > 1;
    return g;
}

static void free_generator(struct generator *g)
{
    ddbexpr_buffer_free(g->about);
    ddbexpr_buffer_free(g->text);
    ddbexpr_arena_free(g->arena);
}

static void put_question(struct fuzz_input *input, ddbexpr_buffer *line)
{
    static struct generated_case kase; /* it holds all places of an item: large for a stack */
    unsigned operation = fuzz_choice(input, OPERATIONS);
    struct generator g = new_generator(input);
    str tape = fuzz_rest(input);
    g.dice = (struct dice){.tape = (const uint8_t *)tape.ptr, .tape_length = tape.len};
    case_make(&g, (ddbexpr_operation)operation, &kase);
    if (g.wild)
        case_spoil(&kase);
    ddbexpr_buffer_append(line, STR("{"));
    case_print(&kase, line);
    REQUIRE(!g.failed && ddbexpr_buffer_append(line, STR("}")) == DDBEXPR_OK);
    free_generator(&g);
}

/* What is well typed is taken: it fails only for what is stored. */
static void check_accepted(const ddbexpr_question *question)
{
    ddbexpr_diags *diags = fuzz_diags();
    REQUIRE(ddbexpr_request_check(&question->request, question->tables, question->table_count, NULL, NULL, diags) ==
            DDBEXPR_OK);
    ddbexpr_diags_free(diags);
}

static void check_line(str line, bool wild)
{
    arena *a = fuzz_arena();
    ddbexpr_diags *diags = fuzz_diags();
    ddbexpr_buffer *answer = fuzz_buffer();
    ddbexpr_question question;
    ddbexpr_status status = ddbexpr_json_read_question(a, line, diags, &question);
    fuzz_check_told(diags, status);
    REQUIRE(wild || status == DDBEXPR_OK);
    if (!wild)
        check_accepted(&question);
    if (status == DDBEXPR_OK)
        check_question(&question, answer);
    else
        REQUIRE(ddbexpr_json_write_refusal(diags, answer) == DDBEXPR_OK);
    REQUIRE(judge_agrees(line, ddbexpr_buffer_text(answer)));
    ddbexpr_buffer_free(answer);
    ddbexpr_diags_free(diags);
    ddbexpr_arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_open(data, size);
    ddbexpr_buffer *line = fuzz_buffer();
    put_question(&input, line);
    REQUIRE(fuzz_is_json(ddbexpr_buffer_text(line)));
    bool wild = size > 1 && (uint8_t)(data[1] - '0') % 3 > 0;
    check_line(ddbexpr_buffer_text(line), wild);
    ddbexpr_buffer_free(line);
    fuzz_close(&input);
    return 0;
}
