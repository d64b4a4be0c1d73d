/*
 * Growing bytes on the heap, always terminated once something was put. Knows nothing of what they
 * mean.
 */
#include <contplan/base.h>

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 512, MOST_PRINTED = 64 };

void cp_buf_init(struct cp_buf *buf)
{
    memset(buf, 0, sizeof *buf);
}

void cp_buf_release(struct cp_buf *buf)
{
    free(buf->at);
    cp_buf_init(buf);
}

void cp_buf_clear(struct cp_buf *buf)
{
    buf->len = 0;
    if (buf->at) {
        buf->at[0] = '\0';
    }
}

/* Room for `more` bytes and the terminator. */
static void make_room(struct cp_buf *buf, size_t more)
{
    assert(more <= SIZE_MAX / 4 && buf->len <= SIZE_MAX / 4);
    size_t needed = buf->len + more + 1;
    if (needed <= buf->capacity) {
        return;
    }
    size_t capacity = buf->capacity > 0 ? buf->capacity * 2 : FIRST_CAPACITY;
    buf->capacity = capacity > needed ? capacity : needed;
    buf->at = cp_realloc(buf->at, buf->capacity);
}

void cp_buf_put(struct cp_buf *buf, struct cp_str s)
{
    make_room(buf, s.len);
    if (s.len > 0) {
        memcpy(buf->at + buf->len, s.at, s.len);
    }
    buf->len += s.len;
    buf->at[buf->len] = '\0';
}

void cp_buf_puts(struct cp_buf *buf, const char *text)
{
    cp_buf_put(buf, cp_str_of(text));
}

void cp_buf_putc(struct cp_buf *buf, char c)
{
    cp_buf_put(buf, (struct cp_str){&c, 1});
}

void cp_buf_repeat(struct cp_buf *buf, char c, size_t times)
{
    make_room(buf, times);
    memset(buf->at + buf->len, c, times);
    buf->len += times;
    buf->at[buf->len] = '\0';
}

void cp_buf_printf(struct cp_buf *buf, const char *format, ...)
{
    va_list args;
    va_list again;
    va_start(args, format);
    va_copy(again, args);
    make_room(buf, MOST_PRINTED); /* mostly */
    size_t room = buf->capacity - buf->len;
    int printed = vsnprintf(buf->at + buf->len, room, format, args);
    va_end(args);
    assert(printed >= 0);
    size_t len = printed < 0 ? 0 : (size_t)printed;
    if (len >= room) {
        make_room(buf, len);
        vsnprintf(buf->at + buf->len, len + 1, format, again);
    }
    va_end(again);
    buf->len += len;
}

struct cp_str cp_buf_str(const struct cp_buf *buf)
{
    return (struct cp_str){buf->at, buf->len};
}
