/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * vcard - address books: vCard 2.1, 3.0 and 4.0, as phones, Apple, Google, Outlook and Nextcloud write them.
 *
 *     BEGIN:VCARD
 *     VERSION:3.0
 *     N:;Prakash;;;
 *     FN:Prakash
 *     ORG:North Pier Software\, Inc.;
 *     END:VCARD
 *
 * The owner of the file knows everybody in it. No library reads all three versions (libical 3 knows 2.1 only), and all
 * of them together are small. Notes, pictures, birthdays and postal addresses beyond the town are left out.
 */
#include "vcard.h"
#include "base/limits.h"
#include "base/text.h"
#include "content.h"
#include <kith/importer.h>
#include <string.h>

/* What is worth keeping of a card; the rest (notes, pictures, keys, sync state) is never looked at. */
static const char *const wanted[] = {
    "ADR",
    "CATEGORIES",
    "EMAIL",
    "FN",
    "KIND",
    "MEMBER",
    "N",
    "NICKNAME",
    "ORG",
    "RELATED",
    "ROLE",
    "SOCIALPROFILE",
    "TEL",
    "TITLE",
    "UID",
    "URL",
    "X-ABLABEL",
    "X-ABRELATEDNAMES",
    "X-ABSHOWAS",
    "X-ADDRESSBOOKSERVER-KIND",
    "X-ADDRESSBOOKSERVER-MEMBER",
    "X-ANDROID-CUSTOM",
    "X-ASSISTANT",
    "X-EVOLUTION-ASSISTANT",
    "X-EVOLUTION-MANAGER",
    "X-EVOLUTION-SPOUSE",
    "X-MANAGER",
    "X-MS-ASSISTANT",
    "X-MS-MANAGER",
    "X-MS-SPOUSE",
    "X-SOCIALPROFILE",
    "X-SPOUSE",
};

/* The cards being read, the outermost first. */
struct reading {
    kith_content *content;
    kith_vcard_book book;
    GPtrArray *open;
    bool agent; /* the line before was "AGENT:": the card that begins now is part of the open one */
    bool told_outside;
};

static void
reading_clear(struct reading *r)
{
    kith_content_free(r->content);
    kith_vcard_book_clear(&r->book);
    if (r->open)
        g_ptr_array_unref(r->open);
}

typedef struct reading reading;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(reading, reading_clear)

static int
probe(const char *head, size_t length, const char *name)
{
    static const char begin[] = "BEGIN:VCARD";
    g_autofree char *utf8 = NULL;
    const char *at = head, *end = head + length;

    (void)name;
    if (length >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0)
        at += 3;
    if (length >= 2 && (memcmp(at, "\xff\xfe", 2) == 0 || memcmp(at, "\xfe\xff", 2) == 0)) {
        utf8 = kith_text_to_utf8(head, length, NULL);
        at = utf8;
        end = utf8 + strlen(utf8);
    }
    while (at < end && g_ascii_isspace(*at))
        at++;
    return (size_t)(end - at) >= strlen(begin) && g_ascii_strncasecmp(at, begin, strlen(begin)) == 0
               ? 100
               : 0;
}

static kith_vcard *
innermost(const struct reading *r)
{
    return r->open->len ? g_ptr_array_index(r->open, r->open->len - 1) : NULL;
}

/* The innermost card is whole: part of the one around it, or ready to be told. */
static kith_status
close_card(struct reading *r, kith_error *err)
{
    g_autoptr(kith_vcard) card = g_ptr_array_steal_index(r->open, r->open->len - 1);
    kith_vcard *outer = innermost(r);

    if (outer) {
        g_ptr_array_add(outer->agents, g_steal_pointer(&card));
        return KITH_OK;
    }
    return kith_vcard_tell(&r->book, card, err);
}

static kith_status
begin_card(struct reading *r, int64_t line, kith_error *err)
{
    if (!r->agent) {
        while (r->open->len) {
            kith_source_warn(
                r->book.source,
                "found BEGIN:VCARD (expected END:VCARD of the card of line %" G_GINT64_FORMAT ")",
                innermost(r)->line);
            TRY(close_card(r, err));
        }
    }
    if (r->open->len == KITH_VCARD_NESTING)
        return kith_fail_at(err, KITH_ERR_LIMIT, kith_source_name(r->book.source), line, 1,
                            "cards nested more than %d deep", KITH_VCARD_NESTING);
    if (r->open->len == 0)
        kith_source_record(r->book.source);
    g_ptr_array_add(r->open, kith_vcard_new(line, false));
    return KITH_OK;
}

