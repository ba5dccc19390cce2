"""Names of persons, told by their surname: enough to tell 张三 from 区政务服务中心."""

from __future__ import annotations

import re

# The hundred commonest surnames and some more (公安部 全国姓名报告); 同名 words of offices are told apart below.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩邓冯曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施牛樊葛邢安齐易乔伍庞颜倪庄聂章"
    "鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解"
    "牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑"
)
_COMPOUND = "欧阳|上官|司马|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|司徒|东方|南宫"
NAME = rf"(?:(?:{_COMPOUND})[一-龥]{{1,2}}|[{_SURNAMES}][一-龥]{{1,2}})"
"""The pattern of a person's name; what follows has to tell where it ends."""
_NAME = re.compile(NAME)
_OFFICES = re.compile(
    "局|中心|科|办|委|部|室|公司|处|院|会|站|队|所|厅|馆|区|县|市|省|镇|乡|村|街|政|务|用户|管理|系统|演示|测试"
)
_LATIN = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]*\.?)? [A-Z][a-z]+")
_PROGRAMS = re.compile(
    "(?i)office|microsoft|python|adobe|word|excel|windows|user|admin|google|apple|canon|epson|openpyxl"
)


def is_personal_name(text: str) -> bool:
    """Tell whether a text as a whole is a person's name, Chinese or Latin, and not an office's or a program's."""
    written = text.strip()
    if _NAME.fullmatch(written):
        return not _OFFICES.search(written)
    return bool(_LATIN.fullmatch(written)) and not _PROGRAMS.search(written)
