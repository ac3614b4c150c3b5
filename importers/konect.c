/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * konect - what stands beside a KONECT network, out.CODE.
 *
 *     meta.CODE                      ent.CODE.person.name
 *     name: Tidewell core            Marta Kowalska
 *     entity-names: person, event    Zoë Hartnell
 *
 * An entity file describes the nodes of one kind, a line for each, in the order of their numbers; what it says is called
 * as the file's name ends. In a two-mode network the second entity name of the meta file is that of the right side.
 * The meta file says nothing of anybody: it names the network, which the reader of an entity file needs to know.
 */
#include "base/base.h"
#include "base/text.h"
#include "beside.h"
#include "edge_lines.h"
#include "lines.h"
#include "scan.h"
#include <string.h>

/* Whether a file is "PREFIX.something", and its text is not what an edge list's is. */
static bool
is_called(const char *name, const char *prefix)
{
    const char *base = kith_beside_base(name), *member = strrchr(base, '!');

    return g_str_has_prefix(member ? member + 1 : base, prefix);
}

/* "key: value" on the first line that is no comment. */
static bool
starts_with_key(const char *head, size_t length)
{
    const char *line = kith_scan_head(head, &length, '%');
    size_t i = 0;

    while (i < length && (g_ascii_isalnum(line[i]) || line[i] == '-'))
        i++;
    return i > 0 && i < length && line[i] == ':';
}

/* --- meta.CODE ------------------------------------------------------------------------------ */

static int
probe_meta(const char *head, size_t length, const char *name)
{
    return is_called(name, "meta.") && starts_with_key(head, length) ? 92 : 0;
}

/* "town" of "meta.town"; the whole name when a file that is called otherwise is read as one. */
static const char *
code_of(const char *name)
{
    const char *base = kith_beside_base(name), *member = strrchr(base, '!');

    base = member ? member + 1 : base;
    return g_str_has_prefix(base, "meta.") ? base + strlen("meta.") : base;
}

/* The value of a line "key: value" with this key, NULL when it has another. Borrowed. */
static const char *
value_of(const char *line, const char *key)
{
    size_t n = strlen(key);

    if (strncmp(line, key, n) != 0 || line[n] != ':')
        return NULL;
    for (line += n + 1; *line == ' ' || *line == '\t'; line++)
        continue;
    return line;
}

static kith_status
read_meta(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    static const char *const told[] = {"name", "description", "entity-names", "relationship-names"};
    g_auto(kith_lines) lines = {0};
    g_autofree char *wanted = NULL;
    char *line;
    size_t length;

    (void)into;
    kith_lines_init(&lines, source);
    for (;;) {
        TRY(kith_lines_next(&lines, &line, &length, err));
        if (!line)
            break;
        kith_source_at(source, lines.line, 1);
        if (!strchr(line, ':'))
            continue;
        kith_source_record(source);
        for (size_t i = 0; i < G_N_ELEMENTS(told); i++) {
            const char *value = value_of(line, told[i]);
            g_autofree char *clean = value ? kith_text_clean(value) : NULL;

            if (clean && kith_text_valid(clean, strlen(clean)))
                kith_source_describe(source, "%s: %s", told[i], clean);
        }
    }
    wanted = g_strconcat("out.", code_of(kith_source_name(source)), NULL);
    kith_source_at(source, 1, 0);
    if (!kith_beside_named(options, kith_source_name(source), wanted))
        kith_source_warn(source, "it describes %s (expected that file to be given with it)",
                         wanted);
    return KITH_OK;
}

/* --- ent.CODE.ENTITY.KEY -------------------------------------------------------------------- */

static int
probe_entities(const char *head, size_t length, const char *name)
{
    (void)head;
    return length && is_called(name, "ent.") ? 91 : 0;
}

struct entities {
    kith_source *source;
    kith_builder *into;
    const kith_import_options *options;
    const char *network; /* borrowed */
    char *code, *entity, *key;
};

/* Splits "ent.CODE.ENTITY.KEY" by the network that is there, since a code may have dots as well. */
static bool
find_network(struct entities *e)
{
    const char *name = kith_source_name(e->source);
    g_autofree char *code = g_strdup(kith_beside_base(name) + strlen("ent."));
    const char *rest = "";

    for (char *dot; !e->network; *dot = '\0') {
        g_autofree char *wanted = g_strconcat("out.", code, NULL);

        e->network = kith_beside_named(e->options, name, wanted);
        if (e->network || !(dot = strrchr(code, '.')))
            break;
    }
    if (!e->network)
        return false;
    rest = kith_beside_base(name) + strlen("ent.") + strlen(code);
    rest += *rest == '.';
    e->code = g_steal_pointer(&code);
    e->entity = g_strndup(rest, strcspn(rest, "."));
    rest += strlen(e->entity);
    e->key = g_strndup(rest + (*rest == '.'), strcspn(rest + (*rest == '.'), "."));
    if (!*e->key) {
        g_free(e->key);
        e->key = g_strdup(*e->entity ? e->entity : "name");
    }
    return true;
}

