/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * poster.c - the map as a picture of lines and shapes: what the page shows until a reader wants to
 * move about in it, and all there is on paper or without scripts.
 *
 * Up to 150 nodes are drawn one by one, people round, organisations square, events as diamonds;
 * beyond that a group is one bubble. Labels go where there is room, the best connected first. The
 * upright picture for phones has x and y changed over, so that it needs no smaller letters.
 */
#include "reports/html/poster.h"
#include "base/text.h"
#include "reports/html/html.h"
#include "reports/html/places.h"
#include <math.h>
#include <string.h>

#define MOST_DRAWN 150
#define MOST_BUBBLES 60
#define MOST_LINES 3000
#define HUES                                                                                       \
    6 /* colours that the colour-blind can tell apart (Tol 2021, "bright"); all others are grey */
#define MARGIN 30.0
#define LETTER 7.0 /* mean width of a letter of 12 units */

/* A thing to draw, in units of the picture. */
struct shape {
    double x, y, r;
    int32_t group;
    char kind; /* p, o, e, t; g: a group */
    const char *label;
    int64_t weight; /* the heavier is labelled first */
};

struct box {
    double left, top, right, bottom;
};

struct poster {
    GString *out;
    double width, height;
    bool upright;
    guint labels;           /* at most */
    GArray *shapes, *lines; /* struct shape; kith_html_link between shapes */
    GArray *taken;          /* struct box */
};

bool
kith_html_in_groups(const kith_html_places *p)
{
    return p->n > MOST_DRAWN && p->groups > 1;
}

static void
add_shape(struct poster *d, double x, double y, struct shape s)
{
    double across = d->upright ? y : x / 1.5, down = d->upright ? x / 1.5 : y;

    s.x = MARGIN + across * (d->width - 2 * MARGIN);
    s.y = MARGIN + down * (d->height - 2 * MARGIN);
    g_array_append_val(d->shapes, s);
}

static void
add_places(struct poster *d, const kith_html_places *p)
{
    for (int64_t i = 0; i < p->n; i++) {
        kith_node_kind kind = kith_graph_kind(p->graph, p->node[i]);

        add_shape(d, p->x[i], p->y[i],
                  (struct shape){.r = 2.2 + 1.7 * p->size[i],
                                 .group = p->group[i],
                                 .kind = "poet"[MIN((int)kind, 3)],
                                 .label = kith_graph_label(p->graph, p->node[i]),
                                 .weight = p->degree[i]});
    }
}

static void
add_bubbles(struct poster *d, const kith_html_places *p)
{
    double most = p->groups > 0 ? (double)p->at[0].size : 1;
    double largest = MIN(30, (d->upright ? 90 : 160) / sqrt((double)MIN(p->groups, MOST_BUBBLES)));

    for (int64_t i = 0; i < MIN(p->groups, MOST_BUBBLES); i++)
        add_shape(d, p->at[i].x, p->at[i].y,
                  (struct shape){.r = 4 + largest * sqrt((double)p->at[i].size / most),
                                 .group = (int32_t)i,
                                 .kind = 'g',
                                 .label = p->at[i].label,
                                 .weight = p->at[i].size});
}

static int
compare_pairs(const void *a, const void *b)
{
    const kith_html_link *x = a, *y = b;

    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return (x->second > y->second) - (x->second < y->second);
}

/* Ties between groups, added up. */
static void
add_group_lines(struct poster *d, const kith_html_places *p, const GArray *links)
{
    kith_html_link *at;
    guint kept = 0;

    for (guint i = 0; i < links->len; i++) {
        kith_html_link link = g_array_index(links, kith_html_link, i);
        int32_t a = p->group[link.first], b = p->group[link.second];

        link.first = MIN(a, b);
        link.second = MAX(a, b);
        if (a != b && MIN(a, b) >= 0 && MAX(a, b) < MOST_BUBBLES)
            g_array_append_val(d->lines, link);
    }
    g_array_sort(d->lines, compare_pairs);
    at = (kith_html_link *)(void *)d->lines->data;
    for (guint i = 0; i < d->lines->len; i++)
        if (kept && compare_pairs(&at[kept - 1], &at[i]) == 0)
            at[kept - 1].ties += at[i].ties;
        else
            at[kept++] = at[i];
    g_array_set_size(d->lines, kept);
}

static int
compare_ties(const void *a, const void *b)
{
    const kith_html_link *x = a, *y = b;

    return x->ties != y->ties ? (x->ties < y->ties ? 1 : -1) : compare_pairs(a, b);
}

static void
put_lines(struct poster *d)
{
    const struct shape *at = (const struct shape *)(const void *)d->shapes->data;

    g_array_sort(d->lines, compare_ties);
    g_string_append(d->out, "<path class=\"ties\" d=\"");
    for (guint i = 0; i < MIN(d->lines->len, MOST_LINES); i++) {
        const kith_html_link *l = &g_array_index(d->lines, kith_html_link, i);

        g_string_append_printf(d->out, "M%d %dL%d %d", (int)lround(at[l->first].x),
                               (int)lround(at[l->first].y), (int)lround(at[l->second].x),
                               (int)lround(at[l->second].y));
    }
    g_string_append(d->out, "\"/>\n");
}

