/* SPDX-License-Identifier: GPL-3.0-or-later */
/* words.c - how cells and names read to people. */
#include "reports/words.h"
#include "base/base.h"
#include "base/text.h"
#include <math.h>
#include <string.h>

#define SIGNIFICANT 4
#define MOST_DECIMALS 6

/* Decimals that show `significant` digits of a value; 0 when its whole part has them. */
static int
decimals_for(double value, int significant)
{
    int whole;

    if (value == 0 || !isfinite(value))
        return 0;
    whole = (int)floor(log10(fabs(value))) + 1;
    return CLAMP(significant - whole, 0, MOST_DECIMALS);
}

static const char *
fixed(double value, int decimals, char out[48])
{
    char format[16];

    g_snprintf(format, sizeof format, "%%.%d%c", decimals, fabs(value) < 1e15 ? 'f' : 'g');
    g_ascii_formatd(out, 48, format, value);
    return strcmp(out, "-0") == 0 ? strcpy(out, "0") : out;
}

/* How many of the last decimals are zero. */
static int
idle_zeros(double value, int decimals)
{
    char text[48];
    int zeros = 0;
    size_t length = strlen(fixed(value, decimals, text));

    while (zeros < decimals && text[length - 1 - zeros] == '0')
        zeros++;
    return zeros;
}

int
kith_words_decimals(const kith_table *table, int64_t column)
{
    double largest = 0;
    int decimals, idle;
    kith_cell cell;

    if (kith_table_column(table, column)->type != KITH_CELL_REAL)
        return 0;
    for (int64_t row = 0; row < kith_table_rows(table); row++) {
        kith_table_cell(table, row, column, &cell);
        largest = cell.missing ? largest : MAX(largest, fabs(cell.real));
    }
    decimals = idle = decimals_for(largest, SIGNIFICANT);
    for (int64_t row = 0; row < kith_table_rows(table) && idle > 0; row++) {
        kith_table_cell(table, row, column, &cell);
        if (!cell.missing)
            idle = MIN(idle, idle_zeros(cell.real, decimals));
    }
    return decimals - idle;
}

const char *
kith_words_real(double value, int decimals, char out[48])
{
    int own = decimals_for(value, 2);

    if (!isfinite(value))
        return strcpy(out, KITH_WORDS_MISSING);
    if (value != 0 && fabs(value) < 1e-5)
        return g_ascii_formatd(out, 48, "%.1e", value);
    /* 0.00012 in a column of 0.41: two digits of its own rather than 0.00. */
    if (fabs(value) < 1 && own > decimals && idle_zeros(value, own) < own - decimals)
        decimals = own - idle_zeros(value, own);
    return fixed(value, decimals, out);
}

const char *
kith_words_number(double value, char out[48])
{
    int decimals = decimals_for(value, SIGNIFICANT);

    return kith_words_real(value, decimals - idle_zeros(value, decimals), out);
}

bool
kith_words_is_number(kith_cell_type type)
{
    return type == KITH_CELL_INT || type == KITH_CELL_REAL;
}

static char *
list_words(const kith_cell *cell)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (int64_t i = 0; i < cell->integer; i++) {
        g_autofree char *safe = kith_text_display(cell->list[i]);

        g_string_append(g_string_append(out, i > 0 ? " → " : ""), safe);
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

char *
kith_words_cell(const kith_table *table, int64_t row, int64_t column, int decimals)
{
    char text[48];
    kith_cell cell;

    kith_table_cell(table, row, column, &cell);
    if (cell.missing)
        return g_strdup(KITH_WORDS_MISSING);
    switch (kith_table_column(table, column)->type) {
    case KITH_CELL_INT:
        return g_strdup_printf("%" G_GINT64_FORMAT, cell.integer);
    case KITH_CELL_REAL:
        return g_strdup(kith_words_real(cell.real, decimals, text));
    case KITH_CELL_BOOL:
        return g_strdup(cell.integer ? "yes" : "no");
    case KITH_CELL_TIME:
        return g_strdup(kith_time_text(cell.integer, cell.precision, text));
    case KITH_CELL_LIST:
        return list_words(&cell);
    default:
        return kith_text_display(cell.text);
    }
}

char *
kith_words_name(const char *name, bool capital)
{
    static const char *const ends[][2] = {{"_lo", " from"}, {"_hi", " to"}};
    char *words = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(ends) && !words; i++)
        if (g_str_has_suffix(name, ends[i][0]))
            words = g_strdup_printf("%.*s%s", (int)(strlen(name) - strlen(ends[i][0])), name,
                                    ends[i][1]);
    words = g_strdelimit(words ? words : g_strdup(name), "_", ' ');
    if (capital)
        words[0] = g_ascii_toupper(words[0]);
    return words;
}

char *
kith_words_about(const kith_answer *answer)
{
    kith_time as_of = kith_answer_as_of(answer);
    int64_t sources = kith_answer_sources(answer);
    GString *about = g_string_new(NULL);
    char text[32];

    if (as_of != KITH_TIME_NONE)
        g_string_append_printf(about, "as of %s, ",
                               kith_time_text(as_of, KITH_PRECISION_DAY, text));
    if (as_of != KITH_TIME_NONE || sources || kith_answer_seed(answer))
        g_string_append_printf(about, "seed %" G_GINT64_FORMAT, kith_answer_seed(answer));
    if (sources)
        g_string_append_printf(about, ", %" G_GINT64_FORMAT " source%s", sources,
                               sources == 1 ? "" : "s");
    return g_string_free(about, FALSE);
}

double
kith_words_scale(const kith_table *table, int64_t column)
{
    const kith_column *about = kith_table_column(table, column);
    const char *unit = about->unit ? about->unit : "";
    double largest = strcmp(about->name, "share") == 0 ? 1 : 0;
    kith_cell cell;

    if (about->type != KITH_CELL_REAL ||
        (strcmp(about->name, "score") != 0 && strcmp(unit, "index") != 0 && strcmp(unit, "1") != 0))
        return 0;
    for (int64_t row = 0; row < kith_table_rows(table); row++) {
        kith_table_cell(table, row, column, &cell);
        if (!cell.missing && cell.real < 0)
            return 0;
        largest = cell.missing ? largest : MAX(largest, cell.real);
    }
    return largest;
}
