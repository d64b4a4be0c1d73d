/* The statements of a `repo` script, one function each. */
#include "repo.h"

#include "git_case.h"

#include <check.h>
#include <stdlib.h>

struct building {
    struct git_case test;
    struct cp_arena arena;
    struct cp_str rest;  /* of the script */
    const char *word[3]; /* behind the statement's name; "" where there are fewer */
    const char *line;    /* all of them as they stand */
};

/* ---- files ----------------------------------------------------------------------------------- */

static struct cp_str text_of(struct building *in, const char *path)
{
    struct cp_error error;
    struct cp_buf bytes;
    cp_buf_init(&bytes);
    ck_assert_msg(cp_source_folder.load(&cp_source_folder,
                                        cp_path_join(&in->arena, in->test.folder, path), 1 << 20,
                                        &bytes, &error) == 0,
                  "%s", error.text);
    struct cp_str text = cp_arena_copy(&in->arena, cp_buf_str(&bytes));
    cp_buf_release(&bytes);
    return text;
}

static void write_text(struct building *in)
{
    struct cp_buf text;
    struct cp_str line;
    cp_buf_init(&text);
    while (cp_str_has_prefix(in->rest, "|")) {
        cp_str_line(&line, &in->rest);
        cp_buf_put(&text, cp_str_slice(line, 2, SIZE_MAX));
        cp_buf_putc(&text, '\n');
    }
    cp_buf_puts(&text, "");
    git_case_write(&in->test, in->line, text.at);
    cp_buf_release(&text);
}

/* Puts a file's text with the first `old` in it replaced. */
static void put_edited(struct building *in, const char *path, struct cp_str text, const char *old,
                       const char *new)
{
    struct cp_buf out;
    size_t at = cp_str_find(text, cp_str_of(old));
    ck_assert_msg(at != SIZE_MAX, "%s holds no '%s'", path, old);
    cp_buf_init(&out);
    cp_buf_put(&out, cp_str_slice(text, 0, at));
    cp_buf_puts(&out, new);
    cp_buf_put(&out, cp_str_slice(text, at + strlen(old), SIZE_MAX));
    git_case_write(&in->test, path, out.at);
    cp_buf_release(&out);
}

static void write_plan(struct building *in)
{
    struct cp_str text = text_of(in, CONTPLAN_SOURCE_DIR "/tests/golden/good/plans/good.yaml");
    put_edited(in, in->word[0], text, "id: good",
               cp_arena_printf(&in->arena, "id: %s", in->word[1]).at);
}

static void copy(struct building *in)
{
    struct cp_str command = cp_arena_printf(&in->arena, "cp -r '" CONTPLAN_SOURCE_DIR "/%s/.' '%s'",
                                            in->word[0], in->test.folder);
    ck_assert_int_eq(system(command.at), 0);
}

static void edit(struct building *in)
{
    const char *old = in->line + strlen(in->word[0]) + 1;
    const char *arrow = strstr(old, " => ");
    ck_assert_msg(arrow, "edit: no ' => ' in '%s'", in->line);
    put_edited(in, in->word[0], text_of(in, in->word[0]),
               cp_arena_copy(&in->arena, (struct cp_str){old, (size_t)(arrow - old)}).at,
               arrow + 4);
}

static void rename_file(struct building *in)
{
    struct cp_str text = text_of(in, in->word[0]);
    git_case_remove(&in->test, in->word[0]);
    git_case_write(&in->test, in->word[1], text.at);
}

static void link_file(struct building *in)
{
    git_case_link(&in->test, in->word[0], in->word[1]);
}

static void remove_file(struct building *in)
{
    git_case_remove(&in->test, in->word[0]);
}

/* ---- index ----------------------------------------------------------------------------------- */

static void stage(struct building *in)
{
    git_case_stage(&in->test, in->word[0]);
}

static void intend(struct building *in)
{
    git_case_intend(&in->test, in->word[0]);
}

static void conflict(struct building *in)
{
    git_case_conflict(&in->test, in->word[0]);
}

static void submodule(struct building *in)
{
    git_case_submodule(&in->test, in->word[0]);
}

/* ---- history --------------------------------------------------------------------------------- */

