/* SPDX-License-Identifier: GPL-3.0-or-later */
/* warmth.c - warmth-1, see warmth.h. */
#include "measures/warmth.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>

#define C kith_warmth_constants
#define MUCH 1e6

const kith_option kith_warmth_options[] = {
    KITH_OPTION_REAL(C, fast_half_life_days, "180", 1e-3, MUCH, "half life of the fast part, days"),
    KITH_OPTION_REAL(C, slow_half_life_days, "1095", 1e-3, MUCH,
                     "half life of the slow part, days"),
    KITH_OPTION_REAL(C, fast_share, "0.75", 0, 1, "share of a fact that fades fast"),
    KITH_OPTION_REAL(C, slow_share, "0.25", 0, 1, "share of a fact that fades slowly"),
    KITH_OPTION_REAL(C, in_person, "3", 0, MUCH, "weight of a meeting in person"),
    KITH_OPTION_REAL(C, remote, "2", 0, MUCH, "weight of a meeting by video or phone"),
    KITH_OPTION_REAL(C, closed_referral, "6", 0, MUCH, "points of a referral that was closed"),
    KITH_OPTION_REAL(C, referral, "4", 0, MUCH, "points of any other referral"),
    KITH_OPTION_REAL(C, introduction, "4", 0, MUCH, "points of an introduction that was made"),
    KITH_OPTION_REAL(C, recommendation, "3", 0, MUCH, "points of a recommendation"),
    KITH_OPTION_REAL(C, contribution, "2", 0, MUCH, "points of a contribution"),
    KITH_OPTION_REAL(C, bare, "0.5", 0, MUCH, "points of a bare connection; they do not fade"),
    KITH_OPTION_REAL(C, variety_step, "0.1", 0, MUCH, "bonus for each further kind of contact"),
    KITH_OPTION_REAL(C, variety_cap, "3", 0, 3, "how many further kinds count"),
    KITH_OPTION_REAL(C, scale, "12", 1e-3, MUCH, "points at which warmth is 1 - 1/e"),
    KITH_OPTION_REAL(C, strong_from, "0.60", 0, 1, "warmth from which a tie is strong"),
    KITH_OPTION_REAL(C, familiar_from, "0.25", 0, 1, "warmth from which a tie is familiar"),
    KITH_OPTION_REAL(C, cooling_from, "3", 0, MUCH, "usual intervals of silence until cooling"),
    KITH_OPTION_REAL(C, at_risk_from, "8", 0, MUCH, "usual intervals of silence until at risk"),
    KITH_OPTION_REAL(C, dormant_days, "1095", 0, MUCH, "days of silence until dormant"),
    KITH_OPTION_REAL(C, strong_interval_days, "60", 1e-3, MUCH,
                     "usual interval of a strong tie with few contacts, days"),
    KITH_OPTION_REAL(C, familiar_interval_days, "120", 1e-3, MUCH,
                     "usual interval of a familiar tie with few contacts, days"),
    KITH_OPTION_REAL(C, weak_interval_days, "365", 1e-3, MUCH,
                     "usual interval of a weak tie with few contacts, days"),
    KITH_OPTION_REAL(C, rhythm_contacts, "4", 2, MUCH,
                     "days with a contact from which the tie's own median interval counts"),
    KITH_OPTION_REAL(C, contact_party, "12", 2, MUCH, "people up to which an event is a contact"),
    KITH_OPTION_REAL(C, undated_days, "365", 0, MUCH, "age of a fact without a date, days"),
    KITH_OPTION_REAL(C, hop_base, "0.05", 1e-6, 1, "p of a hop with warmth 0"),
    KITH_OPTION_REAL(C, hop_slope, "0.85", 0, 1, "p that warmth 1 adds"),
    KITH_OPTION_REAL(C, hop_cap, "0.95", 1e-6, 1, "largest p of a hop"),
    KITH_OPTION_REAL(C, record_agreed, "2", 1e-3, MUCH,
                     "requests agreed to before any was recorded"),
    KITH_OPTION_REAL(C, record_asked, "4", 1e-3, MUCH, "requests asked before any was recorded"),
    KITH_OPTION_REAL(C, record_low, "0.5", 1e-3, MUCH, "smallest factor of an introducer's record"),
    KITH_OPTION_REAL(C, record_high, "1.3", 1e-3, MUCH, "largest factor of an introducer's record"),
    KITH_OPTION_REAL(C, role_decides, "1", 1e-3, 1,
                     "weight of who decides at a firm: owner, chief, partner"),
    KITH_OPTION_REAL(C, role_leads, "0.9", 1e-3, 1,
                     "weight of who leads there: director, head, manager"),
    KITH_OPTION_REAL(C, role_works, "0.7", 1e-3, 1, "weight of any other title there"),
    KITH_OPTION_REAL(C, role_assists, "0.5", 1e-3, 1,
                     "weight of an assistant, trainee or intern there"),
    KITH_OPTION_REAL(C, role_unknown, "0.7", 1e-3, 1, "weight of who works there without a title"),
    KITH_OPTION_REAL(C, rest_requests, "4", 1, MUCH,
                     "requests after which an introducer is given a rest"),
    KITH_OPTION_REAL(C, rest_days, "90", 1, MUCH, "days in which those requests are counted"),
    KITH_OPTION_REAL(C, new_tie, "0.25", 0, 1, "warmth of a tie that would be new"),
    KITH_OPTION_REAL(C, calibrate_from, "30", 10, MUCH,
                     "recorded requests from which a score is calibrated"),
    KITH_OPTION_REAL(C, answer_days, "30", 0, MUCH,
                     "days without an answer after which a request counts as declined"),
    KITH_OPTION_END,
};

