"""The code lists of the national service-item schema: label in content → code in exchanged data.

Content is written with the label, because editors know labels; systems differ in codes, so codes are looked up
here when data is exchanged. Sources: deployed schemas of the item base (GB/T 39554.2 family).
"""

from __future__ import annotations

from collections.abc import Mapping

ITEM_TYPES: Mapping[str, str] = {
    "行政许可": "01",
    "行政处罚": "02",
    "行政强制": "03",
    "行政征收": "04",
    "行政给付": "05",
    "行政检查": "06",
    "行政确认": "07",
    "行政奖励": "08",
    "行政裁决": "09",
    "其他行政权力": "10",
    "公共服务": "20",
}
LEVELS: Mapping[str, str] = {"国家": "1", "省": "2", "市": "3", "县": "4", "镇（乡、街道）": "5", "村（社区）": "6"}
POWER_SOURCES: Mapping[str, str] = {
    "法定本级行使": "1",
    "上级下放": "2",
    "上级授权": "3",
    "同级授权": "4",
    "上级委托": "5",
    "同级委托": "6",
}
BODY_NATURES: Mapping[str, str] = {"法定机关": "1", "授权组织": "2", "受委托组织": "3"}
TARGETS: Mapping[str, str] = {
    "自然人": "1",
    "企业法人": "2",
    "事业法人": "3",
    "社会组织法人": "4",
    "非法人企业": "5",
    "行政机关": "6",
    "其他组织": "9",
}
HANDLING_KINDS: Mapping[str, str] = {"即办件": "1", "承诺件": "2"}
HANDLING_FORMS: Mapping[str, str] = {"窗口": "1", "网上": "2", "快递": "3"}
TIME_UNITS: Mapping[str, str] = {"工作日": "1", "自然日": "2"}
SPECIAL_PROCEDURES: Mapping[str, str] = {
    label: str(number)
    for number, label in enumerate(
        ("听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审", "现场勘查", "公示", "考试"), 1
    )
}
SCOPES: Mapping[str, str] = {"全国": "1", "全省": "2", "全市": "3", "全县": "4", "全镇": "5", "跨村": "6"}
RESULT_TYPES: Mapping[str, str] = {"证照": "10", "批文": "20", "其他": "30", "无": "99"}
ONLINE_DEPTHS: Mapping[str, str] = {
    "互联网咨询": "1",
    "互联网收件": "2",
    "互联网预审": "3",
    "互联网受理": "4",
    "互联网办理": "5",
    "互联网办理结果信息反馈": "6",
    "互联网电子证照反馈": "7",
    "其他": "8",
}
ONLINE_LEVELS: Mapping[str, str] = {"Ⅰ级": "1", "Ⅱ级": "2", "Ⅲ级": "3", "Ⅳ级": "4"}
DRAFT = "草稿"
STATES: Mapping[str, str] = {"正式": "1", DRAFT: "0"}
ITEM_STATUSES: Mapping[str, str] = {"在用": "1", "暂停": "2", "取消": "3", DRAFT: "0"}
MATERIAL_FORMS: Mapping[str, str] = {"原件": "1", "复印件": "2", "原件和复印件": "3"}
MATERIAL_MEDIA: Mapping[str, str] = {"纸质": "1", "电子": "2", "纸质或电子": "3"}
NECESSITIES: Mapping[str, str] = {"必要": "1", "非必要": "2", "容缺后补": "3"}
MATERIAL_SOURCES: Mapping[str, str] = {"申请人自备": "10", "政府部门核发": "20", "其他": "99"}
MATERIAL_CLASSES: Mapping[str, str] = {"证件证书证明": "1", "申请表格文书": "2", "其他": "9"}
DELIVERIES: Mapping[str, str] = {"窗口领取": "1", "邮寄送达": "2", "网上下载": "3", "自助打印": "4", "当场告知": "5"}

PERSON_TOPICS: Mapping[str, str] = {
    label: f"{number:03d}"
    for number, label in enumerate(
        (
            "生育收养", "户籍办理", "民族宗教", "教育科研", "入伍服役", "就业创业", "职业资格", "婚姻登记",
            "优待抚恤", "住房保障", "社会保障", "社会救助", "证件办理", "交通出行", "出境入境", "公共安全",
            "司法公证", "文化体育", "公用事业", "医疗卫生", "离职退休", "死亡殡葬", "规划建设", "不动产登记",
        ),
        1,
    )
}  # fmt: skip
LEGAL_TOPICS: Mapping[str, str] = {
    label: f"{number:03d}"
    for number, label in enumerate(
        (
            "设立变更", "准营准办", "资质认证", "年检年审", "税收财务", "人力资源", "社会保障", "投资审批",
            "农林牧渔", "国土和规划建设", "交通运输", "环保绿化", "水务气象", "医疗卫生", "科技创新", "文体教育",
            "民族宗教", "质量技术", "安全生产", "公安消防", "司法公证", "公用事业", "法人注销", "不动产登记",
        ),
        1,
    )
}  # fmt: skip
LIFE_EVENTS: Mapping[str, str] = {
    label: f"{number:02d}"
    for number, label in enumerate(
        (
            "出生", "上学", "工作", "结婚", "买房", "开车", "出国出境", "证件到期或丢失", "生病", "遇到困难",
            "退休养老", "身后事", "开办企业", "开店经营", "建房施工", "招工用人", "企业注销",
        ),
        1,
    )
}  # fmt: skip

