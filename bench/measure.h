/* SPDX-License-Identifier: Apache-2.0 */
/* Measuring: how long one of many repetitions of something takes, with its spread. Knows nothing of what is measured.
 *
 * Repetitions are calibrated so that a sample takes a given time; that also warms up. Works that are compared are
 * measured together, a sample of each in turn, so that whatever else the machine does meets all of them. */
#ifndef DDBEXPR_BENCH_MEASURE_H
#define DDBEXPR_BENCH_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MEASURE_MOST_SAMPLES 101
#define MEASURE_MOST_WORKS   4

/* What is measured: does it `repetitions` times. The loop is the work's own, so that a call through a pointer is paid
 * once a sample. */
struct work {
    void (*repeat)(void *context, uint64_t repetitions);
    void *context;
};

struct effort {
    unsigned samples; /* at most MEASURE_MOST_SAMPLES */
    double sample_ns; /* how long one takes, about */
    int counter;      /* of instructions, see counter_open; or -1 */
};

/* Of one repetition. */
struct figure {
    double median_ns, min_ns, max_ns;
    double deviation_ns;  /* median distance from the median */
    double instructions;  /* user space; negative: the machine does not tell */
    uint64_t repetitions; /* in a sample */
};

void measure(const struct work *works, size_t count, const struct effort *effort, struct figure *ret_figures);

/* The processor's counter of this thread's instructions, or -1 where there is none or it is not allowed. */
int counter_open(void);

/* Keeps the compiler from leaving out what makes `pointer`, or from doing it once for all repetitions. */
static inline void keep(const void *pointer) { __asm__ volatile("" : : "r"(pointer) : "memory"); }

#endif
