// The text of commands: what was set by a word processor, long options behind one dash, parameters
// and access roles; and, as many, what only looks like one of them.
#include "suites.h"

#include "../../src/rules/command.h"

// What the commands with flaws should be.
static const struct {
    const char *command, *mended;
} flawed[] = {
    {"aws-vault exec ops \xE2\x80\x94 terraform init", "aws-vault exec ops -- terraform init"},
    {"\xE2\x80\x94 terraform init", "terraform init"},
    {"terraform apply \xE2\x80\x93"
     "auto-approve",
     "terraform apply -auto-approve"},
    {"kubectl get pods \xE2\x80\x93namespace permits", "kubectl get pods --namespace permits"},
    {"kubectl get pods \xE2\x80\x93n permits", "kubectl get pods -n permits"},
    {"sudo docker run \xE2\x80\x93rm -it web", "sudo docker run --rm -it web"},
    {"docker run \xE2\x80\x93it web", "docker run -it web"},
    {"tar \xE2\x80\x93xzf dump.tgz", "tar -xzf dump.tgz"},
    {"pg_restore -\xE2\x80\x93"
     "clean x",
     "pg_restore --clean x"},
    {"pg_restore \xE2\x80\x90\xE2\x80\x90"
     "clean x",
     "pg_restore --clean x"},
    {"tail \xE2\x88\x92"
     "20 log",
     "tail -20 log"},
    {"cd permits\xE2\x80\x93"
     "db",
     "cd permits-db"},
    {"psql -c \xE2\x80\x9Cselect 1\xE2\x80\x9D", "psql -c \"select 1\""},
    {"echo \xE2\x80\x98up\xE2\x80\x99", "echo 'up'"},
    {"curl -d '{\xE2\x80\x9C"
     "a\xE2\x80\x9D: 1}' x",
     "curl -d '{\"a\xE2\x80\x9D: 1}' x"},
    {"ssh db \"docker stop \xE2\x80\x93time 3 web\"", "ssh db \"docker stop --time 3 web\""},
    {"cd a && make \\\n  \xE2\x80\x94 all", "-- all"},
    {"docker run -rm web", "docker run --rm web"},
    {"docker run -rm -name=web -p 80:80 web", "docker run --rm --name=web -p 80:80 web"},
    {"docker container run -it -rm web", "docker container run -it --rm web"},
    {"A=1 sudo -u ops /usr/bin/docker run -rm web", "A=1 sudo -u ops /usr/bin/docker run --rm web"},
    {"timeout 30s kubectl -namespace x get pods", "timeout 30s kubectl --namespace x get pods"},
    {"cat x | psql -dbname=permits", "cat x | psql --dbname=permits"},
    {"aws-vault exec ops -- aws s3 ls -region x", "aws-vault exec ops -- aws s3 ls --region x"},
    {"git push -force", "git push --force"},
    {"$ git reset -hard HEAD", "$ git reset --hard HEAD"},
    {"(cd x; rsync -delete a b)", "(cd x; rsync --delete a b)"},
    {"cat <<EOF > x\n\xE2\x80\x93\nEOF\ngit push -force", "git push --force"},
    {"cat <<< \"x\"\ngit push -force", "git push --force"},
};

