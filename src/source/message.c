/* What is said when git's objects cannot be read; everything is made printable here. */
#include "git.h"

#include <string.h>

const char git_deepen[] = "this is a shallow clone, whose history ends early: run git fetch "
                          "--unshallow (in CI, check out with depth 0)";

const char *git_reason(struct cp_arena *arena)
{
    const git_error *last = git_error_last();
    return last && last->message ? cp_printable_in(arena, cp_str_of(last->message))
                                 : "git gives no reason";
}

const char *git_shell_word(struct cp_arena *arena, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789_./@%+=:,-";
    struct cp_buf out;
    if (word[strspn(word, plain)] == '\0') {
        return word;
    }
    cp_buf_init(&out);
    cp_buf_putc(&out, '\'');
    for (const char *at = word; *at; at++) {
        if (*at == '\'') {
            cp_buf_puts(&out, "'\\'");
        }
        cp_buf_putc(&out, *at);
    }
    cp_buf_putc(&out, '\'');
    const char *result = cp_printable_in(arena, cp_buf_str(&out));
    cp_buf_release(&out);
    return result;
}

int git_fail_object(struct cp_error *error, const struct cp_repository *repository,
                    const char *subject, const char *what, const git_oid *id, int code)
{
    struct cp_arena arena;
    char name[CP_OBJECT_TEXT];
    git_oid_tostr(name, sizeof name, id);
    cp_arena_init(&arena);
    if (code != GIT_ENOTFOUND) {
        cp_error_set(error, "cannot read %s: %s, object %s, is damaged (%s); run git fsck", subject,
                     what, name, git_reason(&arena));
    } else if (repository->is_partial) {
        cp_error_set(error,
                     "cannot read %s: this is a partial clone without %s; git cat-file -e %s "
                     "fetches it",
                     subject, what, name);
    } else {
        cp_error_set(error,
                     "cannot read %s: %s, object %s, is missing from the repository; run git fsck",
                     subject, what, name);
    }
    cp_arena_release(&arena);
    return -1;
}
