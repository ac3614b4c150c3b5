/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * generate.c - inputs for the bench, the same bytes for the same seed, on standard output.
 *
 *     generate rmat SCALE EDGES SEED       R-MAT (a .57, b .19, c .19, d .05), "u<tab>v", no loops, no repeats
 *     generate csv SCALE EDGES SEED        the same edges as from,to,weight with string labels
 *     generate ncol SCALE EDGES SEED       the same as "from to weight", for igraph's NCOL reader
 *     generate graphml SCALE EDGES SEED    the same as GraphML: two texts a node, a weight an edge
 *     generate lfr NODES DEGREE MIXING SEED    LFR: degrees ~ k^-2.5, communities ~ s^-1.5, a share MIXING of ties outside
 *     generate lfr-groups …                    the same graph's communities, "node<tab>community"
 *     generate events PEOPLE EVENTS DRAWS SEED attendance with popular events, "person,event"
 *     generate compact FILE                an edge list with ids renumbered 0 … n-1, comments left out
 *
 * R-MAT: Chakrabarti, Zhan & Faloutsos 2004. LFR: Lancichinetti, Fortunato & Radicchi 2008, doi:10.1103/PhysRevE.78.046110;
 * ends are matched at random within and between communities, and what would be a loop or a repeat is dropped.
 */
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state[4];

/* xoshiro256** (Blackman & Vigna 2018), seeded by splitmix64. */
static uint64_t
next(void)
{
    uint64_t *s = state, x = s[1] * 5, result = (x << 7 | x >> 57) * 9, t = s[1] << 17;

    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = s[3] << 45 | s[3] >> 19;
    return result;
}

static void
seed(const char *text)
{
    uint64_t z = strtoull(text, NULL, 10);

    for (int i = 0; i < 4; i++) {
        uint64_t x = z += 0x9e3779b97f4a7c15u;

        x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
        x = (x ^ x >> 27) * 0x94d049bb133111ebu;
        state[i] = x ^ x >> 31;
    }
}

static double
uniform(void)
{
    return (double)(next() >> 11) * 0x1p-53;
}

static void *
array(uint64_t n, size_t size)
{
    void *memory = calloc(n + 1, size);

    if (!memory) {
        fputs("generate: out of memory\n", stderr);
        exit(1);
    }
    return memory;
}

static int
compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

/* Sorts and drops loops and repeats. @return how many are left */
static uint64_t
tidy(uint64_t *key, uint64_t n)
{
    uint64_t kept = 0;

    qsort(key, n, sizeof *key, compare);
    for (uint64_t i = 0; i < n; i++)
        if ((kept == 0 || key[i] != key[kept - 1]) && (uint32_t)key[i] != key[i] >> 32)
            key[kept++] = key[i];
    return kept;
}

static uint32_t *
shuffled(uint32_t n)
{
    uint32_t *place = array(n, sizeof *place);

    for (uint32_t i = 0; i < n; i++)
        place[i] = i;
    for (uint32_t i = n; i-- > 1;) {
        uint32_t j = (uint32_t)(next() % (i + 1)), swap = place[i];

        place[i] = place[j];
        place[j] = swap;
    }
    return place;
}

static uint64_t *
rmat(int scale, uint64_t edges, uint64_t *n)
{
    uint32_t *place = shuffled(1u << scale);
    uint64_t *key = array(edges, sizeof *key);

    for (uint64_t i = 0; i < edges; i++) {
        uint32_t a = 0, b = 0;

        for (int level = 0; level < scale; level++) {
            double r = uniform();

            a = a << 1 | (r >= .76);
            b = b << 1 | ((r >= .57 && r < .76) || r >= .95);
        }
        key[i] = (uint64_t)place[a] << 32 | place[b];
    }
    free(place);
    *n = tidy(key, edges);
    return key;
}

static const char *
label(uint32_t v, char *out)
{
    static const char *const given[] = {"anna",  "bo",   "chidi", "dana",
                                        "emeka", "fumi", "goran", "hana"};
    static const char *const family[] = {"okafor", "lind", "sato", "ivanova"};

    sprintf(out, "%s.%s%u/org%u.example", given[v & 7], family[v >> 3 & 3], v, v % 4093);
    return out;
}