// Commands in which nothing is wrong, or may be wrong.
static const char *const sound[] = {
    "find . -name '*.sql' -newer x -delete",
    "terraform -chdir=envs/live apply -auto-approve",
    "tar -xzf dump.tgz",
    "tar -cvzf dump.tgz -C /srv data",
    "docker run -it --rm -p 80:80 web",
    "docker run --rm web find / -name core",
    "docker run web -rm",
    "docker exec db psql -c 'select 1'",
    "kubectl exec web -- find / -name core -type f",
    "java -jar tool.jar -name x",
    "npm install -save-dev x",
    "ls -lart",
    "ps -aux | grep -rl name",
    "openssl x509 -noout -text -in cert.pem",
    "slack post \"Service is down \xE2\x80\x93 see the page\"",
    "git commit -m 'It\xE2\x80\x99s back \xE2\x80\x93 \xE2\x80\x9Cso we hope\xE2\x80\x9D'",
    "restore-all # \xE2\x80\x94 takes an hour, docker run -rm",
    "cat <<'END' >notice\nDown \xE2\x80\x93 we\xE2\x80\x99re on it: git push -force\nEND\nls",
    "echo caf\xC3\xA9 \xE2\x80\xA6",
    "echo \"docker run -rm\"",
    "git commit -am fixed",
    "curl -fsSL https://example.org/x",
    "kubectl logs -f deploy/web -c web --tail=20 | grep -iE 'warn|fatal'",
    "tar cf - . | ssh ops@db 'tar xf - -C /srv'",
    "docker compose -f live.yaml up -d && docker ps -aq -f name=web",
    "java -Xmx1g -Dset=live -jar tool.jar",
    "ffmpeg -i in.mp4 -filter:v scale=1:1 out.mp4",
    "gcc -shared -fPIC x.c; ps -ef",
    "psql -Atc 'select 1' -d permits",
    "aws s3 cp - s3://x --acl private",
    "ssh -o StrictHostKeyChecking=no db",
    "if test -f x; then git -C y pull -r; fi",
    "echo \\\"a\\\" \\\"\xE2\x80\xA6\\\"",
    "",
    "'",
    "\\",
    "<<",
};

static void mend(struct cp_buf *out, const char *command)
{
    struct cp_flaws flaws;
    cp_command_check(&flaws, cp_str_of(command));
    ck_assert_msg(flaws.count > 0, "nothing is found in: %s", command);
    struct cp_str line = cp_flaw_line(&flaws.items[0], cp_str_of(command));
    ck_assert(cp_flaws_mend(out, line, &flaws));
}

START_TEST(flaws_are_mended)
{
    struct cp_buf line;
    cp_buf_init(&line);
    mend(&line, flawed[_i].command);
    ck_assert_str_eq(line.at, flawed[_i].mended);
    ck_assert_uint_ne(
        cp_command_look(cp_str_of(flawed[_i].command)) & (CP_LOOK_ODD | CP_LOOK_OPTION), 0);
    cp_buf_release(&line);
}
END_TEST

START_TEST(sound_commands_are_left_alone)
{
    struct cp_flaws flaws;
    cp_command_check(&flaws, cp_str_of(sound[_i]));
    ck_assert_msg(flaws.count == 0, "%.*s in: %s", CP_ARG(flaws.items[0].wrong), sound[_i]);
}
END_TEST

START_TEST(flaw_tells_its_bytes_and_its_tool)
{
    struct cp_flaws flaws;
    struct cp_str command = CP_STR("docker run -rm \xE2\x80\x93name=x web");
    cp_command_check(&flaws, command);
    ck_assert_uint_eq(flaws.count, 2);
    ck_assert_int_eq(flaws.items[0].kind, CP_FLAW_OPTION);
    ck_assert(cp_str_is(flaws.items[0].wrong, "-rm"));
    ck_assert(cp_str_is(flaws.items[0].tool, "docker"));
    ck_assert_int_eq(flaws.items[1].kind, CP_FLAW_DASH);
    ck_assert_ptr_eq(flaws.items[1].wrong.at, command.at + 15);
    ck_assert_uint_eq(flaws.items[1].wrong.len, 3);
}
END_TEST

START_TEST(too_many_flaws_are_not_mended)
{
    struct cp_buf text;
    struct cp_buf out;
    struct cp_flaws flaws;
    cp_buf_init(&text);
    cp_buf_init(&out);
    for (int i = 0; i <= CP_FLAWS_MOST; i++) {
        cp_buf_puts(&text, "x \xE2\x80\x93y ");
    }
    cp_command_check(&flaws, cp_buf_str(&text));
    ck_assert_uint_eq(flaws.count, CP_FLAWS_MOST);
    ck_assert(!cp_flaws_mend(&out, cp_buf_str(&text), &flaws));
    ck_assert_uint_eq(out.len, 0);
    cp_buf_release(&text);
    cp_buf_release(&out);
}
END_TEST

