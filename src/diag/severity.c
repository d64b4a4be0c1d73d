/* The names of severities, both ways, and of how far fixes go. */
#include <contplan/diag.h>

static const char *const names[] = {
    [CP_OFF] = "off",
    [CP_INFO] = "info",
    [CP_WARNING] = "warning",
    [CP_ERROR] = "error",
};

const char *cp_severity_name(enum cp_severity severity)
{
    return names[severity];
}

bool cp_severity_parse(enum cp_severity *out, struct cp_str name)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (cp_str_is(name, names[i])) {
            *out = (enum cp_severity)i;
            return true;
        }
    }
    return false;
}

const char *cp_fixable_name(enum cp_fixable fixable)
{
    static const char *const fixables[] = {"none", "safe", "unsafe"};
    return fixables[fixable];
}

const char *cp_fixable_words(enum cp_fixable fixable)
{
    return fixable == CP_FIX_SAFE
               ? "Where there is no doubt, `contplan validate --fix` mends it."
               : "Where it can be done, `contplan validate --fix --unsafe-fixes` mends it, for "
                 "somebody to look at.";
}
