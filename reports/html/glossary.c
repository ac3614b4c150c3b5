/* SPDX-License-Identifier: GPL-3.0-or-later */
/* glossary.c - the words of the page, each with what it says, what it does not, and how it is made. */
#include "base/base.h"
#include "reports/html/html.h"
#include <string.h>

/* A term is explained when one of these questions was asked. */
static const struct {
    const char *questions, *term, *meaning;
} terms[] = {
    {"intro ties warmth keep-in-touch reach gatekeepers", "Warmth",
     "How much two people have had to do with one another, from 0 to 1: meetings count most, "
     "favours "
     "much, messages only when both write, and all of it fades with time. It does not say whether "
     "they "
     "like each other."},
    {"intro reach gatekeepers", "Score of a chain",
     "The product of what each step is worth. It puts chains in order; it is not a chance of "
     "success."},
    {"intro", "Weakest link",
     "The step of a chain that is worth least: there it is most likely to end."},
    {"gatekeepers", "Gatekeeper", "Somebody whom every way in goes through."},
    {"influencers", "Rank and its range",
     "The place in the list, and the places between which it stays when a tenth of the facts is "
     "left "
     "out. Where ranges overlap the order is not certain."},
    {"influencers", "PageRank",
     "High for those to whom many ties lead from people who matter themselves. It does not say "
     "that "
     "anybody follows their advice."},
    {"influencers", "Betweenness",
     "How often the shortest chains between others pass through somebody. It says nothing about "
     "people "
     "seen only from outside."},
    {"communities map", "Group",
     "People with more ties among themselves than chance would make. Its edge is fuzzy: some could "
     "as "
     "well be in the next one."},
    {"communities", "Modularity",
     "The share of ties inside groups, less what chance would put there. Near 0: no groups worth "
     "the name."},
    {"brokers", "Constraint",
     "Low for people whose contacts do not know one another, so that news from several sides meets "
     "in them."},
    {"seeds", "Spread", "How many hear of it on average in the model, not how many will."},
    {"events", "New ties after an event",
     "Pairs who met there and had to do with one another later, beside how many to expect anyhow. "
     "It goes "
     "with the event; it need not come from it."},
    {"layers", "Layer", "Customers are layer 1, their customers layer 2, and so on."},
    {"keep-in-touch", "Cooling, at risk, dormant",
     "How long the silence is against what was usual between the two: three times is cooling, "
     "eight times "
     "at risk, three years dormant."},
    {"permissions", "Granted",
     "Somebody said yes to this use through this channel, and has not taken it back."},
    {"referrals", "Generation", "How many referrals in a row led here; 1 is the first."},
};

static bool
is_asked(const kith_document *document, const char *questions)
{
    g_auto(GStrv) names = g_strsplit(questions, " ", -1);

    for (char **name = names; *name; name++)
        if (kith_html_answer(document, *name))
            return true;
    return false;
}

void
kith_html_glossary(GString *out, const kith_document *document)
{
    bool any = false;

    for (size_t i = 0; i < G_N_ELEMENTS(terms); i++) {
        if (!is_asked(document, terms[i].questions))
            continue;
        g_string_append(out,
                        any ? ""
                            : "<section id=\"words\" class=\"method\" "
                              "aria-labelledby=\"words-title\">\n<h2 id=\"words-title\">What the "
                              "words mean</h2>\n<dl class=\"facts words\">\n");
        any = true;
        g_string_append_printf(out, "<div><dt>%s</dt><dd>%s</dd></div>\n", terms[i].term,
                               terms[i].meaning);
    }
    if (any)
        g_string_append(out, "</dl>\n</section>\n");
}
