"""A window at which only some cases are handled shows the guide like any other: on screens, in the hall's lists."""

from __future__ import annotations

from conftest import MakeCatalogue
from test_handouts import site_over

from generator.kinds.hall import Hall
from generator.render.browse import browse_ways
from generator.render.kiosk import kiosks, window_page
from generator.render.screens import screen_outputs

ASKING = """\
windows: [A01]
questions:
  - id: age
    text: 多大？
    why: 孩子在另一个窗口办。
    options: [{id: child, text: 未成年}, {id: adult, text: 成年人}]
differences:
  - {when: age = child, windows: [A02]}
"""
GUIDE = 'data-fact="guides/card-renewal#name"'


def test_a_window_that_only_a_case_names_shows_the_guide(make_catalogue: MakeCatalogue) -> None:
    world = make_catalogue({"guides/card-renewal": ASKING})
    site = site_over(world.catalogue)
    screens = {output.path: output.data.decode() for output in screen_outputs(site)}
    assert 'data-fact="guides/card-renewal#fee.amount"' in screens["hall/main/windows/a02/index.html"]
    (kiosk,) = kiosks(site)
    hall = world.catalogue.all_of(Hall)[0]
    (window,) = [window for window in hall.windows if window.no == "A02"]
    assert GUIDE in window_page(kiosk, window).data.decode()
    (shelves,) = [way.shelves for way in browse_ways(site) if way.anchor == "windows"]
    assert [shelf.label for shelf in shelves] == ["A01 证件办理", "A02 证件领取"]
    without = make_catalogue({"guides/card-renewal": ASKING.replace(", windows: [A02]", ", visits: 2")})
    screens = {output.path: output.data.decode() for output in screen_outputs(site_over(without.catalogue))}
    assert "guides/card-renewal" not in screens["hall/main/windows/a02/index.html"]
