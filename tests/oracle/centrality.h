/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * centrality.h - the measures once more, slow and obvious: matrices, all pairs, definitions word
 * for word.
 *
 * For networks of at most ORACLE_MOST vertices. Shares no code with src/measures.
 */
#ifndef KITH_TESTS_ORACLE_CENTRALITY_H
#define KITH_TESTS_ORACLE_CENTRALITY_H

#include "model/network.h"
#include <math.h>
#include <string.h>

#define ORACLE_MOST 24

typedef struct oracle {
    int n;
    double arc[ORACLE_MOST]
              [ORACLE_MOST]; /* weights as the network has them, both ways if undirected */
    double both[ORACLE_MOST][ORACLE_MOST]; /* the undirected collapse */
} oracle;

static void
oracle_init(oracle *o, const kith_network *net, bool weighted)
{
    memset(o, 0, sizeof *o);
    o->n = (int)net->n;
    for (int64_t i = 0; i < net->m; i++) {
        double w = weighted ? net->weight[i] : 1;

        o->arc[net->from[i]][net->to[i]] = w;
        if (!net->directed)
            o->arc[net->to[i]][net->from[i]] = w;
        o->both[net->from[i]][net->to[i]] += w;
        o->both[net->to[i]][net->from[i]] += w;
    }
    for (int i = 0; !weighted && i < o->n; i++)
        for (int j = 0; j < o->n; j++)
            o->both[i][j] = o->both[i][j] > 0;
}

/* Floyd and Warshall; lengths are 1/weight. */
static void
oracle_distances(int n, double tie[ORACLE_MOST][ORACLE_MOST], double d[ORACLE_MOST][ORACLE_MOST])
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            d[i][j] = i == j ? 0 : tie[i][j] > 0 ? 1 / tie[i][j] : INFINITY;
    for (int k = 0; k < n; k++)
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                d[i][j] = fmin(d[i][j], d[i][k] + d[k][j]);
}

/* How many shortest paths lead from s to t: the last step comes from a vertex that is one tie
 * closer. */
static double
oracle_paths(int n, double tie[ORACLE_MOST][ORACLE_MOST], double d[ORACLE_MOST][ORACLE_MOST], int s,
             int t)
{
    double count = 0;

    if (s == t)
        return 1;
    for (int u = 0; u < n; u++)
        if (tie[u][t] > 0 && isfinite(d[s][u]) && fabs(d[s][u] + 1 / tie[u][t] - d[s][t]) < 1e-9)
            count += oracle_paths(n, tie, d, s, u);
    return count;
}

static void
oracle_betweenness(oracle *o, bool directed, double *score)
{
    static double d[ORACLE_MOST][ORACLE_MOST], count[ORACLE_MOST][ORACLE_MOST];

    oracle_distances(o->n, o->arc, d);
    for (int s = 0; s < o->n; s++)
        for (int t = 0; t < o->n; t++)
            count[s][t] = isfinite(d[s][t]) ? oracle_paths(o->n, o->arc, d, s, t) : 0;
    for (int v = 0; v < o->n; v++) {
        score[v] = 0;
        for (int s = 0; s < o->n; s++)
            for (int t = 0; t < o->n; t++)
                if (s != t && s != v && t != v && count[s][t] > 0 &&
                    fabs(d[s][v] + d[v][t] - d[s][t]) < 1e-9)
                    score[v] += count[s][v] * count[v][t] / count[s][t] / (directed ? 1 : 2);
    }
}

static void
oracle_harmonic(oracle *o, double *score)
{
    static double d[ORACLE_MOST][ORACLE_MOST];

    oracle_distances(o->n, o->both, d);
    for (int i = 0; i < o->n; i++) {
        score[i] = 0;
        for (int j = 0; j < o->n; j++)
            if (i != j)
                score[i] += 1 / d[i][j] / (o->n - 1);
    }
}

