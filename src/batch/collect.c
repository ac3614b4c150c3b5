/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * collect.c - segments into tables: one row for each row of each answer, in the plan's order.
 *
 * The columns of results are the data set, its tags, the pass, its replicate and parameters, seed and state, the table and
 * row of the answer, then every column that any answer has, by first appearance. What takes part in an answer goes through
 * twice: once for the columns, once for the rows; memory is one answer's.
 */
#include "base/csv_out.h"
#include "base/json.h"
#include "base/json_out.h"
#include "batch/results.h"
#include "store/tables.h"
#include <string.h>

struct collecting {
    const kith_plan *plan;
    const kith_segments *segments;
    GPtrArray *columns; /* char *: fixed, tags, parameters, then those of answers */
    guint fixed;        /* how many come before those of answers */
    GHashTable *number; /* name of an answer's column -> its number + 1 */
    kith_sink *csv, *jsonl, *top;
    kith_tables *sqlite;
    int64_t unit; /* the one at hand, and its line */
    const kith_outcome *line;
};

typedef kith_status (*take_answer)(struct collecting *c, int64_t unit,
                                   const kith_json_value *result, const char *state,
                                   kith_error *err);

/* --- units with an answer -------------------------------------------------------------------- */

static kith_status
parse(const kith_outcome *o, kith_json_file **out, kith_error *err)
{
    g_autoptr(kith_source) source = kith_source_from_memory("segment", o->line, o->length);

    return kith_json_load(source, KITH_JSON_PLAIN, out, err);
}

static kith_status
each_answer(struct collecting *c, take_answer take, kith_error *err)
{
    for (int64_t unit = 0; unit < kith_plan_units(c->plan); unit++) {
        const kith_outcome *o = kith_segments_find(c->segments, kith_plan_key(c->plan, unit));
        g_autoptr(kith_json_file) json = NULL;
        const kith_json_value *line;

        if (!o || o->failure != KITH_FAILED_NOT)
            continue;
        TRY(parse(o, &json, err));
        line = kith_json_root(json);
        c->unit = unit;
        c->line = o;
        TRY(take(c, unit, kith_json_item(kith_json_get(line, "done"), 1),
                 kith_json_get_string(line, "state"), err));
    }
    return KITH_OK;
}

/* --- columns --------------------------------------------------------------------------------- */

static const char *const before_tags[] = {"dataset"};
static const char *const before_parameters[] = {"pass", "replicate"};
static const char *const before_answers[] = {"seed", "state", "table", "row"};

static void
add_names(GPtrArray *into, const char *const *names, guint n)
{
    for (guint i = 0; i < n; i++)
        g_ptr_array_add(into, g_strdup(names[i]));
}

static bool
is_taken(const struct collecting *c, const char *name)
{
    for (guint i = 0; i < c->columns->len; i++)
        if (strcmp(g_ptr_array_index(c->columns, i), name) == 0)
            return true;
    return false;
}

static void
add_fixed(struct collecting *c)
{
    const kith_plan *p = c->plan;

    add_names(c->columns, before_tags, G_N_ELEMENTS(before_tags));
    add_names(c->columns, (const char *const *)p->tag_names, g_strv_length(p->tag_names));
    add_names(c->columns, before_parameters, G_N_ELEMENTS(before_parameters));
    add_names(c->columns, (const char *const *)p->given, g_strv_length(p->given));
    add_names(c->columns, before_answers, G_N_ELEMENTS(before_answers));
    c->fixed = c->columns->len;
}

/* A column of an answer that is called like one of ours gets its table's name in front. */
static kith_status
find_columns(struct collecting *c, int64_t unit, const kith_json_value *result, const char *state,
             kith_error *err)
{
    const kith_json_value *tables = kith_json_get(result, "tables");

    (void)unit;
    (void)state;
    (void)err;
    for (size_t t = 0; t < kith_json_length(tables); t++) {
        const kith_json_value *columns = kith_json_get(kith_json_item(tables, t), "columns");

        for (size_t i = 0; i < kith_json_length(columns); i++) {
            const char *name = kith_json_string(kith_json_item(columns, i));
            char *shown;

            if (g_hash_table_contains(c->number, name))
                continue;
            shown = is_taken(c, name) ? g_strconcat("answer_", name, NULL) : g_strdup(name);
            g_ptr_array_add(c->columns, shown);
            g_hash_table_insert(c->number, g_strdup(name), GUINT_TO_POINTER(c->columns->len));
        }
    }
    return KITH_OK;
}

