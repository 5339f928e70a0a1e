/* SPDX-License-Identifier: Apache-2.0 */
/* Calibrating, sampling, and what is said of the samples. */
#include "measure.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#endif

/* Time that this thread has run: that others had the processor is not counted. */
static double now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* --- instructions --- */

#ifdef __linux__

int counter_open(void)
{
    struct perf_event_attr attributes = {
        .type = PERF_TYPE_HARDWARE,
        .size = sizeof attributes,
        .config = PERF_COUNT_HW_INSTRUCTIONS,
        .exclude_kernel = 1,
        .exclude_hv = 1,
    };
    return (int)syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0);
}

static uint64_t counter_read(int counter)
{
    uint64_t count = 0;
    return counter >= 0 && read(counter, &count, sizeof count) == sizeof count ? count : 0;
}

#else

int counter_open(void) { return -1; }
static uint64_t counter_read(int counter) { return (void)counter, 0; }

#endif

/* --- samples --- */

static double sample_ns(const struct work *work, uint64_t repetitions)
{
    double start = now_ns();
    work->repeat(work->context, repetitions);
    return now_ns() - start;
}

/* How many repetitions fill a sample. The first rounds are short, and warm caches and predictors up. */
static uint64_t calibrate(const struct work *work, double wanted_ns)
{
    uint64_t repetitions = 1;
    for (;;) {
        double took = sample_ns(work, repetitions);
        if (took >= wanted_ns)
            return repetitions;
        double factor = took > 0 ? wanted_ns / took * 1.1 : 10;
        if (took >= wanted_ns / 10)
            return (uint64_t)((double)repetitions * factor) + 1;
        repetitions = (uint64_t)((double)repetitions * (factor < 10 ? factor : 10)) + 1;
    }
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare_doubles);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

static void summarise(double *samples, size_t count, struct figure *f)
{
    f->median_ns = median(samples, count);
    f->min_ns = samples[0];
    f->max_ns = samples[count - 1];
    for (size_t i = 0; i < count; i++)
        samples[i] = samples[i] > f->median_ns ? samples[i] - f->median_ns : f->median_ns - samples[i];
    f->deviation_ns = median(samples, count);
}

void measure(const struct work *works, size_t count, const struct effort *effort, struct figure *ret_figures)
{
    double samples[MEASURE_MOST_WORKS][MEASURE_MOST_SAMPLES];
    for (size_t w = 0; w < count; w++)
        ret_figures[w] = (struct figure){.repetitions = calibrate(&works[w], effort->sample_ns)};
    for (unsigned i = 0; i < effort->samples; i++) {
        for (size_t w = 0; w < count; w++) {
            double repetitions = (double)ret_figures[w].repetitions;
            uint64_t before = counter_read(effort->counter);
            samples[w][i] = sample_ns(&works[w], ret_figures[w].repetitions) / repetitions;
            ret_figures[w].instructions = (double)(counter_read(effort->counter) - before) / repetitions;
        }
    }
    for (size_t w = 0; w < count; w++) {
        summarise(samples[w], effort->samples, &ret_figures[w]);
        if (effort->counter < 0)
            ret_figures[w].instructions = -1;
    }
}
