/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer.c - answers and documents: tables, notes, parameters and sources in the order they were
 * added. */
#include "model/table.h"
#include <kith/answer.h>
#include <string.h>

struct parameter {
    char *name, *text;
    kith_option_type type;
};

struct kith_answer {
    char *question;
    kith_time as_of;
    int64_t seed;
    GPtrArray *tables, *notes;
    GArray *parameters;
    GArray *sources; /* kith_source_info with texts of ours */
};

struct kith_document {
    char *title;
    const kith_graph *graph;
    GPtrArray *answers;
};

static void
parameter_clear(void *data)
{
    struct parameter *p = data;

    g_free(p->name);
    g_free(p->text);
}

static void
source_clear(void *data)
{
    kith_source_info *s = data;

    g_free((char *)s->file);
    g_free((char *)s->sha256);
    g_free((char *)s->importer);
}

kith_answer *
kith_answer_new(const char *question)
{
    kith_answer *a = g_new0(kith_answer, 1);

    a->question = g_strdup(question);
    a->as_of = KITH_TIME_NONE;
    a->tables = g_ptr_array_new_with_free_func((GDestroyNotify)kith_table_free);
    a->notes = g_ptr_array_new_with_free_func(g_free);
    a->parameters = g_array_new(FALSE, TRUE, sizeof(struct parameter));
    g_array_set_clear_func(a->parameters, parameter_clear);
    a->sources = g_array_new(FALSE, TRUE, sizeof(kith_source_info));
    g_array_set_clear_func(a->sources, source_clear);
    return a;
}

void
kith_answer_free(kith_answer *a)
{
    if (!a)
        return;
    g_free(a->question);
    g_ptr_array_unref(a->tables);
    g_ptr_array_unref(a->notes);
    g_array_unref(a->parameters);
    g_array_unref(a->sources);
    g_free(a);
}

kith_table *
kith_answer_table(kith_answer *a, const char *name, const kith_column *columns, int64_t n)
{
    kith_table *t = kith_table_new(name, columns, n);

    g_ptr_array_add(a->tables, t);
    return t;
}

void
kith_answer_note(kith_answer *a, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    g_ptr_array_add(a->notes, g_strdup_vprintf(format, list));
    va_end(list);
}

void
kith_answer_parameter(kith_answer *a, const char *name, kith_option_type type, const char *text)
{
    struct parameter p = {g_strdup(name), g_strdup(text ? text : ""), type};

    g_array_append_val(a->parameters, p);
}

void
kith_answer_parameters(kith_answer *a, const kith_option *table, const void *values)
{
    char text[512];

    for (; table && table->type != KITH_OPTION_TYPE_END; table++)
        kith_answer_parameter(a, table->name, table->type,
                              kith_option_text(table, values, text, sizeof text));
}

void
kith_answer_about(kith_answer *a, const kith_graph *graph, int64_t seed)
{
    a->seed = seed;
    if (!graph)
        return;
    a->as_of = kith_graph_as_of(graph);
    for (int64_t i = 0; i < kith_graph_sources(graph); i++) {
        kith_source_info s;

        kith_graph_source(graph, i, &s);
        s.file = g_strdup(s.file);
        s.sha256 = g_strdup(s.sha256);
        s.importer = g_strdup(s.importer);
        g_array_append_val(a->sources, s);
    }
}

const char *
kith_answer_question(const kith_answer *a)
{
    return a->question;
}

kith_time
kith_answer_as_of(const kith_answer *a)
{
    return a->as_of;
}

int64_t
kith_answer_seed(const kith_answer *a)
{
    return a->seed;
}

int64_t
kith_answer_tables(const kith_answer *a)
{
    return a->tables->len;
}

const kith_table *
kith_answer_table_at(const kith_answer *a, int64_t i)
{
    return i >= 0 && i < a->tables->len ? a->tables->pdata[i] : NULL;
}

const kith_table *
kith_answer_find_table(const kith_answer *a, const char *name)
{
    for (guint i = 0; i < a->tables->len; i++)
        if (strcmp(kith_table_name(a->tables->pdata[i]), name) == 0)
            return a->tables->pdata[i];
    return NULL;
}

int64_t
kith_answer_notes(const kith_answer *a)
{
    return a->notes->len;
}

const char *
kith_answer_note_at(const kith_answer *a, int64_t i)
{
    return i >= 0 && i < a->notes->len ? a->notes->pdata[i] : NULL;
}

int64_t
kith_answer_parameter_count(const kith_answer *a)
{
    return a->parameters->len;
}

void
kith_answer_parameter_at(const kith_answer *a, int64_t i, const char **name, kith_option_type *type,
                         const char **text)
{
    const struct parameter *p = &g_array_index(a->parameters, struct parameter, i);

    *name = p->name;
    *type = p->type;
    *text = p->text;
}

int64_t
kith_answer_sources(const kith_answer *a)
{
    return a->sources->len;
}

void
kith_answer_source(const kith_answer *a, int64_t i, kith_source_info *out)
{
    *out = g_array_index(a->sources, kith_source_info, i);
}

kith_document *
kith_document_new(const char *title, const kith_graph *graph)
{
    kith_document *d = g_new0(kith_document, 1);

    d->title = g_strdup(title);
    d->graph = graph;
    d->answers = g_ptr_array_new_with_free_func((GDestroyNotify)kith_answer_free);
    return d;
}

void
kith_document_free(kith_document *d)
{
    if (!d)
        return;
    g_free(d->title);
    g_ptr_array_unref(d->answers);
    g_free(d);
}

void
kith_document_add(kith_document *d, kith_answer *answer)
{
    g_ptr_array_add(d->answers, answer);
}

const char *
kith_document_title(const kith_document *d)
{
    return d->title;
}

const kith_graph *
kith_document_graph(const kith_document *d)
{
    return d->graph;
}

int64_t
kith_document_answers(const kith_document *d)
{
    return d->answers->len;
}

const kith_answer *
kith_document_answer(const kith_document *d, int64_t i)
{
    return i >= 0 && i < d->answers->len ? d->answers->pdata[i] : NULL;
}
