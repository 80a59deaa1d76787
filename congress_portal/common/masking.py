"""What strangers may see of a name or a number."""

import re

from congress_portal.common.phones import MOBILE, SERVICE, normalise_phone

# fmt: off
COMPOUND_SURNAMES = frozenset(
    {
        "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯",
        "诸葛", "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠",
        "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "闾丘", "子车",
        "亓官", "司寇", "巫马", "公西", "颛孙", "壤驷", "公良", "漆雕", "乐正", "宰父", "谷梁",
        "拓跋", "夹谷", "轩辕", "令狐", "段干", "百里", "呼延", "东郭", "南门", "羊舌", "微生",
        "公户", "公玉", "公仪", "梁丘", "公仲", "公上", "公门", "公山", "公坚", "左丘", "公伯",
        "西门", "公祖", "第五", "公乘", "贯丘", "公皙", "南荣", "东里", "东宫", "仲长", "子书",
        "子桑", "即墨", "达奚", "褚师", "纳兰", "完颜", "叶赫", "那拉", "爱新觉罗", "赫舍里", "钮祜禄",
        "瓜尔佳",
    }
)
# fmt: on
# A form of address is what people give when they do not want to give a name: it is public as it stands.
ADDRESS = re.compile(
    r"(?:女士|先生|小姐|同志|师傅|老师|大夫|医生|阿姨|叔叔|大爷|大妈|大娘|大叔|大哥|大姐|奶奶|爷爷|经理|姨|叔|哥|姐|婶)"
)
FAMILIAR = re.compile(r"[小老大]\w")
FEMALE, MALE = frozenset({"f", "female", "女"}), frozenset({"m", "male", "男"})
CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")

FULL_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ＋－（）　", "0123456789Xx+-() ")
GAP = r"[ \-]?"
ID_NUMBER = re.compile(rf"(?<!\d)[1-9]\d{{5}}{GAP}\d{{4}}{GAP}\d{{4}}{GAP}\d{{3}}[\dXx](?!\d)")
PHONE = re.compile(
    rf"(?<!\d)(?:(?:\+|00)?86{GAP})?1[3-9]\d{GAP}\d{{4}}{GAP}\d{{4}}(?!\d)"
    rf"|(?<!\d)\(?0\d{{2,3}}\)?{GAP}[2-8]\d{{2,3}}{GAP}\d{{4}}(?!\d)"
    rf"|(?<!\d)400{GAP}\d{{3}}{GAP}\d{{4}}(?!\d)"
)


def mask_phone(phone: str | None) -> str:
    """138****1234, 024-****5678, 400****567; of anything else only the last two signs."""
    number = normalise_phone(phone or "")
    if number in SERVICE:
        return number
    if MOBILE.fullmatch(number):
        return f"{number[:3]}****{number[-4:]}"
    area, dash, local = number.partition("-")
    if dash:
        return f"{area}-****{local[-4:]}"
    if len(number) >= 10:
        return f"{number[:3]}****{number[-3:]}"
    return "*" * max(len(number) - 2, 0) + number[-2:] if len(number) > 4 else "*" * len(number)


def mask_email(email: str | None) -> str:
    """l***@example.cn: the first sign and the domain."""
    name, at, domain = (email or "").strip().rpartition("@")
    return f"{name[:1]}***{at}{domain}" if at else "***" if domain else ""


def public_name(name: str | None, gender: str | None = None) -> str:
    """李女士, 李先生, or 李某某 where the gender (F, M, 女, 男) is unknown; 李阿姨 and 小李 stay."""
    name = (name or "").strip()
    if not name:
        return ""
    if not CJK.match(name):
        return f"{name[0]}***"
    surname = _surname(name)
    rest = name[len(surname) :]
    if ADDRESS.fullmatch(rest) or (len(name) == 2 and FAMILIAR.fullmatch(name)):
        return name
    sex = str(gender or "").strip().lower()
    if sex in FEMALE:
        return f"{surname}女士"
    if sex in MALE:
        return f"{surname}先生"
    return f"{surname}某某"


def mask_text(text: str) -> str:
    """The text with phone numbers and 18-digit identity numbers masked, also full-width or spaced ones."""
    # Every replacement is one sign for one sign, so positions found here are positions in the text.
    plain = text.translate(FULL_WIDTH)
    pieces, position = [], 0
    found = sorted([*ID_NUMBER.finditer(plain), *PHONE.finditer(plain)], key=lambda match: match.start())
    for match in found:
        if match.start() < position:
            continue
        hidden = _hide_id(match[0]) if match.re is ID_NUMBER else mask_phone(match[0])
        pieces += [text[position : match.start()], hidden]
        position = match.end()
    return "".join([*pieces, text[position:]])


def _hide_id(number: str) -> str:
    return number[:3] + "*" * 15


def _surname(name: str) -> str:
    for length in (4, 3, 2):
        if len(name) > length and name[:length] in COMPOUND_SURNAMES:
            return name[:length]
    return name[0]
