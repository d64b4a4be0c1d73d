/*
 * Field tables of the section `backup_restore`: stores, backups and their copies, restore tests.
 * Rows only.
 */
#include "fields.h"

static const struct cp_field store_fields[] = {
    CP_ID(struct cp_store, id, "id", "By which backups, tests and scenarios refer to it.",
          .flags = CP_FIELD_DECLARES, .example = "case-database"),
    CP_PROSE(struct cp_store, what, "what", "What data it holds.",
             .example = "Applications and their decisions"),
    CP_YES_NO(struct cp_store, canonical, "canonical",
              "Yes where it is the only place that holds these data, so that losing it loses them.",
              .example = "yes"),
    CP_PROSE(struct cp_store, rebuild_from, "rebuild_from",
             "What it can be made from again, where it is not canonical.",
             .example = "The search index is built from the case database."),
    CP_REFERENCES(struct cp_store, located, "located", "Where it is, by region or zone.",
                  .refers = CP_REFERS_REGION | CP_REFERS_SUPPLIER | CP_REFERS_OR_TEXT,
                  .example = "northcloud.east"),
};

static const struct cp_object store_object =
    CP_TABLE(struct cp_store, "store", store_fields, .takes_audience = true,
             .doc = "A place where the service keeps data.");

static const struct cp_field copy_fields[] = {
    CP_REFERENCE(struct cp_copy, provider, "provider", "Who keeps the copy.",
                 .refers = CP_REFERS_SUPPLIER | CP_REFERS_OR_TEXT, .example = "vaultline"),
    CP_REFERENCE(
        struct cp_copy, region, "region",
        "Where it lies, as `supplier.region`. It counts as elsewhere where this is none of "
        "the places the store is `located` in; without these, of the plan's `regions`.",
        .refers = CP_REFERS_REGION | CP_REFERS_OR_TEXT, .example = "vaultline.north"),
    CP_TEXT(struct cp_copy, account, "account",
            "The account it lies in; one that production cannot delete from. Restricted unless an "
            "audience is stated.",
            .audience = CP_RESTRICTED, .example = "permits-backup"),
    CP_YES_NO(struct cp_copy, offline, "offline",
              "Yes where no network reaches it without somebody's hands.",
              .flags = CP_FIELD_LESS_IS_WEAKER, .example = "no"),
    CP_YES_NO(struct cp_copy, immutable, "immutable",
              "Yes where nobody can change or delete it before its time.",
              .flags = CP_FIELD_LESS_IS_WEAKER, .example = "yes"),
    CP_YES_NO(struct cp_copy, encrypted, "encrypted", "Yes where it is encrypted at rest.",
              .flags = CP_FIELD_LESS_IS_WEAKER, .example = "yes"),
    CP_DURATION(struct cp_copy, lag, "lag", "How far it is behind the backup it is a copy of.",
                .flags = CP_FIELD_MORE_IS_WEAKER, .example = "15m"),
    CP_PERIOD(struct cp_copy, retention, "retention",
              "How long it is kept, where that differs from the backup's.",
              .flags = CP_FIELD_LESS_IS_WEAKER, .example = "1y", .least = CP_AN_HOUR),
};

static const struct cp_object copy_object =
    CP_TABLE(struct cp_copy, "copy", copy_fields, .identity = "provider region account",
             .takes_audience = true,
             .doc = "One copy of a backup. Three copies, two providers or accounts, one elsewhere, "
                    "one that cannot be changed.");

