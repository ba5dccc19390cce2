"""政府信息公开年度报告: the six parts of the yearly report on disclosure, with its three tables.

The form is that of 国办公开办函〔2021〕30号. A row of a table is one line of YAML with the columns that are not zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from generator.fields import Amount, Count, Date, Id, Refers, Text, field
from generator.item import Item, Kind, Part
from generator.parts import Attachment

_ROW = "一行：person（自然人）、company、research、charity、legal、other、total，为 0 的列不写。"


class Applicants(Part):
    """One row of table 三: how many, by who applied."""

    person: Count = field("自然人", "件数。", default=0)
    company: Count = field("商业企业", "件数。", default=0)
    research: Count = field("科研机构", "件数。", default=0)
    charity: Count = field("社会公益组织", "件数。", default=0)
    legal: Count = field("法律服务机构", "件数。", default=0)
    other: Count = field("其他", "其他法人或组织，件数。", default=0)
    total: Count = field("总计", "前面各列相加。", default=0)


NONE = Applicants()


class Refused(Part):
    """（三）不予公开."""

    secret: Applicants = field("1.属于国家秘密", _ROW, default=NONE)
    forbidden: Applicants = field("2.其他法律行政法规禁止公开", _ROW, default=NONE)
    stability: Applicants = field("3.危及“三安全一稳定”", _ROW, default=NONE)
    third_party: Applicants = field("4.保护第三方合法权益", _ROW, default=NONE)
    internal: Applicants = field("5.属于三类内部事务信息", _ROW, default=NONE)
    process: Applicants = field("6.属于四类过程性信息", _ROW, default=NONE)
    enforcement: Applicants = field("7.属于行政执法案卷", _ROW, default=NONE)
    inquiry: Applicants = field("8.属于行政查询事项", _ROW, default=NONE)


class Unavailable(Part):
    """（四）无法提供."""

    unknown: Applicants = field("1.本机关不掌握相关政府信息", _ROW, default=NONE)
    unmade: Applicants = field("2.没有现成信息需要另行制作", _ROW, default=NONE)
    unclear: Applicants = field("3.补正后申请内容仍不明确", _ROW, default=NONE)


class Unhandled(Part):
    """（五）不予处理."""

    complaint: Applicants = field("1.信访举报投诉类申请", _ROW, default=NONE)
    repeated: Applicants = field("2.重复申请", _ROW, default=NONE)
    publication: Applicants = field("3.要求提供公开出版物", _ROW, default=NONE)
    excessive: Applicants = field("4.无正当理由大量反复申请", _ROW, default=NONE)
    certificate: Applicants = field("5.要求行政机关确认或重新出具已获取信息", _ROW, default=NONE)


class OtherResults(Part):
    """（六）其他处理."""

    lapsed: Applicants = field("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", _ROW, default=NONE)
    unpaid: Applicants = field(
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", _ROW, default=NONE
    )
    rest: Applicants = field("3.其他", _ROW, default=NONE)


class Results(Part):
    """三、本年度办理结果."""

    granted: Applicants = field("（一）予以公开", _ROW, default=NONE)
    partial: Applicants = field("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", _ROW, default=NONE)
    refused: Refused = field("（三）不予公开", "八种情形，没有的不写。", default=Refused())
    unavailable: Unavailable = field("（四）无法提供", "三种情形，没有的不写。", default=Unavailable())
    unhandled: Unhandled = field("（五）不予处理", "五种情形，没有的不写。", default=Unhandled())
    other: OtherResults = field("（六）其他处理", "三种情形，没有的不写。", default=OtherResults())
    total: Applicants = field("（七）总计", _ROW)


class Applications(Part):
    """Table 三."""

    received: Applicants = field("一、本年新收政府信息公开申请数量", _ROW)
    carried: Applicants = field("二、上年结转政府信息公开申请数量", _ROW, default=NONE)
    results: Results = field("三、本年度办理结果", "各种结果各一行，最后写总计。")
    pending: Applicants = field("四、结转下年度继续办理", _ROW, default=NONE)


class Papers(Part):
    """A row of table 二 about papers."""

    made: Count = field("本年制发件数", "件数。", default=0)
    repealed: Count = field("本年废止件数", "件数。", default=0)
    valid: Count = field("现行有效件数", "年末仍有效的件数。", default=0)


class Disclosed(Part):
    """Table 二, by the items of 政府信息公开条例第二十条."""

    rules: Papers = field("规章", "第二十条第（一）项：made、repealed、valid，为 0 的不写。", default=Papers())
    documents: Papers = field("行政规范性文件", "写法与规章相同。", default=Papers())
    licences: Count = field("行政许可", "第二十条第（五）项：本年处理决定数量。", default=0)
    penalties: Count = field("行政处罚", "第二十条第（六）项：本年处理决定数量。", default=0)
    compulsions: Count = field("行政强制", "第二十条第（六）项：本年处理决定数量。", default=0)
    fees: Amount = field("行政事业性收费", "第二十条第（八）项：本年收费金额，单位万元。", default=Decimal(0))


class Outcomes(Part):
    """One group of table 四."""

    upheld: Count = field("结果维持", "件数。", default=0)
    corrected: Count = field("结果纠正", "件数。", default=0)
    other: Count = field("其他结果", "件数。", default=0)
    pending: Count = field("尚未审结", "件数。", default=0)
    total: Count = field("总计", "前面四列相加。", default=0)


class Disputes(Part):
    """Table 四."""

    review: Outcomes = field("行政复议", "upheld、corrected、other、pending、total，为 0 的不写。", default=Outcomes())
    direct: Outcomes = field("未经复议直接起诉", "写法与行政复议相同。", default=Outcomes())
    after: Outcomes = field("复议后起诉", "写法与行政复议相同。", default=Outcomes())


class AnnualReport(Item):
    """The report of a government or a department on a year."""

    kind: ClassVar[Kind] = Kind(
        name="annual_report",
        plural="reports",
        label="政府信息公开年度报告",
        about="区政府和各部门每年公布的政府信息公开工作年度报告，六个部分、三张表。",
        order=90,
        in_navigation=False,
        brief=("year", "published"),
        filters={"year": "年度"},
        latest_first=True,
    )

    year: Count = field("年度", "报告的是哪一年，例如 2025。", ge=2008, le=2199)
    department: Annotated[Id, Refers("department")] | None = field(
        "报告部门", "部门的编号；区政府的报告不写。", default=None
    )
    published: Date = field("公布日期", "部门最迟次年1月31日，区政府最迟次年3月31日。")
    summary: tuple[Text, ...] = field("一、总体情况", "每段一条。", min_length=1)
    disclosed: Disclosed = field("二、主动公开政府信息情况", "表二，为 0 的不写。")
    applications: Applications = field("三、收到和处理政府信息公开申请情况", "表三，每行一条。")
    disputes: Disputes = field("四、行政复议、行政诉讼情况", "表四，没有的不写。", default=Disputes())
    problems: tuple[Text, ...] = field("五、存在的主要问题及改进情况", "每段一条。", min_length=1)
    remarks: tuple[Text, ...] = field("六、其他需要报告的事项", "每段一条，例如 信息处理费。", min_length=1)
    attachments: tuple[Attachment, ...] = field("附件", "可下载的文件，每个一条。", default=())

    def terms(self) -> Iterator[str]:
        """Yield the short name that people use."""
        yield f"{self.year}年政府信息公开年报"

    def dated(self) -> date:
        """Return the day of publication."""
        return self.published
