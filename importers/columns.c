/* SPDX-License-Identifier: GPL-3.0-or-later */
/* columns.c - header words, status words, and the roles they stand for. */
#include "columns.h"
#include "base/text.h"
#include <string.h>

const kith_synonym kith_synonyms_people[] = {
    {KITH_ROLE_EMAIL,
     "email|e mail|email address|e mail address|mail|attendee email|participant email|"
     "guest email|work email|primary email|e mail 1 value|contact email"},
    {KITH_ROLE_GIVEN,
     "first name|firstname|given name|given|first|forename|attendee first name|vorname|prenom"},
    {KITH_ROLE_FAMILY,
     "last name|lastname|family name|surname|family|last|attendee last name|second name|"
     "nachname|nom de famille"},
    {KITH_ROLE_NAME,
     "name|full name|fullname|attendee|attendee name|participant|participant name|guest|"
     "guest name|person|display name|contact|contact name|member|member name|delegate|"
     "delegate name|visitor|who"},
    {KITH_ROLE_COMPANY,
     "company|organisation|organization|employer|company name|organisation name|"
     "organization name|organization 1 name|business|business name|firm|institution|"
     "affiliation|company organisation|company organization|firma"},
    {KITH_ROLE_TITLE, "title|job title|position|role|job|occupation|organization title"},
    {KITH_ROLE_PHONE, "phone|mobile|phone number|telephone|mobile phone|tel|mobile number|cell|"
                      "cell phone|telephone number|phone 1 value"},
    {KITH_ROLE_URL, "url|profile url|linkedin|linkedin url|profile|linkedin profile|profile link"},
    {0},
};

const kith_synonym kith_synonyms_attendance[] = {
    {KITH_ROLE_EVENT,
     "event|event name|event title|meeting|meeting name|meeting title|session|session name|"
     "workshop|activity|gathering|talk|class|webinar|veranstaltung"},
    {KITH_ROLE_DATE,
     "date|event date|day|when|meeting date|session date|start date|start|date time|datetime|"
     "starts at|start time|event start"},
    {KITH_ROLE_STATUS,
     "status|attendance|attended|attendance status|present|checked in|check in|attendee status|"
     "came|showed up|rsvp|response|reply"},
    {0},
};

const kith_synonym kith_synonyms_ties[] = {
    {KITH_ROLE_WEIGHT, "weight|strength|count|times|frequency|weights"},
    {KITH_ROLE_TYPE, "type|edge type|direction|directed"},
    {KITH_ROLE_KIND, "kind|tie kind|tie"},
    {KITH_ROLE_DATE,
     "date|when|since|day|datetime|date time|timestamp|time|created at|created|referral date|"
     "referred on|referred at|start|start date|from date|relationship date utc"},
    {KITH_ROLE_UNTIL, "until|end date|end|to date|ended"},
    {KITH_ROLE_AMOUNT, "amount|value|annual value|revenue|deal value|order value|total|price|spend|"
                       "annual spend|sales|turnover|commission|reward"},
    {KITH_ROLE_CURRENCY, "currency|currency code|ccy"},
    {KITH_ROLE_STATUS, "status|outcome|state|stage|result|referral status"},
    {KITH_ROLE_CHANNEL, "channel|medium|via|source channel"},
    {KITH_ROLE_PRODUCT, "product|products|goods|item|service|what"},
    {KITH_ROLE_SHARE, "share|share provided|percent|percentage|market share"},
    {KITH_ROLE_DETAIL,
     "detail|details|relation|relationship|role|label|note|notes|comment|description"},
    {KITH_ROLE_FROM_KIND, "from kind|source kind"},
    {KITH_ROLE_TO_KIND, "to kind|target kind"},
    {0},
};

bool
kith_word_among(const char *folded, const char *words)
{
    size_t n = strlen(folded);

    for (const char *p = words; n && p; p = strchr(p, '|')) {
        p += *p == '|';
        if (strncmp(p, folded, n) == 0 && (p[n] == '|' || p[n] == '\0'))
            return true;
    }
    return false;
}

char *
kith_header_fold(const char *text)
{
    char *folded = kith_text_fold(text), *end = folded;
    size_t length;

    for (const char *p = folded; *p; p += length) {
        length = (size_t)(g_utf8_next_char(p) - p);
        if (g_unichar_isalnum(g_utf8_get_char(p))) {
            memmove(end, p, length);
            end += length;
        } else if (end > folded && end[-1] != ' ') {
            *end++ = ' ';
        }
    }
    while (end > folded && end[-1] == ' ')
        end--;
    *end = '\0';
    return folded;
}

kith_header *
kith_header_new(const char *const *cells, size_t n)
{
    kith_header *header = g_new0(kith_header, 1);

    header->n = n;
    header->text = g_new0(char *, n + 1);
    header->folded = g_new0(char *, n + 1);
    for (size_t i = 0; i < n; i++) {
        header->text[i] = kith_text_clean(cells[i]);
        header->folded[i] = kith_header_fold(cells[i]);
    }
    return header;
}

