"""What CI services and pre-commit read of ours, tried as they would.

usage: check.py PROGRAM ROOT

The shell steps of action.yml are run under `bash -euo pipefail` with inputs that do harm where they
become part of a script; so are the pipelines that `contplan init --ci` writes.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

PROGRAM, ROOT = sys.argv[1:]
INPUT = re.compile(r"\$\{\{ inputs\.([a-z-]+) \}\}")
EVIL = "x$(touch pwned)`touch pwned`';touch pwned;\"|touch pwned #\nstatus=0\n::set-output name=a::b"
failed = []


def check(holds, message):
    if not holds:
        failed.append(message)


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


class World:
    """A workspace with git, a portfolio with findings, and the folders that a runner gives."""

    def __init__(self):
        self.folder = tempfile.mkdtemp()
        self.work = os.path.join(self.folder, "work")
        self.bin = os.path.join(self.folder, "bin")
        self.temp = os.path.join(self.folder, "temp")
        for folder in (self.bin, self.temp):
            os.mkdir(folder)
        shutil.copytree(os.path.join(ROOT, "plans", "opg"), os.path.join(self.work, "registry"))
        os.symlink(PROGRAM, os.path.join(self.bin, "contplan"))
        self.env = {
            "PATH": self.bin + ":" + os.environ["PATH"],
            "HOME": self.folder,
            "LC_ALL": "C.UTF-8",
            "RUNNER_TEMP": self.temp,
            "GITHUB_ACTION_PATH": ROOT,
            "GITHUB_OUTPUT": os.path.join(self.folder, "outputs"),
            "GITHUB_STEP_SUMMARY": os.path.join(self.folder, "page"),
            "GIT_CONFIG_GLOBAL": "/dev/null",
        }
        for name in os.environ:
            if name.endswith("SAN_OPTIONS"):
                self.env[name] = os.environ[name]
        git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
        for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "Plans"]):
            subprocess.run(git + words, cwd=self.work, env=self.env, check=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)

    def run(self, script, **env):
        done = subprocess.run(["bash", "--noprofile", "--norc", "-euo", "pipefail", "-c", script],
                              cwd=self.work, env={**self.env, **env}, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=300, check=False)
        return done.returncode, done.stdout + done.stderr

    def text(self, name):
        path = self.env.get(name, os.path.join(self.folder, name))
        if not os.path.exists(path):
            return ""
        with open(path, encoding="utf-8") as file:
            return file.read()

    def stub(self, name, script):
        path = os.path.join(self.bin, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\n" + script)
        os.chmod(path, 0o755)

    def is_pwned(self):
        return any("pwned" in files for _, _, files in os.walk(self.folder))


# ---- action.yml ------------------------------------------------------------------------------------

ACTION = yaml.safe_load(read("action.yml"))


def act(world, **given):
    """Runs the shell steps of the action with these inputs; the status of the first that fails."""
    inputs = {name: row["default"] for name, row in ACTION["inputs"].items()}
    inputs.update({name.replace("_", "-"): value for name, value in given.items()})
    for step in ACTION["runs"]["steps"]:
        if "run" in step:
            env = {key: INPUT.sub(lambda found: inputs[found[1]], value)
                   for key, value in step.get("env", {}).items()}
            status, said = world.run(step["run"], **env)
            if status != 0:
                return status, said
    return 0, said


def check_shape():
    steps = ACTION["runs"]["steps"]
    used = set()
    check(ACTION["runs"]["using"] == "composite", "action.yml is not composite")
    for step in steps:
        check("${{" not in step.get("run", ""), "an expression is part of a script")
        check("run" not in step or step["shell"] == "bash", "a step names no shell")
        for value in step.get("env", {}).values():
            check(INPUT.fullmatch(value), f"{value} is no input alone")
        for value in list(step.get("env", {}).values()) + [step.get("if", "")]:
            used.update(re.findall(r"inputs\.([a-z-]+)", value))
    check(used == set(ACTION["inputs"]), f"inputs declared and used differ: {used}")
    for name, row in ACTION["inputs"].items():
        check(isinstance(row["default"], str), f"the default of {name} is no text")
    ids = {step.get("id") for step in steps}
    for row in ACTION["outputs"].values():
        check(re.search(r"steps\.([a-z]+)\.", row["value"])[1] in ids, "an output of no step")


def check_inputs_that_do_harm():
    for name in ACTION["inputs"]:
        with World() as world:
            given = {"program": PROGRAM, "working_directory": "registry",
                     name.replace("-", "_"): EVIL}
            if name == "package":
                del given["program"]
            status, said = act(world, **given)
            outputs = world.text("GITHUB_OUTPUT").splitlines()
            check(not world.is_pwned(), f"the input {name} is run")
            check(name in ("history", "sarif", "summary") or status in (2, 3),
                  f"the input {name} is taken for something, {status}: {said}")
            check(all(re.fullmatch(r"status=[1-3]|sarif=.*/temp/contplan\.sarif", line)
                      for line in outputs), f"the input {name} reaches the outputs: {outputs}")
            check(not re.search("^::set-output", said, re.M), f"the input {name} gives a command")


def check_action():
    with World() as world:
        status, said = act(world, program=PROGRAM, working_directory="registry", history="true")
        check(status == 1, f"findings give {status}: {said}")
        check("::error file=registry/" in said, f"paths are not those of the workspace: {said}")
        check("status=1" in world.text("GITHUB_OUTPUT"), "the status is no output")
        with open(os.path.join(world.temp, "contplan.sarif"), encoding="utf-8") as file:
            check(json.load(file)["version"] == "2.1.0", "there is no SARIF")
        check("sarif=" + world.temp in world.text("GITHUB_OUTPUT"), "SARIF is no output")
        check("serve-opg" in world.text("GITHUB_STEP_SUMMARY"), "the page is empty")
    with World() as world:
        status, _ = act(world, program="contplan", working_directory="registry", fail_on="never",
                        summary="false", paths="serve-opg.yaml\n")
        check(status == 0, f"fail-on never gives {status}")
        check(world.text("GITHUB_STEP_SUMMARY") == "", "the page was not wanted")
    with World() as world:
        path = os.path.join(world.work, "registry")
        call = f"contplan -C {path} validate --baseline known.yaml --write-baseline"
        world.run(call)
        status, said = act(world, program=PROGRAM, working_directory="registry",
                           baseline="known.yaml")
        check(status == 0 and "known from the baseline" in said, f"a baseline: {status} {said}")
        with open(os.path.join(world.temp, "contplan.sarif"), encoding="utf-8") as file:
            check(json.load(file)["runs"][0]["results"] == [], "known findings are uploaded")
    with World() as world:
        status, said = act(world, program="nowhere")
        check(status == 2 and "::error" in said, f"a program that is missing: {status} {said}")
    with World() as world:
        for name in ("apt-get", "sudo"):
            world.stub(name, 'echo "$0" "$@" >>"$HOME/asked"\n')
        open(os.path.join(world.work, "it's.deb"), "w", encoding="utf-8").close()
        status, said = act(world, package="it's.deb", working_directory="registry")
        check(status == 1, f"with a package: {status} {said}")
        check(f"-- {os.path.realpath(world.work)}/it's.deb" in world.text("asked"),
              "the package is not installed: " + world.text("asked"))


# ---- pipelines -------------------------------------------------------------------------------------

def check_github_pipeline():
    with World() as world:
        status, said = world.run("contplan init registry --ci github && "
                                 "contplan init registry --ci github")
        check(status == 0 and "CONTPLAN_REPOSITORY" in said, f"init --ci github: {said}")
        path = os.path.join(world.work, ".github/workflows/contplan.yml")
        steps = yaml.safe_load(read(path))["jobs"]["validate"]["steps"]
        for step in steps:
            check("${{" not in step.get("run", ""), "an expression is part of a script")
        given = steps[-1]["with"]
        check(set(given) <= set(ACTION["inputs"]), f"inputs that the action lacks: {given}")
        check(given["working-directory"] == "registry", f"another folder: {given}")
        check(steps[-1]["uses"] == "./" + steps[-2]["with"]["path"], "uses another folder")


def check_gitlab_pipeline():
    with World() as world:
        status, said = world.run("contplan init registry --ci gitlab")
        check(status == 0, f"init --ci gitlab: {said}")
        job = yaml.safe_load(read(os.path.join(world.work, ".gitlab-ci.yml")))["continuity-plans"]
        status, said = world.run("\n".join(job["script"]), PLANS=job["variables"]["PLANS"])
        check(status == 1, f"the script gives {status}: {said}")
        for name in job["artifacts"]["reports"].values():
            check(os.path.getsize(os.path.join(world.work, name)) > 0, f"{name} is empty")
    with World() as world:
        world.run("echo 'include: []' >.gitlab-ci.yml")
        status, said = world.run("contplan init registry --ci gitlab")
        check(status == 0 and ".gitlab/contplan.yml" in said, f"one that is there: {said}")
        check(read(os.path.join(world.work, ".gitlab-ci.yml")) == "include: []\n", "overwritten")
        check("script" in read(os.path.join(world.work, ".gitlab/contplan.yml")), "no pipeline")


def check_folders_that_do_harm():
    for service in ("github", "gitlab"):
        with World() as world:
            status, said = world.run("mkdir '${{ x }}' && contplan init '${{ x }}' --ci " + service)
            check(status == 3 and "no pipeline was written" in said, f"{status}: {said}")
        with World() as world:
            world.run("mkdir ../out && ln -s ../out .github && ln -s ../out/x .gitlab-ci.yml")
            status, said = world.run("contplan init registry --ci " + service)
            check(not os.listdir(os.path.join(world.folder, "out")), "written through a link")


# ---- pre-commit, problem matcher -------------------------------------------------------------------

def check_hooks():
    hooks = {hook["id"]: hook for hook in yaml.safe_load(read(".pre-commit-hooks.yaml"))}
    for hook in hooks.values():
        check(hook["language"] == "system" and not hook["pass_filenames"], "another kind of hook")
        with World() as world:
            world.run("echo 'nonsense: 1' >>registry/serve-opg.yaml && git add .")
            status, said = world.run(hook["entry"])
            check(status == 1 and "CP1" in said, f"{hook['id']} gives {status}: {said}")
    with World() as world:
        status, said = world.run(hooks["contplan"]["entry"])
        check(status == 0, f"a commit of nothing gives {status}: {said}")


def check_matcher():
    matchers = json.loads(read("packaging/problem-matcher.json"))["problemMatcher"]
    severities = {"error": "error", "warning": "warning", "notice": "info"}
    with World() as world:
        os.rename(os.path.join(world.work, "registry/serve-opg.yaml"),
                  os.path.join(world.work, "registry/a b:7: x.yaml"))
        world.run("cp -r '%s/tests/golden/good' . && sed -i 's/^name:.*/name: TBC/' good/plans/*.yaml"
                  % ROOT)
        command = "contplan validate --today 2026-11-23 --severity CP311=info --format "
        wanted = sorted((found["path"], found["line"], found["column"], found["severity"])
                        for found in json.loads(world.run(command + "json 2>/dev/null")[1])["findings"])
        check(len({row[3] for row in wanted}) == 3, f"not every severity is tried: {wanted}")
        for form in ("concise", "text"):
            lines = world.run(command + form + " 2>/dev/null")[1].splitlines()
            seen = []
            for matcher in matchers:
                pattern = matcher["pattern"][0]
                for line in lines:
                    found = re.match(pattern["regexp"], line)
                    if found:
                        seen.append((found[pattern["file"]], int(found[pattern["line"]]),
                                     int(found[pattern["column"]]),
                                     severities[matcher["severity"]]))
                        check("CP" in found[pattern["message"]], f"no code: {line}")
            check(sorted(seen) == wanted, f"{form} is matched as {sorted(seen)}, not {wanted}")


def main():
    checks = [check_shape, check_inputs_that_do_harm, check_action, check_github_pipeline,
              check_gitlab_pipeline, check_folders_that_do_harm, check_hooks, check_matcher]
    for one in checks:
        one()
    for message in failed:
        print("adoption:", message)
    if not failed:
        print(f"adoption: {len(checks)} checks of what CI services and pre-commit read")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
