/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * name.c - keys by which two spellings of a person's name are compared.
 *
 * A name is taken apart once, into words that know their spelling and their folded form; titles and
 * credentials are dropped on the way. Everything else asks those words.
 */
#include "base/name.h"
#include "base/base.h"
#include "base/nickname.h"
#include "base/text.h"
#include <string.h>

struct word {
    char *shown, *folded;
    bool after_comma; /* behind the first comma that is not followed by credentials alone */
};

static void
word_free(void *pointer)
{
    struct word *word = pointer;

    g_free(word->shown);
    g_free(word->folded);
    g_free(word);
}

static bool
is_one_of(const char *word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (*word == *list[i] && strcmp(word, list[i]) == 0)
            return true;
    return false;
}

/* Words nobody is called by; "Ma", "Do" and "Lord" are names as well and not in the list. */
static bool
is_title(const char *folded)
{
    static const char *const titles[] = {
        "dr",   "mr",   "mrs",   "ms",  "miss",  "mx",  "prof", "professor", "sir",  "dame",
        "rev",  "herr", "frau",  "phd", "dphil", "mba", "cpa",  "esq",       "jr",   "sr",
        "jnr",  "snr",  "ii",    "iii", "iv",    "bds", "md",   "bsc",       "msc",  "beng",
        "meng", "llb",  "llm",   "obe", "mbe",   "cbe", "frcs", "mrcs",      "acca", "fca",
        "cfa",  "pmp",  "cissp", "dds", "dvm",   "edd", "psyd",
    };

    return is_one_of(folded, titles, G_N_ELEMENTS(titles));
}

static bool
is_junior(const char *folded)
{
    static const char *const generations[] = {"jr", "sr", "ii", "iii", "iv"};

    return is_one_of(folded, generations, G_N_ELEMENTS(generations));
}

/* "Ph.D." is a credential, "J.R." two initials. */
static bool
is_dropped(const char *token)
{
    g_autofree char *folded = kith_text_fold(token);
    size_t letters = 0, dots = 0;
    bool initials;

    for (const char *p = folded; *p != '\0'; p++) {
        if (*p == '.')
            dots++;
        else
            folded[letters++] = *p;
    }
    folded[letters] = '\0';
    initials = letters >= 2 && dots >= letters;
    return is_title(folded) && !(initials && is_junior(folded));
}

static bool
has_letter(const char *text, size_t length)
{
    for (const char *end = text + length; text < end; text = g_utf8_next_char(text))
        if (g_unichar_isalnum(g_utf8_get_char(text)))
            return true;
    return false;
}

static void
add_words(GPtrArray *words, const char *token, bool after_comma)
{
    size_t length;

    for (const char *part = token; *part != '\0'; part += length + (part[length] != '\0')) {
        struct word *word;

        length = strcspn(part, ".-");
        if (!has_letter(part, length))
            continue;
        word = g_new0(struct word, 1);
        word->shown = g_strndup(part, length);
        word->folded = kith_text_fold(word->shown);
        word->after_comma = after_comma;
        g_ptr_array_add(words, word);
    }
}

/* The text with what surrounds nicknames ("Bob", (Bob)) made blank, typographic quotes too. */
static char *
without_brackets(const char *full)
{
    g_autofree char *clean = kith_text_clean(full);
    GString *out = g_string_new(NULL);

    for (const char *p = clean; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (c < 0x80 ? strchr("\"()[]{};/\\", (int)c) != NULL
                     : c == 0x201c || c == 0x201d || c == 0x201e || c == 0xab || c == 0xbb)
            g_string_append_c(out, ' ');
        else if (c == ',')
            g_string_append(out, " , ");
        else
            g_string_append_unichar(out, c);
    }
    return g_string_free(out, FALSE);
}

static GPtrArray *
take_apart(const char *full, bool drop)
{
    g_autofree char *text = without_brackets(full);
    GPtrArray *words = g_ptr_array_new_with_free_func(word_free);
    bool after_comma = false;

    for (char *token = text, *next; token != NULL; token = next) {
        next = strchr(token, ' ');
        if (next != NULL)
            *next++ = '\0';
        if (strcmp(token, ",") == 0)
            after_comma = words->len > 0;
        else if (*token != '\0' && !(drop && is_dropped(token)))
            add_words(words, token, after_comma);
    }
    return words;
}

/* The words of a name; somebody called nothing but "Miss" or "Sir" keeps that. */
static GPtrArray *
words_of(const char *full)
{
    GPtrArray *words = take_apart(full, true);

    if (words->len > 0)
        return words;
    g_ptr_array_unref(words);
    return take_apart(full, false);
}

static int
compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
drop_apostrophes(char *text)
{
    char *to = text;

    for (const char *from = text; *from != '\0'; from++)
        if (*from != '\'')
            *to++ = *from;
    *to = '\0';
}

static char *
joined_words(const GPtrArray *words)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < words->len; i++) {
        const struct word *word = g_ptr_array_index(words, i);
        const char *formal = kith_nickname_formal(word->folded);
        char *key = g_strdup(formal != NULL ? formal : word->folded);

        drop_apostrophes(key);
        g_ptr_array_add(keys, key);
    }
    g_ptr_array_sort(keys, compare_texts);
    for (guint i = 0; i < keys->len; i++) {
        const char *key = g_ptr_array_index(keys, i);

        if (i > 0 && strcmp(key, g_ptr_array_index(keys, i - 1)) == 0)
            continue;
        if (out->len > 0)
            g_string_append_c(out, ' ');
        g_string_append(out, key);
    }
    return g_string_free(out, FALSE);
}

