"""The command line: exit statuses, whole messages, formats; never a traceback."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from project import ABOUT, CONFIG, FEE, GUIDE, HALL, TODAY, run, tiny_project, tree

from generator.cli import main
from generator.kinds import all_kinds

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tiny_project(tmp_path))
    return tmp_path


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str], project: Path) -> Command:
    """Return a function that runs a command in the project and returns status, output and messages."""

    def call(*arguments: str) -> tuple[int, str, str]:
        try:
            status = main(arguments)
        except SystemExit as ended:
            status = int(ended.code or 0)
        said = capfd.readouterr()
        assert "Traceback" not in said.err
        return status, said.out, said.err

    return call


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


WRONG_AMOUNT = FEE.replace("amount: 40", "amount: 四十")
IDLE_WINDOW = (
    HALL + "  - {no: A03, name: 备用, floor: 1, zone: cards, x: 20, y: 5, kind: 部门窗口, departments: [police]}\n"
)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "the following arguments are required: VERB"),
        (("bild",), "argument VERB: invalid choice: 'bild'"),
        (("check", "--as-of", "2026-13-01"), "argument --as-of: 「2026-13-01」不是日期，要写成 2026-07-01 这样"),
        (("build", "--as-of", "明天"), "argument --as-of: 「明天」不是日期，要写成 2026-07-01 这样"),
        (("check", "--config", "no.yml"), "没有配置文件 no.yml；请在项目文件夹里运行，或用 --config 指明"),
        (("check", "--config", "."), "没有配置文件 .；请在项目文件夹里运行，或用 --config 指明"),
        (("build", "--jobs", "0"), "argument --jobs: 「0」不是正整数"),
        (("serve", "--port", "x"), "argument --port: 「x」不是正整数"),
        (("check", "--format", "xml"), "argument --format: invalid choice: 'xml'"),
    ],
)
def test_wrong_usage_is_2(command: Command, arguments: tuple[str, ...], said: str) -> None:
    status, out, err = command(*arguments)
    assert (status, out) == (2, "")
    assert said in err.splitlines()[-1]


def test_a_sound_project_is_0(command: Command) -> None:
    assert command("check") == (0, "检查通过：没有发现问题。\n", "")
    assert command("check", "--format", "github")[:2] == (0, "\n")


def test_problems_are_told_for_people(command: Command, project: Path) -> None:
    write(project / "items/fees/small-card.yml", WRONG_AMOUNT)
    write(project / "content/about.md", ABOUT.replace("title: 关于本站\n", "titel: 关于本站\n"))
    status, out, err = command("check", "--brief")
    assert (status, err) == (1, "")
    assert out.splitlines()[-3:] == [
        "items/fees/small-card.yml:20:17: 错误: 「收费标准第2条·标准沿革第1条·金额」「四十」不是金额 [wrong-amount]",
        "    只写半角数字，不带单位和千分号，例如 20 或 0.5。",
        "共 2 个错误，0 个提醒。",
    ]


def test_problems_are_told_as_json(command: Command, project: Path) -> None:
    write(project / "items/fees/small-card.yml", WRONG_AMOUNT)
    write(project / "items/hall/main.yml", IDLE_WINDOW)
    status, out, _ = command("check", "--format", "json")
    assert status == 1
    document = json.loads(out)
    assert document["problems"].pop(0) == {
        "path": "items/fees/small-card.yml",
        "line": 20,
        "column": 17,
        "field": "收费标准第2条·标准沿革第1条·金额",
        "code": "wrong-amount",
        "severity": "error",
        "message": "「四十」不是金额",
        "hint": "只写半角数字，不带单位和千分号，例如 20 或 0.5。",
    }
    assert {problem["code"]: problem["severity"] for problem in document["problems"]}["idle-window"] == "warning"
    severities = ["error", *(problem["severity"] for problem in document["problems"])]
    assert document.keys() == {"problems", "errors", "warnings"}
    assert (document["errors"], document["warnings"]) == (severities.count("error"), severities.count("warning"))


def test_problems_are_told_to_github(command: Command, project: Path) -> None:
    write(project / "items/hall/main.yml", IDLE_WINDOW)
    status, out, _ = command("check", "--format", "github")
    assert status == 0  # a warning stops nothing
    assert out == (
        "::warning file=items/hall/main.yml,line=17,endLine=17,col=10,endColumn=11,"
        "title=窗口没有办理任何事项（idle-window）::"
        "「窗口第3条·窗口号」窗口 A03「备用」没有办理任何事项%0A"
        "请在办事指南的 windows 里写上它，或从大厅撤下这个窗口。\n"
    )


def test_problems_are_told_as_sarif(command: Command, project: Path) -> None:
    write(project / "items/hall/main.yml", IDLE_WINDOW)
    document = json.loads(command("check", "--format", "sarif")[1])
    assert document["version"] == "2.1.0"
    (only,) = document["runs"]
    assert [rule["id"] for rule in only["tool"]["driver"]["rules"]] == ["idle-window"]
    (result,) = only["results"]
    assert (result["ruleId"], result["level"]) == ("idle-window", "warning")
    assert result["message"]["text"].startswith("「窗口第3条·窗口号」窗口 A03「备用」没有办理任何事项")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "items/hall/main.yml"
    assert (place["region"]["startLine"], place["region"]["startColumn"]) == (17, 10)


def test_a_path_narrows_the_list(command: Command, project: Path) -> None:
    write(project / "items/fees/small-card.yml", WRONG_AMOUNT)
    write(project / "items/hall/main.yml", IDLE_WINDOW)
    assert "small-card.yml" not in command("check", "items/hall")[1]
    assert command("check", "items/policies") == (0, "检查通过：没有发现问题。\n", "")
    status, out, _ = command("check", "items/fees/small-card.yml")
    assert (status, out.count("错误: ")) == (1, 1)
    assert command("check", "items/nowhere")[0] == 2


def test_paths_are_relative_to_the_configuration(
    command: Command, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project / "items/fees/small-card.yml", WRONG_AMOUNT)
    monkeypatch.chdir(project / "items")
    status, out, _ = command("check", "--brief", "--config", "../mkdocs.yml", "fees")
    assert status == 1 and out.startswith("items/fees/small-card.yml:20:17: ")


def test_a_later_day_is_checked(command: Command, project: Path) -> None:
    write(project / "items/guides/card-renewal.yml", GUIDE.replace("review_by: 2027-10-12", f"review_by: {TODAY}"))
    assert command("check")[:2] == (0, "检查通过：没有发现问题。\n")
    assert command("check", "--as-of", "2027-03-01")[1] != "检查通过：没有发现问题。\n"


def test_schemas_are_written_or_printed(command: Command, project: Path) -> None:
    assert command("schema", "out/schemas") == (0, "", "")
    files = {path: json.loads(data) for path, data in tree(project / "out/schemas").items()}
    assert set(files) == {f"{name}.schema.json" for name in all_kinds()}
    assert files["fee.schema.json"]["title"] == "收费标准"
    status, out, _ = command("schema")
    assert status == 0 and out.count('"$schema"') == len(all_kinds())
    assert command("schema", "mkdocs.yml")[0] == 3


def test_verify_compares_a_built_site(command: Command, project: Path) -> None:
    folder = project / "site"
    assert command("verify") == (3, "", f"没有 {folder}，请先运行 tongchuang build。\n")
    assert command("build", "--no-search")[0] == 0
    document = json.loads(command("verify", "--format", "json")[1])
    assert document.keys() == {"facts", "outputs", "channels", "differences"} and document["differences"] == []
    page = folder / "guides/card-renewal/index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("15 个工作日", "5 个工作日"), encoding="utf-8")
    status, out, _ = command("verify")
    assert status == 1
    line = (
        "guides/card-renewal/index.html: page: "
        "guides/card-renewal#time.promised「承诺办结时限」应为「15 个工作日」，实为「5 个工作日」"
    )
    assert line in out.splitlines()
    first = json.loads(command("verify", "--format", "json")[1])["differences"][0]
    assert {"fact", "channel", "path", "expected", "found"} <= first.keys()
    shutil.copytree(folder, project / "copy")
    page.unlink()
    assert command("verify", "--site-dir", "copy")[0] == 1
    assert command("verify", "--as-of", "2027-01-01")[0] == 1
    assert command("verify", "--site-dir", "mkdocs.yml")[0] == 3


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("a: [1\n b", "mkdocs.yml 不能用"),
        ("- a\n", "mkdocs.yml 不能用"),
        ("", "mkdocs.yml 不能用"),
        (CONFIG.replace("docs_dir: content", "docs_dir: nowhere"), "mkdocs.yml 不能用"),
        (CONFIG.replace(f'"{TODAY}"', TODAY), "mkdocs.yml 不能用"),
        (CONFIG.replace(TODAY, "someday"), "as_of 要写成 年-月-日，例如 2026-07-01，写的是「someday」。"),
        (CONFIG.replace(f'tongchuang: {{as_of: "{TODAY}"}}', "search"), "plugins 里没有 tongchuang。"),
        (CONFIG.replace("    host:", "    hots:"), "extra.site 缺少 host；extra.site 没有 hots 这一项。"),
    ],
)  # fmt: skip
def test_a_wrong_configuration_is_said_in_a_line(
    command: Command, project: Path, caplog: pytest.LogCaptureFixture, config: str, said: str
) -> None:
    write(project / "mkdocs.yml", config)
    for verb in ("check", "build", "verify"):
        status, out, err = command(verb)
        assert (status, out) == (1, "")
        assert said in err + caplog.text  # pytest keeps what is logged to itself
        caplog.clear()
    assert not (project / "site").exists()


def test_results_go_to_output_and_progress_to_messages(project: Path) -> None:
    done = run(project, "build", anew=True)
    assert done.returncode == 0
    assert done.stdout.count("\n") == 9 and done.stdout.endswith("：0 处不一致。\n")
    made, until = done.stderr.splitlines()
    assert made.startswith("已生成 ") and until == "内容到 2026-12-31 为止正确，2027-01-01 要重新生成。"
