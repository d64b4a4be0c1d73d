/*
 * Any bytes as a command and as prose: the flaws lie in the text, in order and apart from one
 * another, the mended line holds what stood around them, and the names that are found stand where
 * they are said to.
 */
#include "../../src/rules/command.h"

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

static bool is_inside(struct cp_str part, struct cp_str text)
{
    return part.len > 0 && part.at >= text.at && part.at + part.len <= text.at + text.len;
}

static void check_flaws(struct cp_str text)
{
    struct cp_flaws flaws;
    const char *end = text.at;
    cp_command_check(&flaws, text);
    require(flaws.count == 0 || (cp_command_look(text) & (CP_LOOK_ODD | CP_LOOK_OPTION)),
            "a first look suspects what is found");
    for (size_t i = 0; i < flaws.count; i++) {
        const struct cp_flaw *flaw = &flaws.items[i];
        struct cp_buf mended;
        cp_buf_init(&mended);
        require(is_inside(flaw->wrong, text) && flaw->wrong.at >= end, "flaws come in order");
        end = flaw->wrong.at + flaw->wrong.len;
        require(is_inside(flaw->wrong, cp_flaw_line(flaw, text)), "a flaw lies in its line");
        cp_flaw_describe(&mended, flaw, "'command'");
        cp_flaw_advise(&mended, flaw, &flaws, text);
        cp_buf_release(&mended);
    }
    require(flaws.count == 0 || cp_flaw_is_first(&flaws, 0), "the first is the first");
}

static void check_names(struct cp_str text)
{
    struct cp_parameter_scan scan;
    struct cp_str name;
    cp_parameter_scan_init(&scan, text);
    while (cp_parameter_next(&name, &scan)) {
        require(is_inside(name, text) && name.at > text.at && name.at[-1] == '<' &&
                    is_inside((struct cp_str){name.at, name.len + 1}, text) &&
                    name.at[name.len] == '>',
                "brackets stand around a parameter");
    }
    for (size_t at = 0; cp_code_next(&name, text, &at);) {
        require(is_inside(name, text) && name.at[-1] == '`' && name.at[name.len] == '`',
                "backticks stand around code");
    }
    for (size_t at = 0; cp_access_role_next(&name, text, &at);) {
        require(is_inside(name, text), "a role lies in the text");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cp_str text = {(const char *)data, size};
    check_flaws(text);
    check_names(text);
    return 0;
}