static const struct cp_field backup_fields[] = {
    CP_ID(struct cp_backup, id, "id", "By which restore tests refer to it.",
          .flags = CP_FIELD_DECLARES, .example = "nightly-snapshot"),
    CP_REFERENCE(struct cp_backup, store, "store", "The id of the store it saves.",
                 .refers = CP_REFERS_STORE, .example = "case-database"),
    CP_CHOICE(
        struct cp_backup, method, "method",
        "How it is made. A `replica` repeats corruption and deletion, so it saves from the "
        "loss of hardware only.",
        CP_WORDS("snapshot", "pitr", "log-shipping", "dump", "replica", "export", "versioning"),
        .example = "snapshot"),
    CP_INTERVAL(struct cp_backup, every, "every",
                "How often it is made, or `continuous`. With `takes` and `lag` it says how much "
                "data can be lost.",
                .flags = CP_FIELD_MORE_IS_WEAKER | CP_FIELD_PROMISE, .example = "30m"),
    CP_DURATION(struct cp_backup, takes, "takes", "How long it runs until it can be used.",
                .flags = CP_FIELD_MORE_IS_WEAKER, .example = "40m"),
    CP_DURATION(struct cp_backup, lag, "lag", "How far it is behind the store when it is made.",
                .flags = CP_FIELD_MORE_IS_WEAKER, .example = "5m"),
    CP_PERIOD(struct cp_backup, retention, "retention", "How long it is kept.",
              .flags = CP_FIELD_LESS_IS_WEAKER | CP_FIELD_PROMISE, .example = "90d",
              .least = CP_AN_HOUR),
    CP_OBJECTS(struct cp_backup, struct cp_copy, copies, "copies",
               "Where it lies, one entry a copy. Production is not among them.",
               .of = &copy_object),
};

static const struct cp_object backup_object =
    CP_TABLE(struct cp_backup, "backup", backup_fields, .takes_audience = true,
             .doc = "One way in which a store is saved.");

static const struct cp_field restore_test_fields[] = {
    CP_DATE(struct cp_restore_test, date, "date", "The day it was done.", .example = "2026-05-12"),
    CP_REFERENCE(struct cp_restore_test, store, "store", "The id of the store that was restored.",
                 .refers = CP_REFERS_STORE, .example = "case-database"),
    CP_REFERENCE(struct cp_restore_test, backup, "backup",
                 "The id of the backup it was restored from.", .refers = CP_REFERS_BACKUP,
                 .example = "nightly-snapshot"),
    CP_CHOICE(struct cp_restore_test, result, "result", "How it went.",
              CP_WORDS("passed", "passed-with-issues", "failed", "incomplete"),
              .example = "passed"),
    CP_DURATION(struct cp_restore_test, took, "took",
                "How long it took until the data could be used.", .example = "55m"),
    CP_YES_NO(struct cp_restore_test, automated, "automated",
              "Yes where a job does it regularly; then `every` and `evidence` stand for the single "
              "dates.",
              .flags = CP_FIELD_LESS_IS_WEAKER, .example = "yes"),
    CP_PERIOD(struct cp_restore_test, every, "every", "How often the job does it.",
              .flags = CP_FIELD_MORE_IS_WEAKER, .example = "1w", .least = CP_AN_HOUR),
    CP_PROSE(struct cp_restore_test, evidence, "evidence", "Where it can be seen that it was done.",
             .example = "https://ci.example.org/restore-drill/118"),
};

static const struct cp_object restore_test_object = CP_TABLE(
    struct cp_restore_test, "restore test", restore_test_fields, .identity = "store backup date",
    .takes_audience = true, .doc = "A restore that was tried, or a job that tries it regularly.");

static const struct cp_field backup_restore_fields[] = {
    CP_SECTION_FIRST(struct cp_backup_restore),
    CP_OBJECTS(struct cp_backup_restore, struct cp_store, stores, "stores",
               "The places where the service keeps data.", .of = &store_object, .merge_key = "id"),
    CP_OBJECTS(struct cp_backup_restore, struct cp_backup, backups, "backups",
               "How each store is saved.", .of = &backup_object, .merge_key = "id"),
    CP_OBJECTS(struct cp_backup_restore, struct cp_restore_test, restore_tests, "restore_tests",
               "When restoring was last tried. A backup that was never restored is a hope.",
               .of = &restore_test_object),
    CP_PERIOD(struct cp_backup_restore, restore_test_every, "restore_test_every",
              "How often each store is to be restored as a test; absent, as its tier says.",
              .flags = CP_FIELD_MORE_IS_WEAKER, .example = "3mo", .least = CP_A_DAY),
    CP_SECTION_LAST(struct cp_backup_restore),
};

const struct cp_object cp_object_backup_restore = CP_TABLE(
    struct cp_backup_restore, "backup_restore", backup_restore_fields, .takes_audience = true,
    .doc = "Backup & Restore Plans (configuration and Testing): what is saved, how often, "
           "where to, and whether it was ever restored.");
