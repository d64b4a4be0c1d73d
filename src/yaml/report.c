/*
 * Findings about a node: at its value or beside it, with its path, and one at most where the file
 * itself is at fault. Knows no rule but by its code's group.
 */
#include <contplan/yaml.h>

#include <string.h>

static struct cp_diagnostic *report(struct cp_diags *diags, const struct cp_rule *rule,
                                    struct cp_node *node, struct cp_place place, const char *format,
                                    va_list args) __attribute__((format(printf, 5, 0)));

static struct cp_diagnostic *report(struct cp_diags *diags, const struct cp_rule *rule,
                                    struct cp_node *node, struct cp_place place, const char *format,
                                    va_list args)
{
    /* What a muted list looks at was judged before, and is left as it is; so are the nodes of a
     * file that several workers look at: not even what stands there is written again. */
    if (node->is_broken || diags->is_muted) {
        return NULL;
    }
    if (diags->is_tally) {
        return cp_diags_add(diags, rule, place, (struct cp_str){0}, "%s", "");
    }
    if (!node->file->is_shared && strncmp(rule->code, "CP0", 3) == 0) {
        node->is_broken = true;
    }
    struct cp_buf path;
    cp_buf_init(&path);
    cp_node_path(&path, node);
    struct cp_str message = cp_arena_vprintf(&diags->arena, format, args);
    struct cp_diagnostic *found =
        cp_diags_add(diags, rule, place, cp_buf_str(&path), "%s", message.at);
    cp_buf_release(&path);
    return found;
}

struct cp_diagnostic *cp_node_report(struct cp_diags *diags, const struct cp_rule *rule,
                                     struct cp_node *node, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct cp_diagnostic *found = report(diags, rule, node, cp_node_place(node), format, args);
    va_end(args);
    return found;
}

struct cp_diagnostic *cp_node_report_at(struct cp_diags *diags, const struct cp_rule *rule,
                                        struct cp_node *node, struct cp_place place,
                                        const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct cp_diagnostic *found = report(diags, rule, node, place, format, args);
    va_end(args);
    return found;
}
