/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roles.c - see roles.h. */
#include "measures/roles.h"
#include <glib.h>

static const char *const assists[] = {"assistant",   "assistants", "intern",     "internship",
                                      "trainee",     "student",    "apprentice", "secretary",
                                      "assistent",   "assistenz",  "praktikant", "praktikantin",
                                      "assistante",  "stagiaire",  "asistente",  "becario",
                                      "assistentin", "sekretärin", NULL};
static const char *const decides[] = {"ceo",
                                      "coo",
                                      "cfo",
                                      "cto",
                                      "cmo",
                                      "cio",
                                      "chief",
                                      "owner",
                                      "founder",
                                      "cofounder",
                                      "president",
                                      "chair",
                                      "chairman",
                                      "chairwoman",
                                      "partner",
                                      "proprietor",
                                      "principal",
                                      "inhaber",
                                      "inhaberin",
                                      "gründer",
                                      "gründerin",
                                      "vorstand",
                                      "geschäftsführer",
                                      "geschäftsführerin",
                                      "pdg",
                                      "gérant",
                                      "gérante",
                                      "fondateur",
                                      "fondatrice",
                                      "dueño",
                                      "dueña",
                                      "fundador",
                                      "fundadora",
                                      "gerente",
                                      NULL};
static const char *const leads[] = {
    "director",   "head",       "manager",     "lead",    "leader",   "vp",
    "vice",       "leiter",     "leiterin",    "leitung", "direktor", "direktorin",
    "directeur",  "directrice", "responsable", "jefe",    "jefa",     "directora",
    "supervisor", "captain",    "skipper",     NULL};

static bool
has_word(char **words, const char *const *list)
{
    for (size_t i = 0; words[i]; i++)
        if (g_strv_contains(list, words[i]))
            return true;
    return false;
}

/* Lower-case words; what is no letter parts them. */
static char **
words_of(const char *title)
{
    g_autofree char *lower = g_utf8_strdown(title, -1);
    g_autoptr(GString) text = g_string_new(NULL);

    for (const char *c = lower; *c; c = g_utf8_next_char(c)) {
        gunichar letter = g_utf8_get_char(c);

        g_string_append_unichar(text, g_unichar_isalpha(letter) ? letter : ' ');
    }
    return g_strsplit(text->str, " ", -1);
}

/* "Managing Director" and "Vice President": the two words mean more, or less, than one of them. */
static kith_role
of_two_words(char **words, kith_role role)
{
    bool managing = false, vice = false;

    for (size_t i = 0; words[i]; i++) {
        managing = managing || g_str_equal(words[i], "managing");
        vice = vice || g_str_equal(words[i], "vice");
    }
    if (managing && role == KITH_ROLE_LEADS)
        return KITH_ROLE_DECIDES;
    return vice && role == KITH_ROLE_DECIDES ? KITH_ROLE_LEADS : role;
}

kith_role
kith_role_of(const char *title)
{
    g_auto(GStrv) words = NULL;

    if (!title || !*title)
        return KITH_ROLE_OF_NOBODY;
    words = words_of(title);
    if (has_word(words, assists))
        return KITH_ROLE_ASSISTS;
    if (has_word(words, decides))
        return of_two_words(words, KITH_ROLE_DECIDES);
    return has_word(words, leads) ? of_two_words(words, KITH_ROLE_LEADS) : KITH_ROLE_WORKS;
}

double
kith_role_weight(const kith_warmth_constants *c, kith_role role)
{
    switch (role) {
    case KITH_ROLE_DECIDES:
        return c->role_decides;
    case KITH_ROLE_LEADS:
        return c->role_leads;
    case KITH_ROLE_WORKS:
        return c->role_works;
    case KITH_ROLE_ASSISTS:
        return c->role_assists;
    default:
        return c->role_unknown;
    }
}
