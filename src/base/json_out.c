/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json_out.c - JSON written piece by piece: commas, line breaks and escapes are kept here. */
#include "base/json_out.h"
#include "base/number.h"
#include <math.h>
#include <string.h>

/* One container that is still open. */
struct level {
    char close;
    kith_json_layout layout;
    bool any;
};

struct kith_json {
    kith_sink *sink;
    GArray *levels;
    GString *escaped; /* scratch */
    bool in_html, after_key;
};

kith_json *
kith_json_new(kith_sink *sink, bool in_html)
{
    kith_json *j = g_new0(kith_json, 1);

    j->sink = sink;
    j->levels = g_array_new(FALSE, FALSE, sizeof(struct level));
    j->escaped = g_string_new(NULL);
    j->in_html = in_html;
    return j;
}

void
kith_json_free(kith_json *j)
{
    if (!j)
        return;
    g_array_unref(j->levels);
    g_string_free(j->escaped, TRUE);
    g_free(j);
}

static struct level *
innermost(kith_json *j)
{
    return j->levels->len > 0 ? &g_array_index(j->levels, struct level, j->levels->len - 1) : NULL;
}

static void
new_line(kith_json *j, guint depth)
{
    kith_sink_text(j->sink, "\n");
    for (guint i = 0; i < depth; i++)
        kith_sink_text(j->sink, "  ");
}

/* What stands between the value before and the one to come. */
static void
separate(kith_json *j)
{
    struct level *level = innermost(j);

    if (j->after_key || !level) {
        j->after_key = false;
        return;
    }
    if (level->any)
        kith_sink_text(j->sink, level->layout == KITH_JSON_LINES ? "," : ", ");
    if (level->layout == KITH_JSON_LINES)
        new_line(j, j->levels->len);
    level->any = true;
}

static void
begin(kith_json *j, const char *open, char close, kith_json_layout layout)
{
    const struct level *outer = innermost(j);
    struct level level = {
        close, outer && outer->layout == KITH_JSON_INLINE ? outer->layout : layout, false};

    separate(j);
    kith_sink_text(j->sink, open);
    g_array_append_val(j->levels, level);
}

void
kith_json_object(kith_json *j, kith_json_layout layout)
{
    begin(j, "{", '}', layout);
}

void
kith_json_array(kith_json *j, kith_json_layout layout)
{
    begin(j, "[", ']', layout);
}

void
kith_json_end(kith_json *j)
{
    struct level level = *innermost(j);

    g_array_set_size(j->levels, j->levels->len - 1);
    if (level.any && level.layout == KITH_JSON_LINES)
        new_line(j, j->levels->len);
    kith_sink_write(j->sink, &level.close, 1);
    if (j->levels->len == 0)
        kith_sink_text(j->sink, "\n");
}

static bool
needs_escape(const kith_json *j, gunichar c)
{
    if (c < 0x20 || c == '"' || c == '\\' || (c >= 0x7f && c < 0xa0))
        return true;
    return j->in_html && (c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029);
}

static void
append_escape(GString *out, gunichar c)
{
    switch (c) {
    case '"':
        g_string_append(out, "\\\"");
        break;
    case '\\':
        g_string_append(out, "\\\\");
        break;
    case '\n':
        g_string_append(out, "\\n");
        break;
    case '\t':
        g_string_append(out, "\\t");
        break;
    case '\r':
        g_string_append(out, "\\r");
        break;
    default:
        g_string_append_printf(out, "\\u%04x", c);
    }
}

static void
quote(kith_json *j, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);

    g_string_assign(j->escaped, "\"");
    for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (needs_escape(j, c))
            append_escape(j->escaped, c);
        else
            g_string_append_len(j->escaped, p, g_utf8_next_char(p) - p);
    }
    g_string_append_c(j->escaped, '"');
    kith_sink_write(j->sink, j->escaped->str, j->escaped->len);
}

void
kith_json_key(kith_json *j, const char *name)
{
    separate(j);
    quote(j, name);
    kith_sink_text(j->sink, ": ");
    j->after_key = true;
}

void
kith_json_text(kith_json *j, const char *text)
{
    if (!text) {
        kith_json_null(j);
        return;
    }
    separate(j);
    quote(j, text);
}

void
kith_json_integer(kith_json *j, int64_t value)
{
    separate(j);
    kith_sink_printf(j->sink, "%" G_GINT64_FORMAT, value);
}

void
kith_json_real(kith_json *j, double value)
{
    char text[32];

    separate(j);
    kith_sink_text(j->sink, isfinite(value) ? kith_number_text(value, text) : "null");
}

void
kith_json_boolean(kith_json *j, bool value)
{
    separate(j);
    kith_sink_text(j->sink, value ? "true" : "false");
}

void
kith_json_fail(kith_json *j, kith_status status, const char *why)
{
    kith_sink_fail(j->sink, status, why);
}

void
kith_json_null(kith_json *j)
{
    separate(j);
    kith_sink_text(j->sink, "null");
}

void
kith_json_cell(kith_json *json, kith_cell_type type, const kith_cell *cell)
{
    char text[32];

    if (cell->missing) {
        kith_json_null(json);
    } else if (type == KITH_CELL_INT) {
        kith_json_integer(json, cell->integer);
    } else if (type == KITH_CELL_REAL) {
        kith_json_real(json, cell->real);
    } else if (type == KITH_CELL_BOOL) {
        kith_json_boolean(json, cell->integer != 0);
    } else if (type == KITH_CELL_TIME) {
        kith_json_text(json, kith_time_text(cell->integer, cell->precision, text));
    } else if (type == KITH_CELL_LIST) {
        kith_json_array(json, KITH_JSON_INLINE);
        for (int64_t i = 0; i < cell->integer; i++)
            kith_json_text(json, cell->list[i]);
        kith_json_end(json);
    } else {
        kith_json_text(json, cell->text);
    }
}
