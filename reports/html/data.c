/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * data.c - what the page's script works on: one JSON element with everybody's name, the facts, the
 * warm hops and the places.
 *
 * Columns are packed: little-endian numbers, differences from row to row where that is smaller,
 * gzip, base64. So 50,000 people with half a million ties are some megabytes, not fifty.
 *
 *     {"t": "u32", "d": 1, "z": "H4sI…"}     unsigned 32 bit, differences
 */
#include "base/json_out.h"
#include "base/pack.h"
#include "base/text.h"
#include "reports/html/html.h"
#include "reports/html/phrases.h"
#include "reports/html/places.h"
#include <kith/kith.h>
#include <math.h>
#include <string.h>

#define MOST_FACTS 1000000  /* more are left out of the page, which says so */
#define MOST_EVIDENCE 40000 /* hops whose evidence is put into words */
#define DAY 86400

static void
put_blob(kith_json *json, const char *key, const char *type, const void *bytes, gsize size)
{
    g_autoptr(GByteArray) packed = kith_pack_gzip(bytes, size);
    g_autofree char *text = NULL;

    if (!packed) {
        kith_json_fail(json, KITH_ERR_NO_MEMORY, "memory is out while the page's data is packed");
        return;
    }
    text = g_base64_encode(packed->data, packed->len);
    kith_json_key(json, key);
    kith_json_object(json, KITH_JSON_INLINE);
    kith_json_key(json, "t");
    kith_json_text(json, type);
    kith_json_key(json, "z");
    kith_json_text(json, text);
    kith_json_end(json);
}

/* 32-bit numbers, signed or not, as differences that wrap around. */
static void
put_numbers(kith_json *json, const char *key, const GArray *values)
{
    const uint32_t *from = (const uint32_t *)(const void *)values->data;
    g_autofree uint32_t *steps = g_new(uint32_t, values->len + 1);

    for (guint i = 0; i < values->len; i++)
        steps[i] = GUINT32_TO_LE(from[i] - (i > 0 ? from[i - 1] : 0));
    put_blob(json, key, "i32", steps, values->len * sizeof *steps);
}

static void
put_bytes(kith_json *json, const char *key, const GByteArray *values)
{
    put_blob(json, key, "u8", values->data, values->len);
}

static void
put_texts(kith_json *json, const char *key, int64_t n, const char *(*text)(const void *, int64_t),
          const void *payload)
{
    kith_json_key(json, key);
    kith_json_array(json, KITH_JSON_INLINE);
    for (int64_t i = 0; i < n; i++) {
        g_autofree char *safe = kith_text_display(text(payload, i));

        kith_json_text(json, safe);
    }
    kith_json_end(json);
}

static const char *
label_at(const void *graph, int64_t i)
{
    return kith_graph_label(graph, i);
}

static const char *
id_at(const void *graph, int64_t i)
{
    return kith_graph_id(graph, i);
}

static const char *
tie_kind_at(const void *nothing, int64_t i)
{
    (void)nothing;
    return kith_tie_kind_name((kith_tie_kind)i);
}

static const char *
text_at(const void *texts, int64_t i)
{
    return ((const GPtrArray *)texts)->pdata[i];
}

/* In a plain graph file a node is called by its id. */
static bool
has_own_ids(const kith_graph *g)
{
    for (int64_t i = 0; i < kith_graph_nodes(g); i++)
        if (g_strcmp0(kith_graph_label(g, i), kith_graph_id(g, i)) != 0)
            return true;
    return false;
}

static void
put_nodes(kith_json *json, const kith_graph *g)
{
    g_autoptr(GByteArray) kind = g_byte_array_new(), flags = g_byte_array_new();
    int64_t n = kith_graph_nodes(g);

    for (int64_t i = 0; i < n; i++) {
        guint8 k = (guint8)kith_graph_kind(g, i), f = (guint8)kith_graph_flags(g, i);

        g_byte_array_append(kind, &k, 1);
        g_byte_array_append(flags, &f, 1);
    }
    put_texts(json, "names", n, label_at, g);
    if (has_own_ids(g))
        put_texts(json, "ids", n, id_at, g);
    put_bytes(json, "kind", kind);
    put_bytes(json, "flags", flags);
}

/* The facts' columns while they are gathered. */
struct facts {
    GByteArray *kind;
    GArray *from, *to, *day, *until, *file, *line, *word;
    GPtrArray *words; /* status, channel, detail in one text, each once */
    GHashTable *number;
};

