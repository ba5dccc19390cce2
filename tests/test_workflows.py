"""The workflow files for publishers: valid, careful with rights, and each of their scripts is run in a real clone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
import yaml
from project import FILES, ROOT, tiny_project
from repository import commit, git

PUBLISHER = ROOT / ".ci/publisher"
FEE, GUIDE = "items/fees/small-card.yml", "items/guides/card-renewal.yml"
SCHEMAS = {"github": "github-workflows", "gitea": "github-workflows", "gitlab": "gitlab-ci"}
RAISED = FILES[FEE].replace(
    "      - amount: 40\n        basis: [{policy: small-law, checked: 2026-10-12}]\n",
    "      - until: 2026-12-31\n"
    "        amount: 40\n"
    "        basis: [{policy: small-law, checked: 2026-10-12}]\n"
    "      - from: 2027-01-01\n"
    "        amount: 30\n"
    "        basis: [{policy: small-law, checked: 2026-10-12}]\n",
)
REWRITTEN = FILES[FEE].replace("amount: 20\n", "amount: 25\n")
MISTAKE = FILES[FEE].replace("amount: 20\n", "amount: 20元\n")


def workflow(platform: str) -> dict[Any, Any]:
    found = yaml.safe_load((PUBLISHER / f"{platform}.yml").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(("platform", "schema"), SCHEMAS.items())
def test_a_workflow_file_is_valid_by_the_schema_of_its_platform(platform: str, schema: str) -> None:
    text = files("check_jsonschema.builtin_schemas.vendor").joinpath(f"{schema}.json").read_text(encoding="utf-8")
    document = workflow(platform)
    if True in document:  # YAML 1.1 reads the key `on` as a boolean
        document["on"] = document.pop(True)
    # Patterns of these schemas are JavaScript's, which is not what is tested here.
    jsonschema.Draft7Validator(json.loads(text)).validate(document)
    with pytest.raises(jsonschema.ValidationError):
        broken = {**document, "jobs": {"review": {"steps": 1}}, "review": {"script": {"a": 1}}}
        jsonschema.Draft7Validator(json.loads(text)).validate(broken)


class Step(NamedTuple):
    """A script of a workflow file, the condition under which it runs, and the environment that the file gives it."""

    job: str
    condition: str
    script: str
    environment: Mapping[str, str]


def steps(platform: str) -> Iterator[Step]:
    """Yield the scripts of a file in their order."""
    if platform == "gitlab":
        for job in ("review", "publish", "due"):
            for script in (*workflow(platform)[job]["script"], *workflow(platform)[job].get("after_script", ())):
                yield Step(job, "", script, {})
        return
    for name, job in workflow(platform)["jobs"].items():
        for step in job["steps"]:
            if "run" in step:
                yield Step(name, step.get("if", ""), step["run"], step.get("env", {}))


GITHUB_VALUES = {
    "github.event.pull_request.base.sha": "BASE",
    "github.event.pull_request.number": "7",
    "github.api_url": "https://api.host.example",
    "github.server_url": "https://host.example",
    "github.repository": "district/site",
    "github.token": "",
    "secrets.GITHUB_TOKEN": "",
    "vars.PUBLISH_DIR": "PUBLISH_DIR",
}
"""What expressions stand for; a name in capitals is a value of the test's own."""
HAS_IMPACT = "hashFiles('impact.md') != ''"
IS_OWN = "github.event.pull_request.head.repo.full_name == github.repository"
RUNS_IF_FAILED = {
    "": False,
    f"always() && {HAS_IMPACT}": True,
    f"always() && {HAS_IMPACT} && {IS_OWN}": True,
    f"always() && {IS_OWN}": True,
}


