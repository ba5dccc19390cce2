"""Rules about texts of a hall's media: limits and overruns are named."""

from __future__ import annotations

from conftest import MakeCatalogue

from generator.checks import screens

ZONE = "floor: 1, zone: cards, kind: 部门窗口, departments: [police]"


def hall_with(window_name: str, led: str = "") -> dict[str, str]:
    """Return the hall with one window of a name, for the guide of the small project."""
    return {"hall/main": f"windows:\n  - {{no: A01, name: {window_name}, x: 5, y: 5, {ZONE}}}\n{led}"}


def test_a_window_name_longer_than_two_lines_is_found(make_catalogue: MakeCatalogue) -> None:
    world = make_catalogue(hall_with("字" * 18))
    assert world.found(screens.window_names_fit_their_screen) == []
    name = "字" * 18 + "A"
    assert make_catalogue(hall_with(name)).found(screens.window_names_fit_their_screen) == [
        "hall/main windows.0.name error too-long-for-screen",
        f"「{name}」有 19 个字，窗口屏最多 18 个字（2 行），多 1 个字",
        "数字、字母两个算一个字。请改短；说明性的话移到别的字段里。",
    ]


def test_a_department_name_longer_than_a_line_is_found(make_catalogue: MakeCatalogue) -> None:
    rule = screens.department_names_fit_their_screen
    assert make_catalogue({"departments/police": f"short_name: {'局' * 14}"}).found(rule) == []
    assert make_catalogue({"departments/police": f"short_name: {'局' * 17}"}).found(rule) == [
        "departments/police short_name error too-long-for-screen",
        f"「{'局' * 17}」有 17 个字，窗口屏一行最多 14 个字，多 3 个字",
        "数字、字母两个算一个字。请改短；说明性的话移到别的字段里。",
    ]


def test_a_department_that_sits_at_no_window_may_be_called_anything(make_catalogue: MakeCatalogue) -> None:
    windows = hall_with("证件办理")["hall/main"].replace("[police]", "[]")
    world = make_catalogue({"hall/main": windows, "departments/police": f"short_name: {'局' * 17}"})
    assert world.found(screens.department_names_fit_their_screen) == []


def test_a_guide_name_longer_than_three_lines_is_found(make_catalogue: MakeCatalogue) -> None:
    rule = screens.guide_names_fit_their_screen
    assert make_catalogue({"guides/card-renewal": f"name: {'证' * 36}"}).found(rule) == []
    assert make_catalogue({"guides/card-renewal": f"name: {'证' * 40}"}).found(rule) == [
        "guides/card-renewal name error too-long-for-screen",
        f"「{'证' * 40}」有 40 个字，窗口屏最多 36 个字（3 行），多 4 个字",
        "数字、字母两个算一个字。请改短；说明性的话移到别的字段里。",
    ]


def test_an_announced_change_longer_than_its_lines_is_found(make_catalogue: MakeCatalogue) -> None:
    fees = "fees:\n  - {fee: small-card, rate: renewal, case: CASE}\n"
    fitting = make_catalogue({"guides/card-renewal": fees.replace("CASE", "情" * 37)})
    assert fitting.found(screens.fees_fit_their_screen) == []
    world = make_catalogue({"guides/card-renewal": fees.replace("CASE", "情" * 38)})
    assert world.found(screens.fees_fit_their_screen) == [
        "guides/card-renewal fees.0 error too-long-for-screen",
        f"「小证期满换领（{'情' * 38}）」有 46 个字，窗口屏最多 45 个字（3 行），多 1 个字",
        "数字、字母两个算一个字。请改短；说明性的话移到别的字段里。",
    ]
    loss = make_catalogue({"guides/card-renewal": fees.replace("renewal", "loss").replace("CASE", "情" * 38)})
    assert loss.found(screens.fees_fit_their_screen) == []  # nothing is announced


def test_a_rate_in_words_longer_than_its_lines_is_found(make_catalogue: MakeCatalogue) -> None:
    rates = "rates:\n  - id: renewal\n    condition: 换领\n    unit: 证\n    periods:\n"
    rates += "      - {described: WORDS, basis: [{policy: small-law}]}"
    fitting = make_catalogue({"fees/small-card": rates.replace("WORDS", "按" * 30)})
    assert fitting.found(screens.fees_fit_their_screen) == []
    world = make_catalogue({"fees/small-card": rates.replace("WORDS", "按" * 33)})
    assert world.found(screens.fees_fit_their_screen) == [
        "guides/card-renewal fees.0 error too-long-for-screen",
        f"「{'按' * 33}」有 33 个字，窗口屏最多 30 个字（5 行），多 3 个字",
        "数字、字母两个算一个字。请改短；说明性的话移到别的字段里。",
    ]


def test_a_piece_that_no_led_line_holds_is_found(make_catalogue: MakeCatalogue) -> None:
    led = "led: {columns: 10, messages: [详见 www.small-district.example 首页]}"
    assert make_catalogue(hall_with("证件办理", led)).found(screens.led_texts_can_be_divided) == [
        "hall/main led.messages.0 error too-long-for-led",
        "「www.small-district.example」不能拆开，有 13 个字，LED 屏一行 10 个字，多 3 个字",
        "数字、字母两个算一个字。请改写，或核对大厅 LED 屏的每行字数 led.columns。",
    ]
    wider = led.replace("10", "13")
    assert make_catalogue(hall_with("证件办理", wider)).found(screens.led_texts_can_be_divided) == []


def test_characters_that_led_controllers_lack_are_found(make_catalogue: MakeCatalogue) -> None:
    led = "led: {columns: 20, messages: [欢迎😀, 面积 5 m²]}"
    assert make_catalogue(hall_with("证件办理", led)).found(screens.led_texts_can_be_shown) == [
        "hall/main led.messages.0 error not-for-led",
        "LED 屏显示不了「😀」（U+1F600）",
        "请换成常用的字或标点，不用表情符号。",
        "hall/main led.messages.1 warning not-for-led",
        "LED 屏显示不了「²」（U+00B2）",
        "请换成常用的字或标点，不用表情符号。",
    ]


def test_names_of_guides_and_announcements_are_led_texts_too(make_catalogue: MakeCatalogue) -> None:
    texts = {"guides/card-renewal": "name: 换证😀", "announcements/open": "name: 开放😀"}
    world = make_catalogue({**hall_with("证件办理", "led: {columns: 20}"), **texts})
    found = [line for line in world.found(screens.led_texts_can_be_shown) if "not-for-led" in line]
    assert found == ["guides/card-renewal name error not-for-led", "announcements/open name error not-for-led"]


def test_without_an_led_screen_nothing_is_asked(make_catalogue: MakeCatalogue) -> None:
    assert make_catalogue({"guides/card-renewal": "name: 换证😀"}).found(screens.led_texts_can_be_shown) == []
