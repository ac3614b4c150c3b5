/* SPDX-License-Identifier: GPL-3.0-or-later */
/* content.c - content lines out of bytes: physical lines joined, then taken apart at their colon and semicolons. */
#include "content.h"
#include "base/text.h"
#include "physical.h"
#include <string.h>

/* A stretch of the unfolded line that comes from one physical line. */
struct piece {
    size_t offset;
    int64_t line, column;
};

struct parameter {
    const char *name;
    char *value;
};

struct kith_content {
    kith_source *source;
    kith_content_dialect dialect;
    kith_physical lines;
    GString *text; /* the unfolded line */
    GArray *pieces;
    size_t scanned; /* how far the search for its colon went */
    bool quoted;    /* the search is within quotes */
    bool colon;     /* found, at `scanned` */
    bool soft, binary, over;
    GString *header; /* name and parameters, cut up by NULs */
    GArray *parameters;
    kith_property property;
    bool told_encoding;
};

static void
clear_parameter(void *parameter)
{
    g_free(((struct parameter *)parameter)->value);
}

kith_status
kith_content_new(kith_source *source, const kith_content_dialect *dialect, kith_content **out,
                 kith_error *err)
{
    g_autoptr(kith_content) c = g_new0(kith_content, 1);

    c->source = source;
    c->dialect = *dialect;
    c->text = g_string_new(NULL);
    c->header = g_string_new(NULL);
    c->pieces = g_array_new(FALSE, FALSE, sizeof(struct piece));
    c->parameters = g_array_new(FALSE, FALSE, sizeof(struct parameter));
    g_array_set_clear_func(c->parameters, clear_parameter);
    TRY(kith_physical_init(&c->lines, source, dialect->longest, err));
    *out = g_steal_pointer(&c);
    return KITH_OK;
}

void
kith_content_free(kith_content *c)
{
    if (!c)
        return;
    kith_physical_clear(&c->lines);
    g_string_free(c->text, TRUE);
    g_string_free(c->header, TRUE);
    g_array_unref(c->pieces);
    g_array_unref(c->parameters);
    g_free(c);
}

void
kith_content_insert(kith_content *c, const char *lines)
{
    kith_physical_insert(&c->lines, lines, c->property.line);
}

/* Whether a header such as "PHOTO;ENCODING=BASE64;JPEG" announces bytes that are no text. */
static bool
is_binary(const char *header, size_t length)
{
    static const char *const names[] = {"PHOTO", "LOGO", "SOUND", "KEY"};
    g_autofree char *upper = g_ascii_strup(header, (gssize)length);
    const char *dot = strchr(upper, '.'), *name = dot ? dot + 1 : upper;

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_str_has_prefix(name, names[i]) && !g_ascii_isalnum(name[strlen(names[i])]) &&
            name[strlen(names[i])] != '-')
            return true;
    return strstr(upper, ";BASE64") || strstr(upper, "ENCODING=BASE64") ||
           g_str_has_suffix(upper, "ENCODING=B") || strstr(upper, "ENCODING=B;");
}

/* Goes on looking for the colon that ends the header, and says what kind of value follows it. */
static void
find_colon(kith_content *c)
{
    const char *text = c->text->str;

    if (c->colon)
        return;
    for (; c->scanned < c->text->len; c->scanned++) {
        if (text[c->scanned] == '"')
            c->quoted = !c->quoted;
        else if (text[c->scanned] == ':' && !c->quoted)
            break;
    }
    c->colon = c->scanned < c->text->len;
    if (c->colon) {
        g_autofree char *upper = g_ascii_strup(text, (gssize)c->scanned);

        c->soft = c->dialect.soft_breaks && strstr(upper, "QUOTED-PRINTABLE");
        c->binary = is_binary(text, c->scanned);
    }
}

static void
append(kith_content *c, const kith_physical_line *line, size_t skip)
{
    struct piece piece = {c->text->len, line->line, (int64_t)skip + 1};

    if (c->binary)
        return;
    c->over = c->over || line->over || c->text->len + line->text->len > c->dialect.longest + skip;
    if (c->over && c->text->len > 0)
        return;
    g_array_append_val(c->pieces, piece);
    g_string_append_len(c->text, line->text->str + skip, (gssize)(line->text->len - skip));
    find_colon(c);
}

