/* contplan schema: the JSON Schema of a plan or of the portfolio file, for editors. */
#include "commands.h"

#include <contplan/model.h>

#include <stdio.h>

struct subject {
    const char *name;
    const struct cp_object *object;
    const char *title;
};

static const struct subject subjects[] = {
    {"plan", &cp_object_plan, "A service continuity plan (contplan/v1)"},
    {"portfolio", &cp_object_config, "A portfolio of continuity plans (contplan-config/v1)"},
};

enum { SUBJECTS = sizeof subjects / sizeof *subjects };

static const struct subject *find_subject(struct cp_str name)
{
    for (size_t i = 0; i < SUBJECTS; i++) {
        if (cp_str_is(name, subjects[i].name)) {
            return &subjects[i];
        }
    }
    return NULL;
}

static int say_unknown_subject(struct cp_str name)
{
    struct cp_str names[SUBJECTS];
    for (size_t i = 0; i < SUBJECTS; i++) {
        names[i] = cp_str_of(subjects[i].name);
    }
    return say_bad_choice("schema", names, SUBJECTS, name);
}

static int write_schema(const struct subject *subject)
{
    struct cp_error error;
    struct cp_buf out;
    cp_buf_init(&out);
    cp_schema_put_json(&out, subject->object, subject->title);
    int result = cp_stream_write(stdout, "standard output", cp_buf_str(&out), &error);
    cp_buf_release(&out);
    if (result == 0) {
        return CP_STATUS_CLEAN;
    }
    say("%s", error.text);
    return CP_STATUS_WORLD;
}

static int schema(const struct cp_arguments *arguments)
{
    if (arguments->operands.count > 1) {
        return say_usage("schema writes one document: name plan or portfolio");
    }
    struct cp_str name =
        cp_str_of(arguments->operands.count == 1 ? arguments->operands.items[0] : subjects[0].name);
    const struct subject *subject = find_subject(name);
    return subject ? write_schema(subject) : say_unknown_subject(name);
}

const struct cp_command command_schema = {
    .name = "schema",
    .operands = "[plan | portfolio]",
    .summary = "write the JSON Schema of plans, for editors",
    .doc =
        "Writes the JSON Schema (draft-07) of a plan, or of the portfolio file contplan.yaml, as "
        "one document that needs no other. Editors complete and check keys by it.",
    .run = schema,
};