static unsigned
weight(uint64_t key)
{
    return 1 + (unsigned)((key * 0x9e3779b97f4a7c15u) >> 60);
}

static void
print_graphml(const uint64_t *key, uint64_t n, uint32_t nodes)
{
    puts("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml "
         "xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
         "<key id=\"name\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>\n"
         "<key id=\"org\" for=\"node\" attr.name=\"org\" attr.type=\"string\"/>\n"
         "<key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n"
         "<graph id=\"G\" edgedefault=\"undirected\">");
    for (uint32_t i = 0; i < nodes; i++)
        printf("<node id=\"n%u\"><data key=\"name\">Person %u</data><data key=\"org\">Org "
               "%u</data></node>\n",
               i, i, i % 997);
    for (uint64_t i = 0; i < n; i++)
        printf("<edge source=\"n%u\" target=\"n%u\"><data key=\"weight\">%u</data></edge>\n",
               (uint32_t)(key[i] >> 32), (uint32_t)key[i], weight(key[i]));
    puts("</graph>\n</graphml>");
}

static int
print_rmat(char **argument)
{
    uint64_t n, *key;
    int scale = atoi(argument[1]);
    char a[96], b[96];

    seed(argument[3]);
    key = rmat(scale, strtoull(argument[2], NULL, 10), &n);
    if (strcmp(argument[0], "graphml") == 0) {
        print_graphml(key, n, 1u << scale);
        return 0;
    }
    if (strcmp(argument[0], "csv") == 0)
        puts("from,to,weight");
    for (uint64_t i = 0; i < n; i++) {
        uint32_t from = (uint32_t)(key[i] >> 32), to = (uint32_t)key[i];

        if (strcmp(argument[0], "rmat") == 0)
            printf("%u\t%u\n", from, to);
        else if (strcmp(argument[0], "csv") == 0)
            printf("%s,%s,%u\n", label(from, a), label(to, b), weight(key[i]));
        else
            printf("%s %s %u\n", label(from, a), label(to, b), weight(key[i]));
    }
    return 0;
}

/* A draw from x^-exponent between low and high. */
static double
power(double low, double high, double exponent)
{
    double e = 1 - exponent, a = pow(low, e), b = pow(high, e);

    return pow(a + (b - a) * uniform(), 1 / e);
}

/* Mean of x^-exponent between low and high. */
static double
power_mean(double low, double high, double e)
{
    return (1 - e) / (2 - e) * (pow(high, 2 - e) - pow(low, 2 - e)) /
           (pow(high, 1 - e) - pow(low, 1 - e));
}

/* Joins the stubs of one list at random. */
static uint64_t
join(uint32_t *stub, uint64_t n, uint64_t *key)
{
    for (uint64_t i = n; i-- > 1;) {
        uint64_t j = next() % (i + 1);
        uint32_t swap = stub[i];

        stub[i] = stub[j];
        stub[j] = swap;
    }
    for (uint64_t i = 0; i + 1 < n; i += 2) {
        uint32_t a = stub[i], b = stub[i + 1];

        key[i / 2] = a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
    }
    return n / 2;
}

