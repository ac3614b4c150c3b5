/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_packed.c - sorting beyond memory, packing, slices and neighbourhoods, against the obvious way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/sorter.h"
#include "store/packed.h"
#include <glib/gstdio.h>
#include <kith/kith.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static char *folder;

static char *
path_of(const char *name)
{
    return g_build_filename(folder, name, NULL);
}

static int
compare_triples(const void *a, const void *b)
{
    const kith_triple *x = a, *y = b;

    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    return x->c < y->c ? -1 : x->c > y->c;
}

static void
sort_and_compare(int n, uint64_t most)
{
    g_autofree kith_triple *all = g_new(kith_triple, n + 1);
    g_autoptr(GRand) rand = g_rand_new_with_seed((guint32)n);
    g_autoptr(kith_sorter) s = kith_sorter_new(folder, 1);
    kith_triple t;
    bool more;

    for (int i = 0; i < n; i++) {
        uint64_t wide = (uint64_t)g_rand_int(rand) << 32 | g_rand_int(rand);

        all[i] = (kith_triple){wide % most, g_rand_int(rand) % most, g_rand_int(rand) % 3};
        assert_int_equal(kith_sorter_put(s, all[i], NULL), KITH_OK);
    }
    qsort(all, (size_t)n, sizeof *all, compare_triples);
    assert_int_equal(kith_sorter_begin(s, NULL), KITH_OK);
    for (int i = 0; i < n; i++) {
        assert_int_equal(kith_sorter_next(s, &t, &more, NULL), KITH_OK);
        assert_true(more);
        assert_memory_equal(&t, &all[i], sizeof t);
    }
    assert_int_equal(kith_sorter_next(s, &t, &more, NULL), KITH_OK);
    assert_false(more);
}

static void
triples_come_out_in_order_however_many_runs_they_make(void **state)
{
    (void)state;
    sort_and_compare(0, 10);
    sort_and_compare(1000, 50);
    sort_and_compare(21845, UINT64_MAX); /* as many as fit */
    sort_and_compare(21846, 300);
    sort_and_compare(150000, 1 << 20);
}

/* --- packing --------------------------------------------------------------------------------- */

struct edge {
    int from, to;
    double weight;
};

struct made {
    struct edge edge[400];
    int n, nodes;
    bool words, weighted;
};

static void
name_of(const struct made *m, int node, char out[16])
{
    g_snprintf(out, 16, m->words ? "p%d" : "%d", node);
}

static struct made
write_list(GRand *rand, const char *path, bool words, bool weighted)
{
    struct made m = {.n = g_rand_int_range(rand, 1, 400),
                     .nodes = g_rand_int_range(rand, 1, 90),
                     .words = words,
                     .weighted = weighted};
    g_autoptr(GString) text = g_string_new("# made\nfrom,to,weight\n");

    for (int i = 0; i < m.n; i++) {
        struct edge *e = &m.edge[i];
        char a[16], b[16];

        *e = (struct edge){g_rand_int_range(rand, 0, m.nodes), g_rand_int_range(rand, 0, m.nodes),
                           weighted ? g_rand_int_range(rand, 1, 9) / 4.0 : 1};
        name_of(&m, e->from, a);
        name_of(&m, e->to, b);
        g_string_append_printf(text, weighted ? "%s,%s,%.2f\n" : "%s,%s\n", a, b, e->weight);
    }
    assert_true(g_file_set_contents(path, text->str, -1, NULL));
    return m;
}

static int
compare_edges(const void *a, const void *b)
{
    const struct edge *x = a, *y = b;

    if (x->from != y->from)
        return x->from - y->from;
    if (x->to != y->to)
        return x->to - y->to;
    return (x->weight > y->weight) - (x->weight < y->weight);
}

/* What the file should hold, by the labels' own numbers. */
static int
expected(const struct made *m, bool undirected, struct edge *out)
{
    int n = 0;

    for (int i = 0; i < m->n; i++) {
        out[n++] = m->edge[i];
        if (undirected)
            out[n++] = (struct edge){m->edge[i].to, m->edge[i].from, m->edge[i].weight};
    }
    qsort(out, (size_t)n, sizeof *out, compare_edges);
    return n;
}

