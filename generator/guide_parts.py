"""The parts of a service guide, one for each element group of the national item schema."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator import codelists
from generator.conditions import Condition
from generator.fields import (
    LOCAL,
    SHORTER,
    Count,
    DownloadPath,
    Flag,
    Id,
    LongName,
    Name,
    OneOf,
    Refers,
    Text,
    Url,
    field,
)
from generator.item import Part
from generator.parts import Attachment, Authority, Duration


class Codes(Part):
    """The item's codes; those that are not known yet are left out."""

    local: Name = field("本区事项编号", "本区自编，打印件和窗口都用它。", example="MC-GA-0101")
    basic: Name | None = field("基本编码", "12 位，国家基本目录。", default=None)
    local_basic: Name | None = field("地方基本编码", "地方事项目录里的编码，没有就不写。", default=None)
    implementation: Name | None = field(
        "实施编码", "31 位 = 18 位统一社会信用代码 + 1 位行使层级 + 12 位基本编码。", default=None
    )
    local_implementation: Name | None = field("地方实施编码", "按地方基本编码编的实施编码，没有就不写。", default=None)
    handling: Name | None = field("业务办理项编码", "33 位 = 实施编码 + 2 位。", default=None)


class Body(Part):
    """Who acts, by what power."""

    level: Annotated[str, OneOf(codelists.LEVELS)] = field("行使层级", "国家、省、市、县、镇、村。", default="县")
    power: Annotated[str, OneOf(codelists.POWER_SOURCES)] = field(
        "权力来源", "法定本级行使、上级下放、上级授权等。", default="法定本级行使"
    )
    nature: Annotated[str, OneOf(codelists.BODY_NATURES)] = field(
        "实施主体性质", "法定机关、授权组织或受委托组织。", default="法定机关"
    )
    entrusted_by: Name | None = field("委托部门", "实施主体为受委托组织时必填。", default=None)
    joint: tuple[Name, ...] = field("联办机构", "一起办理的其他部门，每条一个全称。", default=())
    guided_by: Name | None = field("中央业务指导部门", "对口指导的国家部门，例如 国家移民管理局。", default=None)


class Intermediary(Part):
    """A service that the applicant must obtain from a third party."""

    name: Name = field("中介服务名称", "例如 水资源论证报告编制。")
    content: Text = field("中介服务内容", "第三方做什么、费用谁付。")


class Handling(Part):
    """How the item is handled."""

    kind: Annotated[str, OneOf(codelists.HANDLING_KINDS)] = field("办件类型", "即办件或承诺件。", bears="time")
    forms: tuple[Annotated[str, OneOf(codelists.HANDLING_FORMS)], ...] = field(
        "办理形式", "窗口、网上、快递。", min_length=1, bears="process"
    )
    scope: Annotated[str, OneOf(codelists.SCOPES)] | None = field(
        "通办范围", "多大范围内的窗口都能办，例如 全市。", default=None, bears="place"
    )
    special: tuple[Annotated[str, OneOf(codelists.SPECIAL_PROCEDURES)], ...] = field(
        "特别程序", "听证、检验、专家评审等。", default=(), bears="time"
    )
    quota: Text | None = field("数量限制", "没有限制就不写。", default=None, bears="condition")
    intermediaries: tuple[Intermediary, ...] = field(
        "中介服务", "申请人须找第三方做的服务，没有就不写。", default=(), bears="process"
    )


class TimeLimits(Part):
    """The statutory and the promised time limit."""

    statutory: Duration | None = field("法定办结时限", "法律没有规定时限就不写。", default=None, bears="time")
    promised: Duration = field("承诺办结时限", "0 表示当场办结。", bears="time", local=SHORTER)
    excluded: Text | None = field(
        "不计入时限的时间", "听证、检验、专家评审等（行政许可法第四十五条）。", default=None, bears="time"
    )


class Booking(Part):
    """Booking in advance."""

    available: Flag = field("是否支持预约", "能预约写 true，不能写 false。")
    quota: Text | None = field("预约数量", "每日多少。", default=None)
    rule: Text | None = field("预约规则", "怎样预约。", default=None)


