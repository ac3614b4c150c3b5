/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pass.h - one question: its options, and how a graph answers it. */
#ifndef KITH_PASS_H
#define KITH_PASS_H

#include <kith/answer.h>
#include <kith/constants.h>
#include <kith/graph.h>
#include <kith/option.h>

KITH_BEGIN_DECLS

/** Everything a pass is given besides its own options. */
typedef struct kith_question {
    const kith_graph *graph;
    int64_t seed;    /**< of every random draw, printed with the answer */
    int64_t threads; /**< how many may be used; never changes a result */
    bool weighted;   /**< the user named a weight: measures that can use weights do */
    /** Told how far the work is, in [0, 1]; returning false asks to stop. Called from any thread, never from two at once.
     * May be NULL. */
    bool (*progress)(void *payload, double done);
    void *payload;
    const kith_constants *constants; /**< of warmth; NULL: the usual ones */
} kith_question;

typedef struct kith_pass {
    const char *name; /**< "influencers" */
    const char
        *group; /**< heading in --help: "your data", "introductions", "community", "customers" */
    const char *summary; /**< one line, lower case, no full stop */
    const char *details; /**< a few sentences for help and man page: definitions, direction,
                            weights, sources */
    const char *example; /**< arguments of a command that works when pasted */
    const kith_option *options;
    size_t options_size;
    int revision; /**< raised when the same graph and options give other results: what a batch kept is then done again */
    int words; /**< so many first words of the command line are values of the first options (`warmth A B`) */
    /**
     * Fills the answer's tables and notes.
     * @return KITH_ERR_NOT_FOUND when the question has no answer; what the answer holds by then is
     * still printed
     */
    kith_status (*run)(const kith_question *question, const void *options, kith_answer *out,
                       kith_error *err);
} kith_pass;

/** All passes, ending with NULL; in the order of --help. */
KITH_API const kith_pass *const *kith_passes(void);
/** A pass by name, NULL when there is none. */
KITH_API const kith_pass *kith_pass_find(const char *name);

/**
 * Asks: runs a pass with these option values and records parameters, as-of, seed and sources.
 * @param out yours, also when the status is KITH_ERR_NOT_FOUND; NULL on other errors
 */
KITH_API kith_status kith_ask(const kith_pass *pass, const kith_question *question,
                              const void *options, kith_answer **out, kith_error *err);

KITH_END_DECLS
#endif
