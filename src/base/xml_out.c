/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * xml_out.c - elements, attributes and text into a buffer of one's own, indented by a space a level.
 *
 * Nearly all text is ASCII without markup and goes through as it is. An element is closed in place when
 * nothing was in it, and on the same line when text was.
 */
#include "base/xml_out.h"
#include <string.h>

#define BUFFER ((size_t)1 << 16)
#define DEPTH 32 /* ours have four */

enum state { TAG, TEXT, CHILDREN };

struct kith_xml_out {
    kith_sink *sink; /* NULL: a part of a document, whose buffer grows */
    char *buffer;
    size_t length, room;
    int depth;
    struct {
        const char *name;
        size_t length;
    } element[DEPTH];
    enum state state;         /* of the innermost element */
    GString *valid, *escaped; /* scratch */
};

static void
flush(kith_xml_out *xml)
{
    kith_sink_write(xml->sink, xml->buffer, xml->length);
    xml->length = 0;
}

static void
make_room(kith_xml_out *xml, size_t n)
{
    if (xml->sink)
        flush(xml);
    if (n <= xml->room - xml->length)
        return;
    xml->room = MAX(2 * xml->room, xml->length + n);
    xml->buffer = g_realloc(xml->buffer, xml->room);
}

#define COPY(n, to, from) memcpy(to, from, n)

/* Most of what is written is a few bytes long: too short for a call. */
static inline __attribute__((always_inline)) void
copy(char *to, const char *from, size_t n)
{
    if (n > 32) {
        memcpy(to, from, n);
    } else if (n >= 16) { /* both ends; the middle is in both */
        COPY(16, to, from);
        COPY(16, to + n - 16, from + n - 16);
    } else if (n >= 8) {
        COPY(8, to, from);
        COPY(8, to + n - 8, from + n - 8);
    } else if (n >= 4) {
        COPY(4, to, from);
        COPY(4, to + n - 4, from + n - 4);
    } else {
        for (size_t i = 0; i < n; i++)
            to[i] = from[i];
    }
}

/* Room for n bytes: what append() takes. */
static inline void
reserve(kith_xml_out *xml, size_t n)
{
    if (G_UNLIKELY(n > xml->room - xml->length))
        make_room(xml, n);
}

static inline void
append(kith_xml_out *xml, const char *bytes, size_t n)
{
    copy(xml->buffer + xml->length, bytes, n);
    xml->length += n;
}

static inline void
put(kith_xml_out *xml, const char *bytes, size_t n)
{
    reserve(xml, n);
    append(xml, bytes, n);
}

/* The same for bytes that have room behind them: steps of sixteen, with no question how many bytes are left. */
static inline void
append_wide(kith_xml_out *xml, const char *bytes, size_t n)
{
    char *to = xml->buffer + xml->length;

    for (size_t i = 0; i < n; i += KITH_XML_BEHIND)
        COPY(KITH_XML_BEHIND, to + i, bytes + i);
    xml->length += n;
}

#define PUT(xml, literal) put(xml, literal, sizeof(literal) - 1)

static void
put_text(kith_xml_out *xml, const char *text)
{
    put(xml, text, strlen(text));
}

static const char blanks[DEPTH + 1] = "                                ";

static kith_xml_out *
out_new(kith_sink *sink)
{
    kith_xml_out *xml = g_new0(kith_xml_out, 1);

    xml->sink = sink;
    xml->room = BUFFER;
    xml->buffer = g_malloc(xml->room);
    xml->state = CHILDREN;
    xml->valid = g_string_new(NULL);
    xml->escaped = g_string_new(NULL);
    return xml;
}

kith_xml_out *
kith_xml_out_new(kith_sink *sink)
{
    kith_xml_out *xml = out_new(sink);

    PUT(xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    return xml;
}

kith_xml_out *
kith_xml_out_part(const kith_xml_out *whole)
{
    kith_xml_out *part = out_new(NULL);

    part->depth = whole->depth;
    memcpy(part->element, whole->element, sizeof part->element);
    return part;
}

void
kith_xml_out_append(kith_xml_out *whole, kith_xml_out *part)
{
    if (part->length == 0)
        return;
    if (whole->depth > 0 && whole->state == TAG)
        PUT(whole, ">\n");
    flush(whole);
    kith_sink_write(whole->sink, part->buffer, part->length);
    whole->state = CHILDREN;
    part->length = 0;
}

void
kith_xml_out_finish(kith_xml_out *xml)
{
    while (xml->depth > 0)
        kith_xml_out_close(xml);
    flush(xml);
}

void
kith_xml_out_free(kith_xml_out *xml)
{
    if (!xml)
        return;
    g_string_free(xml->valid, TRUE);
    g_string_free(xml->escaped, TRUE);
    g_free(xml->buffer);
    g_free(xml);
}

/* The Char production of XML 1.0; the C1 controls are allowed there and nowhere welcome. */
static bool
is_char(gunichar c)
{
    if (c < 0x20)
        return c == '\t' || c == '\n' || c == '\r';
    return !(c >= 0x7f && c < 0xa0) && c != 0xfffe && c != 0xffff;
}

/* What a text may not hold becomes U+FFFD. */
static const char *
clean(kith_xml_out *xml, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);

    g_string_truncate(xml->valid, 0);
    for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        g_string_append_unichar(xml->valid, is_char(c) ? c : 0xfffd);
    }
    return xml->valid->str;
}