char *
kith_name_words(const char *full)
{
    g_autoptr(GPtrArray) words = words_of(full);

    return joined_words(words);
}

/* Where the given names are: [*first, *end). */
static void
given_range(const GPtrArray *words, guint *first, guint *end)
{
    static const char *const particles[] = {"van",   "der", "den", "de", "da",  "di",  "del",
                                            "della", "von", "zu",  "la", "le",  "dos", "du",
                                            "bin",   "ibn", "al",  "el", "ter", "ten"};

    *first = 0;
    for (guint i = 0; i < words->len; i++)
        if (((struct word *)g_ptr_array_index(words, i))->after_comma) {
            *first = i;
            *end = words->len;
            return;
        }
    *end = words->len > 1 ? words->len - 1 : words->len;
    while (*end > 1 && is_one_of(((struct word *)g_ptr_array_index(words, *end - 1))->folded,
                                 particles, G_N_ELEMENTS(particles)))
        --*end;
}

void
kith_name_split(const char *full, char **given, char **family)
{
    g_autoptr(GPtrArray) words = words_of(full);
    GString *parts[2] = {g_string_new(NULL), g_string_new(NULL)};
    guint first, end;

    given_range(words, &first, &end);
    for (guint i = 0; i < words->len; i++) {
        GString *part = parts[i >= first && i < end ? 0 : 1];

        g_string_append_printf(part, "%s%s", part->len > 0 ? " " : "",
                               ((struct word *)g_ptr_array_index(words, i))->shown);
    }
    *given = g_string_free(parts[0], FALSE);
    *family = g_string_free(parts[1], FALSE);
}

static bool
is_initial_of(const char *initial, const char *name)
{
    return g_utf8_strlen(initial, -1) == 1 && g_str_has_prefix(name, initial);
}

static bool
has_word(const GPtrArray *words, const char *folded)
{
    for (guint i = 0; i < words->len; i++)
        if (strcmp(((struct word *)g_ptr_array_index(words, i))->folded, folded) == 0)
            return true;
    return false;
}

static const char *
word_at(const GPtrArray *words, guint i)
{
    return ((struct word *)g_ptr_array_index(words, i))->folded;
}

/* "Nguyen Thi Mai" is "Mai Nguyen": turned around, with or without what stands in the middle. */
static bool
are_turned(const GPtrArray *a, const GPtrArray *b)
{
    return a->len > 1 && b->len > 1 && strcmp(word_at(a, 0), word_at(b, b->len - 1)) == 0 &&
           strcmp(word_at(b, 0), word_at(a, a->len - 1)) == 0;
}

static bool
words_agree(const GPtrArray *a, const GPtrArray *b)
{
    g_autofree char *all_a = joined_words(a), *all_b = joined_words(b);
    const char *given_a, *given_b;
    guint first, end;

    if (a->len == 0 || b->len == 0 || strcmp(all_a, all_b) == 0 || are_turned(a, b))
        return true;
    given_range(a, &first, &end);
    given_a = ((struct word *)g_ptr_array_index(a, first))->folded;
    given_range(b, &first, &end);
    given_b = ((struct word *)g_ptr_array_index(b, first))->folded;
    if (kith_nickname_agree(given_a, given_b) || is_initial_of(given_a, given_b) ||
        is_initial_of(given_b, given_a))
        return true;
    /* a single word may be the family name, and the given name is missing */
    return (a->len == 1 && has_word(b, given_a)) || (b->len == 1 && has_word(a, given_b));
}

/* The name with ä ö ü ø å written ae oe ue oe aa, as people do whose keyboard lacks them; NULL when it has none. */
static char *
with_digraphs(const char *full)
{
    guint found = 0;
    g_autofree char *composed = kith_text_clean(full);
    GString *out = g_string_new(composed);

    static const char *const pairs[][2] = {
        {"\xc3\xa4", "ae"}, {"\xc3\xb6", "oe"}, {"\xc3\xbc", "ue"}, {"\xc3\xb8", "oe"},
        {"\xc3\xa5", "aa"}, {"\xc3\x84", "Ae"}, {"\xc3\x96", "Oe"}, {"\xc3\x9c", "Ue"},
        {"\xc3\x98", "Oe"}, {"\xc3\x85", "Aa"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
        found += g_string_replace(out, pairs[i][0], pairs[i][1], 0);
    return g_string_free(out, found == 0);
}

bool
kith_name_given_agree(const char *full_a, const char *full_b)
{
    g_autoptr(GPtrArray) a = words_of(full_a), b = words_of(full_b);
    g_autoptr(GPtrArray) wide_a = NULL, wide_b = NULL;
    g_autofree char *text_a = NULL, *text_b = NULL;

    /* an address in place of a name says nothing about the name */
    if ((full_a != NULL && strchr(full_a, '@') != NULL) ||
        (full_b != NULL && strchr(full_b, '@') != NULL) || words_agree(a, b))
        return true;
    text_a = with_digraphs(full_a);
    text_b = with_digraphs(full_b);
    wide_a = text_a != NULL ? words_of(text_a) : NULL;
    wide_b = text_b != NULL ? words_of(text_b) : NULL;
    return (wide_a != NULL && words_agree(wide_a, b)) || (wide_b != NULL && words_agree(a, wide_b));
}
