/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * warmth.h - warmth-1: how warm a tie between two people is, from the facts between them.
 *
 *     ret(a) = .75 * 2^(-a/180) + .25 * 2^(-a/1095)     a = age of a fact in days; two-speed fading
 *     M = sum of w * ret(a) / (n - 1)                   meetings and events of n people
 *     X = sqrt(min(O, I) * (O + I) / 2)                 O, I = sum of ret(a) of messages out, in
 *     V = sum of points * ret(a)                        referrals, introductions, recommendations, help
 *     L = .5 when there is a bare connection            does not fade
 *     P = (M + X + V + L) * (1 + .1 * min(3, c - 1))    c = how many of M X V L are not 0
 *     W = 1 - exp(-P / 12)                              with a declared closeness D: (W + D) / 2
 *
 * One coffee today: M = 3, P = 3, W = 1 - exp(-1/4) = .221, a weak tie. The numbers are conventions, not estimates;
 * all of them are in kith_warmth_constants and printed with each answer. This file knows no graph: see ties.h.
 */
#ifndef KITH_MEASURES_WARMTH_H
#define KITH_MEASURES_WARMTH_H

#include <kith/answer.h>
#include <kith/constants.h>
#include <stdbool.h>
#include <stdint.h>

/** The name under which the constants are known; it changes when a default or a formula does. */
#define KITH_WARMTH_VERSION "warmth-1"

/** Every constant of warmth-1; kith_warmth_options holds defaults, ranges and a sentence for each. */
typedef struct kith_constants {
    double fast_half_life_days, slow_half_life_days;
    double fast_share, slow_share;
    double in_person, remote;
    double closed_referral, referral, introduction, recommendation, contribution;
    double bare;
    double variety_step, variety_cap;
    double scale;
    double strong_from, familiar_from;
    double cooling_from, at_risk_from, dormant_days;
    double strong_interval_days, familiar_interval_days, weak_interval_days;
    double rhythm_contacts;
    double contact_party;
    double undated_days;
    double hop_base, hop_slope, hop_cap;
    double record_agreed, record_asked, record_low, record_high;
    double role_decides, role_leads, role_works, role_assists, role_unknown;
    double rest_requests, rest_days;
    double new_tie;
    double calibrate_from, answer_days;
} kith_warmth_constants;

/** The table over kith_warmth_constants, all of type REAL. */
extern const kith_option kith_warmth_options[];

typedef enum kith_warmth_part {
    KITH_WARMTH_M = 0, /**< met, or present at the same event */
    KITH_WARMTH_X,     /**< wrote to one another; way is OUT or IN */
    KITH_WARMTH_V,     /**< did something for one another */
    KITH_WARMTH_L,     /**< a bare connection; way says who sees it */
    KITH_WARMTH_PARTS
} kith_warmth_part;

/** In which direction of the pair an item counts. */
typedef enum kith_warmth_way {
    KITH_WARMTH_BOTH = 0,
    KITH_WARMTH_OUT,
    KITH_WARMTH_IN
} kith_warmth_way;

/** One fact between i and j, seen from i. */
typedef struct kith_warmth_item {
    double age_days; /**< >= 0; for undated facts the constant undated_days */
    double weight;   /**< M: in_person or remote; X: how many messages; V: points; L: ignored */
    int32_t day;   /**< day number of the fact (any origin): contacts of one day are one contact */
    int32_t party; /**< M: people present, >= 2; else ignored */
    uint8_t part;  /**< kith_warmth_part */
    uint8_t way;   /**< kith_warmth_way */
    bool undated;  /**< never a contact; counted in kith_warmth.undated */
    bool contact;  /**< a two-way contact; for messages only while the other side writes too */
} kith_warmth_item;

typedef enum kith_warmth_tier {
    KITH_TIER_UNKNOWN = 0,
    KITH_TIER_WEAK,
    KITH_TIER_FAMILIAR,
    KITH_TIER_STRONG
} kith_warmth_tier;

typedef enum kith_warmth_state {
    KITH_STATE_UNKNOWN = 0, /**< no dated contact */
    KITH_STATE_ACTIVE,
    KITH_STATE_COOLING,
    KITH_STATE_AT_RISK,
    KITH_STATE_DORMANT
} kith_warmth_state;

/** The warmth of one ordered pair, with all that it is made of. */
typedef struct kith_warmth {
    double m, x, v, l; /**< the four parts, >= 0 */
    double out, in;    /**< O and I of messages, >= 0 */
    int variety;       /**< c, 0-4 */
    double factor;     /**< 1 + .1 * min(3, max(0, c - 1)) */
    double sum;        /**< P = (m + x + v + l) * factor */
    double bare_w;     /**< W before the declared closeness */
    double declared;   /**< D in [0, 1]; NaN when nobody declared one */
    double w;          /**< W in [0, 1] */
    kith_warmth_tier tier;
    kith_warmth_state state;
    int64_t contacts; /**< days with a dated two-way contact */
    double gap_days;  /**< since the last of them; NaN when there is none */
    double
        usual_days; /**< median interval from 4 contact days on, else the tier's fallback; NaN as above */
    int64_t undated; /**< items without a date */
} kith_warmth;

/** Sets every constant to its default. */
void kith_warmth_defaults(kith_warmth_constants *constants);

/** The share of a fact that is left after so many days, in [0, 1]; ages below 0 count as 0. */
double kith_warmth_retention(const kith_warmth_constants *constants, double age_days);

/** What an item adds to its part: w * ret / (n - 1), points * ret, messages * ret; L: the constant `bare`. */
double kith_warmth_points(const kith_warmth_constants *constants, const kith_warmth_item *item);

/**
 * The warmth of i towards j.
 * Each part is summed from its smallest item to its largest, so the order of items changes no bit of the result.
 * @param items     seen from i; may be NULL when n is 0
 * @param reversed  swaps OUT and IN: the warmth of j towards i
 * @param declared  closeness that i declared, clamped to [0, 1]; NaN for none
 * O(n log n).
 */
void kith_warmth_compute(const kith_warmth_constants *constants, const kith_warmth_item *items,
                         int64_t n, bool reversed, double declared, kith_warmth *out);

/** The same both ways at once, in half the time: out[0] seen from i, out[1] from j. */
void kith_warmth_compute_both(const kith_warmth_constants *constants, const kith_warmth_item *items,
                              int64_t n, const double declared[2], kith_warmth out[2]);

/** q: an introducer's record, clamp(((2 + agreed) / (4 + asked)) / .5, .5, 1.3). No requests: 1. */
double kith_warmth_record(const kith_warmth_constants *constants, double asked, double agreed);

/** p of a hop: min(.95, (.05 + .85 w) * record), in (0, 1]. An index, not a probability. */
double kith_warmth_hop(const kith_warmth_constants *constants, double w, double record);

/** "strong", "familiar", "weak", "unknown". */
const char *kith_warmth_tier_name(kith_warmth_tier tier);
/** "active", "cooling", "at risk", "dormant", "unknown". */
const char *kith_warmth_state_name(kith_warmth_state state);

/**
 * Tells the reader which constants are in use: each as a parameter "warmth.NAME", and a note with those that are not the
 * usual ones.
 */
void kith_warmth_tell(const kith_warmth_constants *constants, kith_answer *out);

#endif
