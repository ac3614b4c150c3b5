/* SPDX-License-Identifier: GPL-3.0-or-later */
/* completion.c - completion scripts for bash, zsh and fish, made from the descriptors when kith is
 * built. */
#include "cli/verbs.h"
#include <string.h>

static void
dashed(kith_sink *out, const char *name)
{
    for (; *name; name++)
        kith_sink_write(out, *name == '_' ? "-" : name, 1);
}

static void
long_options(kith_sink *out, const kith_option *table)
{
    for (; table && table->type != KITH_OPTION_TYPE_END; table++) {
        kith_sink_text(out, " --");
        dashed(out, table->name);
    }
}

static void
verb_names(kith_sink *out)
{
    for (int i = 0; i < verb_count(); i++)
        kith_sink_printf(out, "%s%s", i ? " " : "", verb_at(i).name);
    kith_sink_text(out, " help");
}

/* A choice's words, one option at a time: bash answers them after the option. */
static void
bash_choices(kith_sink *out, const kith_option *table)
{
    for (; table && table->type != KITH_OPTION_TYPE_END; table++) {
        if (table->type != KITH_OPTION_TYPE_CHOICE)
            continue;
        kith_sink_text(out, "        --");
        dashed(out, table->name);
        kith_sink_text(out, ") COMPREPLY=($(compgen -W \"");
        for (const char *c = table->choices; *c; c++)
            kith_sink_write(out, *c == '|' ? " " : c, 1);
        kith_sink_text(out, "\" -- \"$word\")); return ;;\n");
    }
}

static void
bash(kith_sink *out)
{
    kith_sink_text(out, "# bash completion for kith\n_kith() {\n"
                        "    local word=${COMP_WORDS[COMP_CWORD]} last=${COMP_WORDS[COMP_CWORD-1]} "
                        "verb=${COMP_WORDS[1]}\n"
                        "    local options=\"");
    long_options(out, global_table);
    kith_sink_text(
        out, " --help\"\n    if [ \"$COMP_CWORD\" = 1 ]; then\n        COMPREPLY=($(compgen -W \"");
    verb_names(out);
    kith_sink_text(out, "\" -- \"$word\"))\n        return\n    fi\n    case $last in\n");
    bash_choices(out, global_table);
    for (int i = 0; i < verb_count(); i++)
        bash_choices(out, verb_at(i).options);
    kith_sink_text(out, "    esac\n    case $verb in\n");
    for (int i = 0; i < verb_count(); i++) {
        kith_sink_printf(out, "        %s) options+=\"", verb_at(i).name);
        long_options(out, verb_at(i).options);
        kith_sink_text(out, "\" ;;\n");
    }
    kith_sink_text(out, "    esac\n"
                        "    [ \"${word#-}\" != \"$word\" ] && COMPREPLY=($(compgen -W "
                        "\"$options\" -- \"$word\"))\n}\n"
                        "complete -o default -o bashdefault -F _kith kith\n");
}

/* Single quotes inside a single-quoted shell word. */
static void
quoted(kith_sink *out, const char *text)
{
    kith_sink_text(out, "'");
    for (; *text; text++)
        if (*text == '\'')
            kith_sink_text(out, "'\\''");
        else if (*text == '[' || *text == ']' || *text == ':')
            kith_sink_text(out, " ");
        else
            kith_sink_write(out, text, 1);
    kith_sink_text(out, "'");
}

static void
zsh_options(kith_sink *out, const kith_option *table)
{
    for (; table && table->type != KITH_OPTION_TYPE_END; table++) {
        kith_sink_text(out, " '--");
        dashed(out, table->name);
        kith_sink_text(out, table->type == KITH_OPTION_TYPE_FLAG ? "'" : "=':value:");
        if (table->type == KITH_OPTION_TYPE_CHOICE) {
            kith_sink_text(out, "'(");
            for (const char *c = table->choices; *c; c++)
                kith_sink_write(out, *c == '|' ? " " : c, 1);
            kith_sink_text(out, ")'");
        } else if (table->type != KITH_OPTION_TYPE_FLAG) {
            kith_sink_text(out, "_files");
        }
    }
}

static void
zsh(kith_sink *out)
{
    kith_sink_text(out, "#compdef kith\n# zsh completion for kith\nlocal -a verbs\nverbs=(\n");
    for (int i = 0; i < verb_count(); i++) {
        verb v = verb_at(i);

        kith_sink_printf(out, "  %s:", v.name);
        quoted(out, v.summary);
        kith_sink_text(out, "\n");
    }
    kith_sink_text(out, "  help:'explain a verb'\n)\nif (( CURRENT == 2 )); then\n  _describe verb "
                        "verbs\n  return\nfi\n"
                        "case $words[2] in\n");
    for (int i = 0; i < verb_count(); i++) {
        kith_sink_printf(out, "  %s) _arguments", verb_at(i).name);
        zsh_options(out, verb_at(i).options);
        zsh_options(out, global_table);
        kith_sink_text(out, " '*:file:_files' ;;\n");
    }
    kith_sink_text(out, "esac\n");
}

static void
fish_options(kith_sink *out, const kith_option *table, const char *verb_name)
{
    for (; table && table->type != KITH_OPTION_TYPE_END; table++) {
        kith_sink_text(out, "complete -c kith");
        if (verb_name)
            kith_sink_printf(out, " -n '__fish_seen_subcommand_from %s'", verb_name);
        kith_sink_text(out, " -l ");
        dashed(out, table->name);
        if (table->letter)
            kith_sink_printf(out, " -s %c", table->letter);
        if (table->type != KITH_OPTION_TYPE_FLAG)
            kith_sink_text(out, " -r");
        if (table->type == KITH_OPTION_TYPE_CHOICE) {
            kith_sink_text(out, " -fa '");
            for (const char *c = table->choices; *c; c++)
                kith_sink_write(out, *c == '|' ? " " : c, 1);
            kith_sink_text(out, "'");
        }
        kith_sink_text(out, " -d ");
        quoted(out, table->about);
        kith_sink_text(out, "\n");
    }
}

static void
fish(kith_sink *out)
{
    kith_sink_text(out, "# fish completion for kith\n");
    for (int i = 0; i < verb_count(); i++) {
        verb v = verb_at(i);

        kith_sink_printf(out, "complete -c kith -n __fish_use_subcommand -a %s -d ", v.name);
        quoted(out, v.summary);
        kith_sink_text(out, "\n");
    }
    for (int i = 0; i < verb_count(); i++)
        fish_options(out, verb_at(i).options, verb_at(i).name);
    fish_options(out, global_table, NULL);
}

kith_status
completion_script(const char *shell, kith_sink *out, kith_error *err)
{
    if (shell && strcmp(shell, "bash") == 0)
        bash(out);
    else if (shell && strcmp(shell, "zsh") == 0)
        zsh(out);
    else if (shell && strcmp(shell, "fish") == 0)
        fish(out);
    else
        return kith_fail(err, KITH_ERR_ARGUMENT, "completion is for bash, zsh or fish");
    return KITH_OK;
}
