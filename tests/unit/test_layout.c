/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_layout.c - pictures: nobody on top of anybody, the same on any number of threads, and no worse than igraph's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"
#include "measures/layout.h"
#include "measures/random.h"
#include "model/ig.h"
#include <math.h>

typedef struct picture {
    kith_network *net;
    kith_csr *csr;
    float *xy;
} picture;

static void
picture_clear(picture *p)
{
    kith_network_free(p->net);
    kith_csr_free(p->csr);
    g_free(p->xy);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(picture, picture_clear)

static picture
picture_of(int64_t n)
{
    picture p = {.net = g_new0(kith_network, 1), .xy = g_new0(float, 2 * n + 1)};

    p.net->n = n;
    p.net->node = g_new0(kith_node, n + 1);
    p.net->from = g_new0(uint32_t, 1);
    p.net->to = g_new0(uint32_t, 1);
    p.net->weight = g_new0(double, 1);
    return p;
}

static void
tie(picture *p, int64_t from, int64_t to)
{
    kith_network *net = p->net;

    net->m++;
    net->from = g_renew(uint32_t, net->from, net->m);
    net->to = g_renew(uint32_t, net->to, net->m);
    net->weight = g_renew(double, net->weight, net->m);
    net->from[net->m - 1] = (uint32_t)from;
    net->to[net->m - 1] = (uint32_t)to;
    net->weight[net->m - 1] = 1;
}

static void
draw(picture *p, const kith_layout_options *options)
{
    kith_error err = {0};

    if (!p->csr)
        assert_int_equal(kith_csr_new(p->net, KITH_CSR_BOTH, 0, &p->csr, &err), KITH_OK);
    if (kith_layout(p->csr, options, p->xy, &err) != KITH_OK)
        fail_msg("%s", err.message);
}

/* `groups` groups of `size`; each has about `inside` ties within and `outside` without. */
static picture
planted(int64_t groups, int64_t size, int64_t inside, double outside, uint64_t seed)
{
    picture p = picture_of(groups * size);
    kith_random random = kith_random_init(seed, 0);

    for (int64_t v = 0; v < p.net->n; v++) {
        for (int64_t k = 0; k < inside / 2; k++) {
            int64_t u = v / size * size + (int64_t)kith_random_below(&random, (uint64_t)size);

            if (u != v)
                tie(&p, v, u);
        }
        if (kith_random_real(&random) < outside / 2) {
            int64_t u = (int64_t)kith_random_below(&random, (uint64_t)p.net->n);

            if (u != v)
                tie(&p, v, u);
        }
    }
    return p;
}

static double
distance(const float *xy, int64_t a, int64_t b)
{
    return hypot(xy[2 * a] - xy[2 * b], xy[2 * a + 1] - xy[2 * b + 1]);
}

static void
assert_apart(const picture *p, double width, double height)
{
    for (int64_t i = 0; i < p->net->n; i++) {
        assert_true(p->xy[2 * i] >= 0 && p->xy[2 * i] <= (float)width);
        assert_true(p->xy[2 * i + 1] >= 0 && p->xy[2 * i + 1] <= (float)height);
        for (int64_t j = 0; j < i; j++)
            if (!(distance(p->xy, i, j) > 0))
                fail_msg("%ld and %ld are at one point", (long)i, (long)j);
    }
}

static void
nobody_is_on_top_of_anybody_and_all_are_in_the_box(void **state)
{
    const kith_layout_options wide = {.width = 3, .height = 1, .threads = 2};

    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        g_auto(picture) p = planted(1 + (int64_t)seed, 20, 2, seed % 3, seed);

        draw(&p, &wide);
        assert_apart(&p, 3, 1);
    }
    for (int64_t n = 0; n < 4; n++) {
        g_auto(picture) none = picture_of(n);

        draw(&none, &wide);
        assert_apart(&none, 3, 1);
    }
}

