/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unpack.c - libarchive behind six functions. */
#include "base/unpack.h"
#include "base/door.h"
#include "base/limits.h"
#include "base/text.h"
#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <string.h>

#define FUNCTIONS(F)                                                                               \
    F(archive_entry_filetype)                                                                      \
    F(archive_entry_hardlink)                                                                      \
    F(archive_entry_pathname)                                                                      \
    F(archive_entry_pathname_utf8)                                                                 \
    F(archive_entry_symlink)                                                                       \
    F(archive_error_string)                                                                        \
    F(archive_format)                                                                              \
    F(archive_read_data)                                                                           \
    F(archive_read_free)                                                                           \
    F(archive_read_new)                                                                            \
    F(archive_read_next_header)                                                                    \
    F(archive_read_open1)                                                                          \
    F(archive_read_set_callback_data)                                                              \
    F(archive_read_set_read_callback)                                                              \
    F(archive_read_set_seek_callback)                                                              \
    F(archive_read_support_filter_bzip2)                                                           \
    F(archive_read_support_filter_gzip)                                                            \
    F(archive_read_support_filter_xz)                                                              \
    F(archive_read_support_filter_zstd)                                                            \
    F(archive_read_support_format_empty)                                                           \
    F(archive_read_support_format_raw)                                                             \
    F(archive_read_support_format_tar)                                                             \
    F(archive_read_support_format_zip)                                                             \
    F(archive_set_error)

KITH_DOOR(lib, KITH_LIBRARY_ARCHIVE, FUNCTIONS)

/* How often an archive with damaged members is begun anew: each time costs a walk over its directory. */
#define MAX_RESTARTS 100

struct kith_unpack {
    kith_input *input;
    char *name, *path;
    struct archive *archive;
    struct archive_entry *entry; /* read but not yet handed out */
    bool members;                /* zip or tar, not one stream */
    bool empty;                  /* a compressed nothing */
    bool over;                   /* nothing more can be read */
    bool lost;                   /* what libarchive was reading is damaged: it must begin anew */
    kith_packing packing;
    int restarts;
    int64_t entries, unpacked, unpacked_all;
    kith_error error; /* of the input, while libarchive is calling us */
};

kith_packing
kith_packing_of(const char *head, size_t length)
{
    static const struct {
        const char *magic;
        size_t length;
        kith_packing packing;
    } magics[] = {
        {"\x1f\x8b\x08", 3, KITH_PACKING_STREAM},
        {"\x28\xb5\x2f\xfd", 4, KITH_PACKING_STREAM},
        {"\xfd"
         "7zXZ",
         5, KITH_PACKING_STREAM},
        {"PK\x03\x04", 4, KITH_PACKING_ZIP},
        {"PK\x05\x06", 4, KITH_PACKING_ZIP},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(magics); i++)
        if (length >= magics[i].length && memcmp(head, magics[i].magic, magics[i].length) == 0)
            return magics[i].packing;
    if (length >= 10 && memcmp(head, "BZh", 3) == 0 && memcmp(head + 4, "1AY&SY", 6) == 0)
        return KITH_PACKING_STREAM;
    if (length >= 512 && memcmp(head + 257, "ustar", 5) == 0)
        return KITH_PACKING_TAR;
    return KITH_PACKING_NONE;
}

static la_ssize_t
give_bytes(struct archive *archive, void *payload, const void **bytes)
{
    kith_unpack *unpack = payload;
    size_t length;

    if (kith_input_next(unpack->input, bytes, &length, &unpack->error) != KITH_OK) {
        lib()->archive_set_error(archive, unpack->error.status, "%s", unpack->error.message);
        return -1;
    }
    return (la_ssize_t)length;
}

static la_int64_t
give_seek(struct archive *archive, void *payload, la_int64_t offset, int whence)
{
    kith_unpack *unpack = payload;
    int64_t at = kith_input_seek(unpack->input, offset, whence);

    (void)archive;
    return at < 0 ? ARCHIVE_FATAL : at;
}

/* What libarchive says, in our words where people will meet it. */
static kith_status
fail_archive(kith_unpack *unpack, kith_error *err)
{
    const char *said = lib()->archive_error_string(unpack->archive);
    g_autofree char *lower = g_ascii_strdown(said != NULL ? said : "", -1);

    if (unpack->error.status != KITH_OK)
        return kith_fail_at(err, unpack->error.status, unpack->name, 0, 0, "%s",
                            unpack->error.message);
    if (strstr(lower, "passphrase") != NULL || strstr(lower, "encrypt") != NULL)
        return kith_fail_at(err, KITH_ERR_PARSE, unpack->name, 0, 0,
                            "the archive is encrypted (expected one without a password)");
    if (strstr(lower, "truncated") != NULL || strstr(lower, "no progress") != NULL)
        return kith_fail_at(err, KITH_ERR_PARSE, unpack->name, 0, 0, "%s",
                            unpack->members ? "looks like an archive, but ends early"
                                            : "compressed data ends early");
    return kith_fail_at(err, KITH_ERR_PARSE, unpack->name, 0, 0, "%s%s%s",
                        unpack->members ? "looks like an archive, but is damaged"
                                        : "damaged compressed data",
                        said != NULL ? ": " : "", said != NULL ? said : "");
}

