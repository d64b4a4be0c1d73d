/* Whether two sources hold the same at a path. */
#include <contplan/source.h>

/* Compared byte by byte up to here; a longer file counts as changed. */
static const size_t max_compared = (size_t)16 << 20;

/* The next byte of a text whose CRLF are LF; -1 at its end. */
static int next_byte(struct cp_str text, size_t *at)
{
    if (*at + 1 < text.len && text.at[*at] == '\r' && text.at[*at + 1] == '\n') {
        (*at)++;
    }
    return *at < text.len ? (unsigned char)text.at[(*at)++] : -1;
}

static bool is_same_text(struct cp_str a, struct cp_str b)
{
    size_t in_a = 0;
    size_t in_b = 0;
    int left;
    do {
        left = next_byte(a, &in_a);
        if (left != next_byte(b, &in_b)) {
            return false;
        }
    } while (left >= 0);
    return true;
}

static bool is_same_file(const struct cp_source *a, const struct cp_source *b, const char *path)
{
    struct cp_buf left;
    struct cp_buf right;
    struct cp_error ignored;
    cp_buf_init(&left);
    cp_buf_init(&right);
    bool result = a->load(a, path, max_compared, &left, &ignored) == 0 &&
                  b->load(b, path, max_compared, &right, &ignored) == 0 &&
                  left.len < max_compared && right.len < max_compared &&
                  is_same_text(cp_buf_str(&left), cp_buf_str(&right));
    cp_buf_release(&left);
    cp_buf_release(&right);
    return result;
}

bool cp_source_is_same(const struct cp_source *a, const struct cp_source *b, const char *path)
{
    char left[CP_OBJECT_TEXT];
    char right[CP_OBJECT_TEXT];
    if (a->name && b->name && a->name(a, path, left) && b->name(b, path, right) &&
        cp_str_is(cp_str_of(left), right)) {
        return true;
    }
    enum cp_path_kind kind = a->kind(a, path);
    if (kind != b->kind(b, path)) {
        return false;
    }
    return kind == CP_PATH_FILE ? is_same_file(a, b, path) : kind != CP_PATH_OTHER;
}
