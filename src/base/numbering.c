/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numbering.c - a ring of batches between who names texts and who looks them up. */
#include "base/numbering.h"
#include "base/processors.h"
#include <stdbool.h>
#include <string.h>

#define TEXTS 4096
#define FIRST 512                       /* of the first batch: a small file needs no more */
#define BYTES 24                        /* for each text */
#define LONGEST ((size_t)FIRST * BYTES) /* a longer text is looked up at once */
#define BATCHES 4
/* Fewer texts are done before a thread has begun. */
#define FEW 16

struct place {
    GArray *array; /* NULL: nowhere */
    size_t at;     /* bytes behind its start */
    size_t other;  /* a second place; the same when there is one only */
};

struct batch {
    size_t texts;         /* room for so many, and for so many times BYTES */
    size_t n, used;       /* texts, bytes */
    kith_pool_text *text; /* all four follow in the same block */
    struct place *place;
    uint32_t *number;
    char *bytes;
};

struct kith_numbering {
    kith_pool *pool;
    struct batch *batch[BATCHES]; /* NULL until needed */
    guint filled, numbered, told; /* batches so far; those told have their numbers in place */
    GThread *thread;              /* NULL: numbers are given here */
    GMutex lock;
    GCond changed;
    bool over; /* no batch will follow */
};

kith_numbering *
kith_numbering_new(kith_pool *pool)
{
    kith_numbering *n = g_new0(kith_numbering, 1);

    n->pool = pool;
    g_mutex_init(&n->lock);
    g_cond_init(&n->changed);
    return n;
}

static struct batch *
batch_new(size_t texts)
{
    struct batch *b;

    b = g_malloc(sizeof *b +
                 texts * (sizeof *b->text + sizeof *b->place + sizeof *b->number + BYTES));
    *b = (struct batch){.texts = texts, .text = (kith_pool_text *)(b + 1)};
    b->place = (struct place *)(b->text + texts);
    b->number = (uint32_t *)(b->place + texts);
    b->bytes = (char *)(b->number + texts);
    return b;
}

static struct batch *
batch_of(const kith_numbering *n, guint i)
{
    return n->batch[i % BATCHES];
}

static void
look_up(kith_numbering *n, struct batch *b)
{
    kith_pool_put_many(n->pool, b->text, b->n, b->number);
}

static bool
await_filled(kith_numbering *n)
{
    bool more;

    g_mutex_lock(&n->lock);
    while (n->filled == n->numbered && !n->over)
        g_cond_wait(&n->changed, &n->lock);
    more = n->filled != n->numbered;
    g_mutex_unlock(&n->lock);
    return more;
}

static void *
number_on(void *numbering)
{
    kith_numbering *n = numbering;

    while (await_filled(n)) {
        look_up(n, batch_of(n, n->numbered));
        g_mutex_lock(&n->lock);
        n->numbered++;
        g_cond_signal(&n->changed);
        g_mutex_unlock(&n->lock);
    }
    return NULL;
}

/* Writes a batch's numbers where they belong, after which it can be filled again. */
static void
tell(kith_numbering *n)
{
    struct batch *b = batch_of(n, n->told++);

    for (size_t i = 0; i < b->n; i++) {
        const struct place *p = &b->place[i];

        if (!p->array)
            continue;
        memcpy(p->array->data + p->at, &b->number[i], sizeof b->number[i]);
        memcpy(p->array->data + p->other, &b->number[i], sizeof b->number[i]);
    }
    b->n = b->used = 0;
}

/* Tells until no more than so many batches are on their way. */
static void
tell_until(kith_numbering *n, guint most)
{
    while (n->filled - n->told > most) {
        g_mutex_lock(&n->lock);
        while (n->numbered == n->told)
            g_cond_wait(&n->changed, &n->lock);
        g_mutex_unlock(&n->lock);
        tell(n);
    }
}

static void
end_thread(kith_numbering *n)
{
    if (!n->thread)
        return;
    g_mutex_lock(&n->lock);
    n->over = true;
    g_cond_signal(&n->changed);
    g_mutex_unlock(&n->lock);
    g_thread_join(g_steal_pointer(&n->thread));
    n->over = false;
}

static void
begin_thread(kith_numbering *n)
{
    if (n->filled == FEW && kith_processors_spare())
        n->thread = g_thread_try_new("kith-texts", number_on, n, NULL);
}

/* The batch that is being filled is full. */
static void
hand_over(kith_numbering *n)
{
    if (!n->thread)
        begin_thread(n);
    if (n->thread) {
        g_mutex_lock(&n->lock);
        n->filled++;
        g_cond_signal(&n->changed);
        g_mutex_unlock(&n->lock);
        tell_until(n, BATCHES - 1);
    } else {
        look_up(n, batch_of(n, n->filled++));
        n->numbered++;
        tell(n);
    }
}

/* The batch to fill, with room for the text. */
static struct batch *
room_for(kith_numbering *n, size_t length)
{
    struct batch **b = &n->batch[n->filled % BATCHES];

    if (*b && ((*b)->n == (*b)->texts || (*b)->used + length + 1 > (*b)->texts * BYTES)) {
        hand_over(n);
        b = &n->batch[n->filled % BATCHES];
    }
    if (!*b)
        *b = batch_new(n->filled ? TEXTS : FIRST);
    return *b;
}

static void
put_at_once(kith_numbering *n, const char *text, const struct place *place)
{
    uint32_t number;

    kith_numbering_settle(n);
    number = kith_pool_put(n->pool, text);
    if (!place->array)
        return;
    memcpy(place->array->data + place->at, &number, sizeof number);
    memcpy(place->array->data + place->other, &number, sizeof number);
}

static void
put(kith_numbering *n, const char *text, const struct place *place)
{
    size_t length = strlen(text);
    struct batch *b;

    if (length + 1 > LONGEST) {
        put_at_once(n, text, place);
        return;
    }
    b = room_for(n, length);
    b->text[b->n] = (kith_pool_text){memcpy(b->bytes + b->used, text, length + 1), length};
    b->place[b->n++] = *place;
    b->used += length + 1;
}

void
kith_numbering_put_twice(kith_numbering *n, const char *text, GArray *array, size_t offset,
                         size_t other)
{
    size_t row = (size_t)(array->len - 1) * g_array_get_element_size(array);

    put(n, text, &(struct place){array, row + offset, row + other});
}

void
kith_numbering_put(kith_numbering *n, const char *text, GArray *array, size_t offset)
{
    kith_numbering_put_twice(n, text, array, offset, offset);
}

void
kith_numbering_keep(kith_numbering *n, const char *text)
{
    put(n, text, &(struct place){0});
}

void
kith_numbering_settle(kith_numbering *n)
{
    struct batch *b = batch_of(n, n->filled);

    tell_until(n, 0);
    end_thread(n);
    if (b && b->n) {
        look_up(n, b);
        n->filled++;
        n->numbered++;
        tell(n);
    }
    n->filled = n->numbered = n->told = 0;
}

void
kith_numbering_free(kith_numbering *n)
{
    if (!n)
        return;
    end_thread(n);
    for (int i = 0; i < BATCHES; i++)
        g_free(n->batch[i]);
    g_mutex_clear(&n->lock);
    g_cond_clear(&n->changed);
    g_free(n);
}
