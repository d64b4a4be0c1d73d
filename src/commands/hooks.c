/*
 * The hook file: what it says, and how it comes and goes without a byte of anybody else's hook
 * being lost. Knows nothing of what the hook checks.
 */
#include "commands.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char hook_name[] = "pre-commit";
static const char before_name[] = "pre-commit.before-contplan";
static const char head[] = "#!/bin/sh\n# contplan hook ";

enum { HOOK_BYTES = 64 * 1024 };

struct place {
    struct run *run;
    struct cp_hooks hooks;
    const char *hook;   /* where git looks */
    const char *before; /* where a hook of somebody else's is kept */
};

/* ---- what it says ---------------------------------------------------------------------------- */

/* A word of a shell; any byte may stand in it. */
static void put_word(struct cp_buf *out, const char *word)
{
    cp_buf_putc(out, '\'');
    for (const char *at = word; *at; at++) {
        if (*at == '\'') {
            cp_buf_puts(out, "'\\'");
        }
        cp_buf_putc(out, *at);
    }
    cp_buf_putc(out, '\'');
}

/* A hook that was not allowed to run is not run now either. */
static const char chain[] = "before=${0%/*}/pre-commit.before-contplan\n"
                            "if [ -x \"$before\" ]; then\n"
                            "    \"$before\" \"$@\" || exit\n"
                            "fi\n";

/* A check that was asked for and is not made stops the commit: nobody would notice otherwise. */
static const char *const check[] = {
    "command -v \"$program\" >/dev/null || program=contplan",
    "if ! command -v \"$program\" >/dev/null; then",
    "    say() { printf 'contplan: %s\\n' \"$1\" >&2; }",
    "    say 'the plans cannot be checked: the program is neither where it was nor on the PATH'",
    "    say \"install it and run contplan hook install; or to do without, $without\"",
    "    say 'git commit --no-verify commits without this check'",
    "    exit 1",
    "fi",
    "exec \"$program\" hook run",
};

static void put_body(struct cp_buf *out, const char *program, bool is_chained)
{
    cp_buf_puts(out, "# Checks the plans that a commit changes. Written by contplan hook install; "
                     "contplan hook\n# uninstall takes it out again.\n");
    cp_buf_puts(out, is_chained ? chain : "");
    cp_buf_puts(out, is_chained ? "without=\"mv '$before' '$0'\"\n" : "without=\"rm '$0'\"\n");
    cp_buf_puts(out, "program=");
    put_word(out, program);
    cp_buf_putc(out, '\n');
    for (size_t i = 0; i < sizeof check / sizeof check[0]; i++) {
        cp_buf_printf(out, "%s\n", check[i]);
    }
}

/* With the fingerprint of what follows its line, by which a hook that somebody changed is known. */
static void put_hook(struct cp_buf *out, const char *program, bool is_chained)
{
    char print[CP_SHA256_TEXT];
    struct cp_buf body;
    cp_buf_init(&body);
    put_body(&body, program, is_chained);
    cp_sha256(print, cp_buf_str(&body));
    cp_buf_printf(out, "%s%s\n", head, print);
    cp_buf_put(out, cp_buf_str(&body));
    cp_buf_release(&body);
}

/* ---- what is there --------------------------------------------------------------------------- */

enum found { FOUND_NOTHING, FOUND_OWN, FOUND_CHANGED, FOUND_OTHER, FOUND_NO_FILE };

static bool is_there(const char *path)
{
    struct stat found;
    return lstat(path, &found) == 0;
}

static enum found judge(struct cp_str text)
{
    char print[CP_SHA256_TEXT];
    size_t start = sizeof head - 1;
    if (!cp_str_has_prefix(text, head)) {
        return FOUND_OTHER;
    }
    struct cp_str stated = cp_str_slice(text, start, CP_SHA256_TEXT - 1);
    cp_sha256(print, cp_str_slice(text, start + CP_SHA256_TEXT, SIZE_MAX));
    return cp_str_is(stated, print) ? FOUND_OWN : FOUND_CHANGED;
}

