/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rewire.c - a set of pairs in open addressing, and exchanges on arrays. */
#include "measures/rewire.h"
#include "measures/random.h"
#include <string.h>

#define EXCHANGES 10 /* for each tie */
#define GONE UINT64_MAX
#define FREE (UINT64_MAX - 1)

/* The pairs that are tied. Places of pairs that are gone are taken again. */
struct pairs {
    uint64_t *slot, mask;
};

static uint64_t
key_of(const kith_network *net, uint32_t a, uint32_t b)
{
    return net->directed || a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

static uint64_t
place_of(const struct pairs *p, uint64_t key)
{
    key *= UINT64_C(0x9E3779B97F4A7C15);
    return (key ^ key >> 32) & p->mask;
}

static bool
has(const struct pairs *p, uint64_t key)
{
    for (uint64_t i = place_of(p, key); p->slot[i] != FREE; i = (i + 1) & p->mask)
        if (p->slot[i] == key)
            return true;
    return false;
}

static void
add(struct pairs *p, uint64_t key)
{
    uint64_t i = place_of(p, key);

    while (p->slot[i] != FREE && p->slot[i] != GONE)
        i = (i + 1) & p->mask;
    p->slot[i] = key;
}

static void
drop(struct pairs *p, uint64_t key)
{
    uint64_t i = place_of(p, key);

    while (p->slot[i] != key)
        i = (i + 1) & p->mask;
    p->slot[i] = p->slot[(i + 1) & p->mask] == FREE ? FREE : GONE;
}

static void
fill(struct pairs *p, const kith_network *net)
{
    for (uint64_t i = 0; i <= p->mask; i++)
        p->slot[i] = FREE;
    for (int64_t i = 0; i < net->m; i++)
        add(p, key_of(net, net->from[i], net->to[i]));
}

static kith_network *
copy(const kith_network *net)
{
    kith_network *c = g_new0(kith_network, 1);

    *c = (kith_network){.n = net->n, .m = net->m, .directed = net->directed};
    c->node = g_memdup2(net->node, (gsize)net->n * sizeof *c->node);
    c->from = g_memdup2(net->from, (gsize)net->m * sizeof *c->from);
    c->to = g_memdup2(net->to, (gsize)net->m * sizeof *c->to);
    c->weight = g_memdup2(net->weight, (gsize)(net->m + 1) * sizeof *c->weight);
    return c;
}

/* Tries to exchange the ends of two ties. @return whether it could be done */
static bool
exchange(kith_network *net, struct pairs *p, int64_t e, int64_t f)
{
    uint32_t a = net->from[e], b = net->to[e], c = net->from[f], d = net->to[f];

    if (e == f || a == d || c == b || has(p, key_of(net, a, d)) || has(p, key_of(net, c, b)) ||
        key_of(net, a, d) == key_of(net, c, b))
        return false;
    drop(p, key_of(net, a, b));
    drop(p, key_of(net, c, d));
    add(p, key_of(net, a, d));
    add(p, key_of(net, c, b));
    net->to[e] = d;
    net->to[f] = b;
    return true;
}

kith_network *
kith_rewire(const kith_network *network, uint64_t seed, uint64_t stream)
{
    kith_network *net = copy(network);
    kith_random random = kith_random_init(seed, stream);
    struct pairs p = {NULL, 15};
    int64_t done = 0;

    while (p.mask < 3 * (uint64_t)net->m)
        p.mask = 2 * p.mask + 1;
    p.slot = g_new(uint64_t, p.mask + 1);
    fill(&p, net);
    for (int64_t i = 0; net->m > 1 && i < EXCHANGES * net->m; i++) {
        int64_t e = (int64_t)kith_random_below(&random, (uint64_t)net->m);
        int64_t f = (int64_t)kith_random_below(&random, (uint64_t)net->m);

        if (!net->directed && kith_random_u64(&random) & 1) {
            uint32_t turned = net->from[f];

            net->from[f] = net->to[f];
            net->to[f] = turned;
        }
        done += exchange(net, &p, e, f);
        if (done >= net->m) { /* what is gone would fill the set */
            done = 0;
            fill(&p, net);
        }
    }
    g_free(p.slot);
    return net;
}