void
kith_warmth_defaults(kith_warmth_constants *constants)
{
    kith_options_init(kith_warmth_options, constants);
}

double
kith_warmth_retention(const kith_warmth_constants *c, double age_days)
{
    double age = MAX(0.0, age_days);

    return c->fast_share * exp2(-age / c->fast_half_life_days) +
           c->slow_share * exp2(-age / c->slow_half_life_days);
}

double
kith_warmth_points(const kith_warmth_constants *c, const kith_warmth_item *item)
{
    double full = item->weight * kith_warmth_retention(c, item->age_days);

    if (item->part == KITH_WARMTH_L)
        return c->bare;
    return item->part == KITH_WARMTH_M ? full / (MAX(2, item->party) - 1) : full;
}

static int
by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Rounding is monotone, so a further item can never make a sum from small to large smaller. */
static double
sum_up(double *values, int64_t n)
{
    double sum = 0;

    qsort(values, (size_t)n, sizeof *values, by_value);
    for (int64_t i = 0; i < n; i++)
        sum += values[i];
    return sum;
}

/* The way of an item seen from the side asked for. */
static kith_warmth_way
way_of(const kith_warmth_item *item, bool reversed)
{
    if (!reversed || item->way == KITH_WARMTH_BOTH)
        return (kith_warmth_way)item->way;
    return item->way == KITH_WARMTH_OUT ? KITH_WARMTH_IN : KITH_WARMTH_OUT;
}

static double
sum_part(const kith_warmth_constants *c, const kith_warmth_item *items, int64_t n,
         kith_warmth_part part, kith_warmth_way way, bool reversed, double *scratch)
{
    int64_t used = 0;

    for (int64_t i = 0; i < n; i++)
        if (items[i].part == part &&
            (way == KITH_WARMTH_BOTH || way_of(&items[i], reversed) == way))
            scratch[used++] = kith_warmth_points(c, &items[i]);
    return sum_up(scratch, used);
}

static bool
has_link(const kith_warmth_item *items, int64_t n, bool reversed)
{
    for (int64_t i = 0; i < n; i++)
        if (items[i].part == KITH_WARMTH_L && way_of(&items[i], reversed) != KITH_WARMTH_IN)
            return true;
    return false;
}

static kith_warmth_tier
tier_of(const kith_warmth_constants *c, double w)
{
    if (!(w > 0))
        return KITH_TIER_UNKNOWN;
    return w >= c->strong_from     ? KITH_TIER_STRONG
           : w >= c->familiar_from ? KITH_TIER_FAMILIAR
                                   : KITH_TIER_WEAK;
}

static void
add_up(const kith_warmth_constants *c, double declared, kith_warmth *out)
{
    out->variety = (out->m > 0) + (out->x > 0) + (out->v > 0) + (out->l > 0);
    out->factor = 1 + c->variety_step * MIN(c->variety_cap, MAX(0, out->variety - 1));
    out->sum = (out->m + out->x + out->v + out->l) * out->factor;
    out->bare_w = -expm1(-out->sum / c->scale);
    out->declared = isnan(declared) ? declared : CLAMP(declared, 0.0, 1.0);
    out->w = isnan(declared) ? out->bare_w : (out->bare_w + out->declared) / 2;
    out->tier = tier_of(c, out->w);
}

/* Days of contact, ascending and distinct; also the age of the youngest. */
static int64_t
contact_days(const kith_warmth_item *items, int64_t n, bool answered, double *days, double *gap)
{
    int64_t found = 0, distinct = 0;

    *gap = NAN;
    for (int64_t i = 0; i < n; i++) {
        if (!items[i].contact || items[i].undated || (items[i].part == KITH_WARMTH_X && !answered))
            continue;
        days[found++] = items[i].day;
        *gap = fmin(*gap, MAX(0.0, items[i].age_days));
    }
    qsort(days, (size_t)found, sizeof *days, by_value);
    for (int64_t i = 0; i < found; i++)
        if (i == 0 || days[i] != days[i - 1])
            days[distinct++] = days[i];
    return distinct;
}

