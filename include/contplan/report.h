/*
 * report: a plan as a document for people: which facts stand in which order under which headings,
 * and what is said of those that are missing or withheld. Builds a document tree; knows no target
 * format and does no I/O.
 */
#ifndef CONTPLAN_REPORT_H
#define CONTPLAN_REPORT_H

#include <contplan/base.h>
#include <contplan/model.h>

enum cp_template { CP_TEMPLATE_STANDARD, CP_TEMPLATE_HOUSE };

struct cp_report_options {
    enum cp_template template;
    enum cp_audience audience; /* values above it are absent; how many were withheld is said */
    const char *section; /* a section's key ("incident_response"), or NULL for the whole plan */
};

/* Whether a plan has a section of that key that can be rendered by itself. */
bool cp_report_has_section(const char *key);

#endif
