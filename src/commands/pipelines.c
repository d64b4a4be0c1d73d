/*
 * Pipelines that validate the plans of each change, for `init --ci`. They take contplan from a
 * repository that the user names in a variable; no name of theirs becomes part of a script.
 */
#include "commands.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const pipeline_words[] = {"github", "gitlab", NULL};

/* `%s` is the folder as seen from the root of the repository. */
static const char github_text[] =
    "# Validates the continuity plans of each change, and every Monday, since dates fall due "
    "without\n"
    "# one. 'contplan init --ci github' wrote this; change what you like.\n"
    "name: Continuity plans\n"
    "on:\n"
    "  push: {branches: [main]}\n"
    "  pull_request:\n"
    "  schedule: [{cron: '23 6 * * 1'}]\n"
    "permissions:\n"
    "  contents: read\n"
    "  # security-events: write  # for 'sarif' below\n"
    "jobs:\n"
    "  validate:\n"
    "    runs-on: ubuntu-latest\n"
    "    container: debian:12\n"
    "    steps:\n"
    "      - name: Need the variable CONTPLAN_REPOSITORY, OWNER/NAME of the repository of "
    "contplan\n"
    "        if: ${{ vars.CONTPLAN_REPOSITORY == '' }}\n"
    "        run: exit 1\n"
    "      - name: Install git\n"
    "        run: |\n"
    "          apt-get -qq update\n"
    "          apt-get -qq install -y --no-install-recommends ca-certificates git\n"
    "          git config --global --add safe.directory \"$GITHUB_WORKSPACE\"\n"
    "      - uses: actions/checkout@v4\n"
    "        with: {fetch-depth: 0, persist-credentials: false}\n"
    "      - uses: actions/checkout@v4\n"
    "        with:\n"
    "          repository: ${{ vars.CONTPLAN_REPOSITORY }}\n"
    "          ref: v" CONTPLAN_VERSION "\n"
    "          path: .contplan\n"
    "          persist-credentials: false\n"
    "      - uses: ./.contplan\n"
    "        with:\n"
    "          working-directory: \"%s\"\n"
    "          history: true\n"
    "          # sarif: true  # code scanning, with the permission above\n";

static const char gitlab_text[] =
    "# Validates the continuity plans of each change. Schedule a pipeline as well: dates fall due "
    "without\n"
    "# one. 'contplan init --ci gitlab' wrote this; change what you like.\n"
    "continuity-plans:\n"
    "  image: debian:12\n"
    "  rules:\n"
    "    - if: $CI_PIPELINE_SOURCE == \"merge_request_event\"\n"
    "    - if: $CI_PIPELINE_SOURCE == \"schedule\"\n"
    "    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH\n"
    "  variables:\n"
    "    GIT_DEPTH: 0\n"
    "    CONTPLAN_VERSION: \"v" CONTPLAN_VERSION "\"\n"
    "    PLANS: \"%s\"\n"
    "  before_script:\n"
    "    - apt-get -qq update\n"
    "    - apt-get -qq install -y --no-install-recommends ca-certificates git\n"
    "    - git config --global --add safe.directory \"$CI_PROJECT_DIR\"\n"
    "    # The variable CONTPLAN_REPOSITORY (Settings, CI/CD) is the URL of the repository of "
    "contplan.\n"
    "    - git clone -q --depth 1 --branch \"$CONTPLAN_VERSION\" -- \"${CONTPLAN_REPOSITORY:?is "
    "not "
    "set}\" /tmp/contplan\n"
    "    - /tmp/contplan/dev program\n"
    "  script:\n"
    "    - PATH=/tmp/contplan/build/program:$PATH contplan validate --history --format text\n"
    "      --format gitlab:gl-code-quality-report.json --format junit:contplan-junit.xml -- "
    "\"./$PLANS\"\n"
    "  artifacts:\n"
    "    when: always\n"
    "    reports:\n"
    "      codequality: gl-code-quality-report.json\n"
    "      junit: contplan-junit.xml\n";

static const struct pipeline {
    const char *service, *file, *text;
    const char *other; /* where it goes instead, if the file is there; NULL: nowhere */
    const char *next;
} pipelines[] = {
    {"github", ".github/workflows/contplan.yml", github_text, NULL,
     "Next: set the variable CONTPLAN_REPOSITORY in the repository's settings to the OWNER/NAME\n"
     "that contplan is taken from.\n"},
    {"gitlab", ".gitlab-ci.yml", gitlab_text, ".gitlab/contplan.yml",
     "Next: set the variable CONTPLAN_REPOSITORY in the project's CI/CD settings to the URL that\n"
     "contplan is cloned from.\n"},
};