static double
median_interval(double *days, int64_t n)
{
    int64_t gaps = n - 1;

    for (int64_t i = 0; i < gaps; i++)
        days[i] = days[i + 1] - days[i];
    qsort(days, (size_t)gaps, sizeof *days, by_value);
    return (days[(gaps - 1) / 2] + days[gaps / 2]) / 2.0;
}

static double
fallback_interval(const kith_warmth_constants *c, kith_warmth_tier tier)
{
    return tier == KITH_TIER_STRONG     ? c->strong_interval_days
           : tier == KITH_TIER_FAMILIAR ? c->familiar_interval_days
                                        : c->weak_interval_days;
}

static void
find_state(const kith_warmth_constants *c, const kith_warmth_item *items, int64_t n, double *days,
           kith_warmth *out)
{
    double g;

    out->contacts = contact_days(items, n, out->x > 0, days, &out->gap_days);
    out->usual_days = NAN;
    out->state = KITH_STATE_UNKNOWN;
    if (out->contacts == 0)
        return;
    out->usual_days = (double)out->contacts >= c->rhythm_contacts
                          ? median_interval(days, out->contacts)
                          : fallback_interval(c, out->tier);
    g = out->gap_days / out->usual_days;
    out->state = out->gap_days >= c->dormant_days ? KITH_STATE_DORMANT
                 : g >= c->at_risk_from           ? KITH_STATE_AT_RISK
                 : g >= c->cooling_from           ? KITH_STATE_COOLING
                                                  : KITH_STATE_ACTIVE;
}

static void
sum_parts(const kith_warmth_constants *c, const kith_warmth_item *items, int64_t n, bool reversed,
          double *scratch, kith_warmth *out)
{
    *out = (kith_warmth){0};
    out->m = sum_part(c, items, n, KITH_WARMTH_M, KITH_WARMTH_BOTH, reversed, scratch);
    out->v = sum_part(c, items, n, KITH_WARMTH_V, KITH_WARMTH_BOTH, reversed, scratch);
    out->out = sum_part(c, items, n, KITH_WARMTH_X, KITH_WARMTH_OUT, reversed, scratch);
    out->in = sum_part(c, items, n, KITH_WARMTH_X, KITH_WARMTH_IN, reversed, scratch);
    out->x = sqrt(MIN(out->out, out->in) * (out->out + out->in) / 2);
    for (int64_t i = 0; i < n; i++)
        out->undated += items[i].undated;
}

/* What is left once the facts are summed. */
static void
finish(const kith_warmth_constants *c, const kith_warmth_item *items, int64_t n, bool reversed,
       double declared, double *scratch, kith_warmth *out)
{
    out->l = has_link(items, n, reversed) ? c->bare : 0;
    add_up(c, declared, out);
    find_state(c, items, n, scratch, out);
}

void
kith_warmth_compute(const kith_warmth_constants *c, const kith_warmth_item *items, int64_t n,
                    bool reversed, double declared, kith_warmth *out)
{
    double room[16]; /* most pairs have few items */
    g_autofree double *more = n > 16 ? g_new(double, (gsize)n) : NULL;
    double *scratch = more ? more : room;

    sum_parts(c, items, n, reversed, scratch, out);
    finish(c, items, n, reversed, declared, scratch, out);
}

void
kith_warmth_compute_both(const kith_warmth_constants *c, const kith_warmth_item *items, int64_t n,
                         const double declared[2], kith_warmth out[2])
{
    double room[16];
    g_autofree double *more = n > 16 ? g_new(double, (gsize)n) : NULL;
    double *scratch = more ? more : room;

    sum_parts(c, items, n, false, scratch, &out[0]);
    out[1] = out[0];
    out[1].out = out[0].in;
    out[1].in = out[0].out;
    for (int back = 0; back < 2; back++)
        finish(c, items, n, back, declared[back], scratch, &out[back]);
}

double
kith_warmth_record(const kith_warmth_constants *c, double asked, double agreed)
{
    double rate = (c->record_agreed + agreed) / (c->record_asked + asked);

    return CLAMP(rate / (c->record_agreed / c->record_asked), c->record_low, c->record_high);
}

double
kith_warmth_hop(const kith_warmth_constants *c, double w, double record)
{
    return MIN(c->hop_cap, (c->hop_base + c->hop_slope * w) * record);
}

const char *
kith_warmth_tier_name(kith_warmth_tier tier)
{
    static const char *const names[] = {"unknown", "weak", "familiar", "strong"};

    return names[tier];
}

const char *
kith_warmth_state_name(kith_warmth_state state)
{
    static const char *const names[] = {"unknown", "active", "cooling", "at risk", "dormant"};

    return names[state];
}