class Visit(Part):
    """Going to a counter: how often, why, and where if it is not a hall."""

    count: Count = field("到办事现场次数", "0 表示不用跑。", bears="process")
    reasons: tuple[Text, ...] = field("必须现场办理原因", "每次一条。", default=(), bears="process")
    place: Text | None = field(
        "办理地点", "不在大厅办理时写，精确到窗口或门牌号。", default=None, bears="place", local=LOCAL
    )
    hours: Text | None = field("办理时间", "不在大厅办理时写，写明工作日。", default=None, bears="place", local=LOCAL)
    self_service: Text | None = field("自助终端", "能在自助终端办什么。", default=None, bears="place", local=LOCAL)
    booking: Booking | None = field("预约", "能不能预约、每日多少、怎样预约。", default=None, bears="process")


class Online(Part):
    """Applying online."""

    available: Flag = field("是否网办", "能网上办写 true，不能写 false。")
    level: Annotated[str, OneOf(codelists.ONLINE_LEVELS)] | None = field("网办等级", "Ⅳ级为全程网办。", default=None)
    depth: Annotated[str, OneOf(codelists.ONLINE_DEPTHS)] | None = field(
        "网上办理深度", "网上能办到哪一步，例如 互联网受理。", default=None
    )
    computer: Url | None = field("计算机端地址", "电脑上办理的网址，https:// 开头。", default=None)
    mobile: Url | None = field("移动端地址", "手机上办理的网址，https:// 开头。", default=None)
    single_sign_on: Flag | None = field("单点登录", "用统一身份认证登录写 true，否则写 false。", default=None)


class FeeUse(Part):
    """A rate of a fee that the guide charges, and in which case."""

    entry_key: ClassVar[tuple[str, ...]] = ("fee", "rate")

    fee: Annotated[Id, Refers("fee")] = field("收费项目", "收费标准库里的编号。")
    rate: Id = field("收费标准编号", "该收费项目下的标准编号。", shown=False)
    case: Name | None = field("收费情形", "多条时写明各在什么情况下收。", default=None)
    when: Condition | None = field("何时收", "情形问题怎样回答时收，例如 reason = lost。", default=None, shown=False)
    one_of: Name | None = field(
        "只收其一",
        "同一种情形里的几条收费会加在一起；只收其中一条的，几条都写同样的词，例如 按有效期。",
        default=None,
    )
    counted: Flag = field(
        "按份数收", "要几份收几份、份数由申请人定的写 true，合计就写成「多少元起」。", default=False, shown=False
    )


class Payment(Part):
    """How fees are paid."""

    online: Flag = field("是否支持网上支付", "能网上缴费写 true，不能写 false。")
    how: Text | None = field("缴费方式", "在哪里、怎样缴，例如 窗口扫码。", default=None)


class Result(Part):
    """What the applicant gets."""

    kind: Annotated[str, OneOf(codelists.RESULT_TYPES)] = field(
        "审批结果类型", "证照、批文、其他、无。", bears="process"
    )
    name: Name | None = field("审批结果名称", "证照或批文的全称，例如 居民身份证。", default=None, bears="process")
    material: Annotated[Id, Refers("material")] | None = field(
        "结果对应的材料", "结果在办别的事时是哪份材料。", default=None, bears="process"
    )
    sample: Attachment | None = field("结果样本", "样本的名称和文件路径，内容必须是虚构的。", default=None)
    validity: Name | None = field("有效期", "例如 五年、长期。", default=None, bears="process")
    delivery: tuple[Annotated[str, OneOf(codelists.DELIVERIES)], ...] = field(
        "结果送达方式", "怎么拿到，可写多个，例如 窗口领取。", min_length=1, bears="process"
    )
    delivery_note: Text | None = field("领取方式说明", "带什么领、邮寄费谁付等。", default=None, bears="process")
    express: Flag = field("是否支持物流快递", "结果能快递写 true；不写就是不能。", default=False, bears="process")


