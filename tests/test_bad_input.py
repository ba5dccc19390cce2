"""Bad input: whatever an editor can leave on the disk gets clear Chinese messages, all together, and harms no site."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from bad_input import CASES, MATERIAL, OTHER_MATERIAL, edited, lay
from mistake_files import lay_mistake, mistake_names
from project import CONFIG, ROOT, run, tiny_project, tree

from generator import cli
from generator.mkdocs_build import load_catalogue

STAYS = "没有生成，原来的站点没有变。\n"


Check = Callable[[Path], tuple[int, str]]


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    """Return a function that runs `tongchuang check` in a project and returns its status and its whole output."""

    def checked(project: Path) -> tuple[int, str]:
        monkeypatch.chdir(project)
        status = cli.main(["check", "--brief"])
        said = capsys.readouterr()
        assert said.err == ""
        return status, said.out

    return checked


@pytest.mark.parametrize("name", CASES)
def test_mistake_is_told_with_its_place(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(lay(tiny_project(tmp_path), CASES[name].files))
    started = time.perf_counter()
    _, _, (problem,) = load_catalogue("mkdocs.yml", None)
    assert (str(problem.place), problem.code, problem.message) == CASES[name].says
    assert time.perf_counter() - started < 5


# What only a disk can hold.


def test_link_to_a_file_outside_is_not_read(tmp_path: Path, check: Check) -> None:
    project = tiny_project(tmp_path / "project")
    (tmp_path / "secret.yml").write_text("password: 1234\n")
    (project / "items/materials/secret.yml").symlink_to(tmp_path / "secret.yml")
    assert check(project) == (1, _link("items/materials/secret.yml"))


def test_link_to_a_folder_outside_is_not_entered(tmp_path: Path, check: Check) -> None:
    project = tiny_project(tmp_path / "project")
    shutil.copytree(project / "items/materials", tmp_path / "other")
    (project / "items/materials/other").symlink_to(tmp_path / "other", target_is_directory=True)
    assert check(project) == (1, _link("items/materials/other"))


def test_circle_of_links_ends(tmp_path: Path, check: Check) -> None:
    project = tiny_project(tmp_path)
    (project / "items/guides/again").symlink_to(project / "items", target_is_directory=True)
    (project / "items/guides/self.yml").symlink_to(project / "items/guides/self.yml")
    problems = _link("items/guides/again", "items/guides/self.yml")
    assert check(project) == (1, problems)


def test_link_instead_of_the_items_is_not_followed(tmp_path: Path, check: Check) -> None:
    project = tiny_project(tmp_path / "project")
    (project / "items").rename(tmp_path / "items")
    (project / "items").symlink_to(tmp_path / "items", target_is_directory=True)
    assert check(project) == (1, _link("items"))


def test_link_among_prose_is_not_read(tmp_path: Path, check: Check) -> None:
    project = tiny_project(tmp_path / "project")
    (tmp_path / "secret.md").write_text("---\ntitle: x\n---\n")
    (project / "content/secret.md").symlink_to(tmp_path / "secret.md")
    assert check(project) == (1, _link("content/secret.md"))


def _link(*paths: str) -> str:
    problems = "".join(
        f"{path}:1:1: 错误: 这是一个链接（快捷方式），指向别的地方，不会读取 [symlink]\n"
        "    请把真正的文件放在这里，再删掉链接。\n"
        for path in paths
    )
    return f"{problems}共 {len(paths)} 个错误，0 个提醒。\n"


def test_file_without_leave_to_read_is_told(tmp_path: Path, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tiny_project(tmp_path)
    read_bytes = Path.read_bytes

    def refuse(file: Path) -> bytes:  # the superuser, who may run the tests, is let through everywhere
        if file.name == "small-card.yml" and file.parent.name == "materials":
            raise PermissionError(13, "Permission denied", str(file))
        return read_bytes(file)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    said = (
        "items/materials/small-card.yml:1:1: 错误: 文件读不出来：没有读取权限。 [unreadable-file]\n"
        "    请检查文件是否存在、是否有读取权限。\n"
        "共 1 个错误，0 个提醒。\n"
    )
    assert check(project) == (1, said)


def test_device_instead_of_a_file_is_not_waited_for(tmp_path: Path, check: Check) -> None:
    project = tiny_project(tmp_path)
    os.mkfifo(project / "items/materials/photo.yml")
    said = (
        "items/materials/photo.yml:1:1: 错误: 这不是文件夹，也不是内容文件，不会发布 [stray-file]\n"
        "    请删掉它，或改成文件夹。\n"
        "共 1 个错误，0 个提醒。\n"
    )
    assert check(project) == (1, said)


def test_name_that_is_no_utf8_can_be_printed(tmp_path: Path, check: Check) -> None:
    project = tiny_project(tmp_path)
    file = os.fsencode(project / "items/materials") + b"/" + "身.yml".encode("gbk")
    Path(os.fsdecode(file)).write_text(OTHER_MATERIAL, encoding="utf-8")
    said = (
        "items/materials/\\udcc9\\udced.yml:1:1: 错误: 「编号」文件名「\\udcc9\\udced」不能作编号 [wrong-id]\n"
        "    文件名只用小写英文字母、数字和 -，例如 id-card-renewal.yml；公布后不要再改。\n"
        "共 1 个错误，0 个提醒。\n"
    )
    assert check(project) == (1, said)


def test_what_programs_leave_behind_is_passed_over(tmp_path: Path, check: Check) -> None:
    names = (".DS_Store", "._small-card.yml", ".#small-card.yml", "~$表.xlsx", "Thumbs.db", "README.md")
    project = lay(tiny_project(tmp_path), {f"items/materials/{name}": "x" for name in names})
    assert check(project) == (0, "检查通过：没有发现问题。\n")


# A build over a good site.


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with its site, built once."""
    project = tiny_project(tmp_path_factory.mktemp("built") / "project")
    done = run(project, "build", "--no-search")
    assert done.returncode == 0, done.stderr
    return project