static int
number_of(const kith_packed *p, const struct made *m, uint64_t node)
{
    char *label;
    int number;
    int64_t again;

    assert_int_equal(kith_packed_label(p, (int64_t)node, &label, NULL), KITH_OK);
    assert_int_equal(kith_packed_find(p, label, &again, NULL), KITH_OK);
    assert_int_equal(again, node);
    number = atoi(label + m->words);
    kith_packed_label_free(label);
    return number;
}

static void
compare_packed(const kith_packed *p, const struct made *m, bool undirected)
{
    struct edge want[800];
    int n = expected(m, undirected, want);
    uint64_t ends[1600];
    double weight[800];
    int64_t first;

    assert_int_equal(kith_packed_ties(p), n);
    assert_int_equal(kith_packed_is_directed(p), !undirected);
    assert_int_equal(kith_packed_read(p, 0, n, ends, weight, NULL), KITH_OK);
    for (int i = 0; i < n; i++) {
        assert_int_equal(number_of(p, m, ends[2 * i]), want[i].from);
        assert_int_equal(number_of(p, m, ends[2 * i + 1]), want[i].to);
        assert_true(weight[i] == want[i].weight);
        assert_int_equal(kith_packed_first(p, (int64_t)ends[2 * i], &first, NULL), KITH_OK);
        assert_true(ends[2 * first] == ends[2 * i]);
        assert_true(first == 0 || ends[2 * first - 2] < ends[2 * i]);
    }
    assert_int_equal(kith_packed_read(p, n, 1, ends, weight, NULL), KITH_ERR_ARGUMENT);
}

static kith_packed *
pack(const char *list, bool undirected)
{
    g_autofree char *path = path_of("a.packed");
    kith_pack_options options = {.undirected = undirected};
    kith_packed *p = NULL;

    assert_int_equal(kith_pack(list, &options, path, NULL), KITH_OK);
    assert_int_equal(kith_packed_open(path, &p, NULL), KITH_OK);
    return p;
}

static void
a_packed_file_holds_every_link_of_its_list_in_order(void **state)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);
    g_autofree char *list = path_of("list.csv");

    (void)state;
    for (int i = 0; i < 8; i++) {
        bool undirected = i & 4;
        struct made m = write_list(rand, list, i & 1, i & 2);
        g_autoptr(kith_packed) p = pack(list, undirected);

        compare_packed(p, &m, undirected);
    }
}

/* --- neighbourhoods -------------------------------------------------------------------------- */

static void
walk(const struct made *m, kith_packed_direction way, int hops, int *distance)
{
    for (int h = 0; h < hops; h++)
        for (int i = 0; i < m->n; i++) {
            const struct edge *e = &m->edge[i];

            if (way != KITH_PACKED_IN && distance[e->from] == h && distance[e->to] < 0)
                distance[e->to] = h + 1;
            if (way != KITH_PACKED_OUT && distance[e->to] == h && distance[e->from] < 0)
                distance[e->from] = h + 1;
        }
}

static void
compare_extract(const kith_answer *answer, const struct made *m, const int *distance)
{
    const kith_table *ties = kith_answer_find_table(answer, "ties"),
                     *members = kith_answer_find_table(answer, "members");
    int inside = 0, links = 0;

    for (int i = 0; i < m->nodes; i++)
        inside += distance[i] >= 0;
    for (int i = 0; i < m->n; i++)
        links += distance[m->edge[i].from] >= 0 && distance[m->edge[i].to] >= 0;
    assert_int_equal(kith_table_rows(members), inside);
    assert_int_equal(kith_table_rows(ties), links);
    for (int64_t r = 0; r < inside; r++) {
        kith_cell who, hops;

        kith_table_cell(members, r, 0, &who);
        kith_table_cell(members, r, 1, &hops);
        assert_int_equal(hops.integer, distance[atoi(who.text + m->words)]);
    }
}

