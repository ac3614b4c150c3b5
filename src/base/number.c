/* SPDX-License-Identifier: GPL-3.0-or-later */
/* number.c - numbers and money, read and written without a locale. */
#include "base/number.h"
#include "base/base.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Up to 15 digits and a point need no rounding but one division, which is exact to the last bit
 * (Clinger 1990). */
static bool
parse_short(const char *text, const char **end, double *out)
{
    static const double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    bool negative = *text == '-';
    int digits = 0, decimals = 0;
    int64_t whole = 0;

    text += *text == '-' || *text == '+';
    for (; g_ascii_isdigit(*text); text++, digits++)
        whole = digits < 15 ? whole * 10 + (*text - '0') : whole;
    if (*text == '.')
        for (text++; g_ascii_isdigit(*text); text++, digits++, decimals++)
            whole = digits < 15 ? whole * 10 + (*text - '0') : whole;
    if (digits == 0 || digits > 15 || g_ascii_isalpha(*text))
        return false;
    *out = (double)whole / powers[decimals];
    if (negative)
        *out = -*out;
    *end = text;
    return true;
}

bool
kith_number_parse(const char *text, double *out)
{
    const char *end;
    double value;

    while (g_ascii_isspace(*text))
        text++;
    if (!parse_short(text, &end, &value)) {
        const char *digits = text + (*text == '-' || *text == '+');

        if (!g_ascii_isdigit(*digits) && *digits != '.')
            return false; /* inf, nan and a second sign */
        if (digits[0] == '0' && (digits[1] | 0x20) == 'x')
            return false;
        value = g_ascii_strtod(text, (char **)&end);
        if (end == text || !isfinite(value))
            return false;
    }
    while (g_ascii_isspace(*end))
        end++;
    if (*end != '\0')
        return false;
    *out = value;
    return true;
}

/* How many decimal digits a number has: its bits tell, but for one. */
static int
count_digits(uint64_t value)
{
    static const uint64_t powers[] = {UINT64_C(0),
                                      UINT64_C(10),
                                      UINT64_C(100),
                                      UINT64_C(1000),
                                      UINT64_C(10000),
                                      UINT64_C(100000),
                                      UINT64_C(1000000),
                                      UINT64_C(10000000),
                                      UINT64_C(100000000),
                                      UINT64_C(1000000000),
                                      UINT64_C(10000000000),
                                      UINT64_C(100000000000),
                                      UINT64_C(1000000000000),
                                      UINT64_C(10000000000000),
                                      UINT64_C(100000000000000),
                                      UINT64_C(1000000000000000),
                                      UINT64_C(10000000000000000),
                                      UINT64_C(100000000000000000),
                                      UINT64_C(1000000000000000000),
                                      UINT64_C(10000000000000000000)};
    int n = (64 - __builtin_clzll(value | 1)) * 1233 >> 12; /* log10(2) */

    return n + (value >= powers[n]);
}

/* Two digits at a time, from the last on. */
char *
kith_number_digits(uint64_t value, char *out)
{
    static const char pairs[] = "0001020304050607080910111213141516171819"
                                "2021222324252627282930313233343536373839"
                                "4041424344454647484950515253545556575859"
                                "6061626364656667686970717273747576777879"
                                "8081828384858687888990919293949596979899";
    char *end = out + count_digits(value), *first = end;

    for (; value >= 100; value /= 100)
        first = memcpy(first - 2, pairs + 2 * (value % 100), 2);
    if (value >= 10)
        memcpy(first - 2, pairs + 2 * value, 2);
    else
        first[-1] = (char)('0' + value);
    *end = '\0';
    return end;
}

/* At least so many digits. @return behind the last */
static char *
write_integer(char *out, gint64 value, int digits)
{
    char back[24];
    int n = 0;

    for (; value > 0 || n < digits; value /= 10)
        back[n++] = (char)('0' + value % 10);
    while (n > 0)
        *out++ = back[--n];
    return out;
}

/* A decimal of few digits, such as 0.05 or 12.5, without the detour through printf. @return its length, 0 for any other */
static size_t
write_short(double value, char out[32])
{
    static const double tens[] = {10, 100, 1000, 10000};
    double size = fabs(value);

    if (size < 1e-4 || size >= 1e9)
        return 0;
    for (int digits = 1; digits <= 4; digits++) {
        double scaled = nearbyint(size * tens[digits - 1]);

        if (scaled / tens[digits - 1] == size) { /* rounded once, as reading the digits would be */
            gint64 all = (gint64)scaled, ten = (gint64)tens[digits - 1];
            char *end = out;

            if (value < 0)
                *end++ = '-';
            end = write_integer(end, all / ten, 1);
            *end++ = '.';
            end = write_integer(end, all % ten, digits);
            *end = '\0';
            return (size_t)(end - out);
        }
    }
    return 0;
}

static size_t
put_word(const char *word, char out[32])
{
    return g_strlcpy(out, word, 32);
}

size_t
kith_number_put(double value, char out[32])
{
    static const char *const formats[] = {"%.15g", "%.16g", "%.17g"};
    size_t length;

    if (value == 0)
        return put_word("0", out);
    if (isnan(value))
        return put_word("nan", out);
    if (isinf(value))
        return put_word(value > 0 ? "inf" : "-inf", out);
    if (fabs(value) < 9007199254740992.0 && value == floor(value)) {
        *out = '-';
        return (size_t)(kith_number_digits((uint64_t)fabs(value), out + (value < 0)) - out);
    }
    if ((length = write_short(value, out)) > 0)
        return length;
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_ascii_formatd(out, 32, formats[i], value);
        if (g_ascii_strtod(out, NULL) == value)
            break;
    }
    return strlen(out);
}

