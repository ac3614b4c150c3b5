/* SPDX-License-Identifier: GPL-3.0-or-later */
/* help.c - --help, all of it from the descriptors. */
#include "cli/verbs.h"
#include <string.h>

/* Words on lines of at most `width` columns, each after `indent` blanks. */
static void
wrap(kith_sink *out, const char *text, int indent, int width)
{
    int column = 0;

    while (*text) {
        int length = (int)strcspn(text, " ");

        if (column && indent + column + 1 + length > width) {
            kith_sink_text(out, "\n");
            column = 0;
        }
        if (column)
            kith_sink_text(out, " ");
        else
            kith_sink_printf(out, "%*s", indent, "");
        column += length + (column > 0);
        kith_sink_write(out, text, (size_t)length);
        text += length;
        text += strspn(text, " ");
    }
    kith_sink_text(out, "\n");
}

static void
option_form(const kith_option *o, char *out, size_t size)
{
    char name[40], argument[120] = "";
    size_t i = 0, used = 0;

    for (; o->name[i] && i < sizeof name - 1; i++)
        name[i] = o->name[i] == '_' ? '-' : o->name[i];
    name[i] = '\0';
    if (o->type == KITH_OPTION_TYPE_CHOICE && strlen(o->choices) < sizeof argument - 2)
        argument[used++] = ' ', strcpy(argument + used, o->choices);
    else if (o->type != KITH_OPTION_TYPE_FLAG && o->argument)
        argument[used++] = ' ', strcpy(argument + used, o->argument);
    if (o->letter && size > sizeof name + sizeof argument + 8) {
        out[0] = '-', out[1] = o->letter, out[2] = ',', out[3] = ' ';
        out += 4;
    } else if (size > sizeof name + sizeof argument + 8) {
        memcpy(out, "    ", 4);
        out += 4;
    }
    strcpy(out, "--");
    strcat(out, name);
    strcat(out, argument);
}

static void
print_options(const kith_option *table, kith_sink *out)
{
    for (; table && table->type != KITH_OPTION_TYPE_END; table++) {
        char form[200], about[400] = "";

        option_form(table, form, sizeof form);
        strncat(about, table->about, 300);
        if (table->required)
            strcat(about, " (needed)");
        else if (table->fallback && *table->fallback && table->type != KITH_OPTION_TYPE_FLAG &&
                 strlen(table->fallback) < 60) {
            strcat(about, " [");
            strcat(about, table->fallback);
            strcat(about, "]");
        }
        if (strlen(form) > 24 || strlen(about) > 72) {
            kith_sink_printf(out, "  %s\n", form);
            wrap(out, about, 28, 100);
        } else {
            kith_sink_printf(out, "  %-25s ", form);
            wrap(out, about, 0, 72);
        }
    }
}

void
help_overview(kith_sink *out)
{
    kith_sink_text(out,
                   "kith answers questions about the people in your files. Offline, always.\n\n"
                   "usage: kith VERB [options] [FILE…]\n\n");
    for (int g = 0; verb_groups[g]; g++) {
        kith_sink_printf(out, "%s\n", verb_groups[g]);
        for (int i = 0; i < verb_count(); i++) {
            verb v = verb_at(i);

            if (strcmp(v.group, verb_groups[g]) == 0)
                kith_sink_printf(out, "  %-13s %s\n", v.name, v.summary);
        }
        kith_sink_text(out, "\n");
    }
    kith_sink_text(out, "A FILE is a book or anything kith can read (see 'kith help formats'); '-' "
                        "is standard input.\n"
                        "With no FILE, the book that $KITH_BOOK names is used.\n\n"
                        "'kith VERB --help' explains a verb; 'kith help options' lists what every "
                        "verb understands.\n"
                        "Exit status: 0 answered, 1 no answer exists, 2 bad usage, 3 bad input, 4 "
                        "cannot read or write,\n"
                        "5 our fault.\n");
}

static void
help_options(kith_sink *out)
{
    kith_sink_text(out, "Options that every verb understands:\n");
    print_options(global_table, out);
}

void
help_verb(const verb *v, kith_sink *out)
{
    if (strcmp(v->name, "options") == 0) {
        help_options(out);
        return;
    }
    kith_sink_printf(out, "kith %s - %s\n\nusage: kith %s [options]", v->name, v->summary, v->name);
    for (int i = 0; i < v->words; i++)
        kith_sink_printf(out, " %s", v->options[i].argument);
    kith_sink_text(out, " [FILE…]\n\n");
    wrap(out, v->details, 0, 100);
    if (v->options) {
        kith_sink_text(out, "\noptions\n");
        print_options(v->options, out);
    }
    kith_sink_text(out,
                   "\nand what every verb understands (kith help options):\n"
                   "  --format, -o FILE, --as-of DATE, --me WHO, --seed N, --strict, -q, -v\n");
    kith_sink_printf(out, "\nexample\n  kith %s\n", v->example);
}

void
help_constants(kith_sink *out)
{
    kith_sink_text(out, "Constants of warmth-1, with their usual values. They are conventions, not "
                        "estimates. --config FILE\noverrides some: 'in_person = 4', one a line.\n");
    for (const kith_option *o = kith_constants_table(); o->type != KITH_OPTION_TYPE_END; o++)
        kith_sink_printf(out, "  %-24s %-6s %s\n", o->name, o->fallback, o->about);
}

void
help_formats(kith_sink *out)
{
    kith_sink_text(out,
                   "kith recognises these by their content, also inside .gz .zst .bz2 .xz .zip:\n");
    for (const kith_importer *const *i = kith_importers(); *i; i++)
        kith_sink_printf(out, "  %-22s %s (%s)\n", (*i)->name, (*i)->summary, (*i)->extensions);
    kith_sink_text(out, "\nand writes these:\n");
    for (const kith_report *const *r = kith_reports(); *r; r++)
        kith_sink_printf(out, "  %-22s %s\n", (*r)->name, (*r)->summary);
    kith_sink_text(
        out, "\nA table whose columns have other names: --map 'Their Name=role,…', or --map @FILE "
             "with such entries,\n"
             "one a line. Of ties: from, to, from_name, to_name, from_email, to_email, from_kind, "
             "to_kind, kind, date,\n"
             "until, weight, amount, currency, status, channel, detail, product, share, type. Of "
             "people: name, given,\n"
             "family, email, phone, url, company, title; of people at events also event, date, "
             "status.\n");
}