static void
an_extract_is_what_a_walk_over_the_list_reaches(void **state)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(9);
    g_autofree char *list = path_of("list.csv");

    (void)state;
    for (int i = 0; i < 16; i++) {
        bool undirected = i & 4;
        kith_packed_direction way = undirected ? KITH_PACKED_BOTH : (kith_packed_direction)(i % 3);
        struct made m = write_list(rand, list, i & 1, i & 2);
        g_autoptr(kith_packed) p = pack(list, undirected);
        int hops = g_rand_int_range(rand, 0, 4), distance[90];
        char from[16];
        const char *labels[] = {from, NULL};
        kith_answer *answer = NULL;

        memset(distance, -1, sizeof distance);
        distance[m.edge[0].from] = 0;
        name_of(&m, m.edge[0].from, from);
        walk(&m, way, hops, distance);
        assert_int_equal(kith_packed_extract(p, labels, hops, way, true, &answer, NULL), KITH_OK);
        compare_extract(answer, &m, distance);
        kith_answer_free(answer);
    }
}

#ifndef __SANITIZE_ADDRESS__
/* A chain 1 - 2 - 3 - 4 behind a thousand million others that have no tie: on disk, next to nothing. */
static void
write_sparse(const char *path, uint64_t nodes)
{
    static const char text[] = "1234";
    uint64_t first = nodes - 4,
             ends[] = {first, first + 1, first + 1, first + 2, first + 2, first + 3};
    kith_packed_header h = {.magic = KITH_PACKED_MAGIC,
                            .order = KITH_PACKED_ORDER,
                            .version = KITH_PACKED_VERSION,
                            .directed = 1,
                            .nodes = nodes,
                            .ties = 3,
                            .ends = sizeof h,
                            .starts = sizeof h + sizeof ends,
                            .text = sizeof h + sizeof ends + 8 * (nodes + 1)};
    FILE *file = fopen(path, "wb");

    h.size = h.text + 4;
    assert_non_null(file);
    assert_int_equal(fwrite(&h, sizeof h, 1, file), 1);
    assert_int_equal(fwrite(ends, sizeof ends, 1, file), 1);
    for (uint64_t i = 1; i <= 4; i++) {
        assert_int_equal(fseeko(file, (off_t)(h.starts + 8 * (first + i)), SEEK_SET), 0);
        assert_int_equal(fwrite(&i, sizeof i, 1, file), 1);
    }
    assert_int_equal(fwrite(text, 4, 1, file), 1);
    assert_int_equal(fclose(file), 0);
}

