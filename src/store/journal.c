/* SPDX-License-Identifier: GPL-3.0-or-later */
/* journal.c - the write-ahead log on a local file system, the rollback journal elsewhere. */
#include "store/journal.h"
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

/* As in Linux's <linux/magic.h>, which lacks the second and the third. */
#define EXT_MAGIC 0xEF53 /* ext2, ext3 and ext4 */
#define XFS_MAGIC 0x58465342
#define ZFS_MAGIC 0x2FC12FC1
#define BTRFS_MAGIC 0x9123683E
#define F2FS_MAGIC 0xF2F52010
#define TMPFS_MAGIC 0x01021994
#define OVERLAY_MAGIC 0x794C7630

#define READ_VERSION_AT 19

bool
kith_journal_type_is_local(int64_t type)
{
    switch (type) {
    case EXT_MAGIC:
    case XFS_MAGIC:
    case BTRFS_MAGIC:
    case F2FS_MAGIC:
    case ZFS_MAGIC:
    case TMPFS_MAGIC:
    case OVERLAY_MAGIC:
        return true;
    default:
        return false;
    }
}

/* The folder behind all links; NULL when there is none. @return yours */
static char *
real_folder(const char *path)
{
    char *real = realpath(path, NULL);
    char *folder = real ? g_path_get_dirname(real) : NULL;

    free(real);
    return folder;
}

bool
kith_journal_is_local(const char *path)
{
    g_autofree char *folder = real_folder(path);
    struct statfs about;

    /* f_type is a signed word on some machines: its upper half would be all ones. */
    return folder && statfs(folder, &about) == 0 &&
           kith_journal_type_is_local((int64_t)(uint32_t)about.f_type);
}

/* SQLite's header says which journal the next program is to use. */
static bool
has_log(const char *path)
{
    unsigned char head[READ_VERSION_AT + 1] = {0};
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool log =
        file >= 0 && read(file, head, sizeof head) == sizeof head && head[READ_VERSION_AT] == 2;

    if (file >= 0)
        close(file);
    return log;
}

bool
kith_journal_is_frozen(const char *path)
{
    g_autofree char *folder = real_folder(path);

    /* The file is looked into last and only when nobody here can hold it to write: closing it lets
     * go of all locks this program has on it. */
    return folder && (access(path, W_OK) != 0 || access(folder, W_OK) != 0) &&
           !kith_journal_pending(path) && has_log(path);
}

kith_status
kith_journal_prepare(kith_book *book, bool local, kith_error *err)
{
    return local ? KITH_OK : kith_sql_run(book, "PRAGMA locking_mode = EXCLUSIVE", err);
}

/* Whatever goes wrong here, the book stays with the rollback journal, which is as safe. */
static void
use_log(kith_book *book)
{
    kith_sql_wait(book, false);
    sqlite3_exec(book->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    kith_sql_wait(book, true);
}

kith_status
kith_journal_use(kith_book *book, bool local, kith_error *err)
{
    if (sqlite3_db_readonly(book->db, "main") > 0)
        return KITH_OK;
    if (local) {
        use_log(book);
        return KITH_OK;
    }
    TRY(kith_sql_run(book, "PRAGMA journal_mode = DELETE", err));
    return kith_sql_run(book, "PRAGMA locking_mode = NORMAL", err);
}

void
kith_journal_flush(kith_book *book)
{
    kith_sql_wait(book, false);
    sqlite3_wal_checkpoint_v2(book->db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    kith_sql_wait(book, true);
}

kith_status
kith_journal_empty(kith_book *book, kith_error *err)
{
    int result =
        sqlite3_wal_checkpoint_v2(book->db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

    return result == SQLITE_OK ? KITH_OK : kith_sql_fail(book, result, "write the book", err);
}

bool
kith_journal_pending(const char *path)
{
    static const char *const endings[] = {"-wal", "-journal"};
    char *real = realpath(path, NULL);
    bool pending = false;

    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *beside = g_strconcat(real ? real : path, endings[i], NULL);
        struct stat about;

        pending = pending || (stat(beside, &about) == 0 && about.st_size > 0);
    }
    free(real);
    return pending;
}