/* A member that cannot be unpacked, where others can. */
static kith_status
fail_member(const kith_unpack *unpack, kith_error *err)
{
    const char *said = lib()->archive_error_string(unpack->archive);
    g_autofree char *lower = g_ascii_strdown(said != NULL ? said : "unknown reason", -1);
    g_autofree char *name = g_strconcat(unpack->name, "!", unpack->path, NULL);

    if (strstr(lower, "passphrase") != NULL || strstr(lower, "encrypt") != NULL)
        return kith_fail_at(err, KITH_ERR_PARSE, name, 0, 0,
                            "encrypted (expected a file without a password)");
    return kith_fail_at(err, KITH_ERR_PARSE, name, 0, 0, "damaged in the archive: %s", lower);
}

/* A member or stream that cannot be unpacked. Behind a damaged member a zip goes on: its directory says where. */
static kith_status
fail_reading(kith_unpack *unpack, la_ssize_t result, kith_error *err)
{
    bool stopped = unpack->error.status != KITH_OK;

    unpack->lost = result == ARCHIVE_FATAL;
    unpack->over = stopped || (unpack->lost && (unpack->packing != KITH_PACKING_ZIP ||
                                                !kith_input_seekable(unpack->input) ||
                                                ++unpack->restarts > MAX_RESTARTS));
    if (unpack->members && !stopped && !unpack->over)
        return fail_member(unpack, err);
    return fail_archive(unpack, err);
}

/* libarchive keeps a name in the characters of the locale and loses those that it lacks; the
 * library sets no locale, so names are read in one that has them all. */
static locale_t
names_locale(void)
{
    static gsize made;

    if (g_once_init_enter(&made)) {
        locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);

        g_once_init_leave(&made, locale != (locale_t)0 ? (gsize)locale : (gsize)LC_GLOBAL_LOCALE);
    }
    return (locale_t)made;
}

static kith_status
read_entry(kith_unpack *unpack, kith_error *err)
{
    locale_t before = uselocale(names_locale());
    int result = lib()->archive_read_next_header(unpack->archive, &unpack->entry);

    uselocale(before);

    if (result == ARCHIVE_EOF)
        unpack->entry = NULL;
    else if (result < ARCHIVE_WARN) {
        unpack->over = true;
        return fail_archive(unpack, err);
    }
    return KITH_OK;
}

static kith_status
open_archive(kith_unpack *unpack, kith_error *err)
{
    struct archive *a = unpack->archive;

    lib()->archive_read_support_filter_gzip(a);
    lib()->archive_read_support_filter_bzip2(a);
    lib()->archive_read_support_filter_xz(a);
    lib()->archive_read_support_filter_zstd(a);
    lib()->archive_read_support_format_zip(a);
    lib()->archive_read_support_format_tar(a);
    lib()->archive_read_support_format_raw(a);
    lib()->archive_read_support_format_empty(a);
    lib()->archive_read_set_callback_data(a, unpack);
    lib()->archive_read_set_read_callback(a, give_bytes);
    /* Only with seeks does libarchive see a zip's directory, which alone tells links from files. */
    if (unpack->packing == KITH_PACKING_ZIP && kith_input_seekable(unpack->input)) {
        kith_input_seek(unpack->input, 0, SEEK_SET);
        lib()->archive_read_set_seek_callback(a, give_seek);
    }
    if (lib()->archive_read_open1(a) != ARCHIVE_OK)
        return fail_archive(unpack, err);
    return read_entry(unpack, err);
}

kith_status
kith_unpack_new(kith_input *input, const char *name, kith_packing packing, kith_unpack **out,
                kith_error *err)
{
    g_autoptr(kith_unpack) unpack = g_new0(kith_unpack, 1);
    int format;

    unpack->input = input;
    unpack->name = g_strdup(name);
    unpack->archive = lib()->archive_read_new();
    unpack->packing = packing;
    unpack->members = packing != KITH_PACKING_STREAM;
    TRY(open_archive(unpack, err));
    format = lib()->archive_format(unpack->archive) & ARCHIVE_FORMAT_BASE_MASK;
    unpack->members = format == ARCHIVE_FORMAT_ZIP || format == ARCHIVE_FORMAT_TAR;
    unpack->empty = unpack->entry == NULL;
    if (unpack->empty && packing != KITH_PACKING_STREAM)
        return kith_fail_at(err, KITH_ERR_PARSE, name, 0, 0, "the archive is empty");
    *out = g_steal_pointer(&unpack);
    return KITH_OK;
}

