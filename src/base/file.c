/*
 * Writing to disk and to streams, whole or not at all, with errors that name the thing. Knows
 * nothing of what is written.
 */
#include <contplan/base.h>

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    SHOWN_PATH = 200,
    NAME_ATTEMPTS = 100,
    MOST_LINKS = 40,
    LONGEST_LINK = 4096,
    CHUNK = 64 * 1024
};

/* ---- errors -------------------------------------------------------------------------------- */

/* A path in quotes; a long one by its end, where files differ. */
static void put_path(struct cp_buf *out, const char *path)
{
    struct cp_str shown = cp_str_of(path);
    cp_buf_putc(out, '\'');
    if (shown.len > SHOWN_PATH) {
        shown = cp_str_slice(shown, shown.len - SHOWN_PATH, SHOWN_PATH);
        while (shown.len > 0 && ((unsigned char)shown.at[0] & 0xc0) == 0x80) {
            shown = cp_str_slice(shown, 1, shown.len);
        }
        cp_buf_puts(out, "\xe2\x80\xa6");
    }
    cp_printable(out, shown);
    cp_buf_putc(out, '\'');
}

static int fail(struct cp_error *error, const char *verb, const char *path, const char *reason)
{
    struct cp_buf quoted;
    cp_buf_init(&quoted);
    put_path(&quoted, path);
    cp_error_set(error, "cannot %s %s: %s", verb, quoted.at, reason);
    cp_buf_release(&quoted);
    return -1;
}

static int fail_errno(struct cp_error *error, const char *verb, const char *path, int number)
{
    char text[CP_ERRNO_TEXT];
    return fail(error, verb, path, cp_errno_text(text, number));
}

/* ---- whole files --------------------------------------------------------------------------- */

/* What a path leads to: the file that is replaced, behind any symbolic links. */
struct target {
    char *path; /* owned */
    bool exists;
    mode_t mode;              /* of the one that exists */
    mode_t fresh;             /* of a new one, less the umask */
    const struct cp_str *was; /* what it must still hold, or NULL */
};

static char *copy_path(const char *path)
{
    size_t size = strlen(path) + 1;
    return memcpy(cp_alloc(size), path, size);
}

/* Puts what the link `path` says into `*out`, seen from where `path` is seen. False with errno. */
static bool read_link(char **out, const char *path)
{
    char text[LONGEST_LINK];
    ssize_t len = readlink(path, text, sizeof text);
    if (len < 0 || (size_t)len == sizeof text) {
        errno = len < 0 ? errno : ENAMETOOLONG;
        return false;
    }
    const char *slash = strrchr(path, '/');
    size_t folder = slash && text[0] != '/' ? (size_t)(slash - path) + 1 : 0;
    char *led_to = cp_alloc(folder + (size_t)len + 1);
    memcpy(led_to, path, folder);
    memcpy(led_to + folder, text, (size_t)len);
    led_to[folder + (size_t)len] = '\0';
    *out = led_to;
    return true;
}

/* A link stays a link: what it leads to is replaced. */
static int follow_links(struct target *out, const char *path, struct stat *found,
                        struct cp_error *error)
{
    for (int i = 0; S_ISLNK(found->st_mode); i++) {
        char *led_to;
        if (i == MOST_LINKS) {
            return fail_errno(error, "write", path, ELOOP);
        }
        if (!read_link(&led_to, out->path)) {
            return fail_errno(error, "write", path, errno);
        }
        free(out->path);
        out->path = led_to;
        if (lstat(led_to, found) != 0) {
            return errno == ENOENT ? fail(error, "write", path,
                                          "it is a symbolic link to something that does not exist")
                                   : fail_errno(error, "write", path, errno);
        }
    }
    return 0;
}

static int find_target(struct target *out, const char *path, struct cp_error *error)
{
    struct stat found;
    *out = (struct target){.path = copy_path(path), .fresh = 0666};
    if (lstat(path, &found) != 0) {
        return errno == ENOENT ? 0 : fail_errno(error, "write", path, errno);
    }
    if (follow_links(out, path, &found, error) != 0) {
        return -1;
    }
    if (!S_ISREG(found.st_mode)) {
        return fail(error, "write", path,
                    S_ISDIR(found.st_mode) ? "it is a folder" : "it is not a regular file");
    }
    out->exists = true;
    out->mode = found.st_mode & 0777;
    return 0;
}

/* A new name would go over a file that was protected from being written: that is for its owner to
 * lift. */
static bool is_protected(const struct target *target)
{
    return target->exists && access(target->path, W_OK) != 0;
}

/* Whether reading `fd` to its end gives exactly `bytes`. */
static bool has_bytes(int fd, struct cp_str bytes)
{
    char *chunk = cp_alloc(CHUNK);
    ssize_t got;
    while ((got = read(fd, chunk, CHUNK)) > 0) {
        size_t len = (size_t)got;
        if (!cp_str_is_equal(cp_str_slice(bytes, 0, len), (struct cp_str){chunk, len})) {
            break;
        }
        bytes = cp_str_slice(bytes, len, bytes.len);
    }
    free(chunk);
    return got == 0 && bytes.len == 0;
}

/* A file that cannot be read is not known to be equal. */
static bool holds(const struct target *target, struct cp_str bytes)
{
    struct stat found;
    if (!target->exists || stat(target->path, &found) != 0 ||
        (uintmax_t)found.st_size != bytes.len) {
        return false;
    }
    int fd = open(target->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        return false;
    }
    bool is_equal = has_bytes(fd, bytes);
    close(fd);
    return is_equal;
}

/* Creates a file with a name of its own beside the target. Not mkstemp(): a new file's mode is then
 * the umask's business, which cannot be read without changing it for all threads. */