static kith_status
end_card(struct reading *r, kith_error *err)
{
    if (r->open->len)
        return close_card(r, err);
    kith_source_warn(r->book.source, "found END:VCARD (expected BEGIN:VCARD before it)");
    return KITH_OK;
}

/* An agent is a card: one that follows, or one folded into the value with its line breaks escaped, or a link to one. */
static void
take_agent(struct reading *r, const kith_property *p)
{
    g_autofree char *text = kith_content_text(r->content);
    g_autofree char *lines = kith_content_unescape(text, true);

    r->agent = *g_strstrip(text) == '\0';
    if (p->length >= 11 && g_ascii_strncasecmp(lines, "BEGIN:VCARD", 11) == 0) {
        kith_content_insert(r->content, lines);
        r->agent = true;
    }
}

static bool
is_wanted(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++)
        if (strcmp(name, wanted[i]) == 0)
            return true;
    return false;
}

static void
take_field(struct reading *r, kith_vcard *card, const kith_property *p)
{
    const char *type = kith_content_parameter(r->content, "TYPE");
    kith_vcard_field *field;

    if (strcmp(p->name, "VERSION") == 0)
        card->old = strncmp(p->value, "2.1", 3) == 0;
    if (!is_wanted(p->name) || p->length == 0)
        return;
    field = g_new0(kith_vcard_field, 1);
    field->group = g_strdup(p->group);
    field->name = g_strdup(p->name);
    field->value = kith_content_text(r->content);
    field->label = type && *type ? kith_text_to_utf8(type, strlen(type), NULL) : NULL;
    field->fax = kith_content_parameter_has(r->content, "TYPE", "FAX") ||
                 kith_content_parameter_has(r->content, "TYPE", "PAGER");
    field->line = p->line;
    g_ptr_array_add(card->fields, field);
}

static kith_status
take_line(struct reading *r, const kith_property *p, kith_error *err)
{
    kith_vcard *card = innermost(r);
    bool is_card = g_ascii_strncasecmp(p->value, "VCARD", 5) == 0;

    if (is_card && strcmp(p->name, "BEGIN") == 0) {
        TRY(begin_card(r, p->line, err));
        r->agent = false;
    } else if (is_card && strcmp(p->name, "END") == 0) {
        TRY(end_card(r, err));
    } else if (!card) {
        if (!r->told_outside)
            kith_source_warn(r->book.source, "found %s outside a card (expected BEGIN:VCARD)",
                             p->name);
        r->told_outside = true;
    } else if (strcmp(p->name, "AGENT") == 0) {
        take_agent(r, p);
    } else {
        r->agent = false;
        take_field(r, card, p);
    }
    return KITH_OK;
}

static kith_status
read_vcards(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    const kith_content_dialect dialect = {.longest = (size_t)kith_limit(KITH_LIMIT_CARD_LINE),
                                          .soft_breaks = true};
    g_auto(reading) r = {0};
    const kith_property *p;

    (void)options;
    kith_vcard_book_init(&r.book, source, into);
    r.open = g_ptr_array_new_with_free_func((GDestroyNotify)kith_vcard_free);
    TRY(kith_content_new(source, &dialect, &r.content, err));
    for (;;) {
        TRY(kith_content_next(r.content, &p, err));
        if (!p)
            break;
        TRY(take_line(&r, p, err));
    }
    if (r.open->len) {
        kith_source_at(source, ((kith_vcard *)g_ptr_array_index(r.open, 0))->line, 1);
        kith_source_hold(source, "the file ends within this card (expected END:VCARD)");
    }
    return kith_vcard_link(&r.book, err);
}

const kith_importer kith_importer_vcard = {
    .name = "vcard",
    .summary = "address books: vCard 2.1, 3.0 and 4.0",
    .extensions = "vcf",
    .probe = probe,
    .read = read_vcards,
};