static void
the_leaves_of_a_hub_and_a_thousand_loners_are_apart(void **state)
{
    const kith_layout_options square = {0};
    g_auto(picture) star = picture_of(800), loners = picture_of(1000);

    (void)state;
    for (int64_t i = 1; i < 800; i++)
        tie(&star, 0, i);
    draw(&star, &square);
    assert_apart(&star, 1, 1);
    draw(&loners, &square);
    assert_apart(&loners, 1, 1);
}

static void
places_are_the_same_on_any_number_of_threads_and_follow_the_seed(void **state)
{
    g_auto(picture) p = planted(60, 50, 6, 1, 1);
    size_t size = 2 * (size_t)p.net->n * sizeof(float);
    g_autofree float *once = NULL;

    (void)state;
    draw(&p, &(kith_layout_options){.seed = 7, .threads = 1});
    once = g_memdup2(p.xy, size);
    for (int64_t threads = 2; threads < 5; threads++) {
        draw(&p, &(kith_layout_options){.seed = 7, .threads = threads});
        assert_memory_equal(p.xy, once, size);
    }
    draw(&p, &(kith_layout_options){.seed = 8, .threads = 1});
    assert_memory_not_equal(p.xy, once, size);
}

/* Which part of the network each vertex is in. */
static void
find_parts(const picture *p, int64_t *part)
{
    for (int64_t i = 0; i < p->net->n; i++)
        part[i] = i;
    for (bool moved = true; moved;) {
        moved = false;
        for (int64_t i = 0; i < p->net->m; i++) {
            int64_t *a = &part[p->net->from[i]], *b = &part[p->net->to[i]];

            moved = moved || *a != *b;
            *a = *b = MIN(*a, *b);
        }
    }
}

static void
disconnected_parts_do_not_overlap(void **state)
{
    const kith_layout_options square = {0};
    g_auto(picture) p = planted(12, 25, 2, 0, 3);
    int64_t n = p.net->n;
    g_autofree int64_t *part = g_new0(int64_t, n);
    g_autofree float *box = g_new0(float, 4 * n);

    (void)state;
    draw(&p, &square);
    find_parts(&p, part);
    for (int64_t i = 0; i < n; i++)
        for (int axis = 0; axis < 2; axis++) {
            float *b = &box[4 * part[i] + 2 * axis], x = p.xy[2 * i + axis];

            b[0] = part[i] == i ? x : MIN(b[0], x);
            b[1] = part[i] == i ? x : MAX(b[1], x);
        }
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < i; j++) {
            const float *a = &box[4 * i], *b = &box[4 * j];

            if (part[i] == i && part[j] == j)
                assert_true(a[1] < b[0] || b[1] < a[0] || a[3] < b[2] || b[3] < a[2]);
        }
}

/* The mean share of a vertex's neighbours among as many who are drawn nearest to it. */
static double
kept_neighbours(const picture *p, const float *xy)
{
    double sum = 0;

    for (int64_t v = 0; v < p->csr->n; v++) {
        int64_t degree = p->csr->first[v + 1] - p->csr->first[v], kept = 0;

        for (int64_t a = p->csr->first[v]; a < p->csr->first[v + 1]; a++) {
            double d = distance(xy, v, p->csr->to[a]);
            int64_t nearer = 0;

            for (int64_t u = 0; u < p->csr->n; u++)
                nearer += u != v && distance(xy, v, u) < d;
            kept += nearer < degree;
        }
        sum += degree ? (double)kept / (double)degree : 0;
    }
    return sum / (double)p->csr->n;
}

/* The share of a vertex's ten nearest who are of its own group. */
static double
kept_groups(const picture *p, const float *xy, int64_t size)
{
    int64_t same = 0;

    for (int64_t v = 0; v < p->net->n; v++)
        for (int64_t u = v / size * size; u < v / size * size + size; u++) {
            int64_t nearer = 0;

            for (int64_t w = 0; w < p->net->n; w++)
                nearer += w != v && distance(xy, v, w) < distance(xy, v, u);
            same += u != v && nearer < 10;
        }
    return (double)same / (10.0 * (double)p->net->n);
}

