/*
 * Field tables of the section `architecture`: diagrams, documents, components, environments. Rows
 * only.
 */
#include "fields.h"

static const struct cp_field diagram_fields[] = {
    CP_TEXT(struct cp_diagram, title, "title", "What the diagram shows.",
            .example = "Production in both zones"),
    CP_TEXT(struct cp_diagram, src, "src",
            "The image: a path relative to this file, or a full address.", .flags = CP_FIELD_PATH,
            .example = "images/permit-portal.svg"),
    CP_TEXT(struct cp_diagram, alt, "alt",
            "The same in words, for those who cannot see it and for paper without images.",
            .example = "Two web servers in front of one database with a standby"),
};

static const struct cp_object diagram_object =
    CP_TABLE(struct cp_diagram, "diagram", diagram_fields, .identity = "title src",
             .takes_audience = true, .doc = "An image of how the service is built.");

static const struct cp_field component_fields[] = {
    CP_TEXT(struct cp_component, name, "name", "What the team calls the component.",
            .example = "Application server"),
    CP_PROSE(struct cp_component, text, "text", "What it does and what is lost without it.",
             .example = "Serves all pages; keeps no data of its own."),
};

static const struct cp_object component_object = CP_TABLE(
    struct cp_component, "component", component_fields, .identity = "name", .takes_audience = true,
    .doc = "A part of the service that can fail or be rebuilt by itself.");

static const struct cp_field environment_fields[] = {
    CP_TEXT(struct cp_environment, name, "name", "What the team calls the environment.",
            .example = "production"),
    CP_TEXT(struct cp_environment, account, "account",
            "The supplier's account it runs in. Restricted unless an audience is stated.",
            .audience = CP_RESTRICTED, .example = "permits-production"),
    CP_PROSE(struct cp_environment, data, "data",
             "What data it holds, above all whether it is real.", .example = "Real applications"),
    CP_PROSE(struct cp_environment, access, "access", "Who may enter it, and how.",
             .example = "The permits team, with two factors"),
    CP_PROSE(struct cp_environment, text, "text", "What else sets it apart.",
             .example = "Built from the same definition as pre-production."),
};

static const struct cp_object environment_object =
    CP_TABLE(struct cp_environment, "environment", environment_fields, .identity = "name",
             .takes_audience = true,
             .doc = "A place where the service runs, such as development or production.");

static const struct cp_field architecture_fields[] = {
    CP_SECTION_FIRST(struct cp_architecture),
    CP_OBJECTS(struct cp_architecture, struct cp_diagram, diagrams, "diagrams",
               "Images of how the service is built.", .of = &diagram_object),
    CP_OBJECTS(struct cp_architecture, struct cp_link, documents, "documents",
               "High-level and low-level designs, and where they are.", .of = &cp_object_link),
    CP_OBJECTS(struct cp_architecture, struct cp_component, components, "components",
               "The parts that can fail or be rebuilt by themselves.", .of = &component_object),
    CP_OBJECTS(struct cp_architecture, struct cp_environment, environments, "environments",
               "Where the service runs, and what keeps these places apart.",
               .of = &environment_object),
    CP_SECTION_LAST(struct cp_architecture),
};

const struct cp_object cp_object_architecture =
    CP_TABLE(struct cp_architecture, "architecture", architecture_fields, .takes_audience = true,
             .doc = "Architecture (HLD/LLD): how the service is built, as far as somebody who "
                    "recovers it must know.");