void
kith_header_free(kith_header *header)
{
    if (!header)
        return;
    g_strfreev(header->text);
    g_strfreev(header->folded);
    g_free(header);
}

int
kith_header_find(const kith_header *header, const char *word)
{
    for (size_t i = 0; i < header->n; i++)
        if (strcmp(header->folded[i], word) == 0)
            return (int)i;
    return -1;
}

void
kith_columns_clear(int column[KITH_ROLES])
{
    for (int r = 0; r < KITH_ROLES; r++)
        column[r] = -1;
}

static bool
is_taken(const int column[KITH_ROLES], int c)
{
    for (int r = 0; r < KITH_ROLES; r++)
        if (column[r] == c)
            return true;
    return false;
}

bool *
kith_columns_spare(const kith_header *header, const int column[KITH_ROLES])
{
    bool *spare = g_new0(bool, header->n + 1);

    for (size_t i = 0; i < header->n; i++)
        spare[i] = *header->text[i] && !is_taken(column, (int)i);
    return spare;
}

static int
find_free_word(const kith_header *header, const char *word, size_t n, const int column[KITH_ROLES])
{
    for (size_t i = 0; i < header->n; i++) {
        const char *folded = header->folded[i];

        if (*folded == *word && strncmp(folded, word, n) == 0 && folded[n] == '\0' &&
            !is_taken(column, (int)i))
            return (int)i;
    }
    return -1;
}

/* The first free column that one of the words names, in the order of the words. */
static int
find_free(const kith_header *header, const char *words, const int column[KITH_ROLES])
{
    size_t n;

    for (const char *word = words; *word; word += n + (word[n] == '|')) {
        int found;

        n = strcspn(word, "|");
        found = find_free_word(header, word, n, column);
        if (found >= 0)
            return found;
    }
    return -1;
}

void
kith_columns_find(const kith_header *header, const kith_synonym *synonyms, int column[KITH_ROLES])
{
    for (const kith_synonym *s = synonyms; s->words; s++)
        if (column[s->role] < 0)
            column[s->role] = find_free(header, s->words, column);
}

/* The names that --map takes; a table of its own, so that the enum may grow in any order. */
static const struct {
    kith_role role;
    const char *name;
} role_names[] = {
    {KITH_ROLE_FROM, "from"},
    {KITH_ROLE_TO, "to"},
    {KITH_ROLE_FROM_NAME, "from_name"},
    {KITH_ROLE_TO_NAME, "to_name"},
    {KITH_ROLE_FROM_EMAIL, "from_email"},
    {KITH_ROLE_TO_EMAIL, "to_email"},
    {KITH_ROLE_FROM_KIND, "from_kind"},
    {KITH_ROLE_TO_KIND, "to_kind"},
    {KITH_ROLE_KIND, "kind"},
    {KITH_ROLE_DATE, "date"},
    {KITH_ROLE_UNTIL, "until"},
    {KITH_ROLE_WEIGHT, "weight"},
    {KITH_ROLE_AMOUNT, "amount"},
    {KITH_ROLE_CURRENCY, "currency"},
    {KITH_ROLE_STATUS, "status"},
    {KITH_ROLE_CHANNEL, "channel"},
    {KITH_ROLE_DETAIL, "detail"},
    {KITH_ROLE_PRODUCT, "product"},
    {KITH_ROLE_SHARE, "share"},
    {KITH_ROLE_TYPE, "type"},
    {KITH_ROLE_NAME, "name"},
    {KITH_ROLE_GIVEN, "given"},
    {KITH_ROLE_FAMILY, "family"},
    {KITH_ROLE_EMAIL, "email"},
    {KITH_ROLE_PHONE, "phone"},
    {KITH_ROLE_URL, "url"},
    {KITH_ROLE_COMPANY, "company"},
    {KITH_ROLE_TITLE, "title"},
    {KITH_ROLE_EVENT, "event"},
};

kith_role
kith_role_from_name(const char *name)
{
    g_autofree char *folded = kith_header_fold(name);

    g_strdelimit(folded, " ", '_');
    for (size_t i = 0; i < G_N_ELEMENTS(role_names); i++)
        if (strcmp(role_names[i].name, folded) == 0)
            return role_names[i].role;
    return KITH_ROLE_NONE;
}

const char *
kith_role_names(void)
{
    return "from, to, from_name, to_name, from_email, to_email, from_kind, to_kind, kind, date, "
           "until, "
           "weight, amount, currency, status, channel, detail, product, share, type";
}

