/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * shopify_orders - what a web shop sold to whom.
 *
 *     Name,Email,Financial Status,Paid at,…,Currency,…,Total,…,Lineitem quantity,Lineitem name,…,Billing Name,…
 *
 * An order takes as many rows as it has items, and only the first one says what it cost. The shop is not in the file: its
 * name is what the file's name has besides "orders_export". Refunded orders make a person but no sale.
 */
#include "base/base.h"
#include "base/text.h"
#include "people.h"
#include "profile.h"
#include <string.h>

static const kith_profile_column columns[] = {
    {KITH_FIELD_ID, "name", NULL},
    {KITH_FIELD_EMAIL, "email", NULL},
    {KITH_FIELD_PHONE, "phone|billing phone|shipping phone", NULL},
    {KITH_FIELD_NAME, "billing name|shipping name", NULL},
    {KITH_FIELD_COMPANY, "billing company", NULL},
    {KITH_FIELD_STATUS, "financial status", NULL},
    {KITH_FIELD_DATE, "created at|paid at", NULL},
    {KITH_FIELD_AMOUNT, "total", NULL},
    {KITH_FIELD_CURRENCY, "currency", NULL},
    {KITH_FIELD_DETAIL, "lineitem name", NULL},
    {KITH_FIELD_NOTE, "discount code", "discount code"},
    {KITH_FIELD_NOTE, "accepts marketing", "accepts marketing"},
    {0},
};

static const kith_profile_status statuses[] = {
    {"paid|partially paid|partially refunded", NULL, KITH_EFFECT_TIE},
    {"pending|authorized|expired|unpaid", NULL, KITH_EFFECT_HOLD},
    {"refunded|voided", NULL, KITH_EFFECT_HOLD},
    {0},
};

/* Customers are not known by the order's name. */
static const kith_profile shopify_orders = {
    .signature = "name|email|financial status|lineitem name",
    .names_identify = true,
    .columns = columns,
    .statuses = statuses,
};

/* The order whose rows are being read; texts are owned. */
struct order {
    char *name, *status, *currency;
    GString *items;
    GPtrArray *notes; /* label, text, label, text … */
    kith_fact fact;
    int64_t line;
};

static bool
fits(const kith_header *header)
{
    return kith_profile_fits(&shopify_orders, header);
}

static int
probe(const char *head, size_t length, const char *name)
{
    return kith_profile_probe(&shopify_orders, fits, head, length, name);
}

static void
clear_order(struct order *order)
{
    g_free(order->name);
    g_free(order->status);
    g_free(order->currency);
    if (order->items)
        g_string_free(order->items, TRUE);
    g_clear_pointer(&order->notes, g_ptr_array_unref);
    *order = (struct order){.fact = KITH_FACT_INIT};
}

/* "Quayside Bakery orders_export_1.csv" is of Quayside Bakery. */
static char *
shop_name(const char *file)
{
    kith_precision precision;
    kith_time when;
    g_autofree char *title = kith_profile_title(file, &when, &precision);
    g_auto(GStrv) word = g_strsplit_set(title, " -", -1);
    GString *out = g_string_new(NULL);

    for (size_t i = 0; word[i]; i++) {
        g_autofree char *folded = kith_header_fold(word[i]);

        if (*folded && !kith_word_among(folded, "orders|order|export|exports|shopify|csv|all") &&
            folded[strspn(folded, "0123456789")])
            g_string_append_printf(out, "%s%s", out->len ? " " : "", word[i]);
    }
    if (out->len == 0)
        g_string_assign(out, "Shop");
    return g_string_free(out, FALSE);
}

/* The sale is told when its last row is known. */
static kith_status
finish(kith_reader *r, struct order *order, kith_error *err)
{
    if (order->fact.kind == KITH_SELLS_TO) {
        order->fact.detail = order->items->len ? order->items->str : NULL;
        order->fact.status = order->status;
        order->fact.currency = order->currency;
        kith_source_at(r->source, order->line, 0);
        TRY(kith_builder_fact(r->into, &order->fact, err));
        for (guint i = 0; i + 1 < order->notes->len; i += 2)
            kith_builder_fact_attribute(r->into, order->notes->pdata[i],
                                        order->notes->pdata[i + 1]);
    }
    clear_order(order);
    return KITH_OK;
}