static int
print_lfr(char **argument)
{
    uint32_t n = (uint32_t)atol(argument[1]), communities = 0, *group = array(n, sizeof *group),
             *place;
    double mean = atof(argument[2]), mixing = atof(argument[3]), most = 10 * mean, low = 1,
           high = mean;
    uint32_t *inside = array(n, sizeof *inside), *outside = array(n, sizeof *outside),
             *member = array(n, sizeof *member);
    uint64_t total = 0, m = 0, *key;
    uint32_t *stub;

    seed(argument[4]);
    for (int i = 0; i < 60; i++) /* the smallest degree that gives the mean */
        *(power_mean((low + high) / 2, most, 2.5) < mean ? &low : &high) = (low + high) / 2;
    place = shuffled(n);
    for (uint32_t i = 0, left = 0; i < n; i++, left--) {
        if (left == 0) {
            left = (uint32_t)power(2 * mean, 20 * mean, 1.5);
            communities++;
        }
        group[place[i]] = communities - 1;
        member[i] = place[i];
    }
    for (uint32_t i = 0; i < n; i++) {
        double degree = power(low, most, 2.5), within = degree * (1 - mixing);

        inside[i] = (uint32_t)(within + uniform());
        outside[i] = (uint32_t)(degree - within + uniform());
        total += inside[i] + outside[i];
    }
    key = array(total, sizeof *key);
    stub = array(total, sizeof *stub);
    for (uint32_t i = 0, j; i < n; i = j) {
        uint64_t stubs = 0;

        for (j = i; j < n && group[member[j]] == group[member[i]]; j++)
            for (uint32_t k = 0; k < inside[member[j]]; k++)
                stub[stubs++] = member[j];
        m += join(stub, stubs, key + m);
    }
    total = 0;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < outside[i]; k++)
            stub[total++] = i;
    m += join(stub, total, key + m);
    m = tidy(key, m);
    if (strcmp(argument[0], "lfr-groups") == 0)
        for (uint32_t i = 0; i < n; i++)
            printf("%u\t%u\n", i, group[i]);
    else
        for (uint64_t i = 0; i < m; i++)
            printf("%u\t%u\n", (uint32_t)(key[i] >> 32), (uint32_t)key[i]);
    return 0;
}

static int
print_events(char **argument)
{
    uint32_t people = (uint32_t)atol(argument[1]), events = (uint32_t)atol(argument[2]);
    uint64_t draws = strtoull(argument[3], NULL, 10), *key = array(draws, sizeof *key);
    char name[96];

    seed(argument[4]);
    for (uint64_t i = 0; i < draws; i++) {
        uint64_t event = (uint64_t)(events * pow(uniform(), 2.5)),
                 person = (uint64_t)(people * pow(uniform(), 1.6));

        key[i] = person << 32 | event;
    }
    qsort(key, draws, sizeof *key, compare);
    puts("person,event");
    for (uint64_t i = 0; i < draws; i++)
        if (i == 0 || key[i] != key[i - 1])
            printf("%s,event-%u\n", label((uint32_t)(key[i] >> 32), name), (uint32_t)key[i]);
    return 0;
}

static int
print_compact(const char *path)
{
    FILE *file = fopen(path, "r");
    char line[4096];
    uint64_t room = 1 << 20, n = 0, ids, *id, *end = array(room, sizeof *end);

    if (!file)
        return 1;
    while (fgets(line, sizeof line, file)) {
        if (sscanf(line, "%" SCNu64 " %" SCNu64, &end[n], &end[n + 1]) != 2)
            continue;
        n += 2;
        if (n + 2 > room && !(end = realloc(end, (room *= 2) * sizeof *end)))
            return 1;
    }
    fclose(file);
    id = array(n, sizeof *id);
    memcpy(id, end, n * sizeof *id);
    qsort(id, n, sizeof *id, compare);
    ids = 0;
    for (uint64_t i = 0; i < n; i++)
        if (i == 0 || id[i] != id[ids - 1])
            id[ids++] = id[i];
    for (uint64_t i = 0; i < n; i++) {
        const uint64_t *found = bsearch(&end[i], id, ids, sizeof *id, compare);

        printf("%" PRIu64 "%c", (uint64_t)(found - id), i % 2 ? '\n' : '\t');
    }
    return 0;
}

int
main(int n, char **argument)
{
    static char buffer[1 << 20];

    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    if (n == 3 && strcmp(argument[1], "compact") == 0)
        return print_compact(argument[2]);
    if (n == 6 && strncmp(argument[1], "lfr", 3) == 0)
        return print_lfr(argument + 1);
    if (n == 6 && strcmp(argument[1], "events") == 0)
        return print_events(argument + 1);
    if (n == 5)
        return print_rmat(argument + 1);
    fputs(
        "usage: generate rmat|csv|ncol|graphml|lfr|lfr-groups|events|compact … (see generate.c)\n",
        stderr);
    return 2;
}
