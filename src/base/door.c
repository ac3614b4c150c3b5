/* SPDX-License-Identifier: GPL-3.0-or-later */
/* door.c - dlopen() and dlsym(). */
#include "base/door.h"
#include "base/big.h"
#include <dlfcn.h>
#include <string.h>

/* Memory that is out is told as everywhere (kith_when_memory_fails()). */
static void
fail(const char *why)
{
    if (strstr(why, "annot allocate memory") || strstr(why, "out of memory"))
        kith_big_need(NULL, 1, 1);
    g_error("%s", why);
}

/* What cannot be opened is told when it is needed. */
void
kith_door_prepare(void)
{
    static const char *const often[] = {KITH_LIBRARY_ARCHIVE, KITH_LIBRARY_XML, KITH_LIBRARY_GSL};

    for (size_t i = 0; i < G_N_ELEMENTS(often); i++)
        (void)dlopen(often[i], RTLD_LAZY | RTLD_LOCAL);
}

void
kith_door_open(const char *library, const char *const *names, size_t n, void *table)
{
    void *opened = dlopen(library, RTLD_LAZY | RTLD_LOCAL);

    if (!opened)
        fail(dlerror());
    for (size_t i = 0; i < n; i++) {
        void *address = dlsym(opened, names[i]);

        if (!address)
            fail(dlerror());
        memcpy((char *)table + i * sizeof address, &address, sizeof address);
    }
}
