/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mail_headers.c - collects the fields of a message's header that say who wrote to whom. */
#include "mail_headers.h"
#include <string.h>

/* In the order of kith_mail_field; `joins`: a repeated field goes on with the list, otherwise the
 * first one counts, which is the one that the last mail server wrote. */
static const struct {
    const char *name;
    bool joins;
} fields[KITH_MAIL_FIELDS] = {
    {"From", false},
    {"Sender", false},
    {"To", true},
    {"Cc", true},
    {"Bcc", true},
    {"Date", false},
    {"Message-ID", false},
    {"In-Reply-To", false},
    {"References", false},
    {"Delivered-To", false},
    {"List-Id", false},
    {"List-Post", false},
    {"Mailing-List", false},
    {"Precedence", false},
    {"Auto-Submitted", false},
    {"X-Gmail-Labels", true},
    {"X-Mozilla-Status", false},
};

void
kith_mail_clear(kith_mail *mail)
{
    for (int i = 0; i < KITH_MAIL_FIELDS; i++)
        if (mail->field[i])
            g_string_free(mail->field[i], TRUE);
    *mail = (kith_mail){0};
}

/* Blanks before the colon are obsolete and legal. */
static int
find_field(const char *text, size_t length)
{
    while (length && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    for (int i = 0; i < KITH_MAIL_FIELDS; i++)
        if (strlen(fields[i].name) == length &&
            g_ascii_strncasecmp(fields[i].name, text, length) == 0)
            return i;
    return -1;
}

static void
open_field(kith_mail *mail, const char *text, size_t length)
{
    const char *colon = memchr(text, ':', length);
    int found = colon ? find_field(text, (size_t)(colon - text)) : -1;
    size_t skip = colon ? (size_t)(colon - text) + 1 : 0;

    mail->open = NULL;
    if (found < 0 || (mail->field[found] && !fields[found].joins))
        return;
    if (mail->field[found])
        g_string_append_c(mail->field[found], ',');
    else
        mail->field[found] = g_string_new(NULL);
    while (skip < length && (text[skip] == ' ' || text[skip] == '\t'))
        skip++;
    mail->open = mail->field[found];
    g_string_append_len(mail->open, text + skip, (gssize)(length - skip));
}

void
kith_mail_line(kith_mail *mail, const char *text, size_t length)
{
    const char *nul = memchr(text, '\0', length);

    mail->bytes += length + 1;
    if (mail->bytes > KITH_MAIL_HEADER_BYTES)
        mail->too_long = true;
    if (mail->too_long || length == 0)
        return;
    if (nul)
        length = (size_t)(nul - text);
    if (*text != ' ' && *text != '\t')
        open_field(mail, text, length);
    else if (mail->open)
        g_string_append_len(mail->open, text, (gssize)length);
}

const char *
kith_mail_text(const kith_mail *mail, kith_mail_field field)
{
    return mail->field[field] ? mail->field[field]->str : "";
}
