/*
 * Field table of the options that rules have. The example of a row is what holds where nobody
 * states another. Rows only.
 */
#include "fields.h"

static const struct cp_field options_fields[] = {
    CP_PERCENT(struct cp_options, margin, "margin",
               "CP303: how much of the RTO recovery must leave to spare; less is reported. Absent, "
               "20 %.",
               .example = "20 %"),
    CP_DURATION(struct cp_options, fast_rto, "fast_rto",
                "CP304: an RTO shorter than this is not kept by hand. Absent, an hour.",
                .example = "1h"),
    CP_PERIOD(struct cp_options, placeholder_age, "placeholder_age",
              "CP201 to CP208: how long a value may be a placeholder or unknown before that is one "
              "step more severe; how long it has been one is told by the history. Absent, 6 "
              "months.",
              .example = "6mo", .least = CP_A_DAY),
    CP_PERIOD(struct cp_options, exercise_every, "exercise_every",
              "CP801: how often plans are exercised that do not say, nor their tier. Absent, every "
              "12 months.",
              .example = "1y", .least = CP_A_DAY),
    CP_PERIOD(struct cp_options, restore_test_every, "restore_test_every",
              "CP802: how often stores are restored as a test where neither plan nor tier says. "
              "Absent, every 12 months.",
              .example = "1y", .least = CP_A_DAY),
    CP_PERIOD(struct cp_options, review_every, "review_every",
              "CP808: how often plans are reviewed that do not say, nor their tier. Absent, every "
              "12 months.",
              .example = "1y", .least = CP_A_DAY),
};

const struct cp_object cp_object_options =
    CP_TABLE(struct cp_options, "options", options_fields,
             .doc = "Limits that rules judge by: in `rules` of the portfolio file, or in `options` "
                    "of a profile.");
