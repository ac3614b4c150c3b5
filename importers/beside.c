/* SPDX-License-Identifier: GPL-3.0-or-later */
/* beside.c - which of the files given together belongs to which. */
#include "beside.h"
#include "base/base.h"
#include <string.h>

static const char *const packed[] = {"", ".gz", ".zst", ".bz2", ".xz"};

const char *
kith_beside_base(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static bool
same_folder(const char *a, const char *b)
{
    size_t n = (size_t)(kith_beside_base(a) - a);

    return n == (size_t)(kith_beside_base(b) - b) && strncmp(a, b, n) == 0;
}

/* How long a name is without one of these extensions, 0 when it has none of them. */
static size_t
stem_length(const char *base, const char *const *extensions)
{
    for (size_t e = 0; extensions[e]; e++)
        for (size_t i = 0; i < G_N_ELEMENTS(packed); i++) {
            g_autofree char *end = g_strconcat(extensions[e], packed[i], NULL);

            if (g_str_has_suffix(base, end))
                return strlen(base) - strlen(end);
        }
    return 0;
}

const char *
kith_beside_stem(const kith_import_options *options, const char *name,
                 const char *const *extensions, const char **rest)
{
    const char *base = kith_beside_base(name), *best = NULL;
    size_t longest = 0;

    for (size_t i = 0; options && options->beside && options->beside[i]; i++) {
        const char *other = options->beside[i];
        size_t n = stem_length(kith_beside_base(other), extensions);

        if (n <= longest || !same_folder(other, name) ||
            strncmp(kith_beside_base(other), base, n) != 0 || g_ascii_isalnum(base[n]))
            continue;
        best = other;
        longest = n;
    }
    if (best)
        *rest = base + longest + (base[longest] != '\0');
    return best;
}

const char *
kith_beside_named(const kith_import_options *options, const char *name, const char *wanted)
{
    for (size_t i = 0; options && options->beside && options->beside[i]; i++) {
        const char *other = options->beside[i], *base = kith_beside_base(other);

        if (!same_folder(other, name) || !g_str_has_prefix(base, wanted))
            continue;
        for (size_t p = 0; p < G_N_ELEMENTS(packed); p++)
            if (strcmp(base + strlen(wanted), packed[p]) == 0)
                return other;
    }
    return NULL;
}
