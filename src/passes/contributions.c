/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * contributions - give before you ask: what was given, what was asked, in which order, and what is still open.
 *
 * Somebody who asked before giving anything stands first in the list, then who gave without getting anything back. The order
 * is taken from days alone; of one day, or without dates, it is unknown rather than guessed.
 */
#include "measures/customers.h"
#include "measures/favours.h"
#include "measures/interval.h"
#include "measures/ways.h"
#include "model/graph.h"
#include "passes/pass.h"
#include <math.h>
#include <stdlib.h>

struct contributions {
    const char *from;
    bool everybody;
    int64_t top;
};

static const kith_option options[] = {
    KITH_OPTION_TEXT(struct contributions, from, 0, "WHO", NULL, false,
                     "whose ledger; the owner of the files and their firm by default"),
    KITH_OPTION_FLAG(struct contributions, everybody, "all pairs, whoever they are"),
    KITH_OPTION_INT(struct contributions, top, 'n', "50", 1, 1e9, "how many rows to list"),
    KITH_OPTION_END,
};

static const kith_column columns[] = {
    {"from", KITH_CELL_NODE, "", "whose side this is"},
    {"person", KITH_CELL_NODE, "", "with whom: a person or a firm"},
    {"given", KITH_CELL_INT, "", "gifts to them"},
    {"received", KITH_CELL_INT, "", "gifts from them"},
    {"balance", KITH_CELL_INT, "", "given less received"},
    {"asked", KITH_CELL_INT, "", "asks and contracts of ours to them"},
    {"order", KITH_CELL_TEXT, "", "gave first, asked first, unknown, nothing asked"},
    {"lead_days", KITH_CELL_REAL, "days",
     "from the first gift to the first ask; below 0: after it"},
    {"next", KITH_CELL_TEXT, "", "what to do"},
    {"ask", KITH_CELL_NODE, "", "whom to speak to"},
    {"channel", KITH_CELL_TEXT, "", "a way to reach them that they did not forbid"},
};

static const kith_column summary_columns[] = {
    {"measure", KITH_CELL_TEXT, "", "what is counted"},
    {"count", KITH_CELL_INT, "", "how many"},
    {"of", KITH_CELL_INT, "", "out of how many"},
    {"value", KITH_CELL_REAL, "1", "share"},
    {"lo", KITH_CELL_REAL, "1", "95 % interval of the share"},
    {"hi", KITH_CELL_REAL, "1", "95 % interval of the share"},
};

static int
urgency(const kith_favours *f)
{
    if (f->order == KITH_FAVOUR_ASKED_FIRST)
        return f->given == 0 ? 0 : 3;
    if (f->received > f->given)
        return 1;
    return f->order == KITH_FAVOUR_UNKNOWN ? 2 : 4;
}

static int
by_urgency(const void *a, const void *b)
{
    const kith_favours *x = a, *y = b;
    int64_t dx = x->received - x->given, dy = y->received - y->given;

    if (urgency(x) != urgency(y))
        return urgency(x) < urgency(y) ? -1 : 1;
    if (x->asked != y->asked)
        return x->asked > y->asked ? -1 : 1;
    if (dx != dy)
        return dx > dy ? -1 : 1;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->to < y->to ? -1 : x->to > y->to;
}

static const char *
next_step(const kith_favours *f)
{
    switch (urgency(f)) {
    case 0:
        return f->received ? "asked and received, gave nothing: give before asking again"
                           : "asked before giving anything: give first";
    case 1:
        return "a favour is not returned: thank them and ask what would help";
    case 2:
        return "the order cannot be told: write dates down";
    case 3:
        return "asked first and gave later: keep giving";
    default:
        return f->asked ? "gave before asking: keep it so" : "gave, asked nothing: free to ask";
    }
}

static GArray *
pick(const GArray *all, const bool *side, bool everybody)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_favours));

    for (guint i = 0; i < all->len; i++) {
        const kith_favours *f = KITH_ROW(all, kith_favours, i);

        if (everybody ? f->given + f->asked > 0
                      : side[f->from] && !side[f->to] && f->given + f->received + f->asked > 0)
            g_array_append_val(out, *f);
    }
    if (out->len)
        qsort(out->data, out->len, sizeof(kith_favours), by_urgency);
    return out;
}