static void
oracle_closeness(oracle *o, double *score)
{
    static double d[ORACLE_MOST][ORACLE_MOST];

    oracle_distances(o->n, o->both, d);
    for (int i = 0; i < o->n; i++) {
        double reached = 0, sum = 0;

        for (int j = 0; j < o->n; j++)
            if (i != j && isfinite(d[i][j])) {
                reached++;
                sum += d[i][j];
            }
        score[i] = reached > 0 ? reached / sum : 0;
    }
}

/* A vertex is in the k-core when it survives taking away, as long as there is one, a vertex of
 * degree below k. */
static void
oracle_core(const oracle *o, double *score)
{
    for (int i = 0; i < o->n; i++)
        score[i] = 0;
    for (int k = 1; k < o->n; k++) {
        bool in[ORACLE_MOST], changed = true;

        for (int i = 0; i < o->n; i++)
            in[i] = true;
        while (changed) {
            changed = false;
            for (int i = 0; i < o->n; i++) {
                int degree = 0;

                for (int j = 0; j < o->n; j++)
                    degree += in[j] && o->both[i][j] > 0;
                if (in[i] && degree < k) {
                    in[i] = false;
                    changed = true;
                }
            }
        }
        for (int i = 0; i < o->n; i++)
            score[i] = in[i] ? k : score[i];
    }
}

static void
oracle_constraint(const oracle *o, double *score)
{
    double total[ORACLE_MOST] = {0};

    for (int i = 0; i < o->n; i++)
        for (int j = 0; j < o->n; j++)
            total[i] += o->both[i][j];
    for (int i = 0; i < o->n; i++) {
        score[i] = total[i] > 0 ? 0 : NAN;
        for (int j = 0; j < o->n; j++) {
            double invested = o->both[i][j] / total[i];

            if (i == j || !(o->both[i][j] > 0))
                continue;
            for (int q = 0; q < o->n; q++)
                if (q != i && q != j && total[q] > 0)
                    invested += o->both[i][q] / total[i] * (o->both[q][j] / total[q]);
            score[i] += invested * invested;
        }
    }
}

static void
oracle_clustering(const oracle *o, double *score)
{
    for (int i = 0; i < o->n; i++) {
        double pairs = 0, tied = 0;

        for (int j = 0; j < o->n; j++)
            for (int k = 0; k < j; k++)
                if (o->both[i][j] > 0 && o->both[i][k] > 0) {
                    pairs++;
                    tied += o->both[j][k] > 0;
                }
        score[i] = pairs > 0 ? tied / pairs : 0;
    }
}

/* Solves a x = b by elimination with pivots; both are destroyed, b becomes x. */
static void
oracle_solve(int n, double a[ORACLE_MOST][ORACLE_MOST], double *b)
{
    for (int c = 0; c < n; c++) {
        int pivot = c;

        for (int r = c + 1; r < n; r++)
            pivot = fabs(a[r][c]) > fabs(a[pivot][c]) ? r : pivot;
        for (int k = 0; k < n; k++) {
            double swap = a[c][k];

            a[c][k] = a[pivot][k];
            a[pivot][k] = swap;
        }
        double swap = b[c];
        b[c] = b[pivot];
        b[pivot] = swap;
        for (int r = 0; r < n; r++) {
            double share = a[r][c] / a[c][c];

            for (int k = c; r != c && k < n; k++)
                a[r][k] -= share * a[c][k];
            b[r] -= r != c ? share * b[c] : 0;
        }
    }
    for (int i = 0; i < n; i++)
        b[i] /= a[i][i];
}

/* x = (1 - d)/n + d * sum over j of x_j * (share of j's weight that goes to i; 1/n from those
 * without a way out) */
static void
oracle_pagerank(const oracle *o, double *score)
{
    static double a[ORACLE_MOST][ORACLE_MOST];

    for (int i = 0; i < o->n; i++)
        score[i] = 0.15 / o->n;
    for (int j = 0; j < o->n; j++) {
        double out = 0;

        for (int i = 0; i < o->n; i++)
            out += o->arc[j][i];
        for (int i = 0; i < o->n; i++)
            a[i][j] = (i == j) - 0.85 * (out > 0 ? o->arc[j][i] / out : 1.0 / o->n);
    }
    oracle_solve(o->n, a, score);
}

