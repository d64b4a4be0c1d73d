/* The chapter of what is saved, how often, where to, and whether it was ever restored. */
#include "private.h"

static const struct cp_column store_columns[] = {
    CP_COLUMN("Store", "id"),
    CP_COLUMN("What It Holds", "what", .missing = "content"),
    CP_COLUMN("Canonical", "canonical"),
    CP_COLUMN("Rebuilt From", "rebuild_from"),
    CP_COLUMN("Located", "located"),
};

static const struct cp_column backup_columns[] = {
    CP_COLUMN("Backup", "id"),
    CP_COLUMN("Store", "store"),
    CP_COLUMN("Method", "method"),
    CP_COLUMN("Every", "every", .missing = "interval"),
    CP_COLUMN("Takes", "takes"),
    CP_COLUMN("Lag", "lag"),
    CP_COLUMN("Kept For", "retention", .missing = "retention"),
};

static const struct cp_column copy_columns[] = {
    CP_COLUMN("Copy Of", "provider region account", .put = cp_report_put_parent),
    CP_COLUMN("Provider", "provider"),
    CP_COLUMN("Region", "region"),
    CP_COLUMN("Account", "account"),
    CP_COLUMN("Offline", "offline"),
    CP_COLUMN("Immutable", "immutable"),
    CP_COLUMN("Encrypted", "encrypted"),
    CP_COLUMN("Lag", "lag"),
    CP_COLUMN("Kept For", "retention"),
};

static const struct cp_column test_columns[] = {
    CP_COLUMN("Date", "date"),     CP_COLUMN("Store", "store"),
    CP_COLUMN("Backup", "backup"), CP_COLUMN("Result", "result"),
    CP_COLUMN("Took", "took"),     CP_COLUMN("Automated", "automated"),
    CP_COLUMN("Every", "every"),   CP_COLUMN("Evidence", "evidence"),
};

static bool build_copies(struct cp_report *report, const struct cp_part *part,
                         const struct cp_member *backups)
{
    (void)part;
    if (cp_nested_table_is_empty(report, backups, "copies")) {
        return false;
    }
    cp_report_heading(report, CP_PART_LEVEL, CP_STR("Copies"));
    return cp_nested_table_build(report, copy_columns, CP_COUNT(copy_columns), backups, "copies");
}

static const struct cp_part parts[] = {
    CP_PART(FACT, "restore_test_every", "Each store is restored as a test every"),
    CP_PART(TABLE, "stores", "Stores", .missing = "stores", CP_COLUMNS(store_columns)),
    CP_PART(TABLE, "backups", "Backups", .missing = "backups", CP_COLUMNS(backup_columns)),
    CP_PART(OWN, "backups", NULL, .build = build_copies),
    CP_PART(TABLE, "restore_tests", "Restore Tests", .missing = "restore tests",
            CP_COLUMNS(test_columns)),
};

const struct cp_chapter cp_chapter_backup_restore = {
    .key = "backup_restore",
    .title = "Backup and Restore",
    .house_title = "Backup & Restore Plans (configuration and Testing)",
    CP_PARTS(parts),
};