class MaterialUse(Part):
    """A material of the register, with what is particular here."""

    entry_key: ClassVar[tuple[str, ...]] = ("material",)

    material: Annotated[Id, Refers("material")] = field("材料", "材料库里的编号。")
    form: Annotated[str, OneOf(codelists.MATERIAL_FORMS)] = field("材料形式", "原件、复印件、原件和复印件。")
    medium: Annotated[str, OneOf(codelists.MATERIAL_MEDIA)] = field(
        "纸质或电子", "交纸质的、电子的，或两种都行。", default="纸质"
    )
    copies: Count = field("份数", "只写数字；不写就是 1 份。", default=1)
    necessity: Annotated[str, OneOf(codelists.NECESSITIES)] = field(
        "必要性", "必要、非必要或容缺后补。", default="必要"
    )
    source: Annotated[str, OneOf(codelists.MATERIAL_SOURCES)] = field(
        "来源渠道", "申请人自备、政府部门核发或其他。", default="申请人自备"
    )
    source_note: Text | None = field("来源渠道说明", "由谁出具、在哪里取得。", default=None)
    exempt: Flag = field("免提交", "能共享获取，申请人不用带。", default=False)
    case: Name | None = field("适用情形", "只在某种情况下需要时写明。", default=None)
    when: Condition | None = field("何时要", "情形问题怎样回答时要，例如 reason = lost。", default=None, shown=False)
    size: Name | None = field("纸质规格", "例如 A4。", default=None)
    note: Text | None = field("填报须知", "怎么填、要注意什么。", default=None)
    standard: Text | None = field("受理标准", "什么样的才收，例如 各项结论为合格。", default=None)
    basis: Text | None = field("要求提供的依据", "要求交这份材料的文件和条款。", default=None)
    blank_form: DownloadPath | None = field("空白表格", "与材料库不同时写。", default=None, shown=False)


class Step(Part):
    """One step of the procedure."""

    name: Name = field("环节", "例如 受理。")
    actor: Name = field("办理人", "谁来做。")
    days: Duration | None = field(
        "环节时限", "这一步要多久；各步相加不超过承诺时限。", default=None, bears="time", local=SHORTER
    )
    action: Text = field("办理内容", "这一步做什么。")
    applicant: Text | None = field("申请人要做的", "这一步申请人做什么，例如 签收。", default=None)
    outcome: Text | None = field("环节结果", "这一步出什么，例如 受理通知书。", default=None)
    when: Condition | None = field("何时有", "情形问题怎样回答时有这一步。", default=None, shown=False)


class CaseDifference(Part):
    """What is different in some cases: time, place, visits. What it leaves out is as in the guide."""

    when: Condition = field("何时", "情形问题怎样回答时，例如 reason = lost。", shown=False)
    promised: Duration | None = field("承诺办结时限", "这种情形多久办结。", default=None, bears="time", local=SHORTER)
    windows: tuple[Name, ...] = field(
        "办理窗口", "这种情形在大厅的哪些窗口办。", default=(), bears="place", local=LOCAL
    )
    place: Text | None = field(
        "办理地点", "这种情形不在大厅办时写，精确到门牌号。", default=None, bears="place", local=LOCAL
    )
    visits: Count | None = field("到办事现场次数", "这种情形要跑几次。", default=None, bears="process")
    note: Text | None = field("情形说明", "这种情形还要注意什么。", default=None, bears="process")


class Remedy(Part):
    """Rights, duties, and where to object."""

    rights: tuple[Text, ...] = field("申请人权利", "每条一项，例如 要求说明理由。", default=())
    duties: tuple[Text, ...] = field("申请人义务", "每条一项，例如 对材料的真实性负责。", default=())
    review: Authority | None = field("行政复议", "不服决定，向哪个机关申请复议。", default=None, bears="contact")
    litigation: Authority | None = field("行政诉讼", "不服决定，向哪个法院起诉。", default=None, bears="contact")


class Question(Part):
    """A frequent question and its answer."""

    question: LongName = field("问题", "照群众平常的问法写。")
    answer: Text = field("答案", "直接回答，不写「按规定」「详见」。")