/* --- rows ------------------------------------------------------------------------------------ */

static char *
join(const kith_json_value *list)
{
    GString *joined = g_string_new(NULL);

    for (size_t i = 0; i < kith_json_length(list); i++)
        g_string_append_printf(joined, "%s%s", i ? " > " : "",
                               kith_json_string(kith_json_item(list, i)));
    return g_string_free(joined, FALSE);
}

/* A list is one text: "Ann > Bo > Cy". */
static char *
value_text(const struct collecting *c, const kith_json_value *value)
{
    g_autofree char *text = kith_json_is_array(value) ? join(value) : kith_json_as_text(value);

    if (!text || !strstr(text, KITH_PLAN_MARK))
        return g_steal_pointer(&text);
    return kith_results_named(c->plan, c->unit, text);
}

static const char *
parameter(const kith_plan_point *p, const char *name)
{
    const kith_option *o = p->pass->options;

    for (int i = 0; p->values[i]; i++)
        if (strcmp(o[i].name, name) == 0)
            return p->values[i];
    return NULL;
}

static void
set(kith_value *values, guint at, char *text, bool number)
{
    g_free((char *)values[at].text);
    values[at] = (kith_value){text, number};
}

static bool
is_number(const char *text)
{
    char *end;

    if (!text || !*text)
        return false;
    g_ascii_strtod(text, &end);
    return *end == '\0' && strspn(text, "+-0123456789.eE") == strlen(text);
}

/* What all rows of a unit begin with. */
static void
set_unit(const struct collecting *c, int64_t unit, const char *state, kith_value *values)
{
    const kith_plan *plan = c->plan;
    const kith_plan_dataset *d = kith_plan_dataset_at(plan, unit / plan->points->len);
    const kith_plan_point *p = kith_plan_point_at(plan, unit % plan->points->len);
    guint at = 0;

    set(values, at++, g_strdup(d->id), false);
    for (char **tag = d->tags; *tag; tag++)
        set(values, at++, g_strdup(*tag), is_number(*tag));
    set(values, at++, g_strdup(p->pass->name), false);
    set(values, at++, g_strdup_printf("%" G_GINT64_FORMAT, p->replicate), true);
    for (char **name = plan->given; *name; name++)
        set(values, at++, g_strdup(parameter(p, *name)), is_number(parameter(p, *name)));
    set(values, at++, g_strdup_printf("%" G_GINT64_FORMAT, kith_plan_unit_seed(plan, unit)), true);
    set(values, at, g_strdup(state), false);
}

static void
write_csv(const struct collecting *c, const kith_value *values)
{
    g_autoptr(GString) line = g_string_new(NULL);

    for (guint i = 0; i < c->columns->len; i++) {
        if (i)
            g_string_append_c(line, ',');
        if (values[i].number)
            g_string_append(line, values[i].text);
        else
            kith_csv_put_text(line, values[i].text);
    }
    g_string_append(line, "\r\n");
    kith_sink_write(c->csv, line->str, line->len);
}

static kith_status
write_row(const struct collecting *c, const kith_value *values, kith_error *err)
{
    if (c->csv)
        write_csv(c, values);
    return c->sqlite ? kith_tables_row(c->sqlite, values, err) : KITH_OK;
}

static bool
value_is_number(const kith_json_value *value)
{
    double x;

    return kith_json_is_whole(value) || (!*kith_json_string(value) && kith_json_number(value, &x));
}

static kith_status
take_row(const struct collecting *c, const kith_json_value *table, size_t row, kith_value *values,
         kith_error *err)
{
    const kith_json_value *columns = kith_json_get(table, "columns"),
                          *cells = kith_json_item(kith_json_get(table, "rows"), row);

    for (guint i = c->fixed; i < c->columns->len; i++)
        set(values, i, NULL, false);
    set(values, c->fixed - 2, g_strdup(kith_json_get_string(table, "table")), false);
    set(values, c->fixed - 1, g_strdup_printf("%zu", row + 1), true);
    for (size_t i = 0; i < kith_json_length(cells); i++) {
        const char *name = kith_json_string(kith_json_item(columns, i));
        guint at = GPOINTER_TO_UINT(g_hash_table_lookup(c->number, name)) - 1;
        const kith_json_value *cell = kith_json_item(cells, i);

        set(values, at, value_text(c, cell), value_is_number(cell));
    }
    return write_row(c, values, err);
}

