/*
 * Which profile the plans of a portfolio are held to: a shipped one by its name, or a file of the
 * user's own, with what that extends. A path in a file never leads out of the tree it stands in.
 */
#include "engine.h"

#include <string.h>

enum { MAX_EXTENDS = 8 };

/* A profile asked for by a text in a file, or (without a node) on the command line. */
struct wish {
    struct group *group;
    struct cp_str given;
    struct cp_node *node;     /* the text's; NULL: the command line's */
    const char *file;         /* in which it stands; NULL: the command line's */
    const char *root;         /* out of which no path may lead */
    const struct wish *above; /* which led here by `extends`, or NULL */
};

static const struct cp_profile *find_profile(struct cp_engine *engine, const struct wish *wish);

static struct cp_diagnostic *report(struct cp_engine *engine, const struct wish *wish,
                                    const char *what)
{
    return cp_node_report(&engine->diags, &cp_rule_bad_value, wish->node, "'%.*s' is %s, %s",
                          CP_ARG(wish->node->key->text),
                          cp_diags_quote(&engine->diags, wish->given), what);
}

static const struct cp_profile *report_unknown(struct cp_engine *engine, const struct wish *wish)
{
    const struct cp_str *names;
    size_t count = cp_profile_names(&names);
    struct cp_str nearest = cp_str_nearest(wish->given, names, count);
    struct cp_diagnostic *finding = report(engine, wish, "and there is no such profile");
    if (nearest.len > 0) {
        cp_diagnostic_help(&engine->diags, finding, "did you mean '%.*s'?", CP_ARG(nearest));
    } else {
        cp_diagnostic_help(
            &engine->diags, finding,
            "write baseline, iso22301, nist-800-34 or dora; or the path of a profile "
            "of your own, which has a slash or ends in .yaml");
    }
    return NULL;
}

/* ---- files ----------------------------------------------------------------------------------- */

static const char *absolute(struct cp_engine *engine, const char *path)
{
    const char *here = engine->request->here;
    return cp_path_absolute(&engine->arena, here ? here : "/", path);
}

static bool is_below(struct cp_engine *engine, const char *path, const char *folder)
{
    return cp_path_is_below(absolute(engine, path), absolute(engine, folder));
}

/* So that one file has one name, however it is reached. */
static const char *normal(struct cp_engine *engine, const char *path)
{
    const char *here = engine->request->here;
    return here ? cp_path_normal(&engine->arena, here, path) : cp_path_clean(&engine->arena, path);
}

/* The path of the file; NULL, with a finding, where it leads out. */
static const char *path_of(struct cp_engine *engine, const struct wish *wish)
{
    const char *given = cp_arena_copy(&engine->arena, wish->given).at;
    if (!wish->file) {
        return normal(engine, given);
    }
    const char *path = normal(
        engine, cp_path_join(&engine->arena, cp_path_parent(&engine->arena, wish->file), given));
    if (*given != '/' && is_below(engine, path, wish->root) &&
        engine->source->is_inside(engine->source, path, wish->root)) {
        return path;
    }
    struct cp_diagnostic *finding = report(engine, wish, "which leads out of the tree of plans");
    cp_diagnostic_help(&engine->diags, finding,
                       "write the path of a file that lies in that tree, "
                       "relative to this one");
    return NULL;
}

/* What the profiles that a profile of the command line extends must not lead out of. */
static const char *root_of(struct cp_engine *engine, const struct wish *wish, const char *path)
{
    const char *folder = wish->group->folder;
    return is_below(engine, path, folder) ? folder : cp_path_parent(&engine->arena, path);
}

static const struct cp_profile *parent_of(struct cp_engine *engine, const struct wish *wish,
                                          const char *path, const struct cp_text *extends)
{
    struct wish parent = *wish;
    if (!cp_leaf_is_set(&extends->leaf)) {
        return NULL;
    }
    parent.given = extends->text;
    parent.node = extends->leaf.node;
    parent.root = wish->file ? wish->root : root_of(engine, wish, path);
    parent.file = path;
    parent.above = wish;
    return find_profile(engine, &parent);
}

/* Whether the file is extended by itself, or by too many others one after another. */
static bool is_endless(const struct wish *wish, const char *path)
{
    unsigned depth = 0;
    for (const struct wish *at = wish; at && at->file; at = at->above) {
        if (strcmp(at->file, path) == 0 || ++depth > MAX_EXTENDS) {
            return true;
        }
    }
    return false;
}

