/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * centrality.h - numbers for "who matters", one table of measures for every pass that offers them.
 *
 * Two views of a network are used. "As the network" keeps its directions; "the undirected collapse"
 * has one edge for each pair with a tie either way, the weights of both added. Distances on weights
 * are 1/weight: a strong tie is short. Scores are rounded to 12 significant digits (rank.h says
 * why); NaN means that a measure is not defined for a vertex.
 */
#ifndef KITH_MEASURES_CENTRALITY_H
#define KITH_MEASURES_CENTRALITY_H

#include "measures/work.h"
#include "model/network.h"

/* How the work of a measure grows. */
typedef enum kith_centrality_cost {
    KITH_COST_PASS,       /* a few looks at every edge */
    KITH_COST_SQUARES,    /* looks at every pair of a vertex's edges */
    KITH_COST_SWEEPS,     /* about a hundred looks at every edge */
    KITH_COST_TRAVERSALS, /* one look at every edge from every vertex */
    KITH_COST_DISTANCES,  /* the same, but without weights from 512 vertices at once */
    KITH_COST_SAMPLES     /* a set number of samples */
} kith_centrality_cost;

typedef struct kith_centrality {
    const char *name;  /* "pagerank" */
    const char *about; /* the definition in one sentence, lower case, no full stop */
    bool collapsed;    /* works on the undirected collapse */
    bool can_weigh;    /* uses weights when asked */
    bool always_weighs;
    bool lowest_first; /* the lowest score is the best */
    bool needs_others; /* depends on ties among one's contacts, so it cannot be told from a star */
    kith_centrality_cost cost;
    kith_status (*run)(const kith_network *network, bool weighted, kith_work *work, double *score,
                       kith_error *err);
    /* The k best without weights, NaN for those who cannot be among them; NULL: all must be scored. */
    kith_status (*best)(const kith_network *network, int64_t k, kith_work *work, double *score,
                        kith_error *err);
} kith_centrality;

/* "degree|strength|…", for an option table. */
#define KITH_CENTRALITY_CHOICES                                                                    \
    "degree|strength|pagerank|eigenvector|katz|hub|authority|betweenness|harmonic|closeness|core|" \
    "constraint|clustering|spread"

/** A measure by name, NULL when there is none. */
const kith_centrality *kith_centrality_find(const char *name);
/** The i-th measure in the order of the choices, NULL past the end. */
const kith_centrality *kith_centrality_at(int64_t i);

/**
 * Scores every vertex.
 * @param work   may be NULL
 * @param score  n long, filled
 * @return KITH_ERR_CANCELLED when asked to stop, KITH_ERR_ARGUMENT for a weight that is not finite and > 0, KITH_ERR_NUMERIC when a result
 * is not finite or an iteration does not settle, KITH_ERR_NO_MEMORY
 */
kith_status kith_centrality_score(const kith_centrality *measure, const kith_network *network,
                                  bool weighted, kith_work *work, double *score, kith_error *err);

/**
 * Scores at least the k best, weights not used; NaN for others who cannot be among them. The same as scoring everybody for
 * a measure that has no shorter way.
 */
kith_status kith_centrality_best(const kith_centrality *measure, const kith_network *network,
                                 int64_t k, kith_work *work, double *score, kith_error *err);

/** Roughly how many steps of a nanosecond scoring takes; the same on every machine. */
double kith_centrality_work(const kith_centrality *measure, const kith_network *network,
                            bool weighted);

#endif