class Clone:
    """A clone of the small project with the publisher's files, and what its jobs leave and say."""

    def __init__(self, folder: Path) -> None:
        origin = tiny_project(folder / "origin")
        (origin / ".ci/publisher").mkdir(parents=True)
        (origin / ".gitignore").write_text((ROOT / ".gitignore").read_text(encoding="utf-8"), encoding="utf-8")
        # Setting up is another test's; here the package that is tested must be the one that runs.
        (origin / ".ci/set-up.sh").write_text("exit 0\n", encoding="utf-8")
        for file in PUBLISHER.iterdir():
            if file.is_file():
                (origin / ".ci/publisher" / file.name).write_bytes(file.read_bytes())
        git(origin, "init", "-q")
        self.base = commit(origin, "2026-11-20")
        git(folder, "clone", "-q", str(origin), "clone")
        self.folder = folder / "clone"
        self.target = folder / "www"
        self.summary = folder / "summary"
        self._programs(folder / "bin")
        self._bin = folder / "bin"

    def _programs(self, folder: Path) -> None:
        tongchuang = self.folder / ".venv/bin/tongchuang"
        for path, command in (
            (tongchuang, f'PYTHONPATH="{ROOT}" exec "{sys.executable}" -m generator "$@"'),
            (folder / "python", f'exec "{sys.executable}" "$@"'),
            (folder / "python3", f'exec "{sys.executable}" "$@"'),
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"#!/bin/sh\n{command}\n", encoding="utf-8")
            path.chmod(0o755)

    def run(self, platform: str, job: str) -> tuple[int, str]:
        """Run the steps of a job as the platform does, each with `bash -e`; return the status and what was printed."""
        status, said = 0, ""
        for number, step in enumerate(one for one in steps(platform) if one.job == job):
            after = number > 0 if platform == "gitlab" else RUNS_IF_FAILED[step.condition]
            if status and not after:
                continue
            if "hashFiles" in step.condition and not (self.folder / "impact.md").is_file():
                continue
            done = self._bash(step.script, {key: self._value(text) for key, text in step.environment.items()})
            status = status or done.returncode
            said += done.stdout + done.stderr
        return status, said

    def _value(self, text: str) -> str:
        own = {"BASE": self.base, "PUBLISH_DIR": str(self.target)}

        def stands_for(match: re.Match[str]) -> str:
            value = GITHUB_VALUES[match[1]]
            return own.get(value, value)

        return re.sub(r"\$\{\{ *(.+?) *\}\}", stands_for, str(text))

    def _bash(self, script: str, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        assert "${{" not in script, "an expression in a script is code from outside"
        given = {
            "PATH": f"{self._bin}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self._bin),
            "LANG": "C.UTF-8",
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": self.base,
            "CI_API_V4_URL": "https://host.example/api/v4",
            "CI_PROJECT_ID": "3",
            "CI_MERGE_REQUEST_IID": "7",
            "PUBLISH_DIR": str(self.target),
        }
        command = ["bash", "-e", "-u", "-c", script]
        return subprocess.run(
            command, cwd=self.folder, env={**given, **environment}, capture_output=True, text=True, check=False
        )


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


def test_a_mistake_is_shown_beside_its_line(clone: Clone) -> None:
    commit(clone.folder, "2026-11-21", {FEE: MISTAKE})
    status, said = clone.run("github", "review")
    assert status == 1
    (annotation,) = [line for line in said.splitlines() if line.startswith("::error ")]
    assert annotation.startswith(f"::error file={FEE},line=11,endLine=11,col=17,endColumn=20,title=")
    assert not (clone.folder / "preview").exists()


@pytest.mark.parametrize("platform", ["github", "gitlab"])
def test_a_change_of_a_fee_is_told_and_previewed(platform: str, clone: Clone) -> None:
    commit(clone.folder, "2026-11-21", {FEE: RAISED})
    status, said = clone.run(platform, "review")
    assert status == 0, said
    impact = (clone.folder / "impact.md").read_text(encoding="utf-8")
    assert "丢失补领：金额" in impact and "| 30 |" in impact and "2027年1月1日" in impact
    assert (clone.folder / "preview/index.html").is_file()
    assert said.splitlines()[-1] == "没有令牌，不写评论。"
    if platform == "github":
        assert clone.summary.read_text(encoding="utf-8") == impact


def test_an_amount_in_force_that_is_rewritten_fails(clone: Clone) -> None:
    commit(clone.folder, "2026-11-21", {FEE: REWRITTEN})
    status, said = clone.run("github", "review")
    assert status == 1
    (annotation,) = [line for line in said.splitlines() if line.startswith("::error ")]
    assert annotation.startswith(f"::error file={FEE},line=")
    assert "25" in (clone.folder / "impact.md").read_text(encoding="utf-8")


def test_without_a_change_there_is_nothing_to_tell(clone: Clone) -> None:
    status, said = clone.run("github", "review")
    assert status == 0, said
    assert "**内容与它相同，什么都不受影响。**" in (clone.folder / "impact.md").read_text(encoding="utf-8")


def test_a_push_publishes(clone: Clone) -> None:
    status, said = clone.run("gitlab", "publish")
    assert status == 0, said
    assert (clone.target / "current/guides/card-renewal/index.html").is_file()
    assert "这是第一个版本。" in said


def test_gitea_runs_what_github_runs() -> None:
    scripts = {platform: {step.script for step in steps(platform)} for platform in ("github", "gitea")}
    assert scripts["gitea"] - scripts["github"] == {"test ! -f impact.md || python3 .ci/publisher/comment.py impact.md"}


def test_a_mistake_is_not_published(clone: Clone) -> None:
    assert clone.run("github", "publish")[0] == 0
    was = (clone.target / "current").readlink()
    commit(clone.folder, "2026-11-21", {FEE: MISTAKE})
    assert clone.run("github", "publish")[0] == 1
    assert (clone.target / "current").readlink() == was


@pytest.mark.parametrize("platform", ["github", "gitea"])
def test_scripts_hold_no_expressions(platform: str) -> None:
    scripts = [step.script for step in steps(platform)]
    assert len(scripts) == {"github": 5, "gitea": 4}[platform]
    assert not [script for script in scripts if "${{" in script]


@pytest.mark.parametrize("platform", ["github", "gitea"])
def test_the_token_is_not_left_in_the_clone(platform: str) -> None:
    found = [step for job in workflow(platform)["jobs"].values() for step in job["steps"]]
    checkouts = [step["with"] for step in found if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts == [{"fetch-depth": 0, "persist-credentials": False}] * 3
    tokens = [step["run"] for step in found if "TOKEN" in step.get("env", {})]
    assert [".ci/publisher/comment.py" in run for run in tokens] == [True]


def test_rights_are_the_least() -> None:
    document = workflow("github")
    assert document["permissions"] == {"contents": "read"}
    rights = {name: job.get("permissions") for name, job in document["jobs"].items()}
    assert rights == {
        "review": {"contents": "read", "pull-requests": "write"},
        "publish": None,
        "due": None,
    }
    # A request from a fork would run there with the rights and secrets of this project.
    assert not {"pull_request_target", "workflow_run"} & set(document[True])


@pytest.mark.parametrize("platform", ["github", "gitea"])
def test_publishing_is_not_broken_off(platform: str) -> None:
    job = workflow(platform)["jobs"]["publish"]
    assert job["concurrency"] == {"group": "publish", "cancel-in-progress": False}
    assert job["if"] == "github.event_name != 'pull_request' && vars.PUBLISH_DIR != ''"


def test_publishing_is_not_broken_off_on_gitlab() -> None:
    job = workflow("gitlab")["publish"]
    assert (job["interruptible"], job["resource_group"]) == (False, "publish")
    assert job["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $PUBLISH_DIR"}]


def test_the_schedule_tells_what_is_due(clone: Clone) -> None:
    status, said = clone.run("github", "due")
    assert status == 0, said
    assert "2027-01-01" in said
    late = FILES[GUIDE].replace("review_by: 2027-10-12", "review_by: 2026-11-01")
    commit(clone.folder, "2026-11-21", {GUIDE: late})
    status, said = clone.run("github", "due")
    assert status == 1
    assert "小证期满换领" in said
