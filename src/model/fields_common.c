/*
 * Field tables of the pieces that many sections share: titled prose, plain items, links, contacts,
 * fallbacks. Rows only; they know nothing of where they are used.
 */
#include "fields.h"

static const struct cp_field more_fields[] = {
    CP_TEXT(struct cp_more, title, "title", "The heading above the text.",
            .example = "Maintenance windows"),
    CP_PROSE(struct cp_more, text, "text", "The text under the heading.",
             .example = "Changes are made on Tuesdays between 07:00 and 08:00."),
};

const struct cp_object cp_object_more =
    CP_TABLE(struct cp_more, "titled text", more_fields, .identity = "title",
             .takes_audience = true, .doc = "Prose under a heading of your own.");

static const struct cp_field item_fields[] = {
    CP_PROSE(struct cp_item, text, "text", "The item itself.",
             .example = "Applications can be read but not changed."),
};

const struct cp_object cp_object_item =
    CP_TABLE(struct cp_item, "item", item_fields, .shorthand = "text", .takes_audience = true,
             .doc = "An item of a list. It is a mapping only where it has an audience of its own.");

static const struct cp_field link_fields[] = {
    CP_TEXT(struct cp_link, title, "title", "What the link leads to, in the reader's words.",
            .example = "Incident process"),
    CP_PROSE(struct cp_link, text, "text",
             "What a reader finds there, or the whole matter where there is nothing to link to.",
             .example = "Kept by the service desk; anybody in the office may read it."),
    CP_URL(struct cp_link, url, "url",
           "Where it is: a full address, or a path relative to this file.",
           .example = "https://docs.example.org/incidents/process"),
};

const struct cp_object cp_object_link =
    CP_TABLE(struct cp_link, "link", link_fields, .identity = "title url", .takes_audience = true,
             .doc = "Something kept elsewhere, with its title.");

static const struct cp_field contact_fields[] = {
    CP_TEXT(struct cp_contact, name, "name", "The person, team or desk to ask for.",
            .example = "Service desk"),
    CP_TEXT(struct cp_contact, role, "role",
            "What they are to this service, so that a stranger knows whom to choose.",
            .example = "First point of contact"),
    CP_EMAIL(struct cp_contact, email, "email", "An address that is read during the hours stated.",
             .example = "desk@example.org"),
    CP_PHONE(
        struct cp_contact, phone, "phone",
        "A number that answers during the hours stated, best with its country code. Restricted "
        "unless an audience is stated.",
        .audience = CP_RESTRICTED, .example = "+44 1632 960001"),
    CP_TEXT(struct cp_contact, chat, "chat",
            "A chat channel. Put it in quotes where it begins with a hash sign, or YAML takes it "
            "for a comment.",
            .example = "#permits-support"),
    CP_URL(struct cp_contact, url, "url",
           "A page with more ways to reach them. A contact that is only a link helps nobody when "
           "the page is down.",
           .example = "https://support.example.org/permits"),
    CP_HOURS(struct cp_contact, hours, "hours", "When somebody answers.",
             .flags = CP_FIELD_LESS_IS_WEAKER, .example = "Mon-Fri 08:00-18:00"),
};

const struct cp_object cp_object_contact =
    CP_TABLE(struct cp_contact, "contact", contact_fields, .identity = "name", .shorthand = "name",
             .takes_audience = true, .doc = "How to reach somebody.");

static const struct cp_field workaround_fields[] = {
    CP_PROSE(struct cp_workaround, text, "text",
             "What people do instead, in enough detail to begin doing it.",
             .example = "Take applications on paper form P1 and enter them afterwards."),
    CP_DURATION(struct cp_workaround, sustain, "sustain",
                "How long this can be kept up. Without it, it is assumed to last.",
                .flags = CP_FIELD_LESS_IS_WEAKER, .example = "2d"),
};

const struct cp_object cp_object_workaround =
    CP_TABLE(struct cp_workaround, "workaround", workaround_fields,
             .doc = "What is done meanwhile, and for how long it can be.");
