/* SPDX-License-Identifier: GPL-3.0-or-later */
/* arguments.c - parses options by their tables. */
#include "cli/arguments.h"
#include <stdlib.h>
#include <string.h>

const kith_option global_table[] = {
    KITH_OPTION_CHOICE(global_options, format, NULL,
                       "text|csv|json|html|graphml|yed|gexf|dot|pajek|ics",
                       "how the answer is written; by default text, or as FILE's name says"),
    KITH_OPTION_TEXT(global_options, output, 'o', "FILE", NULL, false,
                     "write there instead of standard output"),
    KITH_OPTION_DATE(global_options, as_of, "see only facts up to this day"),
    KITH_OPTION_TEXT(global_options, me, 0, "WHO", NULL, false,
                     "which person in the files is the owner: a name or an e-mail address"),
    KITH_OPTION_INT(global_options, seed, 0, "1", 0, 9007199254740992.0,
                    "seed of every random draw"),
    KITH_OPTION_INT(global_options, threads, 0, "0", 0, 1024,
                    "processor cores to use; 0: all; never changes a result"),
    KITH_OPTION_FLAG(global_options, directed, "read plain graph files as directed"),
    KITH_OPTION_FLAG(global_options, undirected, "read plain graph files as undirected"),
    KITH_OPTION_TEXT(global_options, weight, 0, "COLUMN", NULL, false,
                     "column that holds the weight; measures that can use weights then do"),
    KITH_OPTION_TEXT(global_options, map, 0, "LIST", NULL, false,
                     "what a table's columns are: 'Header=role,…' (see 'kith help formats')"),
    KITH_OPTION_TEXT(global_options, importer, 0, "NAME", NULL, false,
                     "read the files as this format instead of recognising them"),
    KITH_OPTION_TEXT(global_options, country, 0, "CODE", "44", false,
                     "calling code that national phone numbers belong to"),
    KITH_OPTION_TEXT(global_options, config, 0, "FILE", NULL, false,
                     "constants of warmth that are not the usual ones, 'name = value' on each line "
                     "(see 'kith help constants'); by default the file $KITH_CONFIG names"),
    KITH_OPTION_TEXT(global_options, limit, 0, "NAME=VALUE", NULL, false,
                     "allow larger or smaller input, 'name=value,…' (see 'kith limits')"),
    KITH_OPTION_FLAG(global_options, strict, "treat warnings about input as errors"),
    KITH_OPTION_FLAG(global_options, quiet, "no progress and no warnings"),
    KITH_OPTION_FLAG(global_options, verbose, "tell each warning and each row held back"),
    KITH_OPTION_END,
};

static const kith_option *
find_long(const kith_option *table, const char *name, size_t length)
{
    char copy[64];

    if (!table || length >= sizeof copy)
        return NULL;
    memcpy(copy, name, length);
    copy[length] = '\0';
    return kith_options_find(table, copy);
}

static const kith_option *
find_letter(const kith_option *table, char letter)
{
    for (; table && table->type != KITH_OPTION_TYPE_END; table++)
        if (table->letter && table->letter == letter)
            return table;
    return NULL;
}

/* Short forms of global flags, as users expect them. */
static const kith_option *
find_global_letter(char letter)
{
    return letter == 'v'   ? kith_options_find(global_table, "verbose")
           : letter == 'q' ? kith_options_find(global_table, "quiet")
                           : find_letter(global_table, letter);
}

/* One option being set: which table it is in and the struct that goes with it. */
struct target {
    const kith_option *option, *table;
    void *values;
};

static bool
look_up(const char *word, size_t length, const kith_option *own, arguments *a, struct target *out)
{
    const kith_option *mine = length == 1 ? find_letter(own, *word) : find_long(own, word, length);
    const kith_option *all =
        length == 1 ? find_global_letter(*word) : find_long(global_table, word, length);

    *out =
        mine ? (struct target){mine, own, a->own} : (struct target){all, global_table, &a->global};
    return out->option != NULL;
}

/* An option's name as it is typed. */
static const char *
dashed(const char *name, char *out, size_t size)
{
    size_t i = 0;

    for (; name[i] && i + 1 < size; i++)
        out[i] = name[i] == '_' ? '-' : name[i];
    out[i] = '\0';
    return out;
}

