/*
 * The files on disk. Opens only regular files, without waiting for a FIFO's other end, and never
 * reads more than it is asked for.
 */
#define _DEFAULT_SOURCE /* d_type and realpath() */

#include <contplan/source.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int fail(struct cp_error *error, const char *path, const char *problem)
{
    struct cp_buf name;
    cp_buf_init(&name);
    cp_printable(&name, cp_str_of(path));
    cp_error_set(error, "cannot read %s: %s", name.at, problem);
    cp_buf_release(&name);
    return -1;
}

static int fail_errno(struct cp_error *error, const char *path)
{
    char text[CP_ERRNO_TEXT];
    return fail(error, path, cp_errno_text(text, errno));
}

/* `size`: what the system says there is; 0 where it cannot say. Once that much is read and a read
 * gave less than it was asked for, it need not be asked again. */
static int read_all(int fd, size_t limit, size_t size, struct cp_buf *out)
{
    char block[32 * 1024];
    size_t most = limit;
    while (limit > 0) {
        ssize_t got = read(fd, block, limit < sizeof block ? limit : sizeof block);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return (int)got;
        }
        cp_buf_put(out, (struct cp_str){block, (size_t)got});
        limit -= (size_t)got;
        if (size > 0 && most - limit >= size && (size_t)got < sizeof block) {
            return 0;
        }
    }
    return 0;
}

static int load(const struct cp_source *source, const char *path, size_t limit, struct cp_buf *out,
                struct cp_error *error)
{
    (void)source;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        return fail_errno(error, path);
    }
    struct stat status;
    int result = 0;
    if (fstat(fd, &status) != 0) {
        result = fail_errno(error, path);
    } else if (S_ISDIR(status.st_mode)) {
        result = fail(error, path, "it is a folder");
    } else if (!S_ISREG(status.st_mode)) {
        result = fail(error, path, "it is not a regular file");
    } else if (read_all(fd, limit, (size_t)status.st_size, out) != 0) {
        result = fail_errno(error, path);
    }
    close(fd);
    return result;
}

static enum cp_path_kind kind_of(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        return lstat(path, &status) == 0 ? CP_PATH_OTHER : CP_PATH_MISSING;
    }
    if (S_ISREG(status.st_mode)) {
        return CP_PATH_FILE;
    }
    return S_ISDIR(status.st_mode) ? CP_PATH_FOLDER : CP_PATH_OTHER;
}

static enum cp_path_kind kind(const struct cp_source *source, const char *path)
{
    (void)source;
    return kind_of(path);
}

static int is_visible(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* The directory entry's own word where it has one: a call per file less. */
static struct cp_entry entry_of(const char *folder, const struct dirent *entry)
{
    struct cp_entry result = {.name = entry->d_name, .kind = CP_PATH_FILE};
    if (entry->d_type == DT_REG) {
        return result;
    }
    struct cp_arena arena;
    cp_arena_init(&arena);
    const char *path = cp_path_join(&arena, folder, entry->d_name);
    struct stat status;
    result.kind = kind_of(path);
    result.is_link = lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
    cp_arena_release(&arena);
    return result;
}

static int list(const struct cp_source *source, const char *folder,
                bool (*each)(void *context, const struct cp_entry *entry), void *context,
                struct cp_error *error)
{
    (void)source;
    struct dirent **entries;
    int count = scandir(folder, &entries, is_visible, by_name);
    if (count < 0) {
        return fail_errno(error, folder);
    }
    bool is_wanted = true;
    for (int i = 0; i < count; i++) {
        struct cp_entry entry = entry_of(folder, entries[i]);
        is_wanted = is_wanted && each(context, &entry);
        free(entries[i]);
    }
    free(entries);
    return 0;
}

static bool is_inside(const struct cp_source *source, const char *path, const char *folder)
{
    (void)source;
    char *real_path = realpath(path, NULL);
    char *real_folder = realpath(folder, NULL);
    /* What cannot be resolved cannot be read either: opening it says why. */
    bool result = !real_path || !real_folder || cp_path_is_below(real_path, real_folder);
    free(real_path);
    free(real_folder);
    return result;
}

const struct cp_source cp_source_folder = {
    .load = load, .kind = kind, .list = list, .is_inside = is_inside};
