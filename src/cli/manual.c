/* SPDX-License-Identifier: GPL-3.0-or-later */
/* manual.c - kith.1, made from the descriptors when kith is built. */
#include "cli/verbs.h"
#include <string.h>

/* Text with what troff would take for commands escaped. */
static void
roff(kith_sink *out, const char *text)
{
    for (const char *c = text; c && *c; c++) {
        if (*c == '\\')
            kith_sink_text(out, "\\e");
        else if (*c == '-')
            kith_sink_text(out, "\\-");
        else if ((*c == '.' || *c == '\'') && (c == text || c[-1] == '\n'))
            kith_sink_printf(out, "\\&%c", *c);
        else
            kith_sink_write(out, c, 1);
    }
}

static void
roff_options(kith_sink *out, const kith_option *table)
{
    for (; table && table->type != KITH_OPTION_TYPE_END; table++) {
        kith_sink_text(out, ".TP\n.B \\-\\-");
        for (const char *c = table->name; *c; c++)
            roff(out, *c == '_' ? "-" : (char[]){*c, '\0'});
        if (table->letter)
            kith_sink_printf(out, ", \\-%c", table->letter);
        if (table->type == KITH_OPTION_TYPE_CHOICE) {
            kith_sink_text(out, " ");
            roff(out, table->choices);
        } else if (table->type != KITH_OPTION_TYPE_FLAG && table->argument) {
            kith_sink_printf(out, " \\fI%s\\fR", table->argument);
        }
        kith_sink_text(out, "\n");
        roff(out, table->about);
        if (table->required)
            kith_sink_text(out, " (needed)");
        else if (table->fallback && *table->fallback && table->type != KITH_OPTION_TYPE_FLAG) {
            kith_sink_text(out, " [");
            roff(out, table->fallback);
            kith_sink_text(out, "]");
        }
        kith_sink_text(out, "\n");
    }
}

static void
roff_verbs(kith_sink *out)
{
    kith_sink_text(out, ".SH VERBS\n");
    for (int i = 0; i < verb_count(); i++) {
        verb v = verb_at(i);

        kith_sink_printf(out, ".SS %s\n", v.name);
        roff(out, v.summary);
        kith_sink_text(out, ".\n.PP\n");
        roff(out, v.details);
        kith_sink_text(out, "\n");
        roff_options(out, v.options);
        kith_sink_text(out, ".PP\nExample:\n.PP\n.RS 4\n.nf\nkith ");
        roff(out, v.example);
        kith_sink_text(out, "\n.fi\n.RE\n");
    }
}

static void
roff_formats(kith_sink *out)
{
    kith_sink_text(
        out, ".SH FORMATS\nRecognised by content, also inside gzip, zstd, bzip2, xz and zip.\n");
    for (const kith_importer *const *i = kith_importers(); *i; i++) {
        kith_sink_text(out, ".TP\n.B ");
        roff(out, (*i)->name);
        kith_sink_text(out, "\n");
        roff(out, (*i)->summary);
        kith_sink_text(out, "\n");
    }
}

void
manual_page(kith_sink *out)
{
    kith_sink_printf(out, ".TH KITH 1 \"\" \"kith %s\" \"User Commands\"\n", kith_version());
    kith_sink_text(out, ".SH NAME\nkith \\- who knows whom, offline, from the files you have\n"
                        ".SH SYNOPSIS\n.B kith\n.I verb\n[\\fIoptions\\fR] [\\fIfile\\fR ...]\n"
                        ".SH DESCRIPTION\nReads contacts, referrals, social connections and event "
                        "attendance, makes one graph of "
                        "them and answers questions about it. A file is a book or anything listed "
                        "under FORMATS; \\- is standard "
                        "input. With no file, the book that KITH_BOOK names is used. Nothing is "
                        "ever sent anywhere.\n");
    roff_verbs(out);
    kith_sink_text(out, ".SH OPTIONS\nEvery verb understands:\n");
    roff_options(out, global_table);
    roff_formats(out);
    kith_sink_text(
        out,
        ".SH ENVIRONMENT\n.TP\n.B KITH_BOOK\nthe book used when no file is given\n"
        ".TP\n.B NO_COLOR\nno colour on a terminal\n"
        ".TP\n.B SOURCE_DATE_EPOCH\nwhat today is, for reproducible output\n"
        ".SH EXIT STATUS\n.TP\n.B 0\nanswered\n.TP\n.B 1\nno answer exists\n.TP\n.B 2\nbad usage\n"
        ".TP\n.B 3\nbad input\n.TP\n.B 4\ncannot read or write\n.TP\n.B 5\nour fault\n"
        ".TP\n.B 130\ninterrupted\n");
}
