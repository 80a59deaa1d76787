"""Invented people for the demo: names, phones, employers. Equal seeds give equal people."""

from dataclasses import dataclass
from random import Random

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢"
    "傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万覃武钱戚鲁葛柴关佟那富"
)
COMPOUND = ("欧阳", "上官", "司徒", "诸葛", "慕容", "司马", "夏侯", "东方")
WOMEN = "婷雯萱蕙菡妍姝筠芷若溪沐晗瑾瑜琬珂蓓莎苒茹岚黛玥昕怡霏芮嫣绮彤湘荷莲秋曼冉"
MEN = "铎骞峥屹昊霖渊淳毓钧铭炜煜烁琛韬骁彬翰恺磊赫祺铠坤尧瀚泽宸廷垚岩柏松槐桦澍川"
SHARED = "知予佳思之景书清永守承启言若春文立世长"
SINGLE = "琰桐晟霈昱栩涵钰翊珩菁萌卉潇颐"
# Characters beyond the common tables must survive every form, list and spreadsheet (GB 18030-2022).
RARE = (("林㛃", True), ("𬱖佳宁", True), ("赵𬱖", False), ("吴清㛃", True))
# Names with the middle dot, made up of common parts, for the same reason.
DOTTED = (
    ("古丽娜孜·艾山江", True, "维吾尔族"),
    ("叶尔扎提·阿依登", False, "哈萨克族"),
    ("其木格·乌云", True, "蒙古族"),
)
ETHNICITIES = ("汉族", "满族", "回族", "锡伯族", "朝鲜族", "蒙古族")
ETHNIC_WEIGHTS = (86, 7, 3, 2, 1, 1)
# One person in so many has the name of somebody before, so that lists must tell them apart by unit.
SAME_NAME_EVERY = 60
WORK = (
    ("示例小学", "教师"),
    ("示例中学", "年级主任"),
    ("示例职业学校", "实训教师"),
    ("示例幼儿园", "园长"),
    ("示例医院", "护士长"),
    ("示例社区卫生服务中心", "全科医生"),
    ("示例中医门诊部", "医师"),
    ("示例社区居民委员会", "主任"),
    ("示例社区居民委员会", "网格长"),
    ("示例社会工作服务中心", "社会工作者"),
    ("示例机械厂", "高级技师"),
    ("示例食品厂", "车间主任"),
    ("示例设计院", "工程师"),
    ("示例研究所", "研究员"),
    ("示例软件公司", "项目经理"),
    ("示例物流公司", "司机班长"),
    ("示例快递网点", "快递员"),
    ("示例公交车队", "驾驶员"),
    ("示例环卫所", "班组长"),
    ("示例供热站", "维修工"),
    ("示例物业服务中心", "项目经理"),
    ("示例商场", "柜组长"),
    ("示例农贸市场", "经营户"),
    ("示例餐饮店", "店主"),
    ("示例律师事务所", "律师"),
    ("示例会计师事务所", "注册会计师"),
    ("示例养老服务中心", "院长"),
    ("示例剧团", "演员"),
    ("示例图书馆", "馆员"),
    ("示例银行支行", "客户经理"),
    ("示例建筑公司", "总工程师"),
    ("示例创业园", "创业者"),
    ("示例街道办事处", "干部"),
    ("示例消防站", "消防员"),
    ("示例企业", "负责人"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """An invented deputy. Same names occur; `index` (from 0) and the employer tell people apart."""

    index: int
    name: str
    is_woman: bool
    ethnicity: str
    organisation: str
    position: str


def given_name(rng: Random, *, is_woman: bool) -> str:
    """One character for about one person in nine, else two."""
    if rng.random() < 0.11:
        return rng.choice(SINGLE)
    own = WOMEN if is_woman else MEN
    first, second = rng.choice(SHARED), rng.choice(own)
    return first + second if first != second else second


def any_name(rng: Random, *, is_woman: bool) -> str:
    surname = rng.choice(COMPOUND) if rng.random() < 0.03 else rng.choice(SURNAMES)
    return surname + given_name(rng, is_woman=is_woman)


def employer(rng: Random, index: int) -> tuple[str, str]:
    """An employer that says itself that it is an example, numbered so that people of one name differ."""
    organisation, position = rng.choice(WORK)
    return f"{organisation}（{index + 1:03d}）", position


def deputy_names(n: int, seed: int = 19) -> list[Person]:
    """n people: a few rare characters and dotted names, a few pairs of the same name, the rest unique."""
    rng = Random(seed)
    special = [(name, woman, "汉族") for name, woman in RARE] + list(DOTTED)
    places = rng.sample(range(n), min(len(special), n))
    fixed = dict(zip(places, special, strict=False))
    used = {name for name, _, _ in special}
    people: list[Person] = []
    for index in range(n):
        is_woman = rng.random() < 0.42
        ethnicity = rng.choices(ETHNICITIES, ETHNIC_WEIGHTS)[0]
        if index in fixed:
            name, is_woman, ethnicity = fixed[index]
        elif index % SAME_NAME_EVERY == SAME_NAME_EVERY - 1:
            twin = people[index - SAME_NAME_EVERY // 2]
            name, is_woman = twin.name, twin.is_woman
        else:
            name = any_name(rng, is_woman=is_woman)
            while name in used:
                name = any_name(rng, is_woman=is_woman)
        used.add(name)
        people.append(Person(index, name, is_woman, ethnicity, *employer(rng, index)))
    return people


def resident_name(rng: Random) -> str:
    """How residents sign: a full name, or a surname with 女士, 先生, 大爷, 阿姨."""
    is_woman = rng.random() < 0.55
    if rng.random() < 0.6:
        return any_name(rng, is_woman=is_woman)
    return rng.choice(SURNAMES) + rng.choice(
        ("女士", "阿姨", "大娘") if is_woman else ("先生", "大爷", "师傅")
    )


def staff_name(rng: Random) -> str:
    """Officers of units, liaison officers, clerks."""
    return any_name(rng, is_woman=rng.random() < 0.5)


def demo_phone(i: int) -> str:
    """Mobile number i (0-9999): 199 0000 xxxx.

    Valid in form (a mobile prefix and eight digits), plainly an example to the eye, and never drawn at
    chance, so that it can't meet somebody's number by luck. The demo sends nothing to it in any case.
    Other i raise ValueError.
    """
    if not 0 <= i <= 9999:
        raise ValueError(f"demo phones run from 0 to 9999, not {i}")
    return f"1990000{i:04d}"