/* What stands for a character of markup, NULL for any other. Line ends and tabs in an attribute would come back as spaces. */
static const char *
reference(char c, bool attribute)
{
    switch (c) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    case '\r':
        return "&#13;";
    case '\n':
        return attribute ? "&#10;" : NULL;
    case '\t':
        return attribute ? "&#9;" : NULL;
    default:
        return NULL;
    }
}

static void
append_escaped(GString *out, const char *text, bool attribute)
{
    const char *start = text, *word;

    for (; *text; text++) {
        if (!(word = reference(*text, attribute)))
            continue;
        g_string_append_len(out, start, text - start);
        g_string_append(out, word);
        start = text + 1;
    }
    g_string_append_len(out, start, text - start);
}

#define EACH(c) (UINT64_C(0x0101010101010101) * (uint8_t)(c))

/* The highest bit of each byte that is zero, and perhaps of some above it. */
static inline uint64_t
zeros(uint64_t bytes)
{
    return (bytes - EACH(1)) & ~bytes;
}

/* Whether eight bytes are printable ASCII without markup. */
static inline bool
are_simple(uint64_t bytes)
{
    uint64_t odd = bytes | ((bytes - EACH(' ')) & ~bytes) | zeros(bytes ^ EACH('<')) |
                   zeros(bytes ^ EACH('>')) | zeros(bytes ^ EACH('&')) | zeros(bytes ^ EACH('"')) |
                   zeros(bytes ^ EACH(0x7f));

    return !(odd & EACH(0x80));
}

static bool
is_simple(const char *text, size_t n)
{
    uint64_t bytes;

    for (; n >= sizeof bytes; text += sizeof bytes, n -= sizeof bytes) {
        memcpy(&bytes, text, sizeof bytes);
        if (!are_simple(bytes))
            return false;
    }
    bytes = EACH(' ');
    memcpy(&bytes, text, n);
    return are_simple(bytes);
}

static void
put_value(kith_xml_out *xml, const char *text, size_t n, bool attribute)
{
    if (is_simple(text, n)) {
        put(xml, text, n);
    } else {
        g_string_truncate(xml->escaped, 0);
        append_escaped(xml->escaped, clean(xml, text), attribute);
        put(xml, xml->escaped->str, xml->escaped->len);
    }
}

/* Text with room behind it. */
static char *
with_room(const char *text, size_t *length)
{
    char *room;

    *length = strlen(text);
    room = g_malloc0(*length + KITH_XML_BEHIND);
    memcpy(room, text, *length);
    return room;
}

/* Room for n bytes more than the end of the tag around them, and that end. */
static inline void
end_tag(kith_xml_out *xml, size_t n)
{
    reserve(xml, 2 + n + KITH_XML_BEHIND);
    if (xml->depth > 0 && xml->state == TAG)
        append(xml, ">\n", 2);
}

/* Ends the tag of the element around it. */
static inline void
begin_child(kith_xml_out *xml)
{
    reserve(xml, 2 + (size_t)xml->depth);
    if (xml->depth > 0 && xml->state == TAG)
        append(xml, ">\n", 2);
    append(xml, blanks, (size_t)xml->depth);
}

static inline void
enter(kith_xml_out *xml, const char *element, size_t length)
{
    g_assert(xml->depth < DEPTH);
    xml->element[xml->depth].name = element;
    xml->element[xml->depth++].length = length;
    xml->state = TAG;
}

void
kith_xml_out_open(kith_xml_out *xml, const char *element)
{
    begin_child(xml);
    enter(xml, element, strlen(element));
    PUT(xml, "<");
    put_text(xml, element);
}

void
kith_xml_out_attribute(kith_xml_out *xml, const char *name, const char *value)
{
    PUT(xml, " ");
    put_text(xml, name);
    PUT(xml, "=\"");
    put_value(xml, value, strlen(value), true);
    PUT(xml, "\"");
}

void
kith_xml_out_text(kith_xml_out *xml, const char *text)
{
    if (xml->state == TAG)
        PUT(xml, ">");
    xml->state = TEXT;
    put_value(xml, text, strlen(text), false);
}

