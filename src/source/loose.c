/*
 * Objects that have a file each. libgit2 1.5 never comes back from one that ends too early, as a
 * full disk leaves them; so they are read here, to the end of their stream or not at all.
 */
#include "git.h"

#include <git2/sys/odb_backend.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* As libgit2's own for packs: before the one for files, of less. */
enum { PRIORITY = 2, HEADER = 64, NAME = GIT_OID_HEXSZ };
static const size_t max_bytes = (size_t)64 << 20;

struct backend {
    git_odb_backend base;
    const struct cp_repository *repository;
};

/* One object on its way. */
struct object {
    struct git_mapping file;
    z_stream stream;
    unsigned char head[HEADER]; /* what the stream begins with */
    size_t head_bytes;
    size_t start; /* of the content in `head` */
    git_object_t type;
    size_t size;
};

static int damaged(const char *why)
{
    git_error_set_str(GIT_ERROR_ODB, why);
    return GIT_ERROR;
}

/* ---- opening --------------------------------------------------------------------------------- */

/* "blob 1234" and a NUL. */
static bool read_head(struct object *out)
{
    const unsigned char *end = memchr(out->head, '\0', out->head_bytes);
    const unsigned char *blank = end ? memchr(out->head, ' ', (size_t)(end - out->head)) : NULL;
    if (!blank || blank + 1 == end || end - blank > 19) {
        return false;
    }
    char type[HEADER] = {0};
    memcpy(type, out->head, (size_t)(blank - out->head));
    out->type = git_object_string2type(type);
    out->start = (size_t)(end - out->head) + 1;
    for (const unsigned char *at = blank + 1; at < end; at++) {
        if (*at < '0' || *at > '9') {
            return false;
        }
        out->size = out->size * 10 + (size_t)(*at - '0');
    }
    return out->type == GIT_OBJECT_COMMIT || out->type == GIT_OBJECT_TREE ||
           out->type == GIT_OBJECT_BLOB || out->type == GIT_OBJECT_TAG;
}

static int begin(struct object *out)
{
    if (inflateInit(&out->stream) != Z_OK) {
        return damaged("zlib has no memory");
    }
    out->stream.next_in = (unsigned char *)(uintptr_t)out->file.at;
    out->stream.avail_in = (unsigned)out->file.size;
    out->stream.next_out = out->head;
    out->stream.avail_out = sizeof out->head;
    int code = inflate(&out->stream, Z_NO_FLUSH);
    out->head_bytes = sizeof out->head - out->stream.avail_out;
    if ((code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) || !read_head(out)) {
        return damaged("its file does not begin as an object's does");
    }
    return 0;
}

static void object_close(struct object *object)
{
    inflateEnd(&object->stream);
    git_mapping_close(&object->file);
}

/* In the first folder that has it; GIT_ENOTFOUND where none does. The caller closes it. */
static int object_open(struct object *out, const struct backend *backend, const git_oid *id)
{
    const struct cp_repository *repository = backend->repository;
    char name[NAME + 1];
    struct cp_buf path;
    *out = (struct object){0};
    git_oid_tostr(name, sizeof name, id);
    cp_buf_init(&path);
    for (size_t i = 0; i < repository->loose.count && !out->file.at && !out->file.is_odd; i++) {
        cp_buf_clear(&path);
        cp_buf_printf(&path, "%s/%.2s/%s", repository->loose.items[i], name, name + 2);
        out->file = git_mapping_open(path.at);
    }
    cp_buf_release(&path);
    if (out->file.is_odd) {
        return damaged("its file cannot be read");
    }
    if (out->file.size > max_bytes) {
        return damaged("its file is larger than 64 MiB");
    }
    return out->file.at ? begin(out) : GIT_ENOTFOUND;
}

/* ---- reading --------------------------------------------------------------------------------- */

