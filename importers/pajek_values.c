/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pajek_values.c - partitions and vectors of a Pajek project: one number for each vertex. */
#include "pajek_values.h"
#include "base/number.h"

void
kith_pajek_values_clear(kith_pajek_values *values)
{
    g_free(values->name);
    *values = (kith_pajek_values){0};
}

void
kith_pajek_values_start(kith_pajek_values *values, const char *name)
{
    kith_pajek_values_clear(values);
    values->waiting = true;
    values->skipped = name == NULL;
    values->name = g_strdup(name);
}

bool
kith_pajek_values_wait(kith_pajek_values *values)
{
    bool waiting = values->waiting;

    values->waiting = false;
    return waiting;
}

void
kith_pajek_values_size(kith_pajek_values *values, int64_t size)
{
    values->size = size;
    values->next = 1;
}

kith_status
kith_pajek_values_next(kith_pajek_values *values, kith_graph_file *file, int64_t size,
                       const char *text, int64_t *number, kith_error *err)
{
    double value;

    *number = 0;
    if (values->next > values->size)
        return kith_source_fail(file->source, err,
                                "value '%s' (expected only %" G_GINT64_FORMAT " of them)", text,
                                values->size);
    if (!kith_number_parse(text, &value))
        return kith_source_fail(file->source, err, "bad value '%s' (expected a finite number)",
                                text);
    if (size < 0)
        return kith_source_fail(file->source, err,
                                "'%s' without its network (expected a network before it)",
                                values->name ? values->name : "values");
    if (size != values->size && !values->skipped) {
        kith_source_warn(file->source,
                         "'%s' left out: it has %" G_GINT64_FORMAT
                         " values, the network before it %" G_GINT64_FORMAT " vertices",
                         values->name, values->size, size);
        values->skipped = true;
    }
    *number = values->skipped ? 0 : values->next;
    values->next++;
    return KITH_OK;
}

kith_status
kith_pajek_values_end(kith_pajek_values *values, kith_graph_file *file, kith_error *err)
{
    if (values->skipped || values->next > values->size)
        return KITH_OK;
    return kith_source_fail(file->source, err,
                            "'%s' ends with number %" G_GINT64_FORMAT " (expected %" G_GINT64_FORMAT
                            ")",
                            values->name, values->next - 1, values->size);
}