// The parameters of a text, with a bar behind each.
static const struct {
    const char *text, *names;
} parameters[] = {
    {"pg_restore --dbname=permits <snapshot-id>", "snapshot-id|"},
    {"restore <A_1>/<b.c> \"<your cluster>\"", "A_1|b.c|your cluster|"},
    {"resize <size>GB node<n>.example.org", "size|n|"},
    {"sort <in >out", ""},
    {"sort <in>output", ""},
    {"psql < dump.sql", ""},
    {"psql <dump.sql", ""},
    {"psql <dump.sql -d permits >log", ""},
    {"cat <<EOF >x\nname: <name>\nEOF", "name|"},
    {"cat <<<x>y", ""},
    {"cat <x>>y", ""},
    {"diff <(a) <(b)", ""},
    {"grep '\\<word\\>' x", ""},
    {"grep -P '(?<name>x)(?P<other>y)' x", ""},
    {"psql -c 'select 1 where a<b and c>d'", ""},
    {"echo '<p>Down <b>now</b><br>' && echo '<config><a.b>1</a.b></config>'", ""},
    {"git commit --author 'Ada <ada@example.org>'", ""},
    {"curl <https://example.org>", ""},
    {"curl https://example.org | grep '<h1>'", ""},
    {"Press <Enter>, then <Ctrl-C>", ""},
    {"`<x>`", "x|"},
    {"x <> y <1> <-a> <a-> < a>", ""},
};

START_TEST(parameters_are_told_from_redirection)
{
    struct cp_buf names;
    struct cp_str name;
    struct cp_parameter_scan scan;
    cp_buf_init(&names);
    cp_buf_puts(&names, "");
    cp_parameter_scan_init(&scan, cp_str_of(parameters[_i].text));
    while (cp_parameter_next(&name, &scan)) {
        ck_assert_int_eq(name.at[-1], '<');
        ck_assert_int_eq(name.at[name.len], '>');
        cp_buf_put(&names, name);
        cp_buf_putc(&names, '|');
    }
    ck_assert_str_eq(names.at ? names.at : "", parameters[_i].names);
    cp_buf_release(&names);
}
END_TEST

static const struct {
    const char *text, *names;
} roles[] = {
    {"Assume the `operator` role.", "operator|"},
    {"The `a`, `b` or `c` roles, as `d` roles go", "a|b|c|d|"},
    {"The `a`/`b` role and\nthe `c`\nrole", "a|b|c|"},
    {"`psql` is there; the role `x` is not asked for", ""},
    {"`x` roleplay, `y`role, ``z`` role", ""},
    {"`open", ""},
    {"", ""},
};

START_TEST(access_roles_are_named_before_the_word)
{
    struct cp_buf names;
    struct cp_str name;
    size_t at = 0;
    cp_buf_init(&names);
    while (cp_access_role_next(&name, cp_str_of(roles[_i].text), &at)) {
        cp_buf_put(&names, name);
        cp_buf_putc(&names, '|');
    }
    ck_assert_str_eq(names.at ? names.at : "", roles[_i].names);
    cp_buf_release(&names);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof((table)[0]))

Suite *cp_suite_command(void)
{
    Suite *suite = suite_create("command");
    TCase *tcase = tcase_create("command");
    tcase_add_loop_test(tcase, flaws_are_mended, 0, ROWS(flawed));
    tcase_add_loop_test(tcase, sound_commands_are_left_alone, 0, ROWS(sound));
    tcase_add_test(tcase, flaw_tells_its_bytes_and_its_tool);
    tcase_add_test(tcase, too_many_flaws_are_not_mended);
    tcase_add_loop_test(tcase, parameters_are_told_from_redirection, 0, ROWS(parameters));
    tcase_add_loop_test(tcase, access_roles_are_named_before_the_word, 0, ROWS(roles));
    suite_add_tcase(suite, tcase);
    return suite;
}