/* `data` has room for one byte more than the object. */
static int inflate_all(struct object *object, unsigned char *data)
{
    size_t known = object->head_bytes - object->start;
    if (known > object->size) {
        return damaged("its file holds more than it says");
    }
    memcpy(data, object->head + object->start, known);
    object->stream.next_out = data + known;
    object->stream.avail_out = (unsigned)(object->size - known + 1);
    int code = inflate(&object->stream, Z_FINISH);
    if (object->stream.avail_out == 0) {
        return damaged("its file holds more than it says");
    }
    if (code != Z_STREAM_END || object->stream.avail_out != 1) {
        return damaged("its file ends too early, or is not what zlib wrote");
    }
    data[object->size] = '\0';
    return 0;
}

static int read_content(void **data, struct object *object, git_odb_backend *base)
{
    if (object->size > max_bytes) {
        return damaged("it is larger than 64 MiB");
    }
    *data = git_odb_backend_data_alloc(base, object->size + 1);
    if (!*data) {
        return damaged("there is no memory for it");
    }
    int code = inflate_all(object, *data);
    if (code != 0) {
        git_odb_backend_data_free(base, *data);
        *data = NULL;
    }
    return code;
}

static int read_object(void **data, size_t *size, git_object_t *type, git_odb_backend *base,
                       const git_oid *id)
{
    struct object object;
    int code = object_open(&object, (const struct backend *)(const void *)base, id);
    if (code == 0) {
        code = read_content(data, &object, base);
    }
    *size = object.size;
    *type = object.type;
    object_close(&object);
    return code;
}

static int read_header(size_t *size, git_object_t *type, git_odb_backend *base, const git_oid *id)
{
    struct object object;
    int code = object_open(&object, (const struct backend *)(const void *)base, id);
    *size = object.size;
    *type = object.type;
    object_close(&object);
    return code;
}

/* ---- by the first of its digits -------------------------------------------------------------- */

struct search {
    char prefix[NAME + 1];
    git_oid found;
    bool is_found, is_ambiguous;
};

static bool see_name(void *context, const struct cp_entry *entry)
{
    struct search *search = context;
    char name[NAME + 1];
    git_oid id;
    if (strlen(entry->name) != NAME - 2) {
        return true;
    }
    memcpy(name, search->prefix, 2);
    memcpy(name + 2, entry->name, NAME - 1);
    if (strncmp(name, search->prefix, strlen(search->prefix)) == 0 &&
        git_oid_fromstr(&id, name) == 0) {
        search->is_ambiguous =
            search->is_ambiguous || (search->is_found && !git_oid_equal(&id, &search->found));
        search->is_found = true;
        search->found = id;
    }
    return true;
}

static int read_prefix(git_oid *found, void **data, size_t *size, git_object_t *type,
                       git_odb_backend *base, const git_oid *id, size_t digits)
{
    const struct backend *backend = (const struct backend *)(const void *)base;
    struct search search = {0};
    struct cp_error ignored;
    struct cp_buf path;
    git_oid_tostr(search.prefix, digits + 1 < sizeof search.prefix ? digits + 1 : NAME + 1, id);
    cp_buf_init(&path);
    for (size_t i = 0; digits >= 2 && i < backend->repository->loose.count; i++) {
        cp_buf_clear(&path);
        cp_buf_printf(&path, "%s/%.2s", backend->repository->loose.items[i], search.prefix);
        cp_source_folder.list(&cp_source_folder, path.at, see_name, &search, &ignored);
    }
    cp_buf_release(&path);
    if (search.is_ambiguous) {
        return GIT_EAMBIGUOUS;
    }
    *found = search.found;
    return search.is_found ? read_object(data, size, type, base, &search.found) : GIT_ENOTFOUND;
}

/* ---- the backend ----------------------------------------------------------------------------- */

static void backend_free(git_odb_backend *base)
{
    free(base);
}

int git_loose_open(struct git_handle *handle, const struct cp_repository *repository)
{
    struct backend *backend = cp_alloc(sizeof *backend);
    *backend = (struct backend){.repository = repository};
    git_odb_init_backend(&backend->base, GIT_ODB_BACKEND_VERSION);
    backend->base.read = read_object;
    backend->base.read_header = read_header;
    backend->base.read_prefix = read_prefix;
    backend->base.free = backend_free;
    int code = git_odb_add_backend(handle->objects, &backend->base, PRIORITY);
    if (code != 0) {
        free(backend);
    }
    return code;
}