static void
tell_rows(const kith_graph *g, const GArray *rows, int64_t top, const kith_ways *ways,
          kith_answer *out)
{
    kith_table *t = kith_answer_table(out, "contributions", columns, G_N_ELEMENTS(columns));

    for (guint i = 0; i < rows->len && i < top; i++) {
        const kith_favours *f = KITH_ROW(rows, kith_favours, i);

        kith_table_row(t);
        kith_table_set_node(t, 0, f->from, kith_graph_label(g, f->from));
        kith_table_set_node(t, 1, f->to, kith_graph_label(g, f->to));
        kith_table_set_int(t, 2, f->given);
        kith_table_set_int(t, 3, f->received);
        kith_table_set_int(t, 4, f->given - f->received);
        kith_table_set_int(t, 5, f->asked);
        kith_table_set_text(t, 6, kith_favour_order_name(f->order));
        kith_table_set_real(t, 7, f->lead_days);
        kith_table_set_text(t, 8, next_step(f));
        kith_way_tell(ways, f->to, t, 9);
    }
}

static void
tell_share(kith_table *t, const char *measure, int64_t k, int64_t n)
{
    kith_interval share = kith_interval_share(k, n);

    kith_table_row(t);
    kith_table_set_text(t, 0, measure);
    kith_table_set_int(t, 1, k);
    kith_table_set_int(t, 2, n);
    kith_interval_tell(&share, t, 3);
}

static void
tell_summary(const GArray *rows, kith_answer *out)
{
    kith_table *t =
        kith_answer_table(out, "summary", summary_columns, G_N_ELEMENTS(summary_columns));
    int64_t asked = 0, first = 0, violated = 0, gave = 0, both = 0;

    for (guint i = 0; i < rows->len; i++) {
        const kith_favours *f = KITH_ROW(rows, kith_favours, i);

        asked += f->order == KITH_FAVOUR_GAVE_FIRST || f->order == KITH_FAVOUR_ASKED_FIRST;
        first += f->order == KITH_FAVOUR_GAVE_FIRST;
        violated += f->order == KITH_FAVOUR_ASKED_FIRST;
        gave += f->given > 0;
        both += f->given > 0 && f->received > 0;
    }
    tell_share(t, "gave before asking, of those asked where the order is known", first, asked);
    tell_share(t, "asked before giving, of those asked where the order is known", violated, asked);
    tell_share(t, "got something back, of those given to", both, gave);
    kith_table_row(t);
    kith_table_set_text(t, 0, "weighted reciprocity: giving that is returned");
    kith_table_set_real(t, 3, kith_favours_reciprocity(rows));
}

/* The sides of "us", or of one person or firm. */
static kith_status
find_side(const kith_graph *g, const struct contributions *o, bool *side, kith_error *err)
{
    g_autoptr(kith_customers) c = kith_customers_new(g, -1);
    kith_node who;

    if (o->everybody)
        return KITH_OK;
    if (o->from) {
        TRY(kith_graph_find(g, o->from, 1u << KITH_PERSON | 1u << KITH_ORGANISATION, &who, err));
        side[who] = true;
        return KITH_OK;
    }
    if (c->me < 0)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "no owner in these files: say whose ledger with --from, or --everybody");
    side[c->me] = true;
    if (c->firm >= 0)
        side[c->firm] = true;
    return KITH_OK;
}

static kith_status
run(const kith_question *question, const void *opaque, kith_answer *out, kith_error *err)
{
    const struct contributions *o = opaque;
    const kith_graph *g = question->graph;
    g_autofree bool *side = g_new0(bool, g->nodes + 1);
    g_autoptr(GArray) all = NULL, rows = NULL;
    g_autoptr(kith_ways) ways = NULL;

    TRY(find_side(g, o, side, err));
    all = kith_favours_list(g);
    rows = pick(all, side, o->everybody);
    if (rows->len == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND,
                         "no contributions, referrals, recommendations or asks of theirs in these "
                         "files");
    ways = kith_ways_new(g, NULL);
    tell_rows(g, rows, o->top, ways, out);
    tell_summary(rows, out);
    if (rows->len > o->top)
        kith_answer_note(out, "%u pairs in all, the first %" G_GINT64_FORMAT " are listed",
                         rows->len, o->top);
    kith_ways_assume(ways, out);
    kith_answer_note(out, "gifts: contributions, recommendations, endorsements, referrals, "
                          "introductions made; asks: requests, sales, deals; of one day the order "
                          "is unknown");
    return KITH_OK;
}

const kith_pass kith_pass_contributions = {
    .name = "contributions",
    .group = "customers",
    .summary = "give before you ask: who is owed, who was asked too early, what to do next",
    .details =
        "A gift is a contribution, a recommendation, an endorsement, a referral (to its receiver, "
        "else to whom it is about) and an introduction made, to whom it was made for. An ask is a "
        "request for an introduction or a contribution (status asked, agreed or declined), a sale "
        "or a deal. Per pair: gifts both ways, the balance, which came first and by how many days. "
        "Weighted reciprocity is the sum of the smaller of both ways over all giving (Squartini "
        "and others 2013).",
    .example = "contributions --me \"Marta Kowalska\" datasets/tidewell/referrals.csv",
    .options = options,
    .options_size = sizeof(struct contributions),
    .run = run,
};