static kith_status
igraphs_places(const picture *p, float *xy, kith_error *err)
{
    IG_SCOPE();
    g_auto(igraph_t) g = {0};
    igraph_matrix_t places;

    TRY(kith_ig_graph(p->net, &g, err));
    igraph_rng_seed(igraph_rng_default(), 1);
    TRY_IG(igraph_matrix_init(&places, 0, 0));
    TRY_IG(igraph_layout_fruchterman_reingold(&g, &places, 0, 500, sqrt((double)p->net->n),
                                              IGRAPH_LAYOUT_NOGRID, NULL, NULL, NULL, NULL, NULL));
    for (int64_t i = 0; i < p->net->n; i++) {
        xy[2 * i] = (float)MATRIX(places, i, 0);
        xy[2 * i + 1] = (float)MATRIX(places, i, 1);
    }
    igraph_matrix_destroy(&places);
    return KITH_OK;
}

/* On planted groups, and far better on a grid, where springs alone tangle. */
static void
neighbours_and_groups_are_kept_no_worse_than_by_igraph(void **state)
{
    const kith_layout_options square = {.seed = 1};
    g_auto(picture) groups = planted(12, 25, 6, 1, 5), grid = picture_of(400);
    g_autofree float *peer = g_new0(float, 2 * 400);
    kith_error err = {0};

    (void)state;
    draw(&groups, &square);
    assert_int_equal(igraphs_places(&groups, peer, &err), KITH_OK);
    assert_true(kept_neighbours(&groups, groups.xy) > 0.95 * kept_neighbours(&groups, peer));
    assert_true(kept_groups(&groups, groups.xy, 25) > 0.95 * kept_groups(&groups, peer, 25));
    for (int64_t i = 0; i < 400; i++) {
        if (i % 20 < 19)
            tie(&grid, i, i + 1);
        if (i < 380)
            tie(&grid, i, i + 20);
    }
    draw(&grid, &square);
    assert_int_equal(igraphs_places(&grid, peer, &err), KITH_OK);
    assert_true(kept_neighbours(&grid, grid.xy) > 0.9);
    assert_true(kept_neighbours(&grid, grid.xy) > kept_neighbours(&grid, peer));
}

static void
groups_that_are_named_draw_together(void **state)
{
    g_auto(picture) p = planted(12, 25, 4, 3, 9);
    g_autofree uint32_t *group = g_new0(uint32_t, p.net->n);
    double plain;

    (void)state;
    for (int64_t i = 0; i < p.net->n; i++)
        group[i] = (uint32_t)(i / 25);
    draw(&p, &(kith_layout_options){.seed = 1});
    plain = kept_groups(&p, p.xy, 25);
    draw(&p, &(kith_layout_options){.seed = 1, .group = group});
    assert_true(kept_groups(&p, p.xy, 25) > 1.1 * plain);
}

static bool
stop(void *payload, double done)
{
    (void)payload;
    (void)done;
    return false;
}

static void
a_bad_box_is_an_error_and_stopping_stops(void **state)
{
    g_auto(picture) p = planted(2, 10, 4, 1, 1);
    kith_error err = {0};

    (void)state;
    draw(&p, &(kith_layout_options){0});
    assert_int_equal(kith_layout(p.csr, &(kith_layout_options){.width = -1}, p.xy, &err),
                     KITH_ERR_ARGUMENT);
    assert_int_equal(kith_layout(p.csr, &(kith_layout_options){.height = NAN}, p.xy, NULL),
                     KITH_ERR_ARGUMENT);
    assert_int_equal(kith_layout(p.csr, &(kith_layout_options){.progress = stop}, p.xy, NULL),
                     KITH_ERR_CANCELLED);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_is_on_top_of_anybody_and_all_are_in_the_box),
        cmocka_unit_test(the_leaves_of_a_hub_and_a_thousand_loners_are_apart),
        cmocka_unit_test(places_are_the_same_on_any_number_of_threads_and_follow_the_seed),
        cmocka_unit_test(disconnected_parts_do_not_overlap),
        cmocka_unit_test(neighbours_and_groups_are_kept_no_worse_than_by_igraph),
        cmocka_unit_test(groups_that_are_named_draw_together),
        cmocka_unit_test(a_bad_box_is_an_error_and_stopping_stops),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
