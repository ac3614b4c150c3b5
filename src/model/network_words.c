/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_words.c - a network in words: which ties a user asks for, and what came of it. */
#include "base/base.h"
#include "model/network.h"

kith_status
kith_network_read_ties(const char *list, kith_network_options *options, kith_error *err)
{
    g_auto(GStrv) words = g_strsplit(list ? list : "", ",", -1);
    unsigned ties = 0;

    for (int i = 0; words[i]; i++) {
        kith_tie_kind kind;

        g_strdelimit(g_strstrip(words[i]), "-", '_');
        if (!*words[i])
            continue;
        if (!kith_tie_kind_from_name(words[i], &kind))
            return kith_fail(
                err, KITH_ERR_ARGUMENT,
                "no tie is called '%s' (expected knows, follows, messaged, met, attended, "
                "referred, introduced, tie …)",
                words[i]);
        ties |= 1u << kind;
    }
    options->together = ties == 0 || ties & 1u << KITH_ATTENDED;
    /* Nobody attends a person: alone, the kind leaves only the pairs who were there together. */
    options->ties = ties;
    return KITH_OK;
}

static const char *
plural(int64_t n, const char *one, const char *many)
{
    return n == 1 ? one : many;
}

void
kith_network_describe(const kith_network *net, kith_answer *out)
{
    g_autoptr(GString) text = g_string_new(NULL);

    g_string_append_printf(text, "network: %" G_GINT64_FORMAT " %s, %" G_GINT64_FORMAT " %s",
                           net->n, plural(net->n, "person", "people"), net->m,
                           net->directed ? plural(net->m, "directed tie", "directed ties")
                                         : plural(net->m, "pair", "pairs"));
    if (net->repeats)
        g_string_append_printf(text, "; %" G_GINT64_FORMAT " %s added up", net->repeats,
                               plural(net->repeats, "repeat", "repeats"));
    if (net->loops)
        g_string_append_printf(text, "; %" G_GINT64_FORMAT " %s left out", net->loops,
                               plural(net->loops, "tie with oneself", "ties with oneself"));
    if (net->large_events)
        g_string_append_printf(text, "; %" G_GINT64_FORMAT " %s of more than 500 people left out",
                               net->large_events, plural(net->large_events, "event", "events"));
    kith_answer_note(out, "%s", text->str);
}