static void report_endless(struct cp_engine *engine, const struct wish *wish)
{
    struct cp_diagnostic *finding =
        report(engine, wish, "and so on: the profiles extend one another too often to be followed");
    cp_diagnostic_help(&engine->diags, finding,
                       "let one of them extend a shipped profile; no more than %d files follow one "
                       "another",
                       MAX_EXTENDS);
}

static struct profile_file *add_file(struct cp_engine *engine, const struct wish *wish,
                                     const char *path)
{
    struct profile_file *file = cp_arena_alloc(&engine->arena, sizeof *file);
    *(struct profile_file **)cp_list_push(&engine->profile_files, sizeof file) = file;
    file->group = wish->group;
    cp_file_init(&file->file, path);
    return file;
}

static const struct cp_profile *decode(struct cp_engine *engine, const struct wish *wish,
                                       const char *path, struct cp_str bytes)
{
    struct cp_yaml yaml;
    struct cp_text extends;
    struct cp_profile *profile = cp_arena_alloc(&engine->arena, sizeof *profile);
    struct profile_file *file = add_file(engine, wish, path);
    cp_file_set(&file->file, bytes);
    cp_diags_begin_file(&engine->diags, UINT32_MAX);
    cp_yaml_parse(&yaml, &engine->arena, &file->file, &engine->diags);
    cp_yaml_check_swallowed(&yaml, &engine->diags);
    cp_rules_check_source(&yaml, &engine->diags);
    cp_profile_decode(profile, &extends, cp_path_stem(path), &yaml, &engine->arena, &engine->diags);
    profile->extends = parent_of(engine, wish, path, &extends);
    cp_diags_resolve(&engine->diags);
    cp_file_drop(&file->file);
    file->file.is_shared = true;
    return profile;
}

static const struct cp_profile *load(struct cp_engine *engine, const struct wish *wish,
                                     const char *path)
{
    struct cp_error error;
    struct cp_buf bytes;
    const struct cp_profile *profile = NULL;
    cp_buf_init(&bytes);
    if (engine->source->load(engine->source, path, CP_YAML_BYTES + 1, &bytes, &error) == 0) {
        profile = decode(engine, wish, path, cp_buf_str(&bytes));
    } else if (wish->node) {
        struct cp_diagnostic *finding = report(engine, wish, "which cannot be read");
        cp_diagnostic_help(&engine->diags, finding, "%s", error.text);
    } else {
        engine_fail(engine, "%s", error.text);
    }
    cp_buf_release(&bytes);
    return profile;
}

static const struct cp_profile *find_profile(struct cp_engine *engine, const struct wish *wish)
{
    if (!cp_profile_is_path(wish->given)) {
        const struct cp_profile *profile = cp_profile_find(wish->given);
        return profile || !wish->node ? profile : report_unknown(engine, wish);
    }
    const char *path = path_of(engine, wish);
    if (path && is_endless(wish, path)) {
        report_endless(engine, wish);
        return NULL;
    }
    return path ? load(engine, wish, path) : NULL;
}

/* ---- of a portfolio -------------------------------------------------------------------------- */

/* The profile, or what stands in for it, baseline; `*is_bad` where something is wrong with it. */
static const struct cp_profile *find_whole(struct cp_engine *engine, const struct wish *wish,
                                           bool *is_bad)
{
    size_t before = engine->diags.items.count;
    const struct cp_profile *profile = find_profile(engine, wish);
    *is_bad = !profile;
    for (size_t i = before; i < engine->diags.items.count; i++) {
        *is_bad = *is_bad || engine->diags.items.items[i]->severity == CP_ERROR;
    }
    return profile ? profile : cp_profile_find(CP_STR("baseline"));
}

/* The command line's profile is the same for all portfolios, and read once. */
static const struct cp_profile *requested(struct cp_engine *engine, struct group *group)
{
    if (!engine->profile) {
        struct wish wish = {.group = group, .given = cp_str_of(engine->request->profile)};
        engine->profile = find_whole(engine, &wish, &engine->has_bad_profile);
    }
    return engine->profile;
}

void load_profile(struct cp_engine *engine, struct group *group)
{
    const struct cp_text *stated = &group->portfolio.config.profile;
    if (engine->request->profile) {
        group->profile = requested(engine, group);
    } else if (cp_leaf_is_set(&stated->leaf)) {
        struct wish wish = {.group = group,
                            .given = stated->text,
                            .node = stated->leaf.node,
                            .file = group->config_path,
                            .root = group->folder};
        group->profile = find_whole(engine, &wish, &group->has_bad_profile);
    } else {
        group->profile = cp_profile_find(CP_STR("baseline"));
    }
}