/* The largest eigenvalue of the collapse: powers of (A + I), which has no second eigenvalue of the
 * same size. */
static double
oracle_eigenvalue(const oracle *o, double *vector)
{
    double x[ORACLE_MOST], y[ORACLE_MOST], length = 0;

    for (int i = 0; i < o->n; i++)
        x[i] = 1;
    for (int round = 0; round < 200000; round++) {
        length = 0;
        for (int i = 0; i < o->n; i++) {
            y[i] = x[i];
            for (int j = 0; j < o->n; j++)
                y[i] += o->both[i][j] * x[j];
            length += y[i] * y[i];
        }
        length = sqrt(length);
        double moved = 0;
        for (int i = 0; i < o->n; i++) {
            moved = fmax(moved, fabs(y[i] / length - x[i]));
            x[i] = y[i] / length;
        }
        if (moved < 1e-15)
            break;
    }
    if (vector)
        memcpy(vector, x, (size_t)o->n * sizeof *x);
    return length - 1;
}

static void
oracle_katz(const oracle *o, double *score)
{
    static double a[ORACLE_MOST][ORACLE_MOST];
    double largest = oracle_eigenvalue(o, NULL), most = 0;
    double share = largest > 1e-9 ? 0.85 / largest : 0;

    for (int i = 0; i < o->n; i++) {
        score[i] = 1;
        for (int j = 0; j < o->n; j++)
            a[i][j] = (i == j) - share * o->arc[j][i];
    }
    oracle_solve(o->n, a, score);
    for (int i = 0; i < o->n; i++)
        most = fmax(most, score[i]);
    for (int i = 0; i < o->n; i++)
        score[i] /= most;
}

/* Kleinberg's rounds from equal hubs, 2^28 of them: the matrix of two steps back and forth is squared 28 times. More would
 * tell eigenvalues apart that differ by rounding only. */
static void
oracle_authority(const oracle *o, double *score)
{
    static long double a[ORACLE_MOST][ORACLE_MOST], b[ORACLE_MOST][ORACLE_MOST];
    double start[ORACLE_MOST] = {0}, most = 0;

    for (int i = 0; i < o->n; i++)
        for (int j = 0; j < o->n; j++) {
            start[j] += o->arc[i][j];
            a[i][j] = 0;
            for (int k = 0; k < o->n; k++)
                a[i][j] += (long double)o->arc[k][i] * o->arc[k][j];
        }
    for (int round = 0; round < 28; round++) {
        long double largest = 0;

        for (int i = 0; i < o->n; i++)
            for (int j = 0; j < o->n; j++) {
                b[i][j] = 0;
                for (int k = 0; k < o->n; k++)
                    b[i][j] += a[i][k] * a[k][j];
                largest = fmaxl(largest, b[i][j]);
            }
        for (int i = 0; i < o->n; i++)
            for (int j = 0; j < o->n; j++)
                a[i][j] = largest > 0 ? b[i][j] / largest : 0;
    }
    for (int i = 0; i < o->n; i++) {
        score[i] = 0;
        for (int j = 0; j < o->n; j++)
            score[i] += (double)a[i][j] * start[j];
        most = fmax(most, score[i]);
    }
    for (int i = 0; i < o->n; i++)
        score[i] = most > 0 ? score[i] / most : 0;
}

static void
oracle_hub(const oracle *o, double *score)
{
    double authority[ORACLE_MOST], most = 0;

    oracle_authority(o, authority);
    for (int i = 0; i < o->n; i++) {
        score[i] = 0;
        for (int j = 0; j < o->n; j++)
            score[i] += o->arc[i][j] * authority[j];
        most = fmax(most, score[i]);
    }
    for (int i = 0; i < o->n; i++)
        score[i] = most > 0 ? score[i] / most : 0;
}

#endif