static const struct {
    kith_attendance attendance;
    const char *words;
} attendance_words[] = {
    {KITH_ATTENDANCE_ATTENDED,
     "attended|present|yes|y|1|x|p|true|t|checked in|check in|checkedin|here|came|1 0|"
     "attending|l|late|joined|participated|attendee|ja|oui|si"},
    {KITH_ATTENDANCE_NO_SHOW,
     "no show|noshow|absent|a|did not attend|not attended|missed|did not come|dna"},
    {KITH_ATTENDANCE_REGISTERED,
     "registered|apologies|apology|declined|excused|signed up|booked|confirmed|"
     "going|accepted|rsvp|cancelled|canceled|not attending|approved|paid|e"},
    {KITH_ATTENDANCE_INVITED, "invited|pending|tentative|maybe|no reply|no response|awaiting reply|"
                              "needs action|waitlist|waitlisted|waiting list"},
    {KITH_ATTENDANCE_HOSTED, "hosted|host|organiser|organizer|co host|chair"},
    {KITH_ATTENDANCE_SPOKE, "spoke|speaker|presenter|panellist|panelist|presented"},
    {KITH_ATTENDANCE_NONE, "0|0 0|no|n|false|f|none|nein|non|na|n a"},
};

/* Marks that folding would take away. */
static kith_attendance
attendance_from_mark(const char *text)
{
    static const char *const ticks[] = {"✓", "✔", "☑", "✅", "•", "*", "+", "×", "✕", "✖", "●"};
    static const char *const dashes[] = {"-", "–", "—", "✗", "✘", "☐", "."};

    for (size_t i = 0; i < G_N_ELEMENTS(ticks); i++)
        if (g_str_has_prefix(text, ticks[i]))
            return KITH_ATTENDANCE_ATTENDED;
    for (size_t i = 0; i < G_N_ELEMENTS(dashes); i++)
        if (strcmp(text, dashes[i]) == 0)
            return KITH_ATTENDANCE_NONE;
    return KITH_ATTENDANCE_UNKNOWN;
}

kith_attendance
kith_attendance_from_word(const char *text)
{
    g_autofree char *folded = kith_header_fold(text);
    g_autofree char *clean = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(attendance_words); i++)
        if (kith_word_among(folded, attendance_words[i].words))
            return attendance_words[i].attendance;
    if (*folded)
        return KITH_ATTENDANCE_UNKNOWN;
    clean = kith_text_clean(text);
    return attendance_from_mark(clean);
}

const char *
kith_attendance_name(kith_attendance attendance)
{
    static const char *const names[] = {
        [KITH_ATTENDANCE_INVITED] = "invited",   [KITH_ATTENDANCE_REGISTERED] = "registered",
        [KITH_ATTENDANCE_ATTENDED] = "attended", [KITH_ATTENDANCE_NO_SHOW] = "no-show",
        [KITH_ATTENDANCE_HOSTED] = "hosted",     [KITH_ATTENDANCE_SPOKE] = "spoke",
    };

    return (size_t)attendance < G_N_ELEMENTS(names) ? names[attendance] : NULL;
}

const char *
kith_outcome_from_word(const char *text)
{
    g_autofree char *folded = kith_header_fold(text);

    if (kith_word_among(folded,
                        "closed|converted|won|completed|complete|paid|approved|successful|success|"
                        "purchased|customer|rewarded|accepted|closed won|confirmed|done|yes"))
        return "closed";
    if (kith_word_among(
            folded, "pending|open|new|signed up|subscribed|clicked|invited|sent|in progress|lead|"
                    "waiting|active|contacted|trial|registered"))
        return "pending";
    if (kith_word_among(folded,
                        "lost|refunded|cancelled|canceled|rejected|declined|expired|denied|void|"
                        "closed lost|failed|no|unqualified|churned"))
        return "lost";
    return NULL;
}

bool
kith_tie_kind_from_word(const char *text, kith_tie_kind *out)
{
    static const struct {
        kith_tie_kind kind;
        const char *words;
    } usual[] = {
        {KITH_KNOWS, "contact|connected|connection|knows|friend|acquaintance"},
        {KITH_FOLLOWS, "follows|following|follower"},
        {KITH_MESSAGED, "emailed|messaged|replied|mentioned|reacted|email|message|called"},
        {KITH_ATTENDED, "attended|registered|attendee"},
        {KITH_REFERRED, "referred|referral|refers"},
        {KITH_SELLS_TO, "supplies|sells|sells to|supplier of"},
        {KITH_MEMBER_OF, "member of|member|in chat"},
        {KITH_TIE, "tie|edge|link"},
    };
    g_autofree char *folded = kith_header_fold(text), *name = g_strdup(folded);

    if (kith_tie_kind_from_name(g_strdelimit(name, " ", '_'), out))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(usual); i++) {
        if (!kith_word_among(folded, usual[i].words))
            continue;
        *out = usual[i].kind;
        return true;
    }
    return false;
}

bool
kith_label_is_total(const char *text)
{
    g_autofree char *folded = kith_header_fold(text);

    return kith_word_among(folded,
                           "total|totals|sum|count|grand total|attendance|total attendance|"
                           "total present|total attended|subtotal|average|mean|summe|gesamt");
}