static int open_temporary(struct cp_buf *name, const struct target *target)
{
    static atomic_uint counter;
    const char *slash = strrchr(target->path, '/');
    size_t folder = slash ? (size_t)(slash - target->path) + 1 : 0;
    mode_t mode = target->exists ? 0600 : target->fresh;
    int fd = -1;
    for (int i = 0; i < NAME_ATTEMPTS; i++) {
        cp_buf_clear(name);
        cp_buf_put(name, (struct cp_str){target->path, folder});
        cp_buf_printf(name, ".contplan-%ld-%u", (long)getpid(), atomic_fetch_add(&counter, 1));
        fd = open(name->at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (fd >= 0 || errno != EEXIST) {
            break;
        }
    }
    return fd;
}

static bool write_all(int fd, struct cp_str bytes)
{
    while (bytes.len > 0) {
        ssize_t written = write(fd, bytes.at, bytes.len);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        bytes = cp_str_slice(bytes, written < 0 ? 0 : (size_t)written, bytes.len);
    }
    return true;
}

/* Fills the temporary file. False with errno. */
static bool fill(int fd, const struct target *target, struct cp_str bytes)
{
    bool is_written = (!target->exists || fchmod(fd, target->mode) == 0) && write_all(fd, bytes) &&
                      fsync(fd) == 0;
    int number = errno;
    if (close(fd) != 0 && is_written) {
        return false;
    }
    errno = number;
    return is_written;
}

/* Gives the temporary file the target's name, where that still holds what it must. */
static int take_name(const char *name, const struct target *target, const char *path,
                     struct cp_error *error)
{
    if (target->was && !holds(target, *target->was)) {
        return fail(error, "write", path, "somebody has changed it meanwhile; try again");
    }
    return rename(name, target->path) == 0 ? 0 : fail_errno(error, "write", path, errno);
}

static int replace(const struct target *target, const char *path, struct cp_str bytes,
                   struct cp_error *error)
{
    struct cp_buf name;
    cp_buf_init(&name);
    int result = 0;
    int fd = open_temporary(&name, target);
    if (fd < 0) {
        result = errno == ENOENT ? fail(error, "write", path, "its folder does not exist")
                                 : fail_errno(error, "write", path, errno);
    } else {
        result = fill(fd, target, bytes) ? take_name(name.at, target, path, error)
                                         : fail_errno(error, "write", path, errno);
        if (result != 0) {
            unlink(name.at);
        }
    }
    cp_buf_release(&name);
    return result;
}

static int write_to(const struct target *target, const char *path, struct cp_str bytes,
                    struct cp_error *error)
{
    if (holds(target, bytes)) {
        return 0;
    }
    return is_protected(target) ? fail_errno(error, "write", path, errno)
                                : replace(target, path, bytes, error);
}

int cp_file_write(const char *path, struct cp_str bytes, struct cp_error *error)
{
    struct target target;
    int result = find_target(&target, path, error);
    if (result == 0) {
        result = write_to(&target, path, bytes, error);
    }
    free(target.path);
    return result;
}

int cp_file_replace(const char *path, struct cp_str was, struct cp_str bytes,
                    struct cp_error *error)
{
    struct target target;
    int result = find_target(&target, path, error);
    target.was = &was;
    if (result == 0) {
        result = write_to(&target, path, bytes, error);
    }
    free(target.path);
    return result;
}

/* Whoever may read the file that exists may run it. False with errno. */
static bool allow_running(struct target *target)
{
    mode_t mode = target->mode | (target->mode & 0444) >> 2;
    target->fresh = 0777;
    if (!target->exists || mode == target->mode) {
        return true;
    }
    target->mode = mode;
    return chmod(target->path, mode) == 0;
}

int cp_program_write(const char *path, struct cp_str bytes, struct cp_error *error)
{
    struct target target;
    int result = find_target(&target, path, error);
    if (result == 0 && !allow_running(&target)) {
        result = fail_errno(error, "write", path, errno);
    }
    if (result == 0) {
        result = write_to(&target, path, bytes, error);
    }
    free(target.path);
    return result;
}

/* ---- folders and streams ------------------------------------------------------------------- */

static int make_one(const char *path, struct cp_error *error)
{
    struct stat found;
    if (mkdir(path, 0777) == 0) {
        return 0;
    }
    int number = errno;
    if (stat(path, &found) != 0) {
        return fail_errno(error, "make folder", path, number);
    }
    return S_ISDIR(found.st_mode) ? 0
                                  : fail(error, "make folder", path, "a file of that name exists");
}

int cp_folder_make(const char *path, struct cp_error *error)
{
    char *part = copy_path(path);
    int result = *part ? 0 : fail(error, "make folder", path, "it has no name");
    for (char *at = part; result == 0 && *at;) {
        at += strspn(at, "/");
        at += strcspn(at, "/");
        char end = *at;
        *at = '\0';
        result = make_one(part, error);
        *at = end;
    }
    free(part);
    return result;
}

int cp_stream_write(FILE *stream, const char *name, struct cp_str bytes, struct cp_error *error)
{
    errno = 0;
    size_t written = bytes.len > 0 ? fwrite(bytes.at, 1, bytes.len, stream) : 0;
    if (written == bytes.len && fflush(stream) == 0) {
        return 0;
    }
    char text[CP_ERRNO_TEXT];
    const char *reason =
        errno == EPIPE ? "its reader has closed the pipe" : cp_errno_text(text, errno);
    struct cp_buf shown;
    cp_buf_init(&shown);
    cp_buf_puts(&shown, "cannot write ");
    cp_printable(&shown, cp_str_of(name));
    cp_error_set(error, "%s: %s", shown.at, reason);
    cp_buf_release(&shown);
    return -1;
}