/* A link is somebody else's, wherever it leads. */
static enum found look(const char *path)
{
    struct stat found;
    struct cp_buf text;
    struct cp_error ignored;
    if (lstat(path, &found) != 0) {
        return FOUND_NOTHING;
    }
    if (S_ISLNK(found.st_mode)) {
        return FOUND_OTHER;
    }
    if (!S_ISREG(found.st_mode)) {
        return FOUND_NO_FILE;
    }
    cp_buf_init(&text);
    int result = cp_source_folder.load(&cp_source_folder, path, HOOK_BYTES, &text, &ignored);
    enum found kind = result == 0 ? judge(cp_buf_str(&text)) : FOUND_OTHER;
    cp_buf_release(&text);
    return kind;
}

static const char *shown(const struct place *place, const char *path)
{
    return quoted(cp_path_normal(&place->run->arena, place->run->here, path));
}

static int refuse_errno(const struct place *place, const char *verb, const char *path)
{
    say("cannot %s %s: %s", verb, shown(place, path), strerror(errno));
    return CP_STATUS_WORLD;
}

static int find_place(struct place *out, struct run *run)
{
    struct cp_error error;
    *out = (struct place){.run = run};
    if (cp_repository_hooks(&out->hooks, run->repository, &run->arena, &error) != 0) {
        say("%s", error.text);
        return CP_STATUS_WORLD;
    }
    out->hook = cp_path_join(&run->arena, out->hooks.folder, hook_name);
    out->before = cp_path_join(&run->arena, out->hooks.folder, before_name);
    return CP_STATUS_CLEAN;
}

/* ---- install --------------------------------------------------------------------------------- */

static int refuse(const struct place *place, const char *path, const char *why)
{
    say("%s %s; nothing was changed", shown(place, path), why);
    return CP_STATUS_FINDINGS;
}

/* Why no hook of ours can stand there; CLEAN where one can. */
static int check_place(const struct place *place, enum found found)
{
    enum cp_path_kind kind = cp_source_folder.kind(&cp_source_folder, place->hooks.folder);
    if (cp_str_has_suffix(cp_str_of(place->hooks.folder), "/.husky/_")) {
        return refuse(place, place->hooks.folder,
                      "is written by husky; put the line 'contplan hook run' into the file "
                      ".husky/pre-commit instead");
    }
    if (kind != CP_PATH_FOLDER && kind != CP_PATH_MISSING) {
        return refuse(place, place->hooks.folder,
                      place->hooks.is_set
                          ? "is what core.hooksPath says, and no folder, so git runs no hooks; git "
                            "config --unset core.hooksPath lets it"
                          : "is where git looks for hooks, and no folder; move it away");
    }
    if (place->hooks.place == CP_HOOKS_TREE &&
        leads_out(&place->run->arena, place->hooks.folder,
                  cp_repository_root(place->run->repository))) {
        return refuse(place, place->hooks.folder,
                      "leads out of the work tree by a symbolic link, which may have been "
                      "committed; let core.hooksPath name the folder itself");
    }
    if (found == FOUND_NO_FILE) {
        return refuse(place, place->hook, "is no file, so no hook can stand there; move it away");
    }
    if (found == FOUND_CHANGED) {
        return refuse(place, place->hook,
                      "was written by contplan and changed since; remove it, or keep it as it is");
    }
    if (look(place->before) == FOUND_NO_FILE) {
        return refuse(place, place->before,
                      "is no file, so no hook can be kept there; move it away");
    }
    if (found == FOUND_OTHER && is_there(place->before)) {
        return refuse(place, place->before,
                      "is there already, where the hook that git runs now would be kept; move one "
                      "of them away");
    }
    return CP_STATUS_CLEAN;
}