static struct facts
facts_new(void)
{
    struct facts f = {.kind = g_byte_array_new(),
                      .words = g_ptr_array_new_with_free_func(g_free),
                      .number = g_hash_table_new(g_str_hash, g_str_equal)};
    GArray **columns[] = {&f.from, &f.to, &f.day, &f.until, &f.file, &f.line, &f.word};

    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++)
        *columns[i] = g_array_new(FALSE, FALSE, sizeof(int32_t));
    return f;
}

static void
facts_free(struct facts *f)
{
    GArray *columns[] = {f->from, f->to, f->day, f->until, f->file, f->line, f->word};

    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++)
        g_array_unref(columns[i]);
    g_byte_array_unref(f->kind);
    g_hash_table_unref(f->number);
    g_ptr_array_unref(f->words);
}

/* The number of a text in the list, where it is put when new; takes it over. */
static int32_t
number_of(GPtrArray *list, GHashTable *numbers, char *text)
{
    gpointer found;

    if (g_hash_table_lookup_extended(numbers, text, NULL, &found)) {
        g_free(text);
        return GPOINTER_TO_INT(found);
    }
    g_ptr_array_add(list, text);
    g_hash_table_insert(numbers, text, GINT_TO_POINTER((int)list->len - 1));
    return (int32_t)list->len - 1;
}

static char *
words_of(const kith_tie *tie)
{
    const char *parts[] = {tie->status, tie->channel, tie->detail};
    GString *text = g_string_new(NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i])
            g_string_append_printf(text, "%s%s", text->len ? ", " : "", parts[i]);
    return g_string_free(text, FALSE);
}

static int32_t
day_of(kith_time when)
{
    return when == KITH_TIME_NONE ? INT32_MIN : (int32_t)floor((double)when / DAY);
}

static void
gather(struct facts *f, const kith_graph *g, GPtrArray *files)
{
    g_autoptr(GHashTable) numbers = g_hash_table_new(g_str_hash, g_str_equal);
    int64_t n = MIN(kith_graph_ties(g), MOST_FACTS);
    kith_tie tie;

    for (int64_t i = 0; i < n; i++) {
        guint8 kind;
        int32_t row[7];

        kith_graph_tie(g, i, &tie);
        kind = (guint8)tie.kind;
        row[0] = (int32_t)tie.from;
        row[1] = (int32_t)tie.to;
        row[2] = day_of(tie.when);
        row[3] = day_of(tie.until);
        row[4] = number_of(files, numbers, g_strdup(tie.source ? tie.source : ""));
        row[5] = (int32_t)CLAMP(tie.line, 0, INT32_MAX);
        row[6] = number_of(f->words, f->number, words_of(&tie));
        g_byte_array_append(f->kind, &kind, 1);
        g_array_append_val(f->from, row[0]);
        g_array_append_val(f->to, row[1]);
        g_array_append_val(f->day, row[2]);
        g_array_append_val(f->until, row[3]);
        g_array_append_val(f->file, row[4]);
        g_array_append_val(f->line, row[5]);
        g_array_append_val(f->word, row[6]);
    }
}

static void
put_facts(kith_json *json, const kith_graph *g)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    struct facts f = facts_new();

    gather(&f, g, files);
    kith_json_key(json, "facts");
    kith_json_object(json, KITH_JSON_LINES);
    put_bytes(json, "kind", f.kind);
    put_numbers(json, "from", f.from);
    put_numbers(json, "to", f.to);
    put_numbers(json, "day", f.day);
    put_numbers(json, "until", f.until);
    put_numbers(json, "file", f.file);
    put_numbers(json, "line", f.line);
    put_numbers(json, "word", f.word);
    kith_json_end(json);
    put_texts(json, "files", files->len, text_at, files);
    put_texts(json, "words", f.words->len, text_at, f.words);
    kith_json_key(json, "leftOut");
    kith_json_integer(json, kith_graph_ties(g) - f.kind->len);
    facts_free(&f);
}

/* A warm hop as the answer to "ties" has it. */
struct hop {
    int32_t from, to, row;
    double p;
};

