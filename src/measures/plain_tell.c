/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plain_tell.c - chains over a plain graph file's ties, in tables: kith_plain_tell() of plain.h. */
#include "measures/plain.h"

enum { RANK, SCORE, HOPS, PEOPLE, WEAKEST, NEW_INTRODUCER };
static const kith_column path_columns[] = {
    {"rank", KITH_CELL_INT, "", "1 is the best"},
    {"score", KITH_CELL_REAL, "1", "what the ties' numbers come to: see the notes"},
    {"hops", KITH_CELL_INT, "hops", "how many hops the chain has"},
    {"people", KITH_CELL_LIST, "", "from who asks to whom it leads"},
    {"weakest", KITH_CELL_INT, "", "number of the hop that costs most"},
    {"new_introducer", KITH_CELL_BOOL, "", "no chain above begins with the same person"},
};

enum { PATH, HOP, FROM, TO, VALUE, SOURCE, LINE };
static const kith_column hop_columns[] = {
    {"path", KITH_CELL_INT, "", "rank of the chain"},
    {"hop", KITH_CELL_INT, "", "number of the hop, from 1"},
    {"from", KITH_CELL_NODE, "", "where the tie begins"},
    {"to", KITH_CELL_NODE, "", "where it leads"},
    {"value", KITH_CELL_REAL, "1", "its probability or length, as it went into the score"},
    {"source", KITH_CELL_TEXT, "", "file it is from"},
    {"line", KITH_CELL_INT, "", "its line there"},
};

/* One chain or route; its nodes are borrowed. */
typedef struct line {
    const int32_t *node;
    int32_t hops, weakest;
    double score;
    bool fresh;
} line;

static void
fill_path(const kith_graph *g, int64_t rank, const line *chain, kith_table *out)
{
    g_autofree const char **people = g_new(const char *, chain->hops + 1);

    for (int i = 0; i <= chain->hops; i++)
        people[i] = kith_graph_label(g, chain->node[i]);
    kith_table_row(out);
    kith_table_set_int(out, RANK, rank);
    kith_table_set_real(out, SCORE, chain->score);
    kith_table_set_int(out, HOPS, chain->hops);
    kith_table_set_list(out, PEOPLE, people, chain->hops + 1);
    kith_table_set_int(out, WEAKEST, chain->weakest);
    kith_table_set_bool(out, NEW_INTRODUCER, chain->fresh);
}

static void
fill_hop(const kith_plain *p, int64_t rank, const line *chain, int i, kith_table *out)
{
    kith_node from = chain->node[i], to = chain->node[i + 1];
    int64_t hop = kith_plain_hop(p, from, to);
    kith_tie t;

    kith_graph_tie(p->graph, p->tie[hop], &t);
    kith_table_row(out);
    kith_table_set_int(out, PATH, rank);
    kith_table_set_int(out, HOP, i + 1);
    kith_table_set_node(out, FROM, from, kith_graph_label(p->graph, from));
    kith_table_set_node(out, TO, to, kith_graph_label(p->graph, to));
    kith_table_set_real(out, VALUE, p->value[hop]);
    kith_table_set_text(out, SOURCE, t.source);
    kith_table_set_int(out, LINE, t.line);
}

static const char *
about_score(kith_plain_meaning meaning)
{
    static const char *const about[] = {
        "every tie counts the same: a score is the number of hops, the smallest first",
        "weights are strengths, and a tie is 1/weight long: a score is the sum, the smallest first",
        ("a score is the product of the ties' probabilities: the chance that all of them carry, if "
         "each does so by itself"),
        "a score is the sum of the ties' lengths, the smallest first",
    };

    return about[meaning];
}

static void
note(const kith_plain *p, kith_answer *out)
{
    kith_answer_note(out, "a plain graph file: %s", about_score(p->meaning));
    if (p->meaning == KITH_PLAIN_NOTHING && p->weighted > 0)
        kith_answer_note(out,
                         "%" G_GINT64_FORMAT " tie%s a weight that was not used: say what it means "
                         "with --weight, --probability or --length",
                         p->weighted, p->weighted == 1 ? " has" : "s have");
    if (p->repeats > 0)
        kith_answer_note(
            out, "of ties between the same two the best counts (%" G_GINT64_FORMAT " left out)",
            p->repeats);
}

static void
tell(const kith_plain *p, const line *lines, int64_t n, kith_answer *out)
{
    kith_table *paths, *hops;

    paths = kith_answer_table(out, "paths", path_columns, G_N_ELEMENTS(path_columns));
    for (int64_t i = 0; i < n; i++)
        fill_path(p->graph, i + 1, &lines[i], paths);
    hops = kith_answer_table(out, "hops_detail", hop_columns, G_N_ELEMENTS(hop_columns));
    for (int64_t i = 0; i < n; i++)
        for (int j = 0; j < lines[i].hops; j++)
            fill_hop(p, i + 1, &lines[i], j, hops);
    note(p, out);
}

void
kith_plain_tell(const kith_plain *p, const kith_chains *chains, kith_answer *out)
{
    g_autofree line *lines = g_new(line, chains->n + 1);

    for (int64_t i = 0; i < chains->n; i++) {
        const kith_chain *c = &chains->at[i];

        lines[i] = (line){c->node, c->hops, c->weakest, c->score, c->fresh};
    }
    tell(p, lines, chains->n, out);
}

void
kith_plain_tell_routes(const kith_plain *p, const kith_routes *routes, kith_answer *out)
{
    g_autofree line *lines = g_new(line, routes->n + 1);

    for (int64_t i = 0; i < routes->n; i++) {
        const kith_route *r = &routes->at[i];

        lines[i] = (line){r->node, r->hops, r->weakest, r->score, r->fresh};
    }
    tell(p, lines, routes->n, out);
}
