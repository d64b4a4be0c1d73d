/*
 * Growing bytes that leave through an open stream while they are put, so that a long answer is
 * never all in memory. Knows nothing of what they mean.
 */
#include <contplan/base.h>

#include <assert.h>

enum { WORTH_WRITING = 64 * 1024 };

static void let_go(struct cp_buf *buf)
{
    struct cp_outlet *outlet = buf->outlet;
    if (!outlet->has_failed) {
        outlet->has_failed =
            cp_stream_write(outlet->stream, outlet->name, cp_buf_str(buf), &outlet->error) != 0;
    }
    cp_buf_clear(buf);
}

void cp_buf_pass(struct cp_buf *buf)
{
    if (buf->outlet && buf->len >= WORTH_WRITING) {
        let_go(buf);
    }
}

int cp_buf_finish(struct cp_buf *buf, struct cp_error *error)
{
    assert(buf->outlet);
    let_go(buf);
    if (!buf->outlet->has_failed) {
        return 0;
    }
    *error = buf->outlet->error;
    return -1;
}
