/* SPDX-License-Identifier: GPL-3.0-or-later */
/* brokerage.c - open triples, by the groups of their three people. */
#include "measures/brokerage.h"
#include "base/base.h"
#include "measures/random.h"
#include <math.h>
#include <string.h>

#define ROLES KITH_BROKER_ROLES
#define ALLOWED 1e9 /* steps for all permutations; counted, not timed */
#define LEAST 20

const char *
kith_broker_role_name(kith_broker_role role)
{
    static const char *const names[] = {"coordinator", "gatekeeper", "representative", "consultant",
                                        "liaison"};

    return names[role];
}

static kith_broker_role
role_of(uint32_t a, uint32_t b, uint32_t c)
{
    if (a == b)
        return b == c ? KITH_COORDINATOR : KITH_REPRESENTATIVE;
    if (b == c)
        return KITH_GATEKEEPER;
    return a == c ? KITH_CONSULTANT : KITH_LIAISON;
}

/* Everything that starts with a: mark has a's number where a has a tie to. */
static void
count_from(const kith_csr *out, const uint32_t *group, uint32_t a, int64_t *mark, int64_t *count)
{
    for (int64_t i = out->first[a]; i < out->first[a + 1]; i++)
        mark[out->to[i]] = (int64_t)a + 1;
    mark[a] = (int64_t)a + 1;
    for (int64_t i = out->first[a]; i < out->first[a + 1]; i++) {
        uint32_t b = out->to[i];

        for (int64_t j = out->first[b]; group[b] != UINT32_MAX && j < out->first[b + 1]; j++) {
            uint32_t c = out->to[j];

            if (mark[c] != (int64_t)a + 1 && group[c] != UINT32_MAX)
                count[b * ROLES + role_of(group[a], group[b], group[c])]++;
        }
    }
}

void
kith_brokerage_count(const kith_csr *out, const uint32_t *group, int64_t *count)
{
    g_autofree int64_t *mark = g_new0(int64_t, out->n + 1);

    memset(count, 0, (size_t)(out->n * ROLES) * sizeof *count);
    for (uint32_t a = 0; a < out->n; a++)
        if (group[a] != UINT32_MAX)
            count_from(out, group, a, mark, count);
}

double
kith_brokerage_work(const kith_csr *out)
{
    double work = (double)(out->n + out->arcs);

    for (int64_t i = 0; i < out->arcs; i++)
        work += (double)(out->first[out->to[i] + 1] - out->first[out->to[i]]);
    return work;
}

/* Deals the groups out anew among those who have one; `who` lists them. */
static void
deal(const uint32_t *who, int64_t n, kith_random *random, uint32_t *dealt)
{
    for (int64_t i = n - 1; i > 0; i--) {
        int64_t j = (int64_t)kith_random_below(random, (uint64_t)i + 1);
        uint32_t swap = dealt[who[i]];

        dealt[who[i]] = dealt[who[j]];
        dealt[who[j]] = swap;
    }
}

static int64_t
list_known(const uint32_t *group, int64_t n, uint32_t *who)
{
    int64_t known = 0;

    for (int64_t v = 0; v < n; v++)
        if (group[v] != UINT32_MAX)
            who[known++] = (uint32_t)v;
    return known;
}

/* Sums and sums of squares are whole numbers, exact in any order: threads cannot change them. */
struct sums {
    int64_t *sum;
    double *squares;
};

static void
permute_once(const kith_csr *rows, const uint32_t *group, uint64_t seed, int64_t i,
             struct sums *all)
{
    g_autofree uint32_t *dealt = g_memdup2(group, (gsize)rows->n * sizeof *dealt);
    g_autofree uint32_t *who = g_new(uint32_t, rows->n + 1);
    g_autofree int64_t *count = g_new(int64_t, rows->n * ROLES + 1);
    kith_random random = kith_random_init(seed, (uint64_t)i);

    deal(who, list_known(group, rows->n, who), &random, dealt);
    kith_brokerage_count(rows, dealt, count);
#pragma omp critical
    for (int64_t k = 0; k < rows->n * ROLES; k++) {
        all->sum[k] += count[k];
        all->squares[k] += (double)count[k] * (double)count[k];
    }
}

void
kith_brokerage_permute(const kith_csr *rows, const uint32_t *group, const int64_t *count,
                       int64_t permutations, uint64_t seed, int64_t threads,
                       kith_brokerage_chance *out)
{
    int64_t n = rows->n * ROLES;
    g_autofree int64_t *sum = g_new0(int64_t, n + 1);
    g_autofree double *squares = g_new0(double, n + 1);
    struct sums all = {sum, squares};

    out->done = (int64_t)MIN((double)permutations, ALLOWED / kith_brokerage_work(rows));
    out->done = out->done < MIN(LEAST, permutations) ? 0 : out->done;
    out->mean = g_new0(double, n + 1);
    out->z = g_new0(double, n + 1);
#pragma omp parallel for schedule(dynamic) num_threads((int)MAX(1, threads))
    for (int64_t i = 0; i < out->done; i++)
        permute_once(rows, group, seed, i, &all);
    for (int64_t k = 0; k < n; k++) {
        double times = (double)out->done, mean = (double)sum[k] / times;
        double variance = (squares[k] - times * mean * mean) / (times - 1);

        out->mean[k] = mean;
        out->z[k] = variance > 1e-9 ? ((double)count[k] - mean) / sqrt(variance) : (double)NAN;
    }
}

void
kith_brokerage_chance_clear(kith_brokerage_chance *chance)
{
    g_free(chance->mean);
    g_free(chance->z);
    *chance = (kith_brokerage_chance){0};
}