void
kith_xml_out_close(kith_xml_out *xml)
{
    int depth = --xml->depth;

    if (xml->state == TAG) {
        PUT(xml, "/>\n");
    } else {
        size_t blank = xml->state == CHILDREN ? (size_t)depth : 0;

        reserve(xml, blank + xml->element[depth].length + 4);
        append(xml, blanks, blank);
        append(xml, "</", 2);
        append(xml, xml->element[depth].name, xml->element[depth].length);
        append(xml, ">\n", 2);
    }
    xml->state = CHILDREN;
}

void
kith_xml_out_plain(kith_xml_out *xml, const char *name, const char *value)
{
    PUT(xml, " ");
    put_text(xml, name);
    PUT(xml, "=\"");
    put_text(xml, value);
    PUT(xml, "\"");
}

void
kith_xml_head_init(kith_xml_head *head, int depth, const char *element,
                   const char *const *attributes)
{
    g_autofree char *end = g_strdup_printf("%*s</%s>\n", depth, "", element);

    *head = (kith_xml_head){.element = element, .element_length = strlen(element)};
    for (; attributes[head->n]; head->n++) {
        g_autofree char *first = g_strdup_printf("%*s<%s", depth, "", element),
                        *before = g_strdup_printf("%s %s=\"", head->n ? "\"" : first,
                                                  attributes[head->n]);

        g_assert(head->n < KITH_XML_HEAD_ATTRIBUTES);
        head->before[head->n] = with_room(before, &head->length[head->n]);
    }
    head->end = with_room(end, &head->end_length);
}

void
kith_xml_head_clear(kith_xml_head *head)
{
    for (int i = 0; i < head->n; i++)
        g_free(head->before[i]);
    g_free(head->end);
    *head = (kith_xml_head){0};
}

void
kith_xml_out_head(kith_xml_out *xml, const kith_xml_head *head, const char *const *value,
                  const size_t *length)
{
    size_t all = 1;

    for (int i = 0; i < head->n; i++)
        all += head->length[i] + length[i];
    end_tag(xml, all);
    enter(xml, head->element, head->element_length);
    for (int i = 0; i < head->n; i++) {
        append_wide(xml, head->before[i], head->length[i]);
        append_wide(xml, value[i], length[i]);
    }
    append(xml, "\"", 1);
}

void
kith_xml_out_tail(kith_xml_out *xml, const kith_xml_head *head)
{
    xml->depth--;
    reserve(xml, head->end_length + KITH_XML_BEHIND);
    if (xml->state == TAG)
        append(xml, "/>\n", 3);
    else
        append_wide(xml, head->end, head->end_length);
    xml->state = CHILDREN;
}

kith_xml_form *
kith_xml_form_new(int depth, const char *element, const char *attribute, const char *value)
{
    kith_xml_form *form = g_new(kith_xml_form, 1);
    g_autofree char *start =
                        g_strdup_printf("%*s<%s %s=\"%s\">", depth, "", element, attribute, value),
                    *end = g_strdup_printf("</%s>\n", element);

    form->start = with_room(start, &form->start_length);
    form->end = with_room(end, &form->end_length);
    return form;
}

void
kith_xml_form_free(void *data)
{
    kith_xml_form *form = data;

    g_free(form->start);
    g_free(form->end);
    g_free(form);
}

void
kith_xml_out_form_plain(kith_xml_out *xml, const kith_xml_form *form, const char *text,
                        size_t length)
{
    end_tag(xml, form->start_length + length + form->end_length);
    append_wide(xml, form->start, form->start_length);
    append_wide(xml, text, length);
    append_wide(xml, form->end, form->end_length);
    xml->state = CHILDREN;
}

void
kith_xml_out_form(kith_xml_out *xml, const kith_xml_form *form, const char *text, size_t length)
{
    end_tag(xml, form->start_length);
    append_wide(xml, form->start, form->start_length);
    put_value(xml, text, length, false);
    reserve(xml, form->end_length + KITH_XML_BEHIND);
    append_wide(xml, form->end, form->end_length);
    xml->state = CHILDREN;
}

void
kith_xml_out_form_line(kith_xml_out *xml, const kith_xml_form *form, const char *text,
                       size_t length, GString *line)
{
    g_string_truncate(line, 0);
    g_string_append_len(line, form->start, (gssize)form->start_length);
    if (is_simple(text, length))
        g_string_append_len(line, text, (gssize)length);
    else
        append_escaped(line, clean(xml, text), false);
    g_string_append_len(line, form->end, (gssize)form->end_length);
}

void
kith_xml_out_line(kith_xml_out *xml, const char *line, size_t length)
{
    if (length == 0)
        return;
    if (xml->depth > 0 && xml->state == TAG)
        PUT(xml, ">\n");
    put(xml, line, length);
    xml->state = CHILDREN;
}