void
kith_unpack_free(kith_unpack *unpack)
{
    if (unpack == NULL)
        return;
    lib()->archive_read_free(unpack->archive);
    g_free(unpack->name);
    g_free(unpack->path);
    g_free(unpack);
}

bool
kith_unpack_is_archive(const kith_unpack *unpack)
{
    return unpack->members;
}

bool
kith_unpack_is_over(const kith_unpack *unpack)
{
    return unpack->over;
}

/* From the beginning to where reading was. */
static kith_status
start_again(kith_unpack *unpack, kith_error *err)
{
    lib()->archive_read_free(unpack->archive);
    unpack->archive = lib()->archive_read_new();
    unpack->lost = false;
    TRY(open_archive(unpack, err));
    for (int64_t i = 1; i < unpack->entries && unpack->entry != NULL; i++)
        TRY(read_entry(unpack, err));
    return KITH_OK;
}

static kith_entry_kind
kind_of(struct archive_entry *entry)
{
    if (lib()->archive_entry_hardlink(entry) != NULL || lib()->archive_entry_symlink(entry) != NULL)
        return KITH_ENTRY_OTHER;
    switch (lib()->archive_entry_filetype(entry)) {
    case AE_IFREG:
    case 0:
        return KITH_ENTRY_FILE;
    case AE_IFDIR:
        return KITH_ENTRY_FOLDER;
    default:
        return KITH_ENTRY_OTHER;
    }
}

kith_status
kith_unpack_next(kith_unpack *unpack, const char **path, kith_entry_kind *kind, kith_error *err)
{
    const char *raw;

    *path = NULL;
    if (unpack->lost)
        TRY(start_again(unpack, err));
    if (unpack->entries > 0)
        TRY(read_entry(unpack, err));
    if (unpack->entry == NULL)
        return KITH_OK;
    if (++unpack->entries > kith_limit(KITH_LIMIT_ENTRIES))
        return kith_fail_at(err, KITH_ERR_LIMIT, unpack->name, 0, 0,
                            "more than %" G_GINT64_FORMAT
                            " files in the archive (the limit 'members', see 'kith limits')",
                            kith_limit(KITH_LIMIT_ENTRIES));
    if ((raw = lib()->archive_entry_pathname_utf8(unpack->entry)) == NULL)
        raw = lib()->archive_entry_pathname(unpack->entry);
    g_free(unpack->path);
    unpack->path = kith_text_to_utf8(raw != NULL ? raw : "", raw != NULL ? strlen(raw) : 0, NULL);
    unpack->unpacked = 0;
    *path = unpack->path;
    *kind = kind_of(unpack->entry);
    return KITH_OK;
}

static kith_status
check_limits(kith_unpack *unpack, kith_error *err)
{
    kith_limit_id id = KITH_LIMIT_COUNT;
    const char *what = NULL, *unit = "";

    if (unpack->unpacked_all > kith_limit(KITH_LIMIT_RATIO_FROM) &&
        unpack->unpacked_all / kith_limit(KITH_LIMIT_RATIO) > kith_input_served(unpack->input)) {
        id = KITH_LIMIT_RATIO;
        what = "unpacks to more than";
        unit = " times its size";
    } else if (unpack->members && unpack->unpacked > kith_limit(KITH_LIMIT_ENTRY)) {
        id = KITH_LIMIT_ENTRY;
        what = "a file in the archive has more bytes than";
    } else if (unpack->members && unpack->unpacked_all > kith_limit(KITH_LIMIT_ARCHIVE)) {
        id = KITH_LIMIT_ARCHIVE;
        what = "the files in the archive have more bytes than";
    }
    if (!what)
        return KITH_OK;
    unpack->over = true;
    return kith_fail_at(err, KITH_ERR_LIMIT, unpack->name, 0, 0,
                        "%s %" G_GINT64_FORMAT "%s (the limit '%s', see 'kith limits')", what,
                        kith_limit(id), unit,
                        id == KITH_LIMIT_RATIO   ? "ratio"
                        : id == KITH_LIMIT_ENTRY ? "member"
                                                 : "archive");
}

kith_status
kith_unpack_read(kith_unpack *unpack, void *buffer, size_t size, size_t *got, kith_error *err)
{
    la_ssize_t n = 0;

    *got = 0;
    if (unpack->entry != NULL) {
        while ((n = lib()->archive_read_data(unpack->archive, buffer, size)) == ARCHIVE_RETRY)
            continue;
        if (n < 0)
            return fail_reading(unpack, n, err);
    }
    unpack->unpacked += n;
    unpack->unpacked_all += n;
    *got = (size_t)n;
    return check_limits(unpack, err);
}
