/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * layout_pack.c - disconnected parts side by side.
 *
 * Shelves from left to right; a shelf is as high as its first part, and lower ones are stacked on it in
 * columns. A few dozen widths are tried, and the one that lets everything be drawn largest wins.
 */
#include "measures/layout_private.h"
#include <math.h>

#define WIDTHS 48

/* Where the next part would go. */
struct shelf {
    double limit;         /* how wide the whole may get */
    double y, height;     /* of this shelf */
    double x, width, top; /* of the column being stacked */
    double wide;          /* widest shelf so far */
};

static void
place(struct shelf *s, kith_layout_part *part)
{
    bool below = part->width <= s->width && s->top + part->height <= s->height;

    if (!below) {
        s->x += s->width;
        s->top = 0;
        s->width = part->width;
        if (s->x > 0 && s->x + part->width > s->limit) {
            s->x = 0;
            s->y += s->height;
            s->height = 0;
        }
        if (s->x == 0)
            s->height = part->height;
    }
    part->x = s->x;
    part->y = s->y + s->top;
    s->top += part->height;
    s->wide = MAX(s->wide, s->x + s->width);
}

static void
pack_within(kith_layout_part *part, int64_t n, double limit, double *width, double *height)
{
    struct shelf s = {.limit = limit};

    for (int64_t i = 0; i < n; i++)
        place(&s, &part[i]);
    *width = s.wide;
    *height = s.y + s.height;
}

void
kith_layout_pack(kith_layout_part *part, int64_t n, double aspect, double *width, double *height)
{
    double area = 0, widest = 0, best = INFINITY, chosen = 0;

    for (int64_t i = 0; i < n; i++) {
        area += part[i].width * part[i].height;
        widest = MAX(widest, part[i].width);
    }
    for (int k = 0; k < WIDTHS; k++) {
        double limit = MAX(widest, sqrt(area * aspect) * (0.7 + 0.04 * k)), side;

        pack_within(part, n, limit, width, height);
        side = MAX(*width, *height * aspect);
        if (side < best) {
            best = side;
            chosen = limit;
        }
    }
    pack_within(part, n, chosen, width, height);
}