static bool
ends_softly(const kith_content *c)
{
    return c->soft && c->text->len > c->scanned && c->text->str[c->text->len - 1] == '=';
}

/* Whether the next physical line belongs to the current one; if so, adds it. */
static bool
join(kith_content *c, const kith_physical_line *next, bool *block)
{
    if (ends_softly(c)) {
        g_string_truncate(c->text, c->text->len - 1);
        append(c, next, 0);
    } else if (next->text->len == 0) {
        *block = false; /* CR CR LF makes empty lines between folds; a base64 block ends at one */
    } else if (next->text->str[0] == ' ' || next->text->str[0] == '\t') {
        append(c, next, 1);
    } else {
        return *block && c->binary && !strchr(next->text->str, ':');
    }
    return true;
}

/* Puts one unfolded line together. @param any false at the end */
static kith_status
unfold(kith_content *c, bool *any, kith_error *err)
{
    bool block = c->dialect.soft_breaks;
    kith_physical_line *next;

    g_string_truncate(c->text, 0);
    g_array_set_size(c->pieces, 0);
    c->scanned = 0;
    c->quoted = c->colon = c->soft = c->binary = c->over = false;
    TRY(kith_physical_look(&c->lines, &next, err));
    *any = next != NULL;
    if (!next)
        return KITH_OK;
    c->property.line = next->line;
    append(c, next, 0);
    do {
        kith_physical_take(&c->lines);
        TRY(kith_physical_look(&c->lines, &next, err));
    } while (next && join(c, next, &block));
    return KITH_OK;
}

/* A parameter's value without its quotes; "^n", "^'" and "^^" undone (RFC 6868). */
static char *
parameter_value(const char *from)
{
    static const char codes[] = "n'^", means[] = "\n\"^";
    GString *out = g_string_new(NULL);

    for (; *from; from++) {
        const char *code = from[0] == '^' && from[1] ? strchr(codes, from[1]) : NULL;

        if (code)
            g_string_append_c(out, means[code - codes]);
        else if (*from != '"')
            g_string_append_c(out, *from);
        from += code != NULL;
    }
    return g_string_free(out, FALSE);
}

/* "TYPE=home", or a bare "HOME" or "BASE64" as vCard 2.1 has them. */
static void
add_parameter(kith_content *c, char *text)
{
    struct parameter p = {.name = "TYPE"};
    char *equals = strchr(text, '=');

    if (equals) {
        *equals = '\0';
        for (char *at = text; *at; at++)
            *at = g_ascii_toupper(*at);
        p.name = g_strstrip(text);
        text = equals + 1;
    } else if (g_ascii_strcasecmp(text, "QUOTED-PRINTABLE") == 0) {
        p.name = "ENCODING";
    }
    p.value = parameter_value(g_strstrip(text));
    g_array_append_val(c->parameters, p);
}

/* The end of a part of the header: the next semicolon that is not quoted, or the end. */
static char *
part_end(char *at)
{
    bool quoted = false;

    for (; *at && (quoted || *at != ';'); at++)
        if (*at == '"')
            quoted = !quoted;
    return at;
}

static bool
is_name(const char *name)
{
    for (const char *at = name; *at; at++)
        if (!g_ascii_isalnum(*at) && *at != '-' && *at != '_')
            return false;
    return *name != '\0';
}

static void
take_name(kith_content *c, char *at)
{
    char *dot = strrchr(at, '.');

    c->property.group = "";
    if (dot) {
        *dot = '\0';
        c->property.group = at;
        at = dot + 1;
    }
    at = g_strstrip(at);
    for (char *p = at; *p; p++)
        *p = g_ascii_toupper(*p);
    c->property.name = at;
}

