"""Reading YAML: what is accepted and kept as written, what is refused and how it is said, and where things stand."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.problems import Place, Problem
from generator.source import Source, parse_text, place_of, read_front_matter, read_source, to_halfwidth
from generator.text_files import MAX_BYTES
from generator.yaml_slips import may_hold_slips

FILE = "items/a.yml"
UTF8_HINT = "在 VS Code 中点右下角的编码名称，选“通过编码保存”→“UTF-8”；在记事本中用“另存为”，编码选“UTF-8”。"


def problem(where_and_code: str, message: str, hint: str) -> Problem:
    where, code = where_and_code.split(" ")
    line, column = map(int, where.split(":"))
    return Problem(place=Place(path=FILE, line=line, column=column), code=code, message=message, hint=hint)


def read(folder: Path, data: bytes) -> tuple[Source | None, list[Problem]]:
    file = folder / "a.yml"
    file.write_bytes(data)
    return read_source(file, FILE)


# Hints that several problems share.
FULLWIDTH_COLON = '请在英文输入状态下改成「{}: 」；若这里是正文，请用半角引号 " 把整段文字括起来。'
CURLY_QUOTES = '请在英文输入状态下改成半角引号 "；不需要引号时直接删去。文字中间的中文引号不受影响。'
MISSING_SPACE_AFTER_COLON = '请在冒号后加一个半角空格，写成「{}: …」；若这里是正文，请用半角引号 " 把整段文字括起来。'
MISSING_SPACE_AFTER_DASH = '请写成「- 」（减号加一个半角空格）再接内容；若这里是正文，请用半角引号 " 把整段文字括起来。'
WRONG_LIST_MARKER = '请在英文输入状态下改成「- 」；若这里是正文，请用半角引号 " 把整段文字括起来。'
TAB_INDENTATION = "请改成半角空格，每深一层加 2 个空格。在 VS Code 中点右下角的“制表符长度”，选“将缩进转换为空格”。"
WIDE_SPACE_INDENTATION = (
    "请删去后在英文输入状态下输入半角空格，每深一层加 2 个空格；若要保留文字开头的空格，请用 | 另起一行书写。"
)
FULLWIDTH_HASH = '请在英文输入状态下改成「#」；若这里是正文，请用半角引号 " 把整段文字括起来。'
FULLWIDTH_BRACKET = '请在英文输入状态下改成半角括号；若这里是正文，请用半角引号 " 把整段文字括起来。'
FULLWIDTH_COMMA = '请在英文输入状态下改成「, 」；若逗号是文字的一部分，请用半角引号 " 把这一项括起来。'
EMPTY_FILE = "请按“字段名: 内容”的格式填写；不需要的文件请删去。"
NOT_A_MAPPING = "最外层请写成「字段名: 内容」，每个字段一行，冒号用半角并接一个空格。"
DUPLICATE_KEY = "请只保留一处，把另一处删去或改成正确的字段名。"
ANCHOR = '请把内容在每一处都写出来。若这是文字，请用半角引号 " 把它括起来。'
ANCHOR_2 = 'YAML 的锚点（&…）和引用（*…）在这里不能用。若这是文字，请用半角引号 " 把整段文字括起来。'
TAG = '这里不能用 YAML 的标签（!…）。若这是文字，请用半角引号 " 把整段文字括起来。'
MARKUP_IN_TEXT = "内容里只写文字，网页的样子由模板决定；请删去标记。"
CONTROL_CHARACTER = "请删去这个字符，或重新输入这一行。"
UNCLOSED_QUOTE = '请补上半角引号 "，开头和结尾要用同一种引号；文字里面的引号请用中文引号“”。'
UNKNOWN_ESCAPE = "双引号里的反斜杠 \\ 有特殊含义；要写反斜杠本身，请写两个 \\\\，或改用半角单引号 '。"
UNEXPECTED_COLON = (
    '若这是文字，请用半角引号 " 把整段文字括起来。若这是字段名，同一层的字段左边要对齐，每深一层加 2 个半角空格。'
)
RESERVED_CHARACTER = '若这是文字，请用半角引号 " 把整段文字括起来。'
# Each input and every problem it gives, whole.
REFUSED: dict[str, tuple[str, list[Problem]]] = {
    "full-width colon in a mapping": (
        "name: 居民身份证\nfee：20\nphone: x\n",
        [
            problem(
                "2:4 fullwidth-colon", "「fee」后面是全角冒号；应为半角冒号加一个空格。", FULLWIDTH_COLON.format("fee")
            ),
        ],
    ),
    "full-width colon in every line": (
        "name：身份证\nfee：20\n",
        [
            problem(
                "1:5 fullwidth-colon",
                "「name」后面是全角冒号；应为半角冒号加一个空格。",
                FULLWIDTH_COLON.format("name"),
            ),
            problem(
                "2:4 fullwidth-colon", "「fee」后面是全角冒号；应为半角冒号加一个空格。", FULLWIDTH_COLON.format("fee")
            ),
        ],
    ),
    "full-width colon below a key": (
        "fee:\n  amount：20\n  unit：元\n",
        [
            problem(
                "2:9 fullwidth-colon",
                "「amount」后面是全角冒号；应为半角冒号加一个空格。",
                FULLWIDTH_COLON.format("amount"),
            ),
            problem(
                "3:7 fullwidth-colon",
                "「unit」后面是全角冒号；应为半角冒号加一个空格。",
                FULLWIDTH_COLON.format("unit"),
            ),
        ],
    ),
    "full-width colon in a list of mappings": (
        "materials:\n  - name: 身份证\n    copies：1\n  - name：户口本\n    copies: 2\n",
        [
            problem(
                "3:11 fullwidth-colon",
                "「copies」后面是全角冒号；应为半角冒号加一个空格。",
                FULLWIDTH_COLON.format("copies"),
            ),
            problem(
                "4:9 fullwidth-colon",
                "「name」后面是全角冒号；应为半角冒号加一个空格。",
                FULLWIDTH_COLON.format("name"),
            ),
        ],
    ),
    "full-width colon in a flow mapping": (
        "fee: {amount：20}\n",
        [
            problem(
                "1:13 fullwidth-colon",
                "「amount」后面是全角冒号；应为半角冒号加一个空格。",
                FULLWIDTH_COLON.format("amount"),
            ),
        ],
    ),
    "full-width colon behind a Chinese word": (
        "name: x\n时间：上午\nphone: 1\n",
        [
            problem(
                "2:3 fullwidth-colon",
                "「时间」后面是全角冒号；应为半角冒号加一个空格。",
                FULLWIDTH_COLON.format("时间"),
            ),
        ],
    ),
    "full-width colons behind Chinese words only": (
        "时间：上午\n地点：大厅\n",
        [
            problem(
                "1:3 fullwidth-colon",
                "「时间」后面是全角冒号；应为半角冒号加一个空格。",
                FULLWIDTH_COLON.format("时间"),
            ),
            problem(
                "2:3 fullwidth-colon",
                "「地点」后面是全角冒号；应为半角冒号加一个空格。",
                FULLWIDTH_COLON.format("地点"),
            ),
        ],
    ),
    "full-width colon and curly quotes in one line": (
        "name：“居民”\n",
        [
            problem(
                "1:5 fullwidth-colon",
                "「name」后面是全角冒号；应为半角冒号加一个空格。",
                FULLWIDTH_COLON.format("name"),
            ),
            problem("1:7 curly-quotes", "引号写成了中文引号或全角引号：“居民”，它会成为内容的一部分。", CURLY_QUOTES),
        ],
    ),
    "no space after a colon": (
        "name: x\nfee:20\n",
        [
            problem(
                "2:4 missing-space-after-colon",
                "「fee:」后面缺少半角空格，读不出这是一个字段。",
                MISSING_SPACE_AFTER_COLON.format("fee"),
            ),
        ],
    ),
    "no space after a colon below a key": (
        "fee:\n  amount:20\n",
        [
            problem(
                "2:9 missing-space-after-colon",
                "「amount:」后面缺少半角空格，读不出这是一个字段。",
                MISSING_SPACE_AFTER_COLON.format("amount"),
            ),
        ],
    ),
    "no space after a colon in a flow mapping": (
        "fee: {amount:20}\n",
        [
            problem(
                "1:13 missing-space-after-colon",
                "「amount:」后面缺少半角空格，读不出这是一个字段。",
                MISSING_SPACE_AFTER_COLON.format("amount"),
            ),
        ],
    ),
    "ideographic space after a colon": (
        "name:\u3000居民\n",
        [
            problem(
                "1:5 missing-space-after-colon",
                "「name:」后面缺少半角空格，读不出这是一个字段。",
                MISSING_SPACE_AFTER_COLON.format("name"),
            ),
        ],
    ),
    "no space after a dash": (
        "materials:\n  - 身份证\n  -户口本\n",
        [
            problem("3:3 missing-space-after-dash", "列表符号「-」后面缺少半角空格。", MISSING_SPACE_AFTER_DASH),
        ],
    ),
    "no space after all dashes": (
        "materials:\n  -身份证\n  -户口本\n",
        [
            problem("2:3 missing-space-after-dash", "列表符号「-」后面缺少半角空格。", MISSING_SPACE_AFTER_DASH),
            problem("3:3 missing-space-after-dash", "列表符号「-」后面缺少半角空格。", MISSING_SPACE_AFTER_DASH),
        ],
    ),
    "no space between dash and key": (
        "materials:\n  -name: 身份证\n",
        [
            problem("2:3 missing-space-after-dash", "列表符号「-」后面缺少半角空格。", MISSING_SPACE_AFTER_DASH),
        ],
    ),
    "ideographic space after a dash": (
        "materials:\n  -\u3000身份证\n",
        [
            problem("2:3 missing-space-after-dash", "列表符号「-」后面缺少半角空格。", MISSING_SPACE_AFTER_DASH),
        ],
    ),
    "number with unit that lost its dash": (
        "times:\n  -5份\n",
        [
            problem("2:3 missing-space-after-dash", "列表符号「-」后面缺少半角空格。", MISSING_SPACE_AFTER_DASH),
        ],
    ),
    "full-width minus as list marker": (
        "materials:\n  － 身份证\n  －户口本\n",
        [
            problem("2:3 wrong-list-marker", "列表符号写成了「－」；应为半角减号加一个空格。", WRONG_LIST_MARKER),
            problem("3:3 wrong-list-marker", "列表符号写成了「－」；应为半角减号加一个空格。", WRONG_LIST_MARKER),
        ],
    ),
    "em dash as list marker": (
        "materials:\n  — name: 身份证\n    copies: 1\n",
        [
            problem("2:3 wrong-list-marker", "列表符号写成了「—」；应为半角减号加一个空格。", WRONG_LIST_MARKER),
        ],
    ),
    "bullet as list marker": (
        "materials:\n  • 身份证\n",
        [
            problem("2:3 wrong-list-marker", "列表符号写成了「•」；应为半角减号加一个空格。", WRONG_LIST_MARKER),
        ],
    ),
    "list item that is indented too far": (
        "materials:\n - 身份证\n   - 户口本\n",
        [
            problem(
                "3:4 bad-indentation",
                "这一行的「- 」没有与上一项对齐，会被接在第 2 行的文字后面：「- 户口本」。",
                "各项的「- 」左边要对齐，并从字段名的下一行写起；若这是文字，请用 | 另起一行书写。",
            ),
        ],
    ),
    "tab indentation": (
        "fee:\n\tamount: 20\n\tunit: 元\n",
        [
            problem(
                "2:1 tab-indentation", "这里用了制表符（Tab）；应为半角空格。共 2 行：第 2、3 行。", TAB_INDENTATION
            ),
        ],
    ),
    "tab indentation in one line": (
        "fee:\n  amount: 20\n\tunit: 元\n",
        [
            problem("3:1 tab-indentation", "这里用了制表符（Tab）；应为半角空格。", TAB_INDENTATION),
        ],
    ),
    "tab after a dash": (
        "materials:\n  -\t身份证\n",
        [
            problem("2:4 tab-indentation", "这里用了制表符（Tab）；应为半角空格。", TAB_INDENTATION),
        ],
    ),
    "tab before the text of a block": (
        "note: |\n\t请带原件\n",
        [
            problem("2:1 tab-indentation", "这里用了制表符（Tab）；应为半角空格。", TAB_INDENTATION),
        ],
    ),
    "ideographic-space indentation": (
        "fee:\n\u3000\u3000amount: 20\n\u3000\u3000unit: 元\nname: x\n",
        [
            problem(
                "2:1 wide-space-indentation",
                "行首用了全角空格；应为半角空格。共 2 行：第 2、3 行。",
                WIDE_SPACE_INDENTATION,
            ),
        ],
    ),
    "ideographic space behind half-width spaces": (
        "fee:\n  \u3000amount: 20\n",
        [
            problem("2:3 wide-space-indentation", "行首用了全角空格；应为半角空格。", WIDE_SPACE_INDENTATION),
        ],
    ),
    "no-break-space indentation": (
        "fee:\n\xa0\xa0amount: 20\n",
        [
            problem(
                "2:1 wide-space-indentation", "行首用了不换行空格（U+00A0）；应为半角空格。", WIDE_SPACE_INDENTATION
            ),
        ],
    ),
    "other wide space as indentation": (
        "fee:\n\u2003amount: 20\n",
        [
            problem("2:1 wide-space-indentation", "行首用了特殊空格（U+2003）；应为半角空格。", WIDE_SPACE_INDENTATION),
        ],
    ),
    "full-width hash": (
        "name: x\n＃ 说明\nfee: 20\n",
        [
            problem("2:1 fullwidth-hash", "注释写成了全角井号「＃」；应为半角「#」，前面有空格。", FULLWIDTH_HASH),
        ],
    ),
    "full-width hash behind a number": (
        "fee: 20 ＃元\n",
        [
            problem("1:9 fullwidth-hash", "注释写成了全角井号「＃」；应为半角「#」，前面有空格。", FULLWIDTH_HASH),
        ],
    ),
    "full-width hash behind quotes": (
        'name: "x" ＃说明\nfee: 20\n',
        [
            problem("1:11 fullwidth-hash", "注释写成了全角井号「＃」；应为半角「#」，前面有空格。", FULLWIDTH_HASH),
        ],
    ),
    "full-width hash in a continued line": (
        "name: 居民\n  ＃ 说明\nfee: 20\n",
        [
            problem("2:3 fullwidth-hash", "注释写成了全角井号「＃」；应为半角「#」，前面有空格。", FULLWIDTH_HASH),
        ],
    ),
    "curly quotes around a value": (
        "name: “居民身份证”\n",
        [
            problem(
                "1:7 curly-quotes", "引号写成了中文引号或全角引号：“居民身份证”，它会成为内容的一部分。", CURLY_QUOTES
            ),
        ],
    ),
    "single curly quotes around a value": (
        "name: ‘居民身份证’\n",
        [
            problem(
                "1:7 curly-quotes", "引号写成了中文引号或全角引号：‘居民身份证’，它会成为内容的一部分。", CURLY_QUOTES
            ),
        ],
    ),
    "full-width straight quotes around a value": (
        "name: ＂居民身份证＂\n",
        [
            problem(
                "1:7 curly-quotes", "引号写成了中文引号或全角引号：＂居民身份证＂，它会成为内容的一部分。", CURLY_QUOTES
            ),
        ],
    ),
    "curly quotes around a key": (
        "“name”: 居民\n",
        [
            problem("1:1 curly-quotes", "引号写成了中文引号或全角引号：“name”，它会成为内容的一部分。", CURLY_QUOTES),
        ],
    ),
    "curly quotes in a flow list": (
        "codes: [“a”, b]\n",
        [
            problem("1:9 curly-quotes", "引号写成了中文引号或全角引号：“a”，它会成为内容的一部分。", CURLY_QUOTES),
        ],
    ),
    "quote that opens straight and closes curly": (
        'name: "居民身份证”\nfee: 20\n',
        [
            problem(
                "1:13 curly-quotes", '引号写成了中文引号或全角引号："居民身份证”，它会成为内容的一部分。', CURLY_QUOTES
            ),
        ],
    ),
    "the same with another quote below": (
        'name: "居民身份证”\nunit: "元"\n',
        [
            problem(
                "1:13 curly-quotes", '引号写成了中文引号或全角引号："居民身份证”，它会成为内容的一部分。', CURLY_QUOTES
            ),
        ],
    ),
    "quote that opens curly and closes straight": (
        'name: “居民身份证"\nfee: 20\n',
        [
            problem(
                "1:7 curly-quotes", '引号写成了中文引号或全角引号：“居民身份证"，它会成为内容的一部分。', CURLY_QUOTES
            ),
        ],
    ),
    "full-width brackets": (
        "codes: ［a, b］\n",
        [
            problem("1:8 fullwidth-bracket", "括号写成了全角括号：［a, b］；应为半角 [ ] 或 { }。", FULLWIDTH_BRACKET),
        ],
    ),
    "full-width braces": (
        "fee: ｛amount: 20｝\n",
        [
            problem(
                "1:6 fullwidth-bracket", "括号写成了全角括号：｛amount: 20｝；应为半角 [ ] 或 { }。", FULLWIDTH_BRACKET
            ),
        ],
    ),
    "lenticular brackets around a list": (
        "codes: 【a, b】\n",
        [
            problem("1:8 fullwidth-bracket", "括号写成了全角括号：【a, b】；应为半角 [ ] 或 { }。", FULLWIDTH_BRACKET),
        ],
    ),
    "full-width closing bracket": (
        "codes: [a, b］\nfee: 20\n",
        [
            problem("1:13 fullwidth-bracket", "括号写成了全角括号：］；应为半角 [ ] 或 { }。", FULLWIDTH_BRACKET),
        ],
    ),
    "full-width commas in a list": (
        "codes: [a，b，c]\n",
        [
            problem(
                "1:10 fullwidth-comma",
                "括号里的各项用全角逗号「，」隔开：a，b，c，会被当成一项；应为半角逗号加空格。",
                FULLWIDTH_COMMA,
            ),
        ],
    ),
    "full-width comma in a flow mapping": (
        "fee: {amount: 20，unit: 元}\n",
        [
            problem(
                "1:17 fullwidth-comma",
                ("括号里的各项用全角逗号「，」隔开：fee: {amount: 20，unit: 元}，会被当成一项；应为半角逗号加空格。"),
                FULLWIDTH_COMMA,
            ),
        ],
    ),
    "full-width comma behind a nested list": (
        "codes: [[a], b，c]\n",
        [
            problem(
                "1:15 fullwidth-comma",
                "括号里的各项用全角逗号「，」隔开：b，c，会被当成一项；应为半角逗号加空格。",
                FULLWIDTH_COMMA,
            ),
        ],
    ),
    "full-width colon behind a nested list": (
        "fee: {of: [a], amount：20}\n",
        [
            problem(
                "1:22 fullwidth-colon",
                "「amount」后面是全角冒号；应为半角冒号加一个空格。",
                FULLWIDTH_COLON.format("amount"),
            ),
        ],
    ),
    "full-width comma behind a quoted bracket": (
        'codes: ["a]", b，c]\n',
        [
            problem(
                "1:16 fullwidth-comma",
                "括号里的各项用全角逗号「，」隔开：b，c，会被当成一项；应为半角逗号加空格。",
                FULLWIDTH_COMMA,
            ),
        ],
    ),
    "list item that is indented too far, below an empty line": (
        "materials:\n - 身份证\n\n   - 户口本\n",
        [
            problem(
                "4:4 bad-indentation",
                "这一行的「- 」没有与上一项对齐，会被接在第 2 行的文字后面：「- 户口本」。",
                "各项的「- 」左边要对齐，并从字段名的下一行写起；若这是文字，请用 | 另起一行书写。",
            ),
        ],
    ),
    "empty text": (
        "",
        [
            problem("1:1 empty-file", "文件是空的，或者只有注释。", EMPTY_FILE),
        ],
    ),
    "comments only": (
        "# 说明\n\n",
        [
            problem("1:1 empty-file", "文件是空的，或者只有注释。", EMPTY_FILE),
        ],
    ),
    "document mark only": (
        "---\n",
        [
            problem("1:1 empty-file", "文件是空的，或者只有注释。", EMPTY_FILE),
        ],
    ),
    "list at the top": (
        "- 身份证\n",
        [
            problem("1:1 not-a-mapping", "文件的内容是列表；应为一组字段。", NOT_A_MAPPING),
        ],
    ),
    "text at the top": (
        "居民身份证\n",
        [
            problem("1:1 not-a-mapping", "文件的内容是一段文字；应为一组字段。", NOT_A_MAPPING),
        ],
    ),
    "list at the top, then a mapping": (
        "- 身份证\nname: x\n",
        [
            problem("1:1 not-a-mapping", "文件的内容是列表；应为一组字段。", NOT_A_MAPPING),
        ],
    ),
    "several duplicate keys": (
        "name: 1\nname: 2\nfee:\n  unit: 1\n  unit: 2\n  unit: 3\n",
        [
            problem("2:1 duplicate-key", "字段「name」重复：第 1 行已经写过。", DUPLICATE_KEY),
            problem("5:3 duplicate-key", "字段「unit」重复：第 4 行已经写过。", DUPLICATE_KEY),
            problem("6:3 duplicate-key", "字段「unit」重复：第 4 行已经写过。", DUPLICATE_KEY),
        ],
    ),
    "number as key": (
        "2026: x\n",
        [
            problem(
                "1:1 key-not-text",
                "字段名「2026」不是文字。",
                '字段名请用英文字母开头；确实要用「2026」作名称，请写成 "2026"。',
            ),
        ],
    ),
    "truth value as key": (
        "true: x\n",
        [
            problem(
                "1:1 key-not-text",
                "字段名「true」不是文字。",
                '字段名请用英文字母开头；确实要用「true」作名称，请写成 "true"。',
            ),
        ],
    ),
    "null as key": (
        "~: x\n",
        [
            problem(
                "1:1 key-not-text", "字段名「~」不是文字。", '字段名请用英文字母开头；确实要用「~」作名称，请写成 "~"。'
            ),
        ],
    ),
    "no key": (
        "?\n: x\n",
        [
            problem("1:2 key-not-text", "冒号前面没有字段名。", "请在冒号前写上字段名。"),
        ],
    ),
    "list as key": (
        "? [a]\n: b\n",
        [
            problem(
                "1:3 key-not-text",
                "字段名不能是列表或一组字段，只能是文字。",
                '请改成「字段名: 内容」的写法。若这是文字，请用半角引号 " 把它括起来。',
            ),
        ],
    ),
    "merge key": (
        "<<: {a: 1}\n",
        [
            problem("1:1 merge-key", "不能用合并键「<<」。", "请把要合并的字段在这里逐个写出来。"),
        ],
    ),
    "anchor and alias": (
        "a: &x 1\nb: *x\n",
        [
            problem("1:4 anchor", "不能用 YAML 的锚点「&x」。", ANCHOR),
            problem("2:4 anchor", "不能用 YAML 的引用「*x」。", ANCHOR),
        ],
    ),
    "value that looks like an alias": (
        "note: *必填\n",
        [
            problem("1:7 anchor", "内容不能以「*」开头，它在 YAML 里表示引用：「note: *必填」。", ANCHOR_2),
        ],
    ),
    "value that looks like an anchor": (
        "note: &必填\n",
        [
            problem("1:7 anchor", "内容不能以「&」开头，它在 YAML 里表示锚点：「note: &必填」。", ANCHOR_2),
        ],
    ),
    "tag": (
        "note: !!python/object:os.system x\n",
        [
            problem(
                "1:7 tag",
                "不能用 YAML 的标签「!!python/object:os.system」。",
                '请删去标签。若这是文字，请用半角引号 " 把它括起来。',
            ),
        ],
    ),
    "value that looks like a tag": (
        "note: !必填\n",
        [
            problem("1:7 tag", "内容不能以「!」开头，它在 YAML 里表示标签：「note: !必填」。", TAG),
        ],
    ),
    "unknown tag handle": (
        "note: !a!b x\n",
        [
            problem("1:7 tag", "内容不能以「!」开头，它在 YAML 里表示标签：「note: !a!b x」。", TAG),
        ],
    ),
    "two documents": (
        "name: 1\n---\nname: 2\n",
        [
            problem(
                "2:1 several-documents",
                "「---」之后是另一份文档；一个文件只能有一份。",
                "一个文件只写一份内容；请删去单独一行的「---」，或者分成两个文件。",
            ),
        ],
    ),
    "text behind the end of the document": (
        "name: 1\n...\nname: 2\n",
        [
            problem(
                "3:1 several-documents",
                "文件结束标记「...」之后还有内容：「name: 2」。",
                "一个文件只写一份内容；请删去单独一行的「...」。",
            ),
        ],
    ),
    "too deep": (
        f"a: {'[' * 40}{']' * 40}\n",
        [
            problem(
                "1:35 too-deep", "层次太深，超过 32 层。", '请检查括号和缩进。若这是文字，请用半角引号 " 把它括起来。'
            ),
        ],
    ),
    "HTML in plain, quoted and block text": (
        "a: <b>粗</b>\nb: '说明<br/>'\nc: |\n  第一行\n  第二行 <script>\n",
        [
            problem("1:4 markup-in-text", "文字里有 HTML 标记「<b>」。", MARKUP_IN_TEXT),
            problem("2:7 markup-in-text", "文字里有 HTML 标记「<br」。", MARKUP_IN_TEXT),
            problem("5:7 markup-in-text", "文字里有 HTML 标记「<script>」。", MARKUP_IN_TEXT),
        ],
    ),
    "HTML in a key": (
        "<i>: 1\n",
        [
            problem("1:1 markup-in-text", "文字里有 HTML 标记「<i>」。", MARKUP_IN_TEXT),
        ],
    ),
    "template marks": (
        "a: '{{ x }}'\nb: 前{% if %}\nc: \"{# x #}\"\n",
        [
            problem("1:5 markup-in-text", "文字里有模板标记「{{」。", MARKUP_IN_TEXT),
            problem("2:5 markup-in-text", "文字里有模板标记「{%」。", MARKUP_IN_TEXT),
            problem("3:5 markup-in-text", "文字里有模板标记「{#」。", MARKUP_IN_TEXT),
        ],
    ),
    "template mark without quotes": (
        "a: {{ title }}\n",
        [
            problem("1:4 markup-in-text", "文字里有模板标记「{{」。", MARKUP_IN_TEXT),
        ],
    ),
    "template statement without quotes": (
        "a: {% x %}\nb: 1\n",
        [
            problem("1:4 markup-in-text", "文字里有模板标记「{%」。", MARKUP_IN_TEXT),
        ],
    ),
    "HTML written with escapes": (
        'a: "\\x3cscript>"\n',
        [
            problem("1:4 markup-in-text", "文字里有 HTML 标记「<script>」。", MARKUP_IN_TEXT),
        ],
    ),
    "control character written with an escape": (
        'a: "\\0"\n',
        [
            problem(
                "1:4 control-character", "这里有控制字符 U+0000，它不是文字，网页上也显示不出来。", CONTROL_CHARACTER
            ),
        ],
    ),
    "double quote that never ends": (
        'name: "居民\nfee: 20\n',
        [
            problem(
                "1:7 unclosed-quote", '引号没有结束：「name: "居民」，一直到文件末尾都没有找到另一半。', UNCLOSED_QUOTE
            ),
        ],
    ),
    "single quote that never ends": (
        "name: '居民\nfee: 20\n",
        [
            problem(
                "1:7 unclosed-quote", "引号没有结束：「name: '居民」，一直到文件末尾都没有找到另一半。", UNCLOSED_QUOTE
            ),
        ],
    ),
    "quote that ends lines below": (
        'name: "居民\nunit: "元"\nfee: 20\n',
        [
            problem("1:7 unclosed-quote", '引号没有结束：「name: "居民」，到第 2 行才遇到另一半。', UNCLOSED_QUOTE),
        ],
    ),
    "text behind a closing quote": (
        'name: "居民"身份证\nfee: 20\n',
        [
            problem(
                "1:11 text-after-quote",
                '引号结束以后还有文字：「name: "居民"身份证」。',
                '请把整段文字放在一对半角引号 " 里；文字里面的引号请用中文引号“”。',
            ),
        ],
    ),
    "unclosed bracket": (
        "codes: [a, b\nfee: 20\n",
        [
            problem(
                "1:8 unclosed-bracket",
                "左方括号「[」没有与它成对的「]」，或者各项之间缺少半角逗号：「codes: [a, b」。",
                (
                    '请补上半角的「]」和逗号，或者改成每项一行、以「- 」开头。若这是文字，请用半角引号 " '
                    "把整段文字括起来。"
                ),
            ),
        ],
    ),
    "unclosed brace": (
        "fee: {amount: 20\nname: x\n",
        [
            problem(
                "1:6 unclosed-bracket",
                "左花括号「{」没有与它成对的「}」，或者各项之间缺少半角逗号：「fee: {amount: 20」。",
                ('请补上半角的「}」和逗号，或者改成每个字段一行。若这是文字，请用半角引号 " 把整段文字括起来。'),
            ),
        ],
    ),
    "unknown escape": (
        'path: "C:\\公安"\n',
        [
            problem("1:10 unknown-escape", '双引号里有不认识的转义写法：「path: "C:\\公安"」。', UNKNOWN_ESCAPE),
        ],
    ),
    "wrong number of an escape": (
        'path: "\\xZZ"\n',
        [
            problem(
                "1:10 unknown-escape", '双引号里的字符编号（\\x、\\u 等）写得不对：「path: "\\xZZ"」。', UNKNOWN_ESCAPE
            ),
        ],
    ),
    "no colon": (
        "name: x\nfee 20\nunit: 元\n",
        [
            problem(
                "2:1 missing-colon",
                "这一行缺少冒号：「fee 20」，读不出是哪个字段。",
                "请写成「字段名: 内容」（半角冒号加一个空格）；若是接着上一行的文字，请比上一行多缩进 2 个半角空格。",
            ),
        ],
    ),
    "colon within text": (
        "note: 时间: 上午\n",
        [
            problem(
                "1:9 unexpected-colon",
                ("这里不该有冒号：「note: 时间: 上午」。可能是文字里有半角冒号加空格，或者缩进与上一行不一致。"),
                UNEXPECTED_COLON,
            ),
        ],
    ),
    "too deep indentation": (
        "name: x\n  fee: 20\n",
        [
            problem(
                "2:6 unexpected-colon",
                "这里不该有冒号：「fee: 20」。可能是文字里有半角冒号加空格，或者缩进与上一行不一致。",
                UNEXPECTED_COLON,
            ),
        ],
    ),
    "uneven indentation": (
        "fee:\n    amount: 20\n  unit: 元\n",
        [
            problem(
                "3:3 bad-indentation",
                "这一行与上面的字段没有对齐，或者不是「字段名: 内容」的写法：「unit: 元」。",
                "同一层的字段左边要对齐，每深一层加 2 个半角空格。",
            ),
        ],
    ),
    "mapping behind a list item": (
        "materials:\n  - 身份证\n  copies: 1\n",
        [
            problem(
                "3:3 bad-indentation",
                "这里应当是列表的下一项，以「- 」开头，写的却是：「copies: 1」。",
                (
                    "若它属于上一项，请与上一项的字段对齐；若列表已经结束，请退回到列表外面的那一层。同一"
                    "层的字段左边要对齐，每深一层加 2 个半角空格。"
                ),
            ),
        ],
    ),
    "list item on the line of its key": (
        "materials: - 身份证\n",
        [
            problem(
                "1:12 bad-indentation",
                "列表不能写在字段名的同一行：「materials: - 身份证」。",
                ('请在冒号后换行，每项一行，以「- 」开头。若这是文字，请用半角引号 " 把整段文字括起来。'),
            ),
        ],
    ),
    "question mark at the beginning": (
        "note: ? 什么\n",
        [
            problem("1:7 reserved-character", "内容不能以「? 」开头：「note: ? 什么」。", RESERVED_CHARACTER),
        ],
    ),
    "at sign at the beginning": (
        "mail: @公安\n",
        [
            problem("1:7 reserved-character", "内容不能以「@」开头，它在 YAML 里有特殊含义。", RESERVED_CHARACTER),
        ],
    ),
    "percent sign at the beginning of a line": (
        "%说明\nname: x\n",
        [
            problem(
                "1:1 reserved-character", "一行不能以「%」开头，它在 YAML 里有特殊含义：「%说明」。", RESERVED_CHARACTER
            ),
        ],
    ),
    "version line of the future": (
        "%YAML 3.0\n---\nname: x\n",
        [
            problem(
                "1:1 reserved-character",
                "一行不能以「%」开头，它在 YAML 里有特殊含义：「%YAML 3.0」。",
                "请删去这一行，不需要写明 YAML 的版本。",
            ),
        ],
    ),
    "bracket that only closes": (
        "note: ]\n",
        [
            problem("1:7 reserved-character", "内容不能以「]」开头，它在 YAML 里有特殊含义。", RESERVED_CHARACTER),
        ],
    ),
    "text on the line of a block's mark": (
        "note: |请带原件\n",
        [
            problem(
                "1:7 block-text-header",
                "「|」或「>」的同一行不能写别的内容：「note: |请带原件」。",
                "请在 | 或 > 后面换行，文字从下一行写起，比字段名多缩进 2 个半角空格。",
            ),
        ],
    ),
    "control characters": (
        "name: a\x00b\nfee: \x07\x08\n",
        [
            problem(
                "1:8 control-character", "这里有控制字符 U+0000，它不是文字，网页上也显示不出来。", CONTROL_CHARACTER
            ),
            problem(
                "2:6 control-character", "这里有控制字符 U+0007，它不是文字，网页上也显示不出来。", CONTROL_CHARACTER
            ),
        ],
    ),
    "invisible characters": (
        "name: a\u200bb\nfee: \u202e20\n",
        [
            problem(
                "1:8 invisible-character",
                "这里有看不见的字符 U+200B，会使看上去相同的两段文字并不相同。",
                CONTROL_CHARACTER,
            ),
            problem(
                "2:6 invisible-character",
                "这里有看不见的字符 U+202E，会使看上去相同的两段文字并不相同。",
                CONTROL_CHARACTER,
            ),
        ],
    ),
    "CRLF and something else": (
        "name: x\r\nfee：20\r\n",
        [
            problem(
                "2:4 fullwidth-colon", "「fee」后面是全角冒号；应为半角冒号加一个空格。", FULLWIDTH_COLON.format("fee")
            ),
        ],
    ),
    "carriage returns alone": (
        "name: x\rfee: 20\n",
        [
            problem(
                "1:8 control-character", "这里有控制字符 U+000D，它不是文字，网页上也显示不出来。", CONTROL_CHARACTER
            ),
        ],
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_slip_or_mistake_is_told_by_its_cause(name: str) -> None:
    text, problems = REFUSED[name]
    assert parse_text(text, FILE) == (None, problems)


ACCEPTED: dict[str, tuple[str, dict[str, object]]] = {
    "core types and nothing more": (
        "a:\nb: ~\nc: null\nd: NULL\ne: true\nf: False\ng: TRUE\nh: 0\ni: -12\nj: 20\n",
        {"a": None, "b": None, "c": None, "d": None, "e": True, "f": False, "g": True, "h": 0, "i": -12, "j": 20},
    ),
    "everything else as written": (
        "a: 9:00\nb: 8:30:00\nc: 010\nd: 1.10\ne: no\nf: 2026-01-01\ng: 1e3\nh: 0x1F\ni: +5\nj: .inf\nk: nULL\n",
        {
            "a": "9:00",
            "b": "8:30:00",
            "c": "010",
            "d": "1.10",
            "e": "no",
            "f": "2026-01-01",
            "g": "1e3",
            "h": "0x1F",
            "i": "+5",
            "j": ".inf",
            "k": "nULL",
        },
    ),
    "quoted and block scalars are text": (
        "a: '12'\nb: \"true\"\nc: |\n  12\nd: >\n  null\ne: ''\n",
        {"a": "12", "b": "true", "c": "12\n", "d": "null\n", "e": ""},
    ),
    "number of thousands of digits": (f"a: {'1' * 5000}\n", {"a": "1" * 5000}),
    "nested": (
        "materials:\n- name: 身份证\n  copies: 1\n- [a, {b: c}]\nempty: {}\n",
        {"materials": [{"name": "身份证", "copies": 1}, ["a", {"b": "c"}]], "empty": {}},
    ),
    "words of YAML 1.1 as keys": ("no: 1\non: 2\n", {"no": 1, "on": 2}),
    "quoted number as key": ("'2026': x\n", {"2026": "x"}),
    "quoted merge sign as key": ("'<<': x\n", {"<<": "x"}),
    "mark of a single document": ("---\na: 1\n...\n", {"a": 1}),
    "no line end at the end": ("a: 1", {"a": 1}),
    "full-width colon within text": ("note: 注意：请带原件\n", {"note": "注意：请带原件"}),
    "full-width colon in a value on its own line": ("note:\n  注意：请带原件\n", {"note": "注意：请带原件"}),
    "capitalised word before a full-width colon": ("note:\n  WiFi：免费\n", {"note": "WiFi：免费"}),
    "full-width colon in a continued line": ("note: 请带\n  copies：两份\n", {"note": "请带 copies：两份"}),
    "full-width colon in a quoted continued line": ('note: "请带\n  copies：两份"\n', {"note": "请带 copies：两份"}),
    "everything odd in a literal block": (
        "note: |\n  name：x\n  fee:20\n  -户口本\n  — 说明\n  “引号”\n  　　段落\n  \t制表\n  ＃ 井号\nb: 1\n",
        {"note": "name：x\nfee:20\n-户口本\n— 说明\n“引号”\n　　段落\n\t制表\n＃ 井号\n", "b": 1},
    ),
    "everything odd in a folded block": ("note: >-\n  —— 说明\n  “引号”\nb: 1\n", {"note": "—— 说明 “引号”", "b": 1}),
    "curly quotes within text": (
        'a: “一网通办”和“最多跑一次”\nb: 关于“一网通办”\nc: "“引用”"\n',
        {"a": "“一网通办”和“最多跑一次”", "b": "关于“一网通办”", "c": "“引用”"},
    ),
    "dash as a value": ("fee: —\nnote: ——以上信息仅供参考\n", {"fee": "—", "note": "——以上信息仅供参考"}),
    "two dashes on a line of their own": ("note:\n  ——以上信息\n", {"note": "——以上信息"}),
    "negative numbers": ("a: -5\nb:\n  -5 # 说明\nc:\n  - -1.5\n", {"a": -5, "b": -5, "c": ["-1.5"]}),
    "time span": ("hours: 9:00 - 17:00\n", {"hours": "9:00 - 17:00"}),
    "addresses": (
        "a: https://x.cn/?a=1&b=2#c\nb:\n  - https://x.cn\n  - mailto:a@x.cn\n  - tel:12345\n",
        {"a": "https://x.cn/?a=1&b=2#c", "b": ["https://x.cn", "mailto:a@x.cn", "tel:12345"]},
    ),
    "brackets of a Chinese title": (
        "a: 【公告】关于换证\nb: 【公告】\nc: ［2026］5号\n",
        {"a": "【公告】关于换证", "b": "【公告】", "c": "［2026］5号"},
    ),
    "full-width comma outside brackets": ("a: 甲，乙\nb: [甲, '乙，丙']\n", {"a": "甲，乙", "b": ["甲", "乙，丙"]}),
    "full-width marks in quoted items": (
        'a: ["9:00，12:00", \'甲：乙\']\nb: {c: "丙，丁", \'d，e\': ["[戊，己"]}\n',
        {"a": ["9:00，12:00", "甲：乙"], "b": {"c": "丙，丁", "d，e": ["[戊，己"]}},
    ),
    "full-width hash within text": ("a: 请到 ＃3 窗口\n", {"a": "请到 ＃3 窗口"}),
    "tab between values and comments": ("a:\tx\t# 说明\n", {"a": "x"}),
    "markup in a comment": ("# <b> {{ x }}\na: 1 # <script>\n", {"a": 1}),
    "signs that are no markup": ("a: 年龄<18\nb: 3 < 5\nc: a{b}\n", {"a": "年龄<18", "b": "3 < 5", "c": "a{b}"}),
    "signs of anchors and tags within text": ("a: R&D * 2!\n", {"a": "R&D * 2!"}),
    "rare characters": ("a: 𠮷😀\nb: 中\u00a0文\n", {"a": "𠮷😀", "b": "中\u00a0文"}),
    "list beside its key": ("a:\n- x\n- y\n", {"a": ["x", "y"]}),
}


@pytest.mark.parametrize(
    "text", ['a: ["9:00，12:00", "丙"]\n', "a: {b: '甲，乙', c: [\"1:2\", d]}\n", "a: {x: [b], c: 1}\n"]
)
def test_quoted_items_call_for_no_closer_look(text: str) -> None:
    assert not may_hold_slips(text)


@pytest.mark.parametrize(
    "text", ['a: [b "c，d" e]\n', 'a: ["b\n c", d，e]\n', 'a: [b, # "\n c，d]\n', "a: ['it''s，x', b，c]\n"]
)
def test_items_that_only_look_quoted_do(text: str) -> None:
    assert may_hold_slips(text)


@pytest.mark.parametrize("name", ACCEPTED)
def test_ordinary_text_is_accepted_and_kept_as_written(name: str) -> None:
    text, values = ACCEPTED[name]
    assert parse_text(text, FILE) == (values, [])
    assert repr(parse_text(text, FILE)[0]) == repr(values)  # True is not 1


ENCODINGS: dict[str, tuple[bytes, list[Problem]]] = {
    "GBK": (
        "a: 1\nname: 居民身份证\n".encode("gbk"),
        [problem("2:7 gbk-encoding", "文件是 GBK 编码；应为 UTF-8。", f"请把文件另存为 UTF-8：{UTF8_HINT}")],
    ),
    "GB18030": (
        "name: 㐂居民身份证换领补领\n".encode("gb18030"),
        [problem("1:7 gbk-encoding", "文件是 GBK 编码；应为 UTF-8。", f"请把文件另存为 UTF-8：{UTF8_HINT}")],
    ),
    "damaged UTF-8": (
        "name: 居民身份证\nfee: 二十元".encode() + b"\xe5\n",
        [
            problem(
                "2:9 not-utf8",
                "这里的字节 0xE5 不是 UTF-8 编码的文字，文件可能已损坏。",
                f"请重新输入这一处文字后保存为 UTF-8：{UTF8_HINT}",
            )
        ],
    ),
    "Latin-1": (
        "name: caf\u00e9\n".encode("latin-1"),
        [
            problem(
                "1:10 not-utf8",
                "这里的字节 0xE9 不是 UTF-8 编码的文字，文件可能已损坏。",
                f"请重新输入这一处文字后保存为 UTF-8：{UTF8_HINT}",
            )
        ],
    ),
    "byte-order mark": (
        "name: 居民\nname: 身份证\n".encode("utf-8-sig"),
        [
            problem(
                "1:1 byte-order-mark",
                "文件开头有字节顺序标记（BOM）；应为不带 BOM 的 UTF-8。",
                "在 VS Code 中点右下角的“UTF-8 with BOM”，选“通过编码保存”→“UTF-8”；"
                "在记事本中用“另存为”，编码选“UTF-8”。",
            ),
            problem(
                "2:1 duplicate-key",
                "字段「name」重复：第 1 行已经写过。",
                "请只保留一处，把另一处删去或改成正确的字段名。",
            ),
        ],
    ),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_file_that_is_not_plain_utf8_is_refused(name: str, tmp_path: Path) -> None:
    data, problems = ENCODINGS[name]
    assert read(tmp_path, data) == (None, problems)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_named(encoding: str, tmp_path: Path) -> None:
    expected = problem("1:1 utf16-encoding", "文件是 UTF-16 编码；应为 UTF-8。", UTF8_HINT)
    assert read(tmp_path, "name: 居民身份证\n".encode(encoding)) == (None, [expected])


def test_large_file_is_refused_unread(tmp_path: Path) -> None:
    message = "文件有 10.0 MB，超过 1 MB 的上限，没有读取。"
    hint = "内容文件只写文字；图片、附件等请放到单独的文件里，再在这里写出文件名。"
    data = b"a: 1\n" * (MAX_BYTES * 2)
    start = time.perf_counter()
    assert read(tmp_path, data) == (None, [problem("1:1 file-too-large", message, hint)])
    assert time.perf_counter() - start < 1


def test_missing_file_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    message = "文件读不出来：没有这个文件。"
    expected = problem("1:1 unreadable-file", message, "请检查文件是否存在、是否有读取权限。")
    assert read_source(tmp_path / "none.yml", FILE) == (None, [expected])


def test_good_file_becomes_a_source(tmp_path: Path) -> None:
    text = "name: 居民身份证\nfee: 20\n"
    assert read(tmp_path, text.encode()) == (
        Source(path=FILE, text=text, values={"name": "居民身份证", "fee": 20}),
        [],
    )


HOSTILE = {
    "alias bomb": "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*b{n - 1}, *b{n - 1}]\n" for n in range(1, 60)),
    "nested brackets": "a: " + "[" * 500_000,
    "nested dashes": "a:\n" + "- " * 250_000,
    "open quotes": "a: 'x\n" * 100_000,
    "quotes": 'a: "' + '"' * 500_000,
    "full-width colons": "a：1\n" * 100_000,
    "tabs": "a:\n" + "\tb: 1\n" * 50_000,
    "duplicates": "a: 1\n" * 100_000,
    "zeros": "\0" * 500_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_little(name: str) -> None:
    start = time.perf_counter()
    values, problems = parse_text(HOSTILE[name], FILE)
    assert time.perf_counter() - start < 5
    assert values is None
    assert 0 < len(problems) <= 110


PLACES = """\
# 说明
name: 居民身份证
materials:
  - name: 户口本
    copies: 1
  - name: "照片"   # 白底
    copies: 2
  - {name: 申请表, copies: 3}
