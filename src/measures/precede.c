/* SPDX-License-Identifier: GPL-3.0-or-later */
/* precede.c - earlier contacts, and how many there would be by chance. */
#include "measures/precede.h"
#include "base/base.h"
#include "measures/gsl.h"
#include "measures/random.h"
#include <math.h>

void
kith_precede_clear(kith_precede *p)
{
    g_clear_pointer(&p->contacts, g_free);
    g_clear_pointer(&p->before, g_free);
    g_clear_pointer(&p->first, g_free);
}

static bool
is_led(const kith_cascade *c, const double *when, uint32_t v)
{
    for (int64_t a = c->first[v]; a < c->first[v + 1]; a++)
        if (when[c->from[a]] < when[v])
            return true;
    return false;
}

static void
count_one(const kith_cascade *c, const double *when, uint32_t v, kith_precede *out)
{
    int64_t first = -1;

    out->contacts[v] = c->first[v + 1] - c->first[v];
    for (int64_t a = c->first[v]; a < c->first[v + 1]; a++) {
        uint32_t u = c->from[a];

        if (!(when[u] < when[v]))
            continue;
        out->before[v]++;
        if (first < 0 || when[u] < when[first] || (when[u] == when[first] && u < first))
            first = u;
    }
    out->first[v] = first;
}

/* How many are led when the moments of those who have one are shuffled among them. */
static int64_t
deal(const kith_cascade *c, const uint32_t *adopter, int64_t n, double *when, kith_random *random)
{
    int64_t led = 0;

    for (int64_t i = n - 1; i > 0; i--) {
        int64_t j = (int64_t)kith_random_below(random, (uint64_t)i + 1);
        double moved = when[adopter[i]];

        when[adopter[i]] = when[adopter[j]];
        when[adopter[j]] = moved;
    }
    for (int64_t i = 0; i < n; i++)
        led += is_led(c, when, adopter[i]);
    return led;
}

kith_status
kith_precede_count(const kith_cascade *c, const double *when, int64_t deals, uint64_t seed,
                   kith_work *work, kith_precede *out, kith_error *err)
{
    g_autofree double *dealt = g_memdup2(when, (gsize)c->n * sizeof *when);
    g_autofree double *led = g_new0(double, (gsize)deals + 1);
    g_autofree uint32_t *adopter = g_new0(uint32_t, (gsize)c->n + 1);
    int64_t as_many = 1;

    *out = (kith_precede){.contacts = g_new0(int64_t, (gsize)c->n + 1),
                          .before = g_new0(int64_t, (gsize)c->n + 1),
                          .first = g_new0(int64_t, (gsize)c->n + 1)};
    for (uint32_t v = 0; v < c->n; v++) {
        count_one(c, when, v, out);
        if (isnan(when[v]))
            continue;
        adopter[out->adopters++] = v;
        out->led += out->before[v] > 0;
    }
    kith_work_begin(work, (double)deals);
    for (int64_t i = 0; i < deals && kith_work_step(work, 1); i++) {
        kith_random random = kith_random_nth(seed, 0, (uint64_t)i);

        led[i] = (double)deal(c, adopter, out->adopters, dealt, &random);
        as_many += led[i] >= (double)out->led;
    }
    out->expected = deals ? gsl_stats_mean(led, 1, (size_t)deals) : NAN;
    out->deviation = deals > 1 ? gsl_stats_sd(led, 1, (size_t)deals) : NAN;
    out->share = (double)as_many / (double)(deals + 1);
    return kith_work_end(work, err);
}