static void
keep_notes(kith_reader *r, struct order *order)
{
    order->notes = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(order->notes, g_strdup("order"));
    g_ptr_array_add(order->notes, g_strdup(order->name));
    for (size_t i = 0; i < r->n; i++) {
        const char *text = kith_row_text(r->row, r->bound[i].column);

        if (r->bound[i].entry->field != KITH_FIELD_NOTE || !*text)
            continue;
        g_ptr_array_add(order->notes, g_strdup(r->bound[i].entry->label));
        g_ptr_array_add(order->notes, g_strdup(text));
    }
}

static kith_mention
take_customer(kith_reader *r, const char *name)
{
    kith_mention who = kith_builder_mention(r->into, KITH_PERSON);

    kith_builder_name(r->into, who, name);
    kith_people_emails(r->into, who, kith_reader_text(r, KITH_FIELD_EMAIL));
    kith_builder_identify(r->into, who, KITH_ID_PHONE, kith_reader_text(r, KITH_FIELD_PHONE));
    kith_builder_flag(r->into, who, KITH_FLAG_CUSTOMER);
    if (!*kith_reader_text(r, KITH_FIELD_EMAIL)) {
        g_autofree char *key = kith_profile_name_key(r, name);

        kith_builder_identify(r->into, who, KITH_ID_LOCAL, key);
    }
    return who;
}

static kith_status
employ(kith_reader *r, kith_mention who, kith_error *err)
{
    const char *company = kith_reader_text(r, KITH_FIELD_COMPANY);
    kith_fact fact = KITH_FACT_INIT;

    if (!*company)
        return KITH_OK;
    fact.kind = KITH_WORKS_AT;
    fact.from = who;
    fact.to = kith_builder_organisation(r->into, company);
    return kith_builder_fact(r->into, &fact, err);
}

/* The first row of an order: who, how much, and whether it counts. */
static kith_status
begin(kith_reader *r, const char *shop, struct order *order, kith_error *err)
{
    g_autofree char *name = kith_profile_name(r);
    kith_effect effect;
    const char *status;
    char currency[4];
    kith_mention who;

    order->name = g_strdup(kith_reader_text(r, KITH_FIELD_ID));
    order->items = g_string_new(NULL);
    order->line = r->row->line;
    if (!*name && !*kith_reader_text(r, KITH_FIELD_EMAIL)) {
        kith_source_hold(r->source, "the order names no customer");
        return KITH_OK;
    }
    effect = kith_reader_status(r, &status);
    who = take_customer(r, name);
    TRY(employ(r, who, err));
    if (effect != KITH_EFFECT_TIE)
        return KITH_OK;
    order->fact.kind = KITH_SELLS_TO;
    order->fact.from = kith_builder_organisation(r->into, shop);
    order->fact.to = who;
    kith_reader_date(r, KITH_FIELD_DATE, &order->fact.when, &order->fact.precision);
    kith_reader_amount(r, &order->fact, currency);
    order->currency = g_strdup(order->fact.currency);
    order->status = g_strdup(status);
    keep_notes(r, order);
    return KITH_OK;
}

static kith_status
read_rows(kith_reader *r, const char *shop, struct order *order, kith_error *err)
{
    for (;;) {
        TRY(kith_reader_next(r, err));
        if (!r->row)
            return finish(r, order, err);
        if (!order->name || strcmp(order->name, kith_reader_text(r, KITH_FIELD_ID)) != 0) {
            TRY(finish(r, order, err));
            kith_source_at(r->source, r->row->line, 1);
            TRY(begin(r, shop, order, err));
        }
        if (*kith_reader_text(r, KITH_FIELD_DETAIL))
            g_string_append_printf(order->items, "%s%s", order->items->len ? ", " : "",
                                   kith_reader_text(r, KITH_FIELD_DETAIL));
    }
}

static kith_status
read_orders(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    struct order order = {.fact = KITH_FACT_INIT};
    g_autofree char *shop = shop_name(kith_source_name(source));
    g_auto(kith_reader) r = {0};
    kith_status status;

    (void)options;
    TRY(kith_reader_open(&shopify_orders, fits, source, into, &r, err));
    status = read_rows(&r, shop, &order, err);
    clear_order(&order);
    return status;
}

const kith_importer kith_importer_shopify_orders = {
    .name = "shopify-orders",
    .summary = "Shopify orders: what the shop sold to whom, for how much",
    .extensions = "csv",
    .named_by = KITH_NAMED_BY_FILE,
    .probe = probe,
    .read = read_orders,
};