#define MOST_TOP 10

/* The first rows of a ranking: of the first table, when it has a node and a number. */
static void
take_top(const struct collecting *c, const kith_value *values, const kith_json_value *table)
{
    const kith_json_value *columns = kith_json_get(table, "columns"),
                          *rows = kith_json_get(table, "rows");
    int64_t who = -1, score = -1;

    for (size_t i = 0; i < kith_json_length(columns); i++) {
        const char *name = kith_json_string(kith_json_item(columns, i));

        if (who < 0 && (strcmp(name, "person") == 0 || strcmp(name, "node") == 0))
            who = (int64_t)i;
        else if (who >= 0 && score < 0)
            score = (int64_t)i;
    }
    for (size_t r = 0; who >= 0 && score >= 0 && r < MIN(MOST_TOP, kith_json_length(rows)); r++) {
        const kith_json_value *cells = kith_json_item(rows, r);
        g_autofree char *vertex = value_text(c, kith_json_item(cells, (size_t)who)),
                        *value = value_text(c, kith_json_item(cells, (size_t)score));
        g_autoptr(GString) line = g_string_new(NULL);

        for (guint i = 0; i < c->fixed - 4; i++) {
            kith_csv_put_text(line, values[i].text);
            g_string_append_c(line, ',');
        }
        g_string_append_printf(line, "%zu,", r + 1);
        kith_csv_put_text(line, vertex);
        g_string_append_printf(line, ",%s,%s\r\n",
                               kith_json_string(kith_json_item(columns, (size_t)score)),
                               value ? value : "");
        kith_sink_write(c->top, line->str, line->len);
    }
}

static void
put_value(kith_json *json, const kith_value *value)
{
    char *end = NULL;
    gint64 whole = value->number ? g_ascii_strtoll(value->text, &end, 10) : 0;

    if (!value->number)
        kith_json_text(json, value->text);
    else if (*end == '\0')
        kith_json_integer(json, whole);
    else
        kith_json_real(json, g_ascii_strtod(value->text, NULL));
}

static void
put_unit(kith_json *json, const struct collecting *c, const kith_value *values)
{
    for (guint i = 0; i < c->fixed - 2; i++) {
        kith_json_key(json, g_ptr_array_index(c->columns, i));
        put_value(json, &values[i]);
    }
}

/* A text as JSON spells it, without its quotes. @return yours */
static char *
spell(const char *text)
{
    g_autoptr(kith_sink) sink = kith_sink_to_memory();
    g_autoptr(kith_json) json = kith_json_new(sink, false);
    const char *bytes, *end;
    size_t size;

    kith_json_array(json, KITH_JSON_INLINE);
    kith_json_text(json, text);
    kith_json_end(json);
    bytes = kith_sink_bytes(sink, &size);
    end = g_strrstr_len(bytes, (gssize)size, "\"");
    return g_strndup(bytes + 2, (gsize)(end - bytes) - 2);
}

/* An answer as the segment spells it, with the file's path where its mark stands. */
static void
write_answer(const struct collecting *c, const char *text, size_t length)
{
    const kith_plan_dataset *d = kith_plan_dataset_at(c->plan, c->unit / c->plan->points->len);
    g_autofree char *mark = kith_plan_mark(d), *path = spell(d->path);
    const char *end = text + length, *at;

    while ((at = memmem(text, (size_t)(end - text), mark, strlen(mark))) != NULL) {
        kith_sink_write(c->jsonl, text, (size_t)(at - text));
        kith_sink_text(c->jsonl, path);
        text = at + strlen(mark);
    }
    kith_sink_write(c->jsonl, text, (size_t)(end - text));
}

/* One line a unit, the whole answer in it. */
static void
write_jsonl(const struct collecting *c, const kith_value *values)
{
    static const char begin[] = "}, {\"message\": ", end[] = "],\"end\":true}";
    g_autoptr(kith_sink) sink = kith_sink_to_memory();
    g_autoptr(kith_json) json = kith_json_new(sink, false);
    const char *answer = g_strstr_len(c->line->line, (gssize)c->line->length, begin), *bytes;
    size_t size;

    kith_json_object(json, KITH_JSON_INLINE);
    put_unit(json, c, values);
    kith_json_end(json);
    bytes = kith_sink_bytes(sink, &size);
    while (size && bytes[size - 1] != '}')
        size--;
    kith_sink_write(c->jsonl, bytes, size - 1);
    kith_sink_text(c->jsonl, ", \"answer\": ");
    if (answer)
        write_answer(c, answer + 3,
                     c->line->length - (size_t)(answer + 3 - c->line->line) - strlen(end));
    kith_sink_text(c->jsonl, "}\n");
}

