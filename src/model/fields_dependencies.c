/*
 * Field tables of the section `dependencies`: services, suppliers, consumers and software. Internal
 * and external dependencies fill the same struct through two tables. Rows only; the words of
 * criticality stand in the order of enum cp_criticality.
 */
#include "fields.h"

/* What internal and external dependencies have in common. */
#define DEPENDENCY_FIELDS                                                                          \
    CP_PROSE(struct cp_dependency, purpose, "purpose", "What this service needs it for.",          \
             .example = "Signs applicants in"),                                                    \
        CP_CHOICE(struct cp_dependency, criticality, "criticality",                                \
                  "What happens to this service without it: `hard` is down, `degraded` works "     \
                  "worse, `soft` does not notice at once.",                                        \
                  CP_WORDS("hard", "degraded", "soft"), .flags = CP_FIELD_LESS_IS_WEAKER,          \
                  .example = "hard"),                                                              \
        CP_YES_NO(struct cp_dependency, recovery_needs, "recovery_needs",                          \
                  "Yes where it must be up before our own recovery can start.",                    \
                  .flags = CP_FIELD_MORE_IS_WEAKER, .example = "no"),                              \
        CP_DURATION(struct cp_dependency, resume, "resume",                                        \
                    "Our own time to be back to normal once it is up again.",                      \
                    .flags = CP_FIELD_MORE_IS_WEAKER, .example = "15m"),                           \
        CP_YES_NO(struct cp_dependency, holds_data, "holds_data",                                  \
                  "Yes where it keeps data of this service, so that its RPO bounds ours.",         \
                  .example = "yes"),                                                               \
        CP_CHOICES(struct cp_dependency, pattern, "pattern",                                       \
                   "How this service is built to bear its absence.",                               \
                   CP_WORDS("cache", "durable-cache", "graceful-degradation", "replay",            \
                            "manual-fallback"),                                                    \
                   .example = "durable-cache"),                                                    \
        CP_OBJECT(struct cp_dependency, struct cp_workaround, fallback, "fallback",                \
                  "What is done while it is away, and for how long that can be kept up.",          \
                  .of = &cp_object_workaround)

static const struct cp_field commits_fields[] = {
    CP_DURATION(struct cp_commits, rto, "rto",
                "Within what time they promise to be back (their RTO).",
                .flags = CP_FIELD_MORE_IS_WEAKER | CP_FIELD_PROMISE, .example = "4h"),
    CP_DURATION(struct cp_commits, rpo, "rpo",
                "How much data, measured in time, they promise at most to lose (their RPO).",
                .flags = CP_FIELD_MORE_IS_WEAKER | CP_FIELD_PROMISE, .example = "15m"),
};

static const struct cp_object commits_object =
    CP_TABLE(struct cp_commits, "commitment", commits_fields,
             .doc = "What the supplier has committed itself to, from the contract or its published "
                    "terms. It goes before what the portfolio file says of the supplier.");

static const struct cp_field internal_fields[] = {
    CP_REFERENCE(struct cp_dependency, service, "service",
                 "The id of the plan of the service this one depends on.", .refers = CP_REFERS_PLAN,
                 .example = "identity"),
    CP_TEXT(struct cp_dependency, name, "name",
            "The name of a service that has no plan yet; otherwise write `service`.",
            .example = "Print room"),
    DEPENDENCY_FIELDS,
};

static const struct cp_object internal_object =
    CP_TABLE(struct cp_dependency, "internal dependency", internal_fields, .takes_audience = true,
             .doc = "A service of the same organisation that this one depends on.");

static const struct cp_field external_fields[] = {
    CP_REFERENCE(struct cp_dependency, supplier, "supplier",
                 "The id of a supplier in the portfolio file.", .refers = CP_REFERS_SUPPLIER,
                 .example = "northcloud"),
    CP_TEXT(struct cp_dependency, name, "name",
            "The name of a supplier the portfolio file does not declare, or of the product used.",
            .example = "Address lookup"),
    CP_OBJECT(struct cp_dependency, struct cp_commits, commits, "commits",
              "What the supplier has committed itself to for this service.", .of = &commits_object),
    CP_OBJECT(struct cp_dependency, struct cp_contact, contact, "contact",
              "How this service reaches the supplier, where it differs from the portfolio file.",
              .of = &cp_object_contact),
    DEPENDENCY_FIELDS,
};

