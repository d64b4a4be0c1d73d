/* A failure of the world as one sentence. Knows nothing of who shows it. */
#include <contplan/base.h>

#include <stdarg.h>
#include <string.h>

static bool is_inside_character(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* A sentence that was too long ends before a character, not inside one. */
static void end_whole(char *text, size_t len)
{
    while (len > 0 && is_inside_character(text[len])) {
        len--;
    }
    text[len] = '\0';
}

int cp_error_set(struct cp_error *error, const char *format, ...)
{
    /* One byte more than is kept shows whether the cut falls inside a character. */
    char text[sizeof error->text + 1];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    size_t len = strlen(text);
    if (len >= sizeof error->text) {
        end_whole(text, sizeof error->text - 1);
    }
    memcpy(error->text, text, strlen(text) + 1);
    return -1;
}

const char *cp_errno_text(char out[CP_ERRNO_TEXT], int number)
{
    if (strerror_r(number, out, CP_ERRNO_TEXT) != 0) {
        snprintf(out, CP_ERRNO_TEXT, "error %d", number);
    }
    return out;
}
