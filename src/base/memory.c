/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memory.c - GLib says that memory is out by a fatal message; this listens for it. */
#include <glib.h>
#include <kith/memory.h>
#include <string.h>

static void (*told_of_failure)(size_t bytes);

static void
hear(const char *domain, GLogLevelFlags level, const char *message, void *payload)
{
    static const char words[] = "failed to allocate ";
    const char *at = strstr(message, words);

    if (at && told_of_failure)
        told_of_failure((size_t)g_ascii_strtoull(at + strlen(words), NULL, 10));
    g_log_default_handler(domain, level, message, payload);
}

void
kith_when_memory_fails(void (*told)(size_t bytes))
{
    static guint handler;

    told_of_failure = told;
    if (!handler)
        handler = g_log_set_handler(
            "GLib", G_LOG_LEVEL_ERROR | G_LOG_FLAG_FATAL | G_LOG_FLAG_RECURSION, hear, NULL);
}