static kith_status
unknown(const char *argument, const kith_option *own, kith_error *err)
{
    const char *words[96], *near;
    char name[64];
    const kith_option *tables[] = {own, global_table};
    int n = 0;

    for (int t = 0; t < 2; t++)
        for (const kith_option *o = tables[t]; o && o->type != KITH_OPTION_TYPE_END && n < 95; o++)
            words[n++] = o->name;
    words[n] = NULL;
    near = argument[1] == '-' ? kith_nearest_word(argument + 2, words) : NULL;
    if (!near)
        return kith_fail(err, KITH_ERR_ARGUMENT, "unknown option '%s'", argument);
    return kith_fail(err, KITH_ERR_ARGUMENT, "unknown option '%s' (did you mean --%s?)", argument,
                     dashed(near, name, sizeof name));
}

/* Handles argv[*i], which begins with '-'; takes the next word when the option wants a value. */
static kith_status
take_option(int argc, char **argv, int *i, const kith_option *own, arguments *a, kith_error *err)
{
    const char *word = argv[*i] + (argv[*i][1] == '-' ? 2 : 1);
    const char *equals = strchr(word, '=');
    size_t length = equals ? (size_t)(equals - word) : strlen(word);
    const char *value = equals ? equals + 1 : NULL;
    struct target t;

    if (argv[*i][1] != '-') {
        length = 1;
        value = word[1] ? word + 1 : NULL;
    }
    if (strcmp(argv[*i], "--help") == 0 || strcmp(argv[*i], "-h") == 0) {
        a->help = true;
        return KITH_OK;
    }
    if (!look_up(word, length, own, a, &t))
        return unknown(argv[*i], own, err);
    if (t.option->type == KITH_OPTION_TYPE_FLAG && !value)
        value = "yes";
    if (!value && *i + 1 >= argc)
        return kith_fail(err, KITH_ERR_ARGUMENT, "option '%s' needs a value", argv[*i]);
    if (!value)
        value = argv[++*i];
    if (t.table == global_table && strcmp(t.option->name, "limit") == 0 &&
        kith_limit_set(value, err) != KITH_OK)
        return KITH_ERR_ARGUMENT;
    return kith_options_set(t.table, t.values, t.option->name, value, err);
}

static kith_status
check_required(const kith_option *own, const void *values, kith_error *err)
{
    for (; own && own->type != KITH_OPTION_TYPE_END; own++) {
        char text[8], name[64];

        if (own->required && !*kith_option_text(own, values, text, sizeof text))
            return kith_fail(err, KITH_ERR_ARGUMENT, "--%s %s is needed (see --help)",
                             dashed(own->name, name, sizeof name),
                             own->argument ? own->argument : "");
    }
    return KITH_OK;
}

/* Whether an option is given by name, in front of the word or behind it. */
static bool
is_named(int argc, char **argv, const kith_option *option)
{
    char name[96];
    size_t length;

    dashed(option->name, name, sizeof name);
    length = strlen(name);
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strncmp(argv[i], "--", 2) == 0 && strncmp(argv[i] + 2, name, length) == 0 &&
            (argv[i][2 + length] == '\0' || argv[i][2 + length] == '='))
            return true;
    return false;
}

/* The first plain words are values of the verb's first options, unless those were given by name. */
static kith_status
take_word(const char *word, const kith_option *own, int place, arguments *a, kith_error *err)
{
    return kith_options_set(own, a->own, own[place].name, word, err);
}

kith_status
arguments_parse(int argc, char **argv, const kith_option *own, int words, arguments *a,
                kith_error *err)
{
    bool options = true;
    int taken = 0;

    kith_options_init(global_table, &a->global);
    if (own)
        kith_options_init(own, a->own);
    a->files = calloc((size_t)argc + 1, sizeof *a->files);
    for (int i = 0; i < argc; i++) {
        kith_status status = KITH_OK;

        while (own && taken < words && is_named(argc, argv, &own[taken]))
            taken++;
        if (options && strcmp(argv[i], "--") == 0)
            options = false;
        else if (options && argv[i][0] == '-' && argv[i][1])
            status = take_option(argc, argv, &i, own, a, err);
        else if (own && taken < words)
            status = take_word(argv[i], own, taken++, a, err);
        else
            a->files[a->n_files++] = argv[i];
        if (status != KITH_OK)
            return status;
    }
    if (a->help)
        return KITH_OK;
    if (a->global.directed && a->global.undirected)
        return kith_fail(err, KITH_ERR_ARGUMENT, "--directed and --undirected exclude each other");
    return check_required(own, a->own, err);
}

void
arguments_clear(arguments *a)
{
    free(a->files);
    free(a->own);
}