static kith_status
is_two_mode(const struct entities *e, bool *out, kith_error *err)
{
    g_autoptr(kith_source) network = NULL;
    kith_edge_comments comments;
    const char *head;
    size_t length;

    TRY(kith_source_open(e->network, &network, err));
    TRY(kith_source_head(network, &head, &length, err));
    kith_edge_read_comments(head, length, &comments);
    *out = comments.two_mode;
    return KITH_OK;
}

/* Whether the second of the meta file's entity names is this entity. */
static kith_status
is_second(const struct entities *e, bool *out, kith_error *err)
{
    g_autofree char *wanted = g_strconcat("meta.", e->code, NULL);
    const char *path = kith_beside_named(e->options, kith_source_name(e->source), wanted), *value;
    g_autoptr(kith_source) meta = NULL;
    g_auto(kith_lines) lines = {0};
    char *line;
    size_t length;

    *out = false;
    if (!path)
        return KITH_OK;
    TRY(kith_source_open(path, &meta, err));
    kith_lines_init(&lines, meta);
    for (;;) {
        TRY(kith_lines_next(&lines, &line, &length, err));
        if (!line)
            return KITH_OK;
        if ((value = value_of(line, "entity-names")) != NULL &&
            (value = strchr(value, ',')) != NULL)
            *out = strcmp(g_strstrip((char *)value + 1), e->entity) == 0;
    }
}

static void
describe_node(struct entities *e, kith_node_kind kind, int64_t number, const char *value)
{
    char label[32];
    kith_mention who;

    g_snprintf(label, sizeof label, "%" G_GINT64_FORMAT, number);
    who = kith_builder_keyed(e->into, kind, KITH_ID_LABEL, label);
    if (strcmp(e->key, "name") == 0)
        kith_builder_name(e->into, who, value);
    else
        kith_builder_attribute(e->into, who, e->key, value);
    kith_source_record(e->source);
}

static kith_status
read_values(struct entities *e, kith_node_kind kind, kith_error *err)
{
    g_auto(kith_lines) lines = {0};
    int64_t number = 0;
    char *line;
    size_t length;

    kith_lines_init(&lines, e->source);
    for (;;) {
        g_autofree char *value = NULL;

        TRY(kith_lines_next(&lines, &line, &length, err));
        if (!line)
            return KITH_OK;
        kith_source_at(e->source, lines.line, 1);
        if (number == 0 && *line == '%')
            continue;
        value = kith_text_to_utf8(line, length, NULL);
        number++;
        if (*g_strstrip(value))
            describe_node(e, kind, number, value);
    }
}

static kith_status
read_found(struct entities *e, kith_error *err)
{
    bool two_mode, second;

    TRY(is_two_mode(e, &two_mode, err));
    TRY(is_second(e, &second, err));
    kith_source_describe(e->source, "'%s' of the nodes of %s", e->key,
                         kith_beside_base(e->network));
    return read_values(e, two_mode && second ? KITH_TOPIC : KITH_PERSON, err);
}

static kith_status
read_entities(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    struct entities e = {.source = source, .into = into, .options = options};
    kith_status status = KITH_OK;

    if (g_str_has_prefix(kith_beside_base(kith_source_name(source)), "ent.") && find_network(&e))
        status = read_found(&e, err);
    else
        kith_source_warn(source, "it describes the nodes of a KONECT network (expected its out. "
                                 "file to be given with it)");
    g_free(e.code);
    g_free(e.entity);
    g_free(e.key);
    return status;
}

const kith_importer kith_importer_konect_meta = {
    .name = "konect-meta",
    .summary = "what a KONECT network is about: meta.CODE beside out.CODE",
    .extensions = "",
    .companion = true,
    .probe = probe_meta,
    .read = read_meta,
};

const kith_importer kith_importer_konect_entities = {
    .name = "konect-entities",
    .summary = "what KONECT says of a network's nodes: ent.CODE.ENTITY.KEY beside out.CODE",
    .extensions = "",
    .probe = probe_entities,
    .read = read_entities,
};
