/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ig.c - igraph as a guest: our handlers while it works, the host's handlers before and after. */
#include "model/ig.h"
#include "base/base.h"
#include "base/door.h"
#include <kith/kith.h>
#include <string.h>

/* What is asked of igraph itself. A measure that asks for more adds it here. */
#define FUNCTIONS(F)                                                                               \
    F(igraph_create)                                                                               \
    F(igraph_set_error_handler)                                                                    \
    F(igraph_set_interruption_handler)                                                             \
    F(igraph_set_warning_handler)                                                                  \
    F(igraph_strerror)                                                                             \
    F(igraph_vector_int_destroy)                                                                   \
    F(igraph_vector_int_init)                                                                      \
    F(IGRAPH_FINALLY_FREE)

KITH_DOOR(ig, "libigraph.so.3", FUNCTIONS)

static char first_message[256];

static void
keep_first(const char *reason, const char *file, int line, igraph_error_t code)
{
    (void)file;
    (void)line;
    if (!first_message[0])
        g_strlcpy(first_message, reason && *reason ? reason : ig()->igraph_strerror(code),
                  sizeof first_message);
    ig()->IGRAPH_FINALLY_FREE();
}

static void
ignore_warning(const char *reason, const char *file, int line)
{
    (void)reason;
    (void)file;
    (void)line;
}

kith_ig_scope
kith_ig_enter(void)
{
    kith_ig_scope scope;

    first_message[0] = '\0';
    scope.error = ig()->igraph_set_error_handler(keep_first);
    scope.warning = ig()->igraph_set_warning_handler(ignore_warning);
    scope.interruption = ig()->igraph_set_interruption_handler(NULL);
    return scope;
}

void
kith_ig_leave(kith_ig_scope *scope)
{
    ig()->igraph_set_error_handler(scope->error);
    ig()->igraph_set_warning_handler(scope->warning);
    ig()->igraph_set_interruption_handler(scope->interruption);
}

kith_status
kith_ig_status(igraph_error_t code, const char *call, kith_error *err)
{
    size_t name = strcspn(call, "(");
    kith_status status = code == IGRAPH_ENOMEM        ? KITH_ERR_NO_MEMORY
                         : code == IGRAPH_EINVAL      ? KITH_ERR_ARGUMENT
                         : code == IGRAPH_EINVVID     ? KITH_ERR_INTERNAL
                         : code == IGRAPH_INTERRUPTED ? KITH_ERR_CANCELLED
                                                      : KITH_ERR_NUMERIC;

    if (code == IGRAPH_SUCCESS)
        return KITH_OK;
    kith_fail(err, status, "%.*s: %s", (int)name, call,
              first_message[0] ? first_message : ig()->igraph_strerror(code));
    first_message[0] = '\0';
    return status;
}

kith_status
kith_ig_graph(const kith_network *network, igraph_t *out, kith_error *err)
{
    igraph_vector_int_t edges = {0};
    igraph_error_t code;

    TRY(kith_ig_status(ig()->igraph_vector_int_init(&edges, 2 * network->m),
                       "igraph_vector_int_init()", err));
    for (int64_t i = 0; i < network->m; i++) {
        VECTOR(edges)[2 * i] = network->from[i];
        VECTOR(edges)[2 * i + 1] = network->to[i];
    }
    code = ig()->igraph_create(out, &edges, network->n, network->directed);
    ig()->igraph_vector_int_destroy(&edges);
    return kith_ig_status(code, "igraph_create()", err);
}

const char *
kith_engine(void)
{
    return "igraph " IGRAPH_VERSION;
}
