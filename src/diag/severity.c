/* The names of severities, both ways. */
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