static const struct pipeline *find_pipeline(const char *service)
{
    size_t i = 0;
    while (strcmp(pipelines[i].service, service) != 0) {
        i++;
    }
    return &pipelines[i];
}

/* Where the pipeline goes, and what it validates as seen from there; both the arena's. */
struct place {
    const char *root;
    const char *folder;
    bool is_repository;
};

static void find_place(struct place *out, struct cp_arena *arena, const char *folder)
{
    struct cp_error error;
    struct cp_repository *repository;
    char *here = getcwd(NULL, 0);
    const char *whole = here ? cp_path_absolute(arena, here, folder) : folder;
    const struct cp_repository_place where = {.here = whole};
    *out = (struct place){.root = folder, .folder = "."};
    if (cp_repository_open(&repository, &where, &error) == CP_REPOSITORY_USABLE &&
        cp_repository_root(repository)) {
        const char *root = cp_arena_copy(arena, cp_str_of(cp_repository_root(repository))).at;
        const char *prefix = cp_repository_prefix(repository);
        out->is_repository = true;
        out->root = here ? cp_path_normal(arena, here, root) : root;
        out->folder = *prefix ? cp_arena_copy(arena, cp_str_of(prefix)).at : ".";
    }
    cp_repository_close(repository);
    free(here);
}

/* Services expand more in a value than a shell does. */
static bool is_plain(const char *folder)
{
    return strspn(folder, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-") ==
           strlen(folder);
}

static struct cp_str text_of(struct cp_arena *arena, const struct pipeline *pipeline,
                             const struct place *place)
{
    const char *mark = strstr(pipeline->text, "%s");
    return cp_arena_printf(arena, "%.*s%s%s", (int)(mark - pipeline->text), pipeline->text,
                           place->folder, mark + 2);
}

/* Whether the user has something else in the file. */
static bool is_taken(const char *path, struct cp_str text)
{
    struct cp_error error;
    struct cp_buf bytes;
    bool result = cp_source_folder.kind(&cp_source_folder, path) != CP_PATH_MISSING;
    cp_buf_init(&bytes);
    if (result &&
        cp_source_folder.load(&cp_source_folder, path, text.len + 1, &bytes, &error) == 0) {
        result = !cp_str_is_equal(cp_buf_str(&bytes), text);
    }
    cp_buf_release(&bytes);
    return result;
}

static int write_file(struct cp_arena *arena, const struct pipeline *pipeline,
                      const struct place *place, const char *path, struct cp_str text)
{
    bool is_written = false;
    if (leads_out(arena, path, place->root)) {
        say("%s leads out of the repository by a symbolic link; nothing was written", quoted(path));
        return CP_STATUS_WORLD;
    }
    int status = start_file(path, text, &is_written);
    return status == CP_STATUS_CLEAN && is_written ? print(cp_str_of(pipeline->next)) : status;
}

static int write_pipeline(struct cp_arena *arena, const struct pipeline *pipeline,
                          const struct place *place)
{
    const char *path = cp_path_join(arena, place->root, pipeline->file);
    struct cp_str text = text_of(arena, pipeline, place);
    if (!is_plain(place->folder)) {
        say("the folder %s has characters in its name that pipelines take for their own; no "
            "pipeline was written",
            quoted(place->folder));
        return CP_STATUS_WORLD;
    }
    if (!place->is_repository) {
        say("warning: there is no git repository around %s; services read pipelines at its root",
            quoted(place->root));
    }
    if (pipeline->other && is_taken(path, text)) {
        say("%s is there already; add to it: include: {local: %s}", quoted(path), pipeline->other);
        path = cp_path_join(arena, place->root, pipeline->other);
    }
    return write_file(arena, pipeline, place, path, text);
}

int start_pipeline(const char *folder, const char *service)
{
    struct cp_arena arena;
    struct place place;
    cp_arena_init(&arena);
    find_place(&place, &arena, folder);
    int status = write_pipeline(&arena, find_pipeline(service), &place);
    cp_arena_release(&arena);
    return status;
}
