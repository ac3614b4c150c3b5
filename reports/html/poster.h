/* SPDX-License-Identifier: GPL-3.0-or-later */
/* poster.h - the map as a still picture. */
#ifndef KITH_REPORTS_HTML_POSTER_H
#define KITH_REPORTS_HTML_POSTER_H

#include "reports/html/places.h"

/** Whether there are so many places that groups are drawn in their stead. */
bool kith_html_in_groups(const kith_html_places *places);

/** Appends the picture as SVG. @param upright for phones, 390 x 585; else 960 x 640 */
void kith_html_poster(GString *out, const kith_html_places *places, bool upright,
                      const char *description);

#endif