static const struct cp_object external_object =
    CP_TABLE(struct cp_dependency, "external dependency", external_fields, .takes_audience = true,
             .doc = "A supplier, or another organisation's service, that this one depends on.");

static const struct cp_field consumer_fields[] = {
    CP_REFERENCE(struct cp_consumer, service, "service",
                 "The id of the plan of the service that uses this one.", .refers = CP_REFERS_PLAN,
                 .example = "licence-register"),
    CP_TEXT(struct cp_consumer, name, "name", "The name of a consumer that has no plan here.",
            .example = "Borough councils"),
    CP_PROSE(struct cp_consumer, purpose, "purpose", "What they use it for.",
             .example = "Reads granted permits every night"),
};

static const struct cp_object consumer_object =
    CP_TABLE(struct cp_consumer, "consumer", consumer_fields, .takes_audience = true,
             .doc = "A service that depends on this one.");

/* The same four rows for a software item and for what it consists of. */
#define SOFTWARE_FIELDS(S)                                                                         \
    CP_TEXT(S, name, "name", "What the software is called.", .example = "PostgreSQL"),             \
        CP_TEXT(S, version, "version", "The version in use, as its maker writes it.",              \
                .example = "15.4"),                                                                \
        CP_URL(S, url, "url", "Where it comes from or is described.",                              \
               .example = "https://www.postgresql.org/"),                                          \
        CP_PROSE(S, text, "text", "What it does in this service.",                                 \
                 .example = "Keeps all applications")

static const struct cp_field software_part_fields[] = {SOFTWARE_FIELDS(struct cp_software_part)};

static const struct cp_object software_part_object =
    CP_TABLE(struct cp_software_part, "software part", software_part_fields, .identity = "name",
             .takes_audience = true, .doc = "A part of a software item.");

static const struct cp_field software_fields[] = {
    SOFTWARE_FIELDS(struct cp_software),
    CP_OBJECTS(struct cp_software, struct cp_software_part, items, "items",
               "What it consists of, where that matters to recovery.", .of = &software_part_object),
};

static const struct cp_object software_object =
    CP_TABLE(struct cp_software, "software", software_fields, .identity = "name",
             .takes_audience = true, .doc = "Software this service runs on or is built with.");

static const struct cp_field dependencies_fields[] = {
    CP_SECTION_FIRST(struct cp_dependencies),
    CP_OBJECTS(struct cp_dependencies, struct cp_dependency, internal, "internal",
               "The organisation's own services that this one depends on.", .of = &internal_object,
               .merge_key = "service name"),
    CP_OBJECTS(struct cp_dependencies, struct cp_dependency, external, "external",
               "Suppliers, and other organisations' services, that this one depends on.",
               .of = &external_object, .merge_key = "supplier name"),
    CP_OBJECTS(struct cp_dependencies, struct cp_consumer, consumers, "consumers",
               "Who uses this service, and so is hit when it is down.", .of = &consumer_object,
               .merge_key = "service name"),
    CP_OBJECTS(struct cp_dependencies, struct cp_software, software, "software",
               "Software that must be had again to rebuild the service.", .of = &software_object),
    CP_OBJECT(struct cp_dependencies, struct cp_link, sbom, "sbom",
              "The software bill of materials (SBOM): the list of all the code it is built from.",
              .of = &cp_object_link),
    CP_SECTION_LAST(struct cp_dependencies),
};

const struct cp_object cp_object_dependencies =
    CP_TABLE(struct cp_dependencies, "dependencies", dependencies_fields, .takes_audience = true,
             .doc = "Interfaces and Dependencies (Internal and External): what the service needs, "
                    "and who needs it.");
