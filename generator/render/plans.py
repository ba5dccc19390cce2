"""The way through a hall: plan and windows of every floor for the wall, and each plan as a drawing of its own."""

from __future__ import annotations

from collections.abc import Iterator

from generator.kinds.hall import Floor, Hall
from generator.outputs import Output
from generator.render.figures import floor_plan
from generator.render.opening import valid_until_at
from generator.render.site import Site

FORMS = ("", "a3")
"""Where below the plan's address each form of it stands: A4, A3."""

# A drawing that is opened or printed alone brings its own colours and type.
_STYLE = """\
text { font-family: "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
.plan-floor { fill: #fff; stroke: #000; stroke-width: 2; }
.plan-zone { fill: #f3f6f6; stroke: #777; }
.plan-zone-name { text-anchor: middle; font-size: 11px; fill: #1b1f24; }
.plan-window rect { fill: #fff; stroke: #0b4f5c; stroke-width: 1.2; }
.plan-window text { text-anchor: middle; font-size: 11px; font-weight: 700; fill: #0b4f5c; }
"""


def plan_outputs(site: Site) -> Iterator[Output]:
    """Yield the plan with the windows of every hall, and a drawing of each floor."""
    for hall in site.catalogue.all_of(Hall):
        sheet = site.catalogue.sheet(hall)
        valid_until = valid_until_at(site, hall)
        for form in FORMS:
            yield site.document(
                "hall/plan.html",
                f"{hall.path}/plan/{form}".rstrip("/"),
                made_from=(hall.path, *(guide.path for guide in site.catalogue.referring("guide", hall))),
                hall=sheet.tree,
                data=hall,
                fingerprint=sheet.fingerprint,
                form=form,
                valid_until=valid_until,
            )
        for floor in hall.floors:
            yield Output(f"{hall.path}/plan/{floor.number}.svg", floor_drawing(hall, floor).encode(), (hall.path,))


def floor_drawing(hall: Hall, floor: Floor) -> str:
    """Return the plan of a floor as a whole SVG document."""
    drawn = str(floor_plan(hall, floor.number))
    drawing = drawn[drawn.index("<svg ") + len("<svg ") : drawn.rindex("</svg>")]
    attributes, _, shapes = drawing.partition(">")
    size = f'width="{floor.width * 20}" height="{floor.height * 20}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {attributes}><style>\n{_STYLE}</style>{shapes}</svg>\n'