def copied(built: Path, folder: Path) -> Path:
    """Return a copy of a built project that may be spoilt."""
    return Path(shutil.copytree(built, folder / "project", symlinks=True))


BUILT_OVER = (
    "keys/unknown-key-with-a-near-miss",
    "keys/missing-key-in-a-list",
    "values/text-for-a-list",
    "values/amount-with-a-unit",
    "values/value-outside-a-list-near-miss",
    "dates/impossible-date",
    "references/dangling-reference-near-miss",
    "references/one-id-in-two-sub-folders",
    "references/prose-at-an-item-s-address",
    "references/id-that-climbs",
    "fees/overlapping-periods",
    "policies/document-number-in-square-brackets",
    "markup/script-in-yaml",
    "markup/script-in-a-body",
    "markup/script-links-in-disguise",
    "markup/handler-in-prose",
    "files/alias-bomb",
    "files/empty-file",
    "files/gbk",
    "files/full-width-colon",
    "cases/condition-with-an-unknown-answer",
    "cases/more-cases-than-the-bound",
    "prose/broken-front-matter",
    "places/other-extension",
)


@pytest.mark.parametrize("name", BUILT_OVER)
def test_build_says_the_same_and_leaves_the_site(
    name: str,
    built: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    project = lay_mistake(copied(built, tmp_path), name)
    before, around = tree(project / "site"), _names(project)
    monkeypatch.chdir(project)
    assert cli.main(["check", "--brief"]) == 1
    told = capsys.readouterr().out
    assert cli.main(["build", "--no-search"]) == 1
    said = capsys.readouterr()
    assert ([record.getMessage() for record in caplog.records], said.out, said.err) == (
        [told.removesuffix("\n")],
        "",
        STAYS,
    )
    assert tree(project / "site") == before
    assert _names(project) == around


def _names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def refused(project: Path, says: str) -> None:
    """Assert that a build in a process of its own says this and nothing else, and leaves everything as it was."""
    before, around = tree(project / "site"), _names(project)
    done = run(project, "build", "--no-search")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", says + STAYS)
    assert tree(project / "site") == before
    assert _names(project) == around


def test_build_on_the_command_line_says_the_same(built: Path, tmp_path: Path) -> None:
    project = lay_mistake(copied(built, tmp_path), "keys/unknown-key-with-a-near-miss")
    refused(project, run(project, "check", "--brief").stdout)


def test_project_without_items_gets_one_clear_message(built: Path, tmp_path: Path) -> None:
    project = copied(built, tmp_path)
    shutil.rmtree(project / "items")
    says = (
        "items:1:1: 错误: 没有 items 文件夹，一项内容也没有 [missing-folder]\n"
        "    请在 mkdocs.yml 旁边建 items 文件夹，或用 --config 指明正确的配置文件。\n"
        "共 1 个错误，0 个提醒。\n"
    )
    refused(project, says)


@pytest.mark.parametrize(
    ("gone", "says"),
    [
        ("kinds/guide/page.html", "site_theme 里没有模板 kinds/guide/page.html。请从原来的项目里取回。\n"),
        ("pages/home.html", "site_theme 里没有模板 pages/home.html。请从原来的项目里取回。\n"),
        (
            "main.html",
            "site_theme/main.html 没有，或者缺少要填内容的地方："
            "article、breadcrumbs、canonical、description、tags、title。请从原来的项目里取回。\n",
        ),
    ],
)
def test_theme_that_lacks_a_template_gets_one_clear_line(gone: str, says: str, built: Path, tmp_path: Path) -> None:
    project = copied(built, tmp_path)
    (project / "site_theme").unlink()
    shutil.copytree(ROOT / "site_theme", project / "site_theme")
    (project / "site_theme" / gone).unlink()
    refused(project, says)


CONFIGURATIONS = {
    "without extra.site": (
        CONFIG[: CONFIG.index("extra:")],
        "mkdocs.yml：extra.site 缺少 code；extra.site 缺少 district；extra.site 缺少 host；"
        "extra.site 缺少 main_hall；extra.site 缺少 phone。\n",
    ),
    "with a text for extra.site": (
        CONFIG[: CONFIG.index("extra:")] + "extra: {site: 小区}\n",
        "mkdocs.yml：extra.site 下面要写 code、district、host、main_hall、phone，每项一行。\n",
    ),
    "without site_url": (
        CONFIG.replace("site_url: https://www.small.example/\n", ""),
        "mkdocs.yml：site_url 要写完整的网址，例如 https://www.mingchuan.example/。\n",
    ),
    "with values of a wrong sort": (
        CONFIG.replace('"9901990001"', "9901990001").replace("[card-renewal]", "card-renewal\n    annouce_days: 30"),
        'mkdocs.yml：extra.site 的 code 应是文字，像数字的用半角引号 " 括起来；'
        "extra.site 的 popular 应是列表，每条一行；extra.site 没有 annouce_days 这一项。\n",
    ),
}


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_wrong_configuration_gets_one_clear_line(
    name: str, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text, says = CONFIGURATIONS[name]
    project = lay(copied(built, tmp_path), {"mkdocs.yml": text})
    refused(project, says)
    monkeypatch.chdir(project)
    for verb in ("check", "verify"):
        assert cli.main([verb]) == 1
        assert capsys.readouterr() == ("", says)


def test_mistakes_that_are_built_over_are_known() -> None:
    assert set(BUILT_OVER) <= set(mistake_names())


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_console_that_lacks_a_sign_shows_its_number(encoding: str, tmp_path: Path) -> None:
    project = lay(tiny_project(tmp_path), edited(MATERIAL, "issuer: 公安机关", "issuer: 公安机关\n😀: x"))
    command = [sys.executable, "-m", "generator", "check"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"\\U0001f600" in done.stdout