/* Cuts the unfolded line into group, name, parameters and value. @return false when it is no content line */
static bool
dissect(kith_content *c)
{
    /* A quote that is never closed must not swallow the value. */
    const char *colon = c->colon ? c->text->str + c->scanned : strchr(c->text->str, ':');
    char *at, *end;

    g_array_set_size(c->parameters, 0);
    if (!colon)
        return false;
    g_string_truncate(c->header, 0);
    g_string_append_len(c->header, c->text->str, colon - c->text->str);
    c->property.value = colon + 1;
    c->property.length = c->text->len - (size_t)(colon + 1 - c->text->str);
    end = part_end(c->header->str);
    for (at = c->header->str; *end; end = part_end(at)) {
        *end = '\0';
        if (at != c->header->str)
            add_parameter(c, at);
        at = end + 1;
    }
    if (at != c->header->str)
        add_parameter(c, at);
    take_name(c, c->header->str);
    return is_name(c->property.name);
}

/* What becomes of a line longer than the dialect allows. */
static kith_status
refuse_long(kith_content *c, kith_error *err)
{
    if (c->binary)
        return KITH_OK;
    if (!c->dialect.skip_long)
        return kith_fail_at(err, KITH_ERR_LIMIT, kith_source_name(c->source), c->property.line, 1,
                            "a line of more than %zu bytes", c->dialect.longest);
    kith_source_warn(c->source, "left out a line of more than %zu bytes", c->dialect.longest);
    return KITH_OK;
}

kith_status
kith_content_next(kith_content *c, const kith_property **property, kith_error *err)
{
    bool any;

    *property = NULL;
    for (;;) {
        char shown[64];

        TRY(unfold(c, &any, err));
        if (!any)
            return KITH_OK;
        kith_source_at(c->source, c->property.line, 1);
        if (c->over) {
            TRY(refuse_long(c, err));
        } else if (c->text->len > 0 && !dissect(c)) {
            kith_source_warn(c->source, "found '%s' (expected NAME:value)",
                             kith_text_display_into(c->text->str, shown, sizeof shown));
        } else if (c->text->len > 0 && !c->binary) {
            *property = &c->property;
            return KITH_OK;
        }
    }
}

void
kith_content_at(kith_content *c, size_t offset)
{
    const struct piece *last = NULL;

    offset += (size_t)(c->property.value - c->text->str);
    for (guint i = 0; i < c->pieces->len; i++) {
        const struct piece *p = &g_array_index(c->pieces, struct piece, i);

        if (p->offset > offset)
            break;
        last = p;
    }
    if (last)
        kith_source_at(c->source, last->line, last->column + (int64_t)(offset - last->offset));
}

int64_t
kith_content_line(const kith_content *c)
{
    return c->property.line;
}

const char *
kith_content_parameter(const kith_content *c, const char *name)
{
    for (guint i = 0; i < c->parameters->len; i++) {
        const struct parameter *p = &g_array_index(c->parameters, struct parameter, i);

        if (strcmp(p->name, name) == 0)
            return p->value;
    }
    return NULL;
}

static bool
list_has(const char *list, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = list; at; at = strchr(at, ',')) {
        at += *at == ',';
        if (g_ascii_strncasecmp(at, word, length) == 0 && (at[length] == ',' || !at[length]))
            return true;
    }
    return false;
}

bool
kith_content_parameter_has(const kith_content *c, const char *name, const char *word)
{
    for (guint i = 0; i < c->parameters->len; i++) {
        const struct parameter *p = &g_array_index(c->parameters, struct parameter, i);

        if (strcmp(p->name, name) == 0 && list_has(p->value, word))
            return true;
    }
    return false;
}

char *
kith_content_text(kith_content *c)
{
    g_autofree char *bytes = g_strndup(c->property.value, c->property.length);
    const char *charset = kith_content_parameter(c, "CHARSET"), *used;
    size_t length = c->property.length;
    char *text;

    if (kith_content_parameter_has(c, "ENCODING", "QUOTED-PRINTABLE"))
        length = kith_content_unquote(bytes, length);
    if (charset && (text = kith_content_decode(bytes, length, charset)) != NULL)
        return text;
    text = kith_text_to_utf8(bytes, length, &used);
    if (strcmp(used, "Windows-1252") == 0 && !c->told_encoding) {
        kith_source_warn(c->source, "bytes that are no UTF-8 are read as Windows-1252");
        c->told_encoding = true;
    }
    return text;
}