FEE_LEVELS: Mapping[str, str] = {"中央": "1", "省定": "2", "市县": "3"}
FEE_FUNDS: Mapping[str, str] = {
    "缴入中央国库": "1",
    "缴入地方国库": "2",
    "缴入中央和地方国库": "3",
    "缴入财政专户": "4",
    "不适用": "9",
}
FEE_UNITS: Mapping[str, str] = {
    label: str(number)
    for number, label in enumerate(("证", "本", "张", "件", "副", "面", "次", "页", "户", "人", "平方米", "月"), 1)
}

POLICY_GENRES: Mapping[str, str] = {
    label: str(number)
    for number, label in enumerate(
        ("法律", "行政法规", "部门规章", "地方性法规", "地方政府规章", "规范性文件", "标准", "政策解读"), 1
    )
}
VALIDITIES: Mapping[str, str] = {"有效": "1", "修改": "2", "废止": "3", "失效": "4", "尚未施行": "5"}
POLICY_THEMES: Mapping[str, str] = {
    label: f"{number:02d}"
    for number, label in enumerate(
        (
            "国务院组织机构", "综合政务", "国民经济管理、国有资产监管", "财政、金融、审计", "国土资源、能源",
            "农业、林业、水利", "工业、交通", "商贸、海关、旅游", "市场监管、安全生产监管", "城乡建设、环境保护",
            "科技、教育", "文化、广电、新闻出版", "卫生、体育", "人口与计划生育、妇女儿童工作", "劳动、人事、监察",
            "公安、安全、司法", "民政、扶贫、救灾", "民族、宗教", "对外事务", "港澳台侨工作", "国防", "其他",
        ),
        1,
    )
}  # fmt: skip

STATUTORY_CONTENTS: Mapping[str, str] = {
    # 政府信息公开条例（国务院令第711号）第二十条 (1)–(15)
    label: str(number)
    for number, label in enumerate(
        (
            "法规规章规范性文件", "机关职能与机构", "规划", "统计信息", "行政许可和对外管理服务事项",
            "行政处罚和行政强制",
            "财政预算决算", "行政事业性收费", "政府集中采购", "重大建设项目", "扶贫、教育、医疗、社会保障、促进就业",
            "突发公共事件应急", "环境保护、公共卫生、安全生产、食品药品、产品质量监督检查", "公务员招考", "其他",
        ),
        1,
    )
}  # fmt: skip
DISCLOSURE_AREAS: Mapping[str, str] = {
    label: f"{number:02d}"
    for number, label in enumerate(
        (
            "重大建设项目", "公共资源交易", "财政预决算", "安全生产", "税收管理", "征地补偿",
            "国有土地上房屋征收", "保障性住房", "农村危房改造", "生态环境", "公共文化体育", "公共法律服务", "扶贫",
            "救灾", "食品药品监管", "城市综合执法", "就业创业", "社会保险", "社会救助", "养老服务", "户籍管理",
            "涉农补贴", "义务教育", "医疗卫生", "市政服务", "城乡规划",
        ),
        1,
    )
}  # fmt: skip
CHANNELS: Mapping[str, str] = {
    label: f"{number:02d}"
    for number, label in enumerate(
        (
            "政府网站", "政府公报", "两微一端", "发布会/听证会", "广播电视", "纸质媒体", "公开查阅点", "政务服务中心",
            "便民服务站", "入户/现场", "社区/企事业单位/村公示栏（电子屏）", "精准推送", "其他",
        ),
        1,
    )
}  # fmt: skip
AUDIENCES: Mapping[str, str] = {"全社会": "1", "特定群体": "2"}
DISCLOSURE_MANNERS: Mapping[str, str] = {"主动公开": "1", "依申请公开": "2"}
DISCLOSURE_LEVELS: Mapping[str, str] = {"县级": "1", "乡级": "2", "村级": "3"}
DUE_RULES: Mapping[str, str] = {"形成或变更后": "1", "实时": "2", "每年": "3", "长期": "4", "按约定日期": "5"}

ANNOUNCEMENT_COLUMNS: Mapping[str, str] = {"通知公告": "1", "工作动态": "2"}
WINDOW_KINDS: Mapping[str, str] = {"部门窗口": "1", "综合窗口": "2", "缴费窗口": "3"}
SERVICE_DAYS: Mapping[str, str] = {"工作日": "1", "周六": "2", "周日": "3", "周末": "4", "每天": "5"}