static void
put_shape(struct poster *d, const struct shape *s)
{
    int x = (int)lround(s->x), y = (int)lround(s->y), r = (int)lround(s->r);
    int hue = s->group >= 0 && s->group < HUES ? s->group : HUES;

    switch (s->kind) {
    case 'o':
        g_string_append_printf(d->out,
                               "<rect class=\"h%d\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
                               hue, x - r, y - r, 2 * r, 2 * r);
        break;
    case 'e':
        g_string_append_printf(d->out, "<path class=\"h%d\" d=\"M%d %dl%d %dl%d %dl%d %dz\"/>", hue,
                               x, y - r - 1, r + 1, r + 1, -r - 1, r + 1, -r - 1, -r - 1);
        break;
    case 't':
        g_string_append_printf(d->out, "<path class=\"h%d\" d=\"M%d %dl%d %dh%dz\"/>", hue, x,
                               y - r, r, 2 * r, -2 * r);
        break;
    default:
        g_string_append_printf(d->out, "<circle class=\"h%d\" cx=\"%d\" cy=\"%d\" r=\"%d\"/>", hue,
                               x, y, r);
    }
}

static bool
is_free(const struct poster *d, const struct box *b)
{
    if (b->left < 2 || b->top < 2 || b->right > d->width - 2 || b->bottom > d->height - 2)
        return false;
    for (guint i = 0; i < d->taken->len; i++) {
        const struct box *t = &g_array_index(d->taken, struct box, i);

        if (b->left < t->right && t->left < b->right && b->top < t->bottom && t->top < b->bottom)
            return false;
    }
    return true;
}

static void
take_shape(struct poster *d, const struct shape *s)
{
    struct box b = {s->x - s->r, s->y - s->r, s->x + s->r, s->y + s->r};

    g_array_append_val(d->taken, b);
}

/* Long names end in an ellipsis, at a character and not within one. */
static char *
shortened(const char *label, int most)
{
    g_autofree char *safe = kith_text_display(label);
    glong n = g_utf8_strlen(safe, -1);

    if (n <= most)
        return g_steal_pointer(&safe);
    *g_utf8_offset_to_pointer(safe, most - 1) = '\0';
    return g_strconcat(safe, "…", NULL);
}

static bool
put_label(struct poster *d, const struct shape *s)
{
    g_autofree char *text = shortened(s->label, 26);
    double wide = LETTER * kith_text_width(text) + 4;
    const struct box tries[] = {
        {s->x + s->r + 2, s->y - 7, s->x + s->r + 2 + wide, s->y + 7},
        {s->x - s->r - 2 - wide, s->y - 7, s->x - s->r - 2, s->y + 7},
        {s->x - wide / 2, s->y - s->r - 16, s->x + wide / 2, s->y - s->r - 2},
        {s->x - wide / 2, s->y + s->r + 2, s->x + wide / 2, s->y + s->r + 16},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(tries); i++) {
        if (!is_free(d, &tries[i]))
            continue;
        g_array_append_val(d->taken, tries[i]);
        g_string_append_printf(
            d->out, "<text x=\"%d\" y=\"%d\"%s>", (int)lround((tries[i].left + tries[i].right) / 2),
            (int)lround(tries[i].bottom) - 3, s->kind == 'p' ? "" : " class=\"o\"");
        kith_html_text(d->out, text);
        g_string_append(d->out, "</text>\n");
        return true;
    }
    return false;
}

static int
compare_weight(const void *a, const void *b)
{
    const struct shape *const *x = a, *const *y = b;

    if ((*x)->weight != (*y)->weight)
        return (*x)->weight < (*y)->weight ? 1 : -1;
    return (*x > *y) - (*x < *y);
}

static void
put_labels(struct poster *d)
{
    g_autofree const struct shape **order = g_new(const struct shape *, d->shapes->len + 1);
    guint put = 0;

    for (guint i = 0; i < d->shapes->len; i++) {
        order[i] = &g_array_index(d->shapes, struct shape, i);
        take_shape(d, order[i]);
    }
    qsort(order, d->shapes->len, sizeof *order, compare_weight);
    for (guint i = 0; i < d->shapes->len && put < d->labels; i++)
        put += put_label(d, order[i]);
}

static void
put_svg_head(struct poster *d, const char *description)
{
    const char *name = d->upright ? "upright" : "lying";

    g_string_append_printf(
        d->out,
        "<svg class=\"poster %s\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" "
        "aria-labelledby=\"map-%s-title map-%s-desc\"><title id=\"map-%s-title\">"
        "Map of who is tied to whom</title><desc id=\"map-%s-desc\">",
        name, d->width, d->height, name, name, name, name);
    kith_html_text(d->out, description);
    g_string_append(d->out, "</desc>\n");
}

void
kith_html_poster(GString *out, const kith_html_places *places, bool upright,
                 const char *description)
{
    struct poster d = {.out = out,
                       .width = upright ? 390 : 960,
                       .height = upright ? 585 : 640,
                       .upright = upright,
                       .labels = upright ? 14 : 60};
    g_autoptr(GArray) shapes = g_array_new(FALSE, FALSE, sizeof(struct shape));
    g_autoptr(GArray) lines = NULL, taken = g_array_new(FALSE, FALSE, sizeof(struct box));
    g_autoptr(GArray) links = kith_html_links(places);

    d.shapes = shapes;
    d.taken = taken;
    if (kith_html_in_groups(places)) {
        d.lines = lines = g_array_new(FALSE, FALSE, sizeof(kith_html_link));
        add_bubbles(&d, places);
        add_group_lines(&d, places, links);
    } else {
        d.lines = lines = g_steal_pointer(&links);
        add_places(&d, places);
    }
    put_svg_head(&d, description);
    put_lines(&d);
    for (guint i = 0; i < shapes->len; i++)
        put_shape(&d, &g_array_index(shapes, struct shape, i));
    put_labels(&d);
    g_string_append(out, "</svg>\n");
}
