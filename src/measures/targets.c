/* SPDX-License-Identifier: GPL-3.0-or-later */
/* targets.c - names out of a file, each looked up in the graph. */
#include "measures/targets.h"
#include "base/base.h"
#include "base/csv.h"
#include <string.h>

static void
target_clear(void *data)
{
    g_free(((struct target *)data)->asked);
}

/* Nobody by that name is an answer; several are an error of the file. */
static kith_status
look_up(const kith_graph *graph, const char *path, int64_t line, struct target *t, kith_error *err)
{
    kith_error why = {0};
    unsigned kinds = 1u << KITH_PERSON | 1u << KITH_ORGANISATION;

    t->node = -1;
    if (kith_graph_find(graph, t->asked, kinds, &t->node, &why) == KITH_OK)
        return KITH_OK;
    if (g_str_has_prefix(why.message, "nobody"))
        return KITH_OK;
    return kith_fail_at(err, KITH_ERR_PARSE, path, line, 1, "%s", why.message);
}

static kith_status
read_rows(kith_csv *csv, const char *path, const kith_graph *graph, GArray *out, kith_error *err)
{
    const kith_csv_row *row;

    while ((row = kith_csv_next(csv, err)) != NULL) {
        struct target t = {.asked = g_strstrip(g_strdup(kith_csv_field(row, 0)))};

        if (!*t.asked || *t.asked == '#') {
            g_free(t.asked);
            continue;
        }
        g_array_append_val(out, t);
        TRY(look_up(graph, path, row->line, &g_array_index(out, struct target, out->len - 1), err));
    }
    return kith_csv_status(csv);
}

kith_status
targets_read(const char *path, const kith_graph *graph, GArray **out, kith_error *err)
{
    g_autoptr(kith_source) source = NULL;
    g_autoptr(kith_csv) csv = NULL;
    g_autoptr(GArray) targets = g_array_new(FALSE, TRUE, sizeof(struct target));

    g_array_set_clear_func(targets, target_clear);
    TRY(kith_source_open(path, &source, err));
    csv = kith_csv_new(source);
    TRY(read_rows(csv, path, graph, targets, err));
    if (targets->len == 0)
        return kith_fail_at(err, KITH_ERR_PARSE, path, 0, 0,
                            "no targets (expected a name on each line)");
    *out = g_steal_pointer(&targets);
    return KITH_OK;
}