static void name_object(char out[CP_OBJECT_TEXT], struct building *in, const char *revision)
{
    git_object *object;
    ck_assert_msg(git_revparse_single(&object, in->test.git, revision) == 0, "no '%s'", revision);
    git_oid_tostr(out, CP_OBJECT_TEXT, git_object_id(object));
    git_object_free(object);
}

static void commit(struct building *in)
{
    git_case_commit(&in->test, in->line);
}

static void commit_staged(struct building *in)
{
    git_case_commit_staged(&in->test, in->line);
}

static void merge(struct building *in)
{
    struct cp_commit other;
    name_object(other.id, in, in->word[0]);
    git_case_merge(&in->test, in->line + strlen(in->word[0]) + 1, &other);
}

static void pass(struct building *in)
{
    in->test.commits += (unsigned)strtoul(in->word[0], NULL, 10);
}

static void name_author(struct building *in)
{
    struct cp_buf name;
    cp_buf_init(&name);
    for (const char *at = in->line; *at; at++) {
        bool is_escape = at[0] == '\\' && at[1] == 'e';
        cp_buf_putc(&name, is_escape ? '\x1b' : *at);
        at += is_escape;
    }
    in->test.author = cp_arena_copy(&in->arena, cp_buf_str(&name)).at;
    cp_buf_release(&name);
}

static void branch(struct building *in)
{
    struct cp_commit at;
    name_object(at.id, in, in->word[1]);
    git_case_branch(&in->test, in->word[0], &at);
}

static void switch_branch(struct building *in)
{
    git_case_switch(&in->test, in->word[0]);
}

static void add_to_git(struct building *in)
{
    struct cp_buf text;
    cp_buf_init(&text);
    for (const char *at = in->line + strlen(in->word[0]) + 1; *at; at++) {
        bool is_tab = at[0] == '\\' && at[1] == 't';
        cp_buf_putc(&text, is_tab ? '\t' : *at);
        at += is_tab;
    }
    cp_buf_putc(&text, '\n');
    git_case_append_git_file(&in->test, in->word[0], text.at);
    cp_buf_release(&text);
}

static void lose(struct building *in)
{
    char id[CP_OBJECT_TEXT];
    name_object(id, in, in->word[0]);
    git_case_lose(&in->test, id);
}

/* ---- the script ------------------------------------------------------------------------------ */

static const struct statement {
    const char *name;
    void (*run)(struct building *in);
} statements[] = {
    {"write", write_text},    {"copy", copy},
    {"plan", write_plan},     {"edit", edit},
    {"link", link_file},      {"rename", rename_file},
    {"remove", remove_file},  {"stage", stage},
    {"intend", intend},       {"conflict", conflict},
    {"commit", commit},       {"commit-staged", commit_staged},
    {"branch", branch},       {"switch", switch_branch},
    {"submodule", submodule}, {"git", add_to_git},
    {"lose", lose},           {"pass", pass},
    {"author", name_author},  {"merge", merge},
};

static struct cp_str next_word(struct cp_str *line)
{
    size_t len = 0;
    while (len < line->len && line->at[len] != ' ') {
        len++;
    }
    struct cp_str word = cp_str_slice(*line, 0, len);
    *line = cp_str_slice(*line, len + 1, SIZE_MAX);
    return word;
}

static void run_statement(struct building *in, struct cp_str line)
{
    struct cp_str name = next_word(&line);
    in->line = cp_arena_copy(&in->arena, line).at;
    for (size_t i = 0; i < sizeof in->word / sizeof *in->word; i++) {
        in->word[i] = cp_arena_copy(&in->arena, next_word(&line)).at;
    }
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        if (cp_str_is(name, statements[i].name)) {
            statements[i].run(in);
            return;
        }
    }
    ck_abort_msg("repo: there is no statement '%.*s'", CP_ARG(name));
}

void repo_build(struct cp_str script, const char *folder)
{
    struct building in = {.rest = script};
    struct cp_str line;
    cp_arena_init(&in.arena);
    git_case_enter(&in.test, folder);
    while (cp_str_line(&line, &in.rest)) {
        if (line.len > 0 && *line.at != '#') {
            run_statement(&in, line);
        }
    }
    git_case_leave(&in.test);
    cp_arena_release(&in.arena);
}
