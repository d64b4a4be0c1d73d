/*
 * Any bytes as the file to which an entry is added: it is refused, or the file is all there with
 * lines put in at one place, but for brackets that held nothing; and then takes another entry.
 */
#include <contplan/edit.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program, so that the fuzzer keeps the input, where `holds` is false. */
static void require(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", what);
        abort();
    }
}

/* How many bytes the two have in common at the beginning. */
static size_t common_head(struct cp_str a, struct cp_str b)
{
    size_t len = 0;
    while (len < a.len && len < b.len && a.at[len] == b.at[len]) {
        len++;
    }
    return len;
}

static size_t common_tail(struct cp_str a, struct cp_str b)
{
    size_t len = 0;
    while (len < a.len && len < b.len && a.at[a.len - 1 - len] == b.at[b.len - 1 - len]) {
        len++;
    }
    return len;
}

static struct cp_str without_blanks(struct cp_str text)
{
    while (text.len > 0 && text.at[0] == ' ') {
        text = cp_str_slice(text, 1, SIZE_MAX);
    }
    return text;
}

/* Whether the file lost nothing, or a pair of brackets with blanks and the rest of its line moved
 * before the new lines. */
static bool is_kept(struct cp_str before, struct cp_str after)
{
    size_t head = common_head(before, after);
    size_t tail = common_tail(cp_str_slice(before, head, SIZE_MAX), after);
    if (head + tail == before.len) {
        return true;
    }
    struct cp_str gone = without_blanks(cp_str_slice(before, head, before.len - head - tail));
    struct cp_str inner = without_blanks(cp_str_slice(gone, 1, SIZE_MAX));
    return inner.len > 0 && strchr("[{", gone.at[0]) &&
           inner.at[0] == (gone.at[0] == '[' ? ']' : '}') &&
           memchr(gone.at, '\n', gone.len - 1) == NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct cp_str entry = {"by: Ann\non: 2026-11-23\n", 23};
    struct cp_str before = {(const char *)data, size};
    struct cp_error error;
    struct cp_buf once;
    struct cp_buf twice;
    cp_buf_init(&once);
    cp_buf_init(&twice);
    if (cp_list_append(&once, before, "review.approvals", entry, &error) == 0) {
        require(once.len >= size + entry.len - 4, "the file has grown");
        require(is_kept(before, cp_buf_str(&once)), "the file is all there");
        require(cp_list_append(&twice, cp_buf_str(&once), "review.approvals", entry, &error) == 0,
                "what was added to can be added to");
        require(is_kept(cp_buf_str(&once), cp_buf_str(&twice)), "the file is still all there");
    } else {
        require(once.len == 0 && error.text[0] != '\0', "a refusal says why");
    }
    cp_buf_release(&twice);
    cp_buf_release(&once);
    return 0;
}