static void say_place(const struct place *place)
{
    if (place->hooks.place == CP_HOOKS_TREE) {
        say("core.hooksPath leads into the work tree: the hook can be committed, and then runs for "
            "everyone who sets it so");
    }
    if (place->hooks.place == CP_HOOKS_ELSEWHERE) {
        say("core.hooksPath leads out of this repository: the hook runs for all repositories that "
            "use it");
    }
}

static void say_installed(const struct place *place)
{
    say("git checks plans before each commit, by %s", shown(place, place->hook));
    if (is_there(place->before)) {
        say("the hook that was there is now %s, and runs first", shown(place, place->before));
    }
    say_place(place);
}

static int write_hook(const struct place *place, const char *program)
{
    struct cp_error error;
    struct cp_buf text;
    cp_buf_init(&text);
    put_hook(&text, program, is_there(place->before));
    int result = cp_program_write(place->hook, cp_buf_str(&text), &error);
    if (result != 0) {
        say("%s", error.text);
    }
    cp_buf_release(&text);
    return result == 0 ? CP_STATUS_CLEAN : CP_STATUS_WORLD;
}

static int install_new(const struct place *place, const char *program, bool is_kept)
{
    struct cp_error error;
    if (cp_folder_make(place->hooks.folder, &error) != 0) {
        return say_failure(&error);
    }
    if (is_kept && rename(place->hook, place->before) != 0) {
        return refuse_errno(place, "move", place->hook);
    }
    int status = write_hook(place, program);
    if (status == CP_STATUS_CLEAN) {
        say_installed(place);
    } else if (is_kept && rename(place->before, place->hook) != 0) {
        refuse_errno(place, "move back", place->before);
    }
    return status;
}

int hook_install(struct run *run, const char *program)
{
    struct place place;
    int status = find_place(&place, run);
    if (status != CP_STATUS_CLEAN) {
        return status;
    }
    enum found found = look(place.hook);
    status = check_place(&place, found);
    if (status != CP_STATUS_CLEAN) {
        return status;
    }
    if (found != FOUND_OWN) {
        return install_new(&place, program, found == FOUND_OTHER);
    }
    status = write_hook(&place, program);
    if (status == CP_STATUS_CLEAN) {
        say("%s is there already, and calls %s", shown(&place, place.hook), quoted(program));
    }
    return status;
}

/* ---- uninstall ------------------------------------------------------------------------------- */

static int bring_back(const struct place *place)
{
    if (rename(place->before, place->hook) != 0) {
        return refuse_errno(place, "move back", place->before);
    }
    say("git no longer checks plans; %s is what it was before", shown(place, place->hook));
    return CP_STATUS_CLEAN;
}

static int take_out(const struct place *place)
{
    if (is_there(place->before)) {
        return bring_back(place);
    }
    if (unlink(place->hook) != 0) {
        return refuse_errno(place, "remove", place->hook);
    }
    say("git no longer checks plans; %s is removed", shown(place, place->hook));
    return CP_STATUS_CLEAN;
}

/* The hook is gone, or somebody else's: one that was kept is run by nobody. */
static int find_nothing(const struct place *place, bool is_gone)
{
    bool is_kept = is_there(place->before);
    if (is_kept && is_gone) {
        return bring_back(place);
    }
    say("there is no hook of contplan's at %s; nothing was changed", shown(place, place->hook));
    if (is_kept) {
        say("the hook that was there before contplan's is %s, and git does not run it",
            shown(place, place->before));
    }
    return CP_STATUS_CLEAN;
}

int hook_uninstall(struct run *run)
{
    struct place place;
    int status = find_place(&place, run);
    if (status != CP_STATUS_CLEAN) {
        return status;
    }
    switch (look(place.hook)) {
    case FOUND_OWN:
        return take_out(&place);
    case FOUND_CHANGED:
        return refuse(&place, place.hook,
                      "was changed after contplan had written it; remove it by hand, and run "
                      "contplan hook uninstall again");
    case FOUND_NOTHING:
        return find_nothing(&place, true);
    case FOUND_OTHER:
    case FOUND_NO_FILE:
        break;
    }
    return find_nothing(&place, false);
}
