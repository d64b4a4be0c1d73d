/* Files of a repository as bytes in memory. Waits for none: a FIFO in its place is no file. */
#include "git.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static void map(struct git_mapping *out, int fd)
{
    struct stat status;
    out->is_odd = fstat(fd, &status) != 0 || !S_ISREG(status.st_mode);
    if (!out->is_odd && status.st_size > 0) {
        void *at = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        out->is_odd = at == MAP_FAILED;
        out->at = out->is_odd ? NULL : at;
        out->size = out->is_odd ? 0 : (size_t)status.st_size;
    }
}

struct git_mapping git_mapping_open(const char *path)
{
    struct git_mapping result = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd >= 0) {
        map(&result, fd);
        close(fd);
    } else {
        result.is_odd = errno != ENOENT && errno != ENOTDIR;
    }
    return result;
}

void git_mapping_close(const struct git_mapping *mapping)
{
    if (mapping->at) {
        munmap((void *)(uintptr_t)mapping->at, mapping->size);
    }
}