const char *
kith_number_text(double value, char out[32])
{
    kith_number_put(value, out);
    return out;
}

static const struct {
    const char *sign;
    char code[4];
} signs[] = {
    {"A$", "AUD"},           {"C$", "CAD"},           {"CA$", "CAD"},
    {"NZ$", "NZD"},          {"R$", "BRL"},           {"US$", "USD"},
    {"\xc2\xa3", "GBP"},     {"\xe2\x82\xac", "EUR"}, {"$", "USD"},
    {"\xc2\xa5", "JPY"},     {"\xe2\x82\xb9", "INR"}, {"z\xc5\x82", "PLN"},
    {"\xe2\x82\xba", "TRY"}, {"\xe2\x82\xa9", "KRW"}, {"\xe2\x82\xaa", "ILS"},
};

/* A currency sign or code at the front of the text. @return its length, 0 when there is none */
static size_t
currency_at(const char *text, char currency[4])
{
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
        if (g_str_has_prefix(text, signs[i].sign)) {
            memcpy(currency, signs[i].code, 4);
            return strlen(signs[i].sign);
        }
    for (int i = 0; i < 3; i++)
        if (!g_ascii_isupper(text[i]))
            return 0;
    if (g_ascii_isalpha(text[3]))
        return 0;
    memcpy(currency, text, 3);
    currency[3] = '\0';
    return 3;
}

/* A blank, no-break blank, narrow no-break blank or apostrophe between thousands. @return its
 * length */
static size_t
thousands_space(const char *text)
{
    if (*text == ' ' || *text == '\'')
        return 1;
    if (g_str_has_prefix(text, "\xc2\xa0"))
        return 2;
    if (g_str_has_prefix(text, "\xe2\x80\xaf") || g_str_has_prefix(text, "\xe2\x80\x99"))
        return 3;
    return 0;
}

/* Copies digits, commas and points; steps over the number and the spaces between its thousands. */
static bool
take_figures(const char **text, char *out, size_t size)
{
    const char *p = *text;
    size_t n = 0;

    while (n + 1 < size) {
        size_t space = thousands_space(p);

        if (g_ascii_isdigit(*p) || *p == '.' || *p == ',')
            out[n++] = *p++;
        else if (space > 0 && n > 0 && g_ascii_isdigit(p[space]))
            p += space;
        else
            break;
    }
    out[n] = '\0';
    *text = p;
    return n > 0 && g_ascii_isdigit(out[n - 1]);
}

/* Where the decimal mark is in digits, commas and points; -1: nowhere, -2: this is no number. */
static int
decimal_mark(const char *figures)
{
    int n = (int)strlen(figures), last = n - 1, first, after, count = 0;
    char mark;

    while (last >= 0 && g_ascii_isdigit(figures[last]))
        last--;
    if (last < 0)
        return -1;
    mark = figures[last];
    after = n - 1 - last;
    first = (int)strcspn(figures, ".,");
    for (const char *p = figures; *p != '\0'; p++)
        count += *p == mark;
    if (after <= 2)
        return count == 1 ? last : -2;
    if (after != 3) /* 1.2345 is a rate, 1,2345 is nothing */
        return count == 1 && first == last ? last : -2;
    if (count > 1)
        return -1;
    if (first != last || last > 3 || (last == 1 && figures[0] == '0') || last == 0)
        return last;
    return -1;
}

static bool
figures_value(const char *figures, double *out)
{
    int mark = decimal_mark(figures);
    char plain[48] = "";
    size_t n = 0;

    if (mark == -2)
        return false;
    for (int i = 0; figures[i] != '\0'; i++) {
        if (g_ascii_isdigit(figures[i]))
            plain[n++] = figures[i];
        else if (i == mark)
            plain[n++] = '.';
    }
    plain[n] = '\0';
    return kith_number_parse(plain, out);
}

static const char *
skip_spaces(const char *text)
{
    while (g_ascii_isspace(*text) || g_str_has_prefix(text, "\xc2\xa0"))
        text += *text == '\xc2' ? 2 : 1;
    return text;
}

bool
kith_money_parse(const char *text, double *amount, char currency[4])
{
    char code[4] = "", figures[40];
    bool negative = false, bracket = false;
    double value;
    size_t n;

    for (text = skip_spaces(text);; text = skip_spaces(text + n)) {
        n = 1;
        if (*text == '(' && !bracket)
            bracket = true;
        else if (*text == '-' && !negative)
            negative = true;
        else if (code[0] != '\0' || (n = currency_at(text, code)) == 0)
            break;
    }
    if (!take_figures(&text, figures, sizeof figures) || !figures_value(figures, &value))
        return false;
    text = skip_spaces(text);
    if (code[0] == '\0')
        text += currency_at(text, code);
    text = skip_spaces(text);
    if (bracket && *text++ != ')')
        return false;
    if (*skip_spaces(text) != '\0')
        return false;
    *amount = value != 0 && (negative || bracket) ? -value : value;
    memcpy(currency, code, 4);
    return true;
}
