/* SPDX-License-Identifier: GPL-3.0-or-later */
/* places.h - the answer to "map", read back into columns: what the picture and the page's data are
 * drawn from. */
#ifndef KITH_REPORTS_HTML_PLACES_H
#define KITH_REPORTS_HTML_PLACES_H

#include <glib.h>
#include <kith/answer.h>

/** A pair of places with any tie between them, first < second. */
typedef struct kith_html_link {
    int32_t first, second;
    int32_t ties; /**< how many facts */
} kith_html_link;

typedef struct kith_html_group {
    int64_t size;
    const char *label; /**< borrowed from the table */
    double x, y;
} kith_html_group;

typedef struct kith_html_places {
    const kith_graph *graph;
    int64_t n;
    int32_t *node, *group; /**< group: 0 is the largest; -1 for none */
    float *x, *y, *size;   /**< x 0 to 1.5, y 0 to 1, size 1 to 4 */
    int32_t *degree;
    int64_t groups;
    kith_html_group *at;
} kith_html_places;

/** Reads the places of a document. @return yours; NULL when it has none, or no graph */
kith_html_places *kith_html_places_new(const kith_document *document);
void kith_html_places_free(kith_html_places *places);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_html_places, kith_html_places_free)

/** The pairs of places with ties, sorted. @return yours; kith_html_link. O(ties log ties) */
GArray *kith_html_links(const kith_html_places *places);

#endif