static void
clear_values(kith_value *values, guint n)
{
    for (guint i = 0; i < n; i++)
        g_free((char *)values[i].text);
    g_free(values);
}

static kith_status
take_unit(struct collecting *c, int64_t unit, const kith_json_value *result, const char *state,
          kith_error *err)
{
    const kith_json_value *tables = kith_json_get(result, "tables");
    kith_value *values = g_new0(kith_value, c->columns->len);
    kith_status status = KITH_OK;
    bool any = false;

    set_unit(c, unit, state, values);
    for (size_t t = 0; t < kith_json_length(tables) && status == KITH_OK; t++) {
        const kith_json_value *table = kith_json_item(tables, t);

        for (size_t r = 0; r < kith_json_length(kith_json_get(table, "rows")) && status == KITH_OK;
             r++, any = true)
            status = take_row(c, table, r, values, err);
        if (t == 0)
            take_top(c, values, table);
    }
    if (!any && status == KITH_OK)
        status = write_row(c, values, err);
    if (c->jsonl)
        write_jsonl(c, values);
    clear_values(values, c->columns->len);
    return status;
}

/* --- files ----------------------------------------------------------------------------------- */

static kith_status
open_file(const kith_plan *plan, const char *name, kith_sink **out, kith_error *err)
{
    g_autofree char *path = g_build_filename(plan->folder, name, NULL);

    return kith_sink_open(path, out, err);
}

static void
write_header(kith_sink *sink, GPtrArray *columns, guint n, const char *more)
{
    g_autoptr(GString) line = g_string_new(NULL);

    for (guint i = 0; i < n; i++) {
        if (i)
            g_string_append_c(line, ',');
        kith_csv_put_text(line, g_ptr_array_index(columns, i));
    }
    g_string_append_printf(line, "%s\r\n", more);
    kith_sink_write(sink, line->str, line->len);
}

static kith_status
open_files(struct collecting *c, kith_error *err)
{
    g_autofree char *sqlite = g_build_filename(c->plan->folder, "results.sqlite", NULL);

    TRY(open_file(c->plan, "top.csv", &c->top, err));
    write_header(c->top, c->columns, c->fixed - 4, ",rank,vertex,measure,score");
    if (c->plan->csv) {
        TRY(open_file(c->plan, "results.csv", &c->csv, err));
        write_header(c->csv, c->columns, c->columns->len, "");
    }
    if (c->plan->jsonl)
        TRY(open_file(c->plan, "results.jsonl", &c->jsonl, err));
    if (!c->plan->sqlite)
        return KITH_OK;
    TRY(kith_tables_new(sqlite, &c->sqlite, err));
    return kith_tables_begin(c->sqlite, "results", (const char *const *)c->columns->pdata,
                             c->columns->len, err);
}

static kith_status
commit_files(struct collecting *c, kith_error *err)
{
    TRY(kith_sink_commit(c->top, err));
    if (c->csv)
        TRY(kith_sink_commit(c->csv, err));
    if (c->jsonl)
        TRY(kith_sink_commit(c->jsonl, err));
    return c->sqlite ? kith_tables_commit(c->sqlite, err) : KITH_OK;
}

static void
clear(struct collecting *c)
{
    g_ptr_array_free(c->columns, TRUE);
    g_hash_table_unref(c->number);
    kith_sink_free(c->csv);
    kith_sink_free(c->jsonl);
    kith_sink_free(c->top);
    kith_tables_free(c->sqlite);
}

kith_status
kith_results_write(const kith_plan *plan, const kith_segments *segments, kith_error *err)
{
    __attribute__((cleanup(clear))) struct collecting c = {
        .plan = plan,
        .segments = segments,
        .columns = g_ptr_array_new_with_free_func(g_free),
        .number = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};

    add_fixed(&c);
    TRY(each_answer(&c, find_columns, err));
    TRY(open_files(&c, err));
    TRY(each_answer(&c, take_unit, err));
    return commit_files(&c, err);
}
