/* SPDX-License-Identifier: GPL-3.0-or-later */
/* physical.c - a source line by line, whatever ends its lines, one line ahead. */
#include "physical.h"
#include <string.h>

static void
line_free(kith_physical_line *line)
{
    if (!line)
        return;
    g_string_free(line->text, TRUE);
    g_free(line);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_physical_line, line_free)

kith_status
kith_physical_init(kith_physical *l, kith_source *source, size_t longest, kith_error *err)
{
    *l = (kith_physical){.source = source, .longest = longest};
    l->buffer = g_string_new(NULL);
    TRY(kith_decoder_init(&l->decoder, source, err));
    /* Where lines are folded a character may be cut in two, so only UTF-16 is decoded here. */
    if (strncmp(l->decoder.encoding, "UTF-16", 6) != 0)
        l->decoder.encoding = "UTF-8";
    return KITH_OK;
}

void
kith_physical_clear(kith_physical *l)
{
    g_queue_clear_full(&l->waiting, (GDestroyNotify)line_free);
    kith_decoder_clear(&l->decoder);
    if (l->buffer)
        g_string_free(l->buffer, TRUE);
    *l = (kith_physical){0};
}

/* Makes sure that bytes are waiting. @return false at the end */
static kith_status
fill(kith_physical *l, bool *more, kith_error *err)
{
    while (l->at == l->buffer->len && !l->decoder.ended) {
        g_string_truncate(l->buffer, 0);
        l->at = 0;
        TRY(kith_decoder_more(&l->decoder, l->buffer, err));
    }
    *more = l->at < l->buffer->len;
    return KITH_OK;
}

/* Takes bytes up to a line's end, or all that wait. @return whether the line ended */
static bool
take_bytes(kith_physical *l, kith_physical_line *line)
{
    const char *from = l->buffer->str + l->at;
    size_t length = l->buffer->len - l->at, n = 0, room;

    while (n < length && from[n] != '\n' && from[n] != '\r')
        n++;
    room = l->longest + 1 - MIN(line->text->len, l->longest + 1);
    line->over = line->over || n > room;
    g_string_append_len(line->text, from, (gssize)MIN(n, room));
    l->at += n;
    if (n == length)
        return false;
    l->after_cr = from[n] == '\r';
    l->at++;
    return true;
}

/* A NUL would end every text that holds it. */
static void
drop_nuls(kith_physical *l, kith_physical_line *line)
{
    size_t kept = 0;

    if (!memchr(line->text->str, 0, line->text->len))
        return;
    for (size_t i = 0; i < line->text->len; i++)
        if (line->text->str[i])
            line->text->str[kept++] = line->text->str[i];
    g_string_truncate(line->text, kept);
    if (!l->told_nul) {
        kith_source_at(l->source, line->line, 0);
        kith_source_warn(l->source, "NUL bytes left out");
    }
    l->told_nul = true;
}

static kith_status
read_line(kith_physical *l, kith_physical_line **out, kith_error *err)
{
    g_autoptr(kith_physical_line) line = g_new0(kith_physical_line, 1);
    bool more = false, any = false;

    line->text = g_string_new(NULL);
    line->line = l->line + 1;
    for (;;) {
        TRY(fill(l, &more, err));
        if (!more)
            break;
        if (l->after_cr && l->buffer->str[l->at] == '\n') {
            l->after_cr = false;
            l->at++;
            continue;
        }
        l->after_cr = false;
        any = true;
        if (take_bytes(l, line))
            break;
    }
    if (!any)
        return KITH_OK;
    l->line++;
    drop_nuls(l, line);
    *out = g_steal_pointer(&line);
    return KITH_OK;
}

kith_status
kith_physical_look(kith_physical *l, kith_physical_line **out, kith_error *err)
{
    *out = g_queue_peek_head(&l->waiting);
    if (!*out) {
        TRY(read_line(l, out, err));
        if (*out)
            g_queue_push_head(&l->waiting, *out);
    }
    return KITH_OK;
}

void
kith_physical_take(kith_physical *l)
{
    line_free(g_queue_pop_head(&l->waiting));
}

void
kith_physical_insert(kith_physical *l, const char *text, int64_t line)
{
    g_auto(GStrv) each = g_strsplit(text, "\n", -1);

    for (guint i = g_strv_length(each); i-- > 0;) {
        kith_physical_line *one = g_new0(kith_physical_line, 1);

        one->text = g_string_new(g_strchomp(each[i]));
        one->line = line;
        g_queue_push_head(&l->waiting, one);
    }
}
