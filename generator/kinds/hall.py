"""政务服务大厅: floors, zones and windows with their places on the plan, hours and phones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from generator import codelists
from generator.fields import Count, Id, LongName, Name, OneOf, Phone, Refers, Text, field
from generator.item import Item, Kind, Lookup, Part, Shown
from generator.parts import Hours


class Zone(Part):
    """A zone of a floor. Coordinates are metres from the plan's upper left corner."""

    entry_key: ClassVar[tuple[str, ...]] = ("id",)

    id: Id = field("分区编号", "窗口的所在分区写它，例如 exit-entry。", shown=False)
    name: Name = field("分区名称", "例如 公安出入境服务区。")
    x: Count = field("横坐标", "左边到平面图左沿，米。", shown=False)
    y: Count = field("纵坐标", "上边到平面图上沿，米。", shown=False)
    width: Count = field("宽", "米。", shown=False)
    height: Count = field("高", "米。", shown=False)


class Floor(Part):
    """A floor with the size of its plan in metres."""

    entry_key: ClassVar[tuple[str, ...]] = ("number",)

    number: Count = field("楼层", "数字，一楼写 1。")
    name: Name = field("楼层名称", "例如 一楼 公安与综合服务。")
    width: Count = field("平面图宽", "米。", shown=False)
    height: Count = field("平面图高", "米。", shown=False)
    zones: tuple[Zone, ...] = field("分区", "平面图上的分区，每个一条。", default=())
    facilities: tuple[Name, ...] = field("便民设施", "例如 无障碍卫生间、母婴室。", default=())


class Window(Part):
    """A window: where it stands and which departments sit there."""

    entry_key: ClassVar[tuple[str, ...]] = ("no",)

    no: Name = field("窗口号", "墙上挂的号，例如 A07。", pattern=r"^[A-Z]?\d{1,3}$")
    name: LongName = field("窗口名称", "例如 户籍业务。")
    floor: Count = field("所在楼层", "数字。")
    zone: Id = field("所在分区", "本层分区的编号。", shown=False)
    x: Count = field("横坐标", "米。", shown=False)
    y: Count = field("纵坐标", "米。", shown=False)
    kind: Annotated[str, OneOf(codelists.WINDOW_KINDS)] = field("窗口类别", "部门窗口、综合窗口或缴费窗口。")
    departments: tuple[Annotated[Id, Refers("department")], ...] = field(
        "进驻部门", "在这个窗口办事的部门，写部门的编号。", default=()
    )
    accessible: Name | None = field("无障碍", "低位服务台等。", default=None)


class Led(Part):
    """The LED screen of a hall: how long its lines are and what it shows of its own."""

    columns: Count = field("每行字数", "屏上一行放得下几个汉字；数字、字母算半个。", shown=False, example=24)
    messages: tuple[Text, ...] = field(
        "自设文字", "标语、提示，每条一行；时间、收费、公告自动生成，不用写。", default=()
    )


class Hall(Item):
    """A service hall."""

    kind: ClassVar[Kind] = Kind(
        name="hall",
        plural="hall",
        label="服务大厅",
        about="大厅在哪里、几点开门、哪个窗口办什么。",
        order=40,
        of_districts=True,
        brief=("address", "phone"),
    )

    aliases: tuple[Name, ...] = field("别名", "例如 办事大厅、行政服务中心。", default=())
    address: Text = field("地址", "精确到门牌号。", bears="place")
    phone: Phone = field("咨询电话", "总服务台。", bears="contact")
    complaint_phone: Phone = field("监督投诉电话", "不能与咨询电话相同。", bears="contact")
    hours: tuple[Hours, ...] = field("开放时间", "各季节、各类日子分行写。", min_length=1, bears="place")
    transit: Text = field("交通指引", "公交、地铁、停车。", bears="place")
    self_service: Text | None = field("自助服务区", "24 小时自助终端能办什么。", default=None, bears="place")
    access: Text | None = field("无障碍服务", "无障碍通道、轮椅、手语等。", default=None, bears="place")
    floors: tuple[Floor, ...] = field("楼层", "每层一条。", min_length=1, bears="place")
    windows: tuple[Window, ...] = field("窗口", "每个窗口一条。", min_length=1, bears="place")
    led: Led | None = field("LED 屏", "大厅有 LED 屏时写；没有就不写。", default=None)

    def terms(self) -> Iterator[str]:
        """Yield the aliases."""
        yield from self.aliases

    def window(self, no: str) -> Window | None:
        """Return a window by its number."""
        return next((window for window in self.windows if window.no == no), None)

    def seen_by(self, kind: str) -> object:
        """Return the hall's own statements: what it lists of others, others do not show."""
        return (self,)

    def derived(self, look: Lookup) -> Iterator[tuple[str, Shown]]:
        """Yield for each window the guides that it handles."""
        for guide in look.referring("guide", self):
            for no in getattr(guide, "every_window", ()):
                if not guide.is_withdrawn(look.today) and self.window(no):
                    path = f"windows.{no}.guides[].{guide.id}.guide"
                    yield path, Shown(guide.id, guide.name, "办理事项", guide.path)