static int
compare_hops(const void *a, const void *b)
{
    const struct hop *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

static int
compare_reals(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Sorted by from, then to: rows side by side, as the search for chains wants them. */
static GArray *
read_hops(const kith_table *table)
{
    GArray *hops = g_array_new(FALSE, FALSE, sizeof(struct hop));
    int64_t columns[] = {kith_table_find_column(table, "from"), kith_table_find_column(table, "to"),
                         kith_table_find_column(table, "p")};

    for (int64_t i = 0; i < kith_table_rows(table); i++) {
        struct hop hop = {.row = (int32_t)i};
        kith_cell cell;

        kith_table_cell(table, i, columns[0], &cell);
        hop.from = (int32_t)cell.integer;
        kith_table_cell(table, i, columns[1], &cell);
        hop.to = (int32_t)cell.integer;
        kith_table_cell(table, i, columns[2], &cell);
        hop.p = cell.missing ? 1 : cell.real;
        g_array_append_val(hops, hop);
    }
    g_array_sort(hops, compare_hops);
    return hops;
}

/* What a chain pays for a factor of its score, as measures/chains.h has it. */
static int64_t
cost_of(double factor)
{
    return llround(-log(factor) * 1e12);
}

/* Each value of p once, ascending, with what a chain pays for it: the search adds whole numbers, so that
 * equal chains are equal in any language. */
static GArray *
put_values(kith_json *json, const GArray *hops)
{
    GArray *values = g_array_new(FALSE, FALSE, sizeof(double));
    double *at;
    guint kept = 0;

    for (guint i = 0; i < hops->len; i++)
        g_array_append_val(values, g_array_index(hops, struct hop, i).p);
    g_array_sort(values, compare_reals);
    at = (double *)(void *)values->data;
    for (guint i = 0; i < values->len; i++)
        if (kept == 0 || at[kept - 1] < at[i])
            at[kept++] = at[i];
    g_array_set_size(values, kept);
    kith_json_key(json, "p");
    kith_json_array(json, KITH_JSON_INLINE);
    for (guint i = 0; i < kept; i++)
        kith_json_real(json, at[i]);
    kith_json_end(json);
    kith_json_key(json, "cost");
    kith_json_array(json, KITH_JSON_INLINE);
    for (guint i = 0; i < kept; i++)
        kith_json_integer(json, cost_of(at[i]));
    kith_json_end(json);
    return values;
}

static int32_t
index_of(const GArray *values, double p)
{
    const double *at = bsearch(&p, values->data, values->len, sizeof p, compare_reals);

    return (int32_t)(at - (const double *)(const void *)values->data);
}

/* The texts of a column, a line each; the same order as the hops. */
static void
put_words(kith_json *json, const char *key, const GArray *hops, const kith_table *table)
{
    g_autoptr(GString) lines = g_string_new(NULL);

    for (guint i = 0; i < hops->len; i++) {
        const char *text = kith_phrase_text_at(table, g_array_index(hops, struct hop, i).row, key);
        g_autofree char *safe = kith_text_display(text);

        g_string_append(lines, safe);
        g_string_append_c(lines, '\n');
    }
    put_blob(json, key, "lines", lines->str, lines->len);
}

/* Who works where, and what a chain that ends there pays for the role. */
static void
put_jobs(kith_json *json, const kith_table *table)
{
    kith_json_key(json, "jobs");
    kith_json_array(json, KITH_JSON_INLINE);
    for (int64_t i = 0; i < kith_phrase_rows(table); i++) {
        kith_cell firm, person, role;

        kith_table_cell(table, i, kith_table_find_column(table, "organisation"), &firm);
        kith_table_cell(table, i, kith_table_find_column(table, "person"), &person);
        kith_table_cell(table, i, kith_table_find_column(table, "role"), &role);
        kith_json_array(json, KITH_JSON_INLINE);
        kith_json_integer(json, firm.integer);
        kith_json_integer(json, person.integer);
        kith_json_real(json, role.real);
        kith_json_integer(json, cost_of(role.real));
        kith_json_end(json);
    }
    kith_json_end(json);
}

/* Whether nothing is known of warmth, since these are ties of a plain graph file. */
static bool
is_plain(const kith_table *ties)
{
    double p;

    return kith_table_rows(ties) > 0 && !kith_phrase_number_at(ties, 0, "p", &p);
}

static void
put_hops(kith_json *json, const kith_table *table)
{
    g_autoptr(GArray) hops = read_hops(table), values = NULL;
    g_autoptr(GArray) from = g_array_new(FALSE, FALSE, sizeof(int32_t));
    g_autoptr(GArray) to = g_array_new(FALSE, FALSE, sizeof(int32_t));
    g_autoptr(GArray) value = g_array_new(FALSE, FALSE, sizeof(int32_t));

    kith_json_key(json, "hops");
    kith_json_object(json, KITH_JSON_LINES);
    kith_json_key(json, "plain");
    kith_json_boolean(json, is_plain(table));
    values = put_values(json, hops);
    for (guint i = 0; i < hops->len; i++) {
        const struct hop *hop = &g_array_index(hops, struct hop, i);
        int32_t number = index_of(values, hop->p);

        g_array_append_val(from, hop->from);
        g_array_append_val(to, hop->to);
        g_array_append_val(value, number);
    }
    put_numbers(json, "from", from);
    put_numbers(json, "to", to);
    put_numbers(json, "value", value);
    if (!is_plain(table)) {
        put_words(json, "tier", hops, table);
        put_words(json, "state", hops, table);
    }
    if (!is_plain(table) && hops->len <= MOST_EVIDENCE)
        put_words(json, "evidence", hops, table);
    kith_json_end(json);
}

static void
put_floats(kith_json *json, const char *key, const float *values, int64_t n)
{
    g_autofree guint32 *bits = g_new(guint32, (gsize)n + 1);

    memcpy(bits, values, sizeof *bits * (gsize)n);
    for (int64_t i = 0; i < n; i++)
        bits[i] = GUINT32_TO_LE(bits[i]);
    put_blob(json, key, "f32", bits, sizeof *bits * (gsize)n);
}

static void
put_column(kith_json *json, const char *key, const int32_t *values, int64_t n)
{
    g_autoptr(GArray) column = g_array_new(FALSE, FALSE, sizeof *values);

    g_array_append_vals(column, values, (guint)n);
    put_numbers(json, key, column);
}

static void
put_places(kith_json *json, const kith_html_places *p)
{
    kith_json_key(json, "places");
    kith_json_object(json, KITH_JSON_LINES);
    put_column(json, "node", p->node, p->n);
    put_column(json, "group", p->group, p->n);
    put_floats(json, "x", p->x, p->n);
    put_floats(json, "y", p->y, p->n);
    put_floats(json, "size", p->size, p->n);
    kith_json_end(json);
    kith_json_key(json, "groups");
    kith_json_array(json, KITH_JSON_LINES);
    for (int64_t i = 0; i < p->groups; i++) {
        g_autofree char *label = kith_text_display(p->at[i].label);

        kith_json_object(json, KITH_JSON_INLINE);
        kith_json_key(json, "label");
        kith_json_text(json, label);
        kith_json_key(json, "size");
        kith_json_integer(json, p->at[i].size);
        kith_json_end(json);
    }
    kith_json_end(json);
}

static void
put_about(kith_json *json, const kith_document *document)
{
    const kith_graph *g = kith_document_graph(document);
    const kith_answer *map = kith_html_answer(document, "map");
    char text[32];

    kith_json_key(json, "owner");
    kith_json_integer(json, kith_graph_owner(g));
    kith_json_key(json, "asOf");
    kith_json_text(json, kith_graph_as_of(g) == KITH_TIME_NONE
                             ? NULL
                             : kith_time_text(kith_graph_as_of(g), KITH_PRECISION_DAY, text));
    kith_json_key(json, "today");
    kith_json_integer(json, day_of(kith_graph_as_of(g)));
    kith_json_key(json, "whole");
    kith_json_boolean(json, map && g_strcmp0(kith_phrase_parameter(map, "drawn"), "full") == 0);
    put_texts(json, "tieKinds", KITH_TIE_KINDS, tie_kind_at, NULL);
}

bool
kith_html_has_data(const kith_document *document)
{
    return kith_document_graph(document) &&
           (kith_html_answer(document, "map") || kith_html_answer(document, "ties"));
}

void
kith_html_data(kith_sink *sink, const kith_document *document)
{
    const kith_answer *ties = kith_html_answer(document, "ties");
    g_autoptr(kith_html_places) places = kith_html_places_new(document);
    g_autoptr(kith_json) json = kith_json_new(sink, true);

    kith_json_object(json, KITH_JSON_LINES);
    put_about(json, document);
    put_nodes(json, kith_document_graph(document));
    put_facts(json, kith_document_graph(document));
    if (ties && kith_answer_find_table(ties, "ties"))
        put_hops(json, kith_answer_find_table(ties, "ties"));
    put_jobs(json, ties ? kith_answer_find_table(ties, "jobs") : NULL);
    if (places)
        put_places(json, places);
    kith_json_end(json);
}
