/*
 * Which long options are wrong behind a single dash: a table of tools, subcommands and options.
 * Only what is known stands in it. `-rm` is no option of docker; find, terraform and java want the
 * single dash, tar and ps take letters in a row, and npm and the tools written with Go's own flags
 * take either.
 */
#include "command.h"

/* Words are separated by single blanks. */
struct option_row {
    const char *tools;
    const char *subcommands; /* NULL: any */
    const char *options;
    bool ends_at_operand; /* what follows the first operand is another program's */
};

static const struct option_row rows[] = {
    {"docker podman nerdctl", "run create exec",
     "add-host cap-add cap-drop detach entrypoint env env-file expose gpus hostname init "
     "interactive "
     "label log-driver memory mount name net network platform privileged publish publish-all pull "
     "read-only restart rm user volume volumes-from workdir",
     true},
    {"docker podman nerdctl", "build ps logs images rmi stop start rm pull prune system volume",
     "all build-arg file filter follow force no-cache no-trunc pull quiet since tag tail target "
     "timestamps until volumes",
     false},
    {"docker podman docker-compose", "compose up down build pull",
     "build detach force-recreate no-build no-deps project-name pull remove-orphans rmi scale "
     "volumes",
     false},
    {"kubectl oc", NULL,
     "all-namespaces as cluster container context cascade dry-run field-selector filename force "
     "follow from-file from-literal grace-period ignore-daemonsets image kubeconfig namespace "
     "output overwrite previous record replicas selector server-side since tail timeout "
     "to-revision "
     "wait watch delete-emptydir-data",
     false},
    {"helm", NULL,
     "all-namespaces atomic create-namespace dry-run force install kube-context namespace "
     "reset-values reuse-values set timeout values version wait",
     false},
    {"velero", NULL,
     "from-backup from-schedule include-namespaces include-resources namespace "
     "namespace-mappings restore-volumes snapshot-volumes wait",
     false},
    {"restic", NULL,
     "dry-run exclude host include keep-daily keep-last password-file prune repo snapshot tag "
     "target verify",
     false},
    {"rclone", NULL,
     "checksum config dry-run exclude include interactive progress transfers verbose", false},
    {"borg", NULL, "dry-run exclude list prefix progress stats verify-data", false},
    {"gh", NULL, "body branch limit repo tag title workflow", false},
    {"argocd flux eksctl", NULL,
     "cluster context force kubeconfig name namespace prune region timeout wait watch", false},
    {"aws", NULL,
     "allocated-storage auto-scaling-group-name bucket cluster db-cluster-identifier "
     "db-cluster-snapshot-identifier db-instance-identifier db-snapshot-identifier delete "
     "desired-capacity desired-count distribution-id dryrun dry-run endpoint-url exclude filters "
     "follow force force-new-deployment function-name hosted-zone-id include instance-id "
     "instance-ids key key-id log-group-name name no-cli-pager no-paginate output parameters "
     "profile query quiet recovery-point-arn recursive region resource-arn restore-time role-arn "
     "secret-id service services since snapshot-id snapshot-identifier "
     "source-db-instance-identifier stack-name table-name tags target-db-instance-identifier "
     "task-definition use-latest-restorable-time version-id volume-id",
     false},
    {"az", NULL,
     "account-name location name output query resource-group restore-time server-name "
     "subscription vault-name yes",
     false},
    {"gcloud", NULL,
     "account async cluster configuration filter format instance limit project quiet region "
     "restore-instance zone",
     false},
    {"heroku", NULL, "app confirm remote", false},
    {"git", NULL,
     "all amend branch continue depth force force-with-lease global hard mirror no-edit no-verify "
     "prune quiet recursive remote set-upstream soft tags",
     false},
    {"rsync", NULL,
     "archive checksum compress delete delete-after dry-run exclude human-readable "
     "include partial progress recursive verbose",
     false},
    {"curl", NULL,
     "cacert cert compressed connect-timeout data data-binary fail form head header insecure "
     "location max-time output request resolve retry show-error silent upload-file user",
     false},
    {"wget", NULL,
     "continue mirror no-check-certificate output-document quiet recursive spider timeout tries",
     false},
    {"tar", NULL,
     "create directory exclude extract file gzip no-same-owner strip-components verbose", false},
    {"grep egrep fgrep", NULL,
     "exclude exclude-dir extended-regexp fixed-strings ignore-case include invert-match "
     "line-number recursive",
     false},
    {"rm cp chown chmod", NULL, "recursive", false},
    {"mkdir", NULL, "parents", false},
    {"systemctl", NULL, "failed no-block no-pager now user", false},
    {"journalctl", NULL, "boot follow no-pager since unit until", false},
    {"psql pg_dump pg_dumpall pg_restore pg_basebackup createdb dropdb", NULL,
     "clean command create data-only dbname exit-on-error file format host if-exists jobs no-owner "
     "no-privileges no-password password pgdata port schema schema-only single-transaction table "
     "username verbose",
     false},
    {"pgbackrest", NULL, "delta log-level-console set stanza target type", false},
    {"mysql mysqldump mysqladmin mariadb mariadb-dump", NULL,
     "all-databases database databases events host password port routines single-transaction "
     "triggers user",
     false},
    {"ansible ansible-playbook", NULL,
     "ask-become-pass become check diff extra-vars inventory limit tags", false},
    {"pip pip3", NULL, "requirement upgrade", false},
};

static const char single_dash[] =
    "find terraform tofu terragrunt packer vault consul nomad java javac keytool openssl ffmpeg "
    "convert magick gcc clang go qemu-system-x86_64 ldapsearch ldapmodify";

bool cp_words_has(const char *words, struct cp_str word)
{
    struct cp_str rest = cp_str_of(words);
    for (size_t i = 0; word.len > 0 && i < rest.len;) {
        struct cp_str left = cp_str_slice(rest, i, rest.len);
        size_t end = cp_str_find(left, CP_STR(" "));
        size_t len = end == SIZE_MAX ? left.len : end;
        if (cp_str_is_equal(cp_str_slice(left, 0, len), word)) {
            return true;
        }
        i += len + 1;
    }
    return false;
}

/* Whether an option behind the words is the row's: they name one of its subcommands, and where
 * another program's words may follow, no operand behind that. */
static bool is_under(const struct option_row *row, const struct cp_command_words *words)
{
    bool is_named = !row->subcommands;
    for (size_t i = 0; i < words->count; i++) {
        if (is_named && row->ends_at_operand && words->is_operand[i]) {
            return false;
        }
        is_named = is_named || cp_words_has(row->subcommands, words->items[i]);
    }
    return is_named && !(row->ends_at_operand && words->overlooked > 0);
}

bool cp_option_is_long(const struct cp_command_words *words, struct cp_str name)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (cp_words_has(rows[i].tools, words->tool) && cp_words_has(rows[i].options, name) &&
            is_under(&rows[i], words)) {
            return true;
        }
    }
    return false;
}

bool cp_tool_is_single_dash(struct cp_str tool)
{
    return cp_words_has(single_dash, tool);
}
