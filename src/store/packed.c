/* SPDX-License-Identifier: GPL-3.0-or-later */
/* packed.c - reads slices of a packed edge file. */
#include "store/packed.h"
#include "base/base.h"
#include "base/text.h"
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct kith_packed {
    int descriptor;
    char *path;
    kith_packed_header h;
};

static kith_status
fail(const kith_packed *p, kith_status status, kith_error *err, const char *what)
{
    return kith_fail_at(err, status, p->path, 0, 0, "%s", what);
}

static kith_status
read_at(const kith_packed *p, void *bytes, size_t size, uint64_t at, kith_error *err)
{
    char *to = bytes;

    while (size > 0) {
        ssize_t n = pread(p->descriptor, to, size, (off_t)at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(p, KITH_ERR_IO, err, kith_errno_text(errno));
        if (n == 0)
            return fail(p, KITH_ERR_PARSE, err, "the packed file was cut off");
        to += n;
        at += (uint64_t)n;
        size -= (size_t)n;
    }
    return KITH_OK;
}

/* Whether n numbers of 8 bytes stand between two places. */
static bool
holds(uint64_t at, uint64_t n, uint64_t end)
{
    return at <= end && n <= (end - at) / 8;
}

static bool
is_sound(const kith_packed_header *h, uint64_t size)
{
    return h->size == size && h->nodes <= (uint64_t)INT64_MAX / 16 &&
           h->ties <= (uint64_t)INT64_MAX / 32 && holds(h->ends, 2 * h->ties, h->size) &&
           (h->weights == 0 || holds(h->weights, h->ties, h->size)) &&
           holds(h->starts, h->nodes + 1, h->size) && h->text <= h->size && h->directed <= 1;
}

kith_status
kith_packed_open(const char *path, kith_packed **out, kith_error *err)
{
    g_autoptr(kith_packed) p = g_new0(kith_packed, 1);
    struct stat s;

    p->path = g_strdup(path);
    p->descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (p->descriptor < 0 || fstat(p->descriptor, &s) != 0)
        return fail(p, KITH_ERR_IO, err, kith_errno_text(errno));
    if ((size_t)s.st_size < sizeof p->h)
        return fail(p, KITH_ERR_PARSE, err, "not a packed edge file (see 'kith graph pack')");
    TRY(read_at(p, &p->h, sizeof p->h, 0, err));
    if (memcmp(p->h.magic, KITH_PACKED_MAGIC, sizeof p->h.magic) != 0)
        return fail(p, KITH_ERR_PARSE, err, "not a packed edge file (see 'kith graph pack')");
    if (p->h.order != KITH_PACKED_ORDER || p->h.version != KITH_PACKED_VERSION)
        return fail(p, KITH_ERR_PARSE, err,
                    "packed by another kind of machine or another kith: pack again");
    if (!is_sound(&p->h, (uint64_t)s.st_size))
        return fail(p, KITH_ERR_PARSE, err, "the packed file is damaged or cut off");
    *out = g_steal_pointer(&p);
    return KITH_OK;
}

void
kith_packed_free(kith_packed *p)
{
    if (!p)
        return;
    if (p->descriptor >= 0)
        close(p->descriptor);
    g_free(p->path);
    g_free(p);
}

int64_t
kith_packed_nodes(const kith_packed *p)
{
    return (int64_t)p->h.nodes;
}

int64_t
kith_packed_ties(const kith_packed *p)
{
    return (int64_t)p->h.ties;
}

bool
kith_packed_is_directed(const kith_packed *p)
{
    return p->h.directed != 0;
}

bool
kith_packed_is_weighted(const kith_packed *p)
{
    return p->h.weights != 0;
}

static kith_status
read_weights(const kith_packed *p, int64_t first, int64_t n, double *weight, kith_error *err)
{
    for (int64_t i = 0; i < n; i++)
        weight[i] = 1;
    if (!p->h.weights)
        return KITH_OK;
    TRY(read_at(p, weight, (size_t)n * sizeof *weight, p->h.weights + 8 * (uint64_t)first, err));
    for (int64_t i = 0; i < n; i++)
        if (!(isfinite(weight[i]) && weight[i] > 0))
            return fail(p, KITH_ERR_PARSE, err, "a weight in the packed file is damaged");
    return KITH_OK;
}

kith_status
kith_packed_read(const kith_packed *p, int64_t first, int64_t n, uint64_t *ends, double *weight,
                 kith_error *err)
{
    if (first < 0 || n < 0 || first > kith_packed_ties(p) - n)
        return fail(p, KITH_ERR_ARGUMENT, err, "no such ties");
    TRY(read_at(p, ends, (size_t)n * 2 * sizeof *ends, p->h.ends + 16 * (uint64_t)first, err));
    for (int64_t i = 0; i < 2 * n; i++)
        if (ends[i] >= p->h.nodes)
            return fail(p, KITH_ERR_PARSE, err, "a tie in the packed file is damaged");
    return weight ? read_weights(p, first, n, weight, err) : KITH_OK;
}

kith_status
kith_packed_first(const kith_packed *p, int64_t node, int64_t *out, kith_error *err)
{
    int64_t low = 0, high = kith_packed_ties(p);

    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        uint64_t ends[2];

        TRY(kith_packed_read(p, middle, 1, ends, NULL, err));
        if (ends[0] < (uint64_t)MAX(node, 0))
            low = middle + 1;
        else
            high = middle;
    }
    *out = low;
    return KITH_OK;
}

/* --- labels ---------------------------------------------------------------------------------- */

kith_status
kith_packed_label(const kith_packed *p, int64_t node, char **out, kith_error *err)
{
    uint64_t start[2], room = p->h.size - p->h.text;
    g_autofree char *label = NULL;

    if (node < 0 || node >= kith_packed_nodes(p))
        return fail(p, KITH_ERR_ARGUMENT, err, "no such node");
    TRY(read_at(p, start, sizeof start, p->h.starts + 8 * (uint64_t)node, err));
    if (start[0] > start[1] || start[1] > room)
        return fail(p, KITH_ERR_PARSE, err, "a label in the packed file is damaged");
    label = g_try_malloc0(start[1] - start[0] + 1);
    if (!label)
        return fail(p, KITH_ERR_NO_MEMORY, err, "no memory for a label");
    TRY(read_at(p, label, start[1] - start[0], p->h.text + start[0], err));
    *out = g_steal_pointer(&label);
    return KITH_OK;
}

void
kith_packed_label_free(char *label)
{
    g_free(label);
}

kith_status
kith_packed_find(const kith_packed *p, const char *label, int64_t *out, kith_error *err)
{
    int64_t low = 0, high = kith_packed_nodes(p) - 1;

    while (low <= high) {
        int64_t middle = low + (high - low) / 2;
        g_autofree char *here = NULL;
        int order;

        TRY(kith_packed_label(p, middle, &here, err));
        order = kith_text_natural_compare(here, label);
        if (order == 0) {
            *out = middle;
            return KITH_OK;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle - 1;
    }
    return kith_fail_at(err, KITH_ERR_NOT_FOUND, p->path, 0, 0, "nobody is called '%s'", label);
}