fee:
  amount: 20
note: |
  第一行
empty:
"""


@pytest.mark.parametrize(
    ("path", "value_at", "key_at"),
    [
        ((), (2, 1), (2, 1)),
        (("name",), (2, 7), (2, 1)),
        (("materials",), (4, 3), (3, 1)),
        (("materials", 0), (4, 5), (4, 5)),
        (("materials", 1, "name"), (6, 11), (6, 5)),
        (("materials", 2, "copies"), (8, 25), (8, 17)),
        (("materials", 9, "copies"), (4, 3), (3, 1)),
        (("fee", "amount"), (10, 11), (10, 3)),
        (("fee", "unit", 0), (10, 3), (9, 1)),
        (("note",), (11, 7), (11, 1)),
        (("nothing", "at", "all"), (2, 1), (2, 1)),
    ],
)
def test_value_and_key_are_found_again(
    path: tuple[str | int, ...], value_at: tuple[int, int], key_at: tuple[int, int]
) -> None:
    values, _ = parse_text(PLACES, FILE)
    assert values is not None
    source = Source(path=FILE, text=PLACES, values=values)
    assert place_of(source, path) == Place(path=FILE, line=value_at[0], column=value_at[1])
    assert place_of(source, path, key=True) == Place(path=FILE, line=key_at[0], column=key_at[1])
    assert source.place(*path) == place_of(source, path)


FRONT_MATTER: dict[str, tuple[str, tuple[dict[str, object], str, int, list[Problem]]]] = {
    "values and body": (
        "---\ntitle: 说明\norder: 2\n---\n# 正文\n",
        ({"title": "说明", "order": 2}, "# 正文\n", 5, []),
    ),
    "no front matter": ("# 正文\n\n---\n\n第二段\n", ({}, "# 正文\n\n---\n\n第二段\n", 1, [])),
    "empty front matter": ("---\n# 说明\n---\n正文\n", ({}, "正文\n", 4, [])),
    "dots at the end": ("---\na: 1\n...\n正文\n", ({"a": 1}, "正文\n", 4, [])),
    "empty file": ("", ({}, "", 1, [])),
    "HTML in the body": ("---\na: 1\n---\n<b>x</b> {{ y }}\n", ({"a": 1}, "<b>x</b> {{ y }}\n", 4, [])),
    "slip": (
        "---\ntitle: 说明\norder：2\n---\n正文\n",
        (
            {},
            "正文\n",
            5,
            [
                problem(
                    "3:6 fullwidth-colon",
                    "「order」后面是全角冒号；应为半角冒号加一个空格。",
                    '请在英文输入状态下改成「order: 」；若这里是正文，请用半角引号 " 把整段文字括起来。',
                )
            ],
        ),
    ),
    "never closed": (
        "---\ntitle: 说明\n",
        (
            {},
            "---\ntitle: 说明\n",
            1,
            [
                problem(
                    "1:1 unclosed-front-matter",
                    "文件第 1 行是「---」，但后面没有另一行「---」来结束文件头。",
                    "请在文件头之后、正文之前加一行「---」；若没有文件头，请删去第 1 行。",
                )
            ],
        ),
    ),
}


@pytest.mark.parametrize("name", FRONT_MATTER)
def test_front_matter_is_read_with_the_right_line_numbers(name: str, tmp_path: Path) -> None:
    text, expected = FRONT_MATTER[name]
    file = tmp_path / "a.md"
    file.write_bytes(text.encode())
    assert read_front_matter(file, FILE) == expected


def test_markdown_that_cannot_be_decoded_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes("居民身份证".encode("gbk"))
    hint = f"请把文件另存为 UTF-8：{UTF8_HINT}"
    expected = problem("1:1 gbk-encoding", "文件是 GBK 编码；应为 UTF-8。", hint)
    assert read_front_matter(file, FILE) == ({}, "", 1, [expected])


def test_to_halfwidth_changes_ascii_forms_and_nothing_else() -> None:
    assert to_halfwidth("０１０－１２３４　ＡＢｃ（甲）：，。①㎡ﾊ") == "010-1234 ABc(甲):,。①㎡ﾊ"


CHARACTERS = "居民身份证一二：，。；！？（）【】［］｛｝“”‘’「」《》—－＃·•　、abcZ019 .:-#&*!|>%@`'\"?,[]{}()/_~=+\n"
WORDS = st.text(st.sampled_from(CHARACTERS), max_size=12).filter(
    lambda text: not any(mark in text for mark in ("{{", "{%", "{#"))
)
VALUES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@given(values=st.dictionaries(WORDS, VALUES, min_size=1, max_size=5), style=st.sampled_from(["'", '"', "|", ">"]))
def test_any_text_that_is_dumped_with_quotes_reads_back(values: dict[str, object], style: str) -> None:
    text = yaml.safe_dump(values, allow_unicode=True, default_style=style)
    assert parse_text(text, FILE) == (values, [])


SLIPS = (
    "name: 居民|fee：20|fee:20|- 身份证|-户口本|－ 照片|　unit: 元|\tunit: 元|＃ 说明|a: “甲”|b: 'x|c: \"y”|d: [a，b]|"
    "e: {f：1}|list:|note: >|g: *x|h: <b>|# 说明||---|甲：乙|i: &x 1|j: a: b|k: ［a］|{{ x }}|? [a]|<<: x|1: x|name: 2|"
    "l: !t x|m: a - b|}"
)
LINES = st.sampled_from(SLIPS.split("|"))
TEXTS = st.lists(st.tuples(st.sampled_from(["", "  ", "    ", "  - "]), LINES), min_size=1, max_size=8)


@settings(max_examples=400, deadline=None)
@given(lines=TEXTS)
@example(lines=[("", "list:"), ("  ", "- 身份证"), ("    ", "- 户口本")])
def test_any_mixture_of_slips_gives_values_or_problems_with_places(lines: Iterable[tuple[str, str]]) -> None:
    text = "".join(f"{indentation}{line}\n" for indentation, line in lines)
    values, problems = parse_text(text, FILE)
    assert (values is None) == bool(problems)
    for found in problems:
        assert found.message and found.hint and found.code.isascii()
        line = text.split("\n")[found.place.line - 1]
        assert 1 <= found.place.column <= len(line) + 1