/* What becomes of an extract in a process that may take `more` bytes of memory than it has. */
static kith_status
extract_within(const char *path, size_t more)
{
    pid_t child = fork();
    int status;

    if (child == 0) {
        const char *labels[] = {"2", NULL};
        g_autofree char *text = NULL;
        kith_packed *p = NULL;
        kith_answer *answer = NULL;
        struct rlimit limit;

        g_file_get_contents("/proc/self/statm", &text, NULL, NULL);
        limit.rlim_cur = limit.rlim_max =
            (rlim_t)(g_ascii_strtoull(text, NULL, 10) * (guint64)sysconf(_SC_PAGESIZE) + more);
        setrlimit(RLIMIT_AS, &limit);
        if (kith_packed_open(path, &p, NULL) != KITH_OK)
            _exit(99);
        status = kith_packed_extract(p, labels, 1, KITH_PACKED_BOTH, true, &answer, NULL);
        if (status == KITH_OK && kith_table_rows(kith_answer_find_table(answer, "members")) != 3)
            status = 98;
        _exit(status);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return (kith_status)WEXITSTATUS(status);
}
#endif

static void
an_extract_takes_one_bit_a_node(void **state)
{
    (void)state;
#ifdef __SANITIZE_ADDRESS__
    skip(); /* it maps terabytes */
#else
    g_autofree char *path = path_of("b.packed");
    const uint64_t nodes = UINT64_C(1) << 30;
    const size_t bits = (size_t)(nodes / 8), other = 32 << 20;

    write_sparse(path, nodes);
    assert_int_equal(extract_within(path, bits + other), KITH_OK);
    assert_int_equal(extract_within(path, bits - 1), KITH_ERR_NO_MEMORY);
    g_unlink(path);
#endif
}

/* --- damage ---------------------------------------------------------------------------------- */

/* Hundreds of times: not waiting for the disk. */
static bool
put(const char *path, const char *bytes, gsize length)
{
    return g_file_set_contents_full(path, bytes, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600,
                                    NULL);
}

static void
a_packed_file_that_was_cut_off_or_changed_is_refused_or_read_within_its_bounds(void **state)
{
    g_autofree char *list = path_of("list.csv"), *path = path_of("a.packed"),
                    *spoilt = path_of("b.packed"), *bytes = NULL;
    gsize length;

    (void)state;
    assert_true(g_file_set_contents(list, "a b 2\nb c\nc a\n", -1, NULL));
    kith_packed_free(pack(list, false));
    assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    for (gsize n = 0; n < length; n++) {
        g_autoptr(kith_packed) p = NULL;

        assert_true(put(spoilt, bytes, n));
        assert_int_equal(kith_packed_open(spoilt, &p, NULL), KITH_ERR_PARSE);
    }
    for (gsize n = 0; n < length; n++) {
        g_autoptr(kith_packed) p = NULL;
        const char *labels[] = {"b", NULL};
        kith_answer *answer = NULL;

        bytes[n] = (char)~bytes[n];
        assert_true(put(spoilt, bytes, length));
        if (kith_packed_open(spoilt, &p, NULL) == KITH_OK &&
            kith_packed_extract(p, labels, 2, KITH_PACKED_BOTH, true, &answer, NULL) == KITH_OK)
            kith_answer_free(answer);
        bytes[n] = (char)~bytes[n];
    }
}

static void
a_line_that_is_no_link_is_told_with_its_place_and_leaves_nothing(void **state)
{
    g_autofree char *list = path_of("list.csv"), *path = path_of("c.packed");
    kith_pack_options options = {0};
    static const struct {
        const char *text, *word;
        int64_t line;
    } bad[] = {{"a b\nc\n", "two labels", 2},     {"a,b,x\n", "bad weight", 1},
               {"a,b,0\n", "above 0", 1},         {"a\tb\n\tc\n", "empty", 2},
               {"a b\n\xff\xfe z\n", "UTF-8", 2}, {"# only\n", "no link", 0}};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        kith_error err = {0};

        assert_true(g_file_set_contents(list, bad[i].text, -1, NULL));
        assert_int_equal(kith_pack(list, &options, path, &err), KITH_ERR_PARSE);
        assert_non_null(strstr(err.message, bad[i].word));
        assert_int_equal(err.line, bad[i].line);
        assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    }
}

static int
make_folder(void **state)
{
    (void)state;
    folder = g_dir_make_tmp("kith-packed-XXXXXX", NULL);
    return folder == NULL;
}

static int
remove_folder(void **state)
{
    static const char *const names[] = {"list.csv", "a.packed", "b.packed"};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = path_of(names[i]);

        g_unlink(path);
    }
    if (g_rmdir(folder) != 0)
        return 1; /* something was left behind */
    g_free(folder);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(triples_come_out_in_order_however_many_runs_they_make),
        cmocka_unit_test(a_packed_file_holds_every_link_of_its_list_in_order),
        cmocka_unit_test(an_extract_is_what_a_walk_over_the_list_reaches),
        cmocka_unit_test(an_extract_takes_one_bit_a_node),
        cmocka_unit_test(
            a_packed_file_that_was_cut_off_or_changed_is_refused_or_read_within_its_bounds),
        cmocka_unit_test(a_line_that_is_no_link_is_told_with_its_place_and_leaves_nothing),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
