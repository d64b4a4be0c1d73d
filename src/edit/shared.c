/*
 * Sections that all of several plans state alike, as a portfolio file's defaults to be considered.
 * Compares values, not bytes; changes no plan.
 */
#include "parsed.h"

#include <contplan/edit.h>

#include <string.h>

/* A review is of one plan. */
static bool is_shareable(const struct cp_field *field, const struct cp_node *section)
{
    return field->type == CP_TYPE_OBJECT && !field->is_list && strcmp(field->key, "review") != 0 &&
           section && section->kind == CP_NODE_MAPPING && section->count > 0 &&
           !cp_node_find(section, "unknown");
}

/* From the start of the key's line to the end of the last. */
static struct cp_str lines_of(struct cp_str plan, const struct cp_node *section)
{
    size_t from = section->key->span.offset;
    size_t to = section->span.offset + section->span.length;
    while (to < plan.len && plan.at[to] != '\n') {
        to++;
    }
    return cp_str_slice(plan, from, to - from);
}

/* Keeps of the sections those that another plan states alike. */
static size_t keep_same(struct cp_shared_section *sections, size_t count,
                        const struct cp_node *first, struct cp_str plan)
{
    struct parsed other;
    size_t kept = 0;
    parsed_open(&other, plan);
    for (size_t i = 0; i < count; i++) {
        const struct cp_node *mine = cp_node_find(first, sections[i].key);
        const struct cp_node *theirs = cp_node_find(other.yaml.root, sections[i].key);
        if (theirs && parsed_is_same(mine, theirs)) {
            sections[kept++] = sections[i];
        }
    }
    parsed_close(&other);
    return kept;
}

size_t cp_shared_sections_find(struct cp_shared_section *out, const struct cp_str *plans,
                               size_t count)
{
    struct parsed first;
    size_t found = 0;
    if (count < 2) {
        return 0;
    }
    parsed_open(&first, plans[0]);
    for (size_t i = 0; i < cp_object_plan.count && found < CP_SHARED_SECTIONS; i++) {
        const struct cp_field *field = &cp_object_plan.fields[i];
        const struct cp_node *section = cp_node_find(first.yaml.root, field->key);
        if (is_shareable(field, section)) {
            out[found++] = (struct cp_shared_section){field->key, lines_of(plans[0], section)};
        }
    }
    for (size_t i = 1; i < count && found > 0; i++) {
        found = keep_same(out, found, first.yaml.root, plans[i]);
    }
    parsed_close(&first);
    return found;
}

void cp_shared_sections_put(struct cp_buf *out, const struct cp_shared_section *sections,
                            size_t count, size_t plans)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        size += sections[i].lines.len;
    }
    if (count == 0 || size > CP_YAML_BYTES / 4) {
        return;
    }
    cp_buf_printf(out,
                  "\n# Proposed defaults: what follows is the same in all %zu plans that were "
                  "imported. To state\n"
                  "# it once, take the first two characters away from each line below, and these "
                  "sections out\n"
                  "# of the plans, which then inherit them. Findings about them point here from "
                  "then on.\n"
                  "# defaults:\n",
                  plans);
    for (size_t i = 0; i < count; i++) {
        struct cp_str rest = sections[i].lines;
        struct cp_str line;
        while (cp_str_line(&line, &rest)) {
            cp_buf_printf(out, line.len > 0 ? "#   %.*s\n" : "#\n", CP_ARG(line));
        }
    }
}
