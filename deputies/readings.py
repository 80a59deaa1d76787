"""How names are read in pinyin, for looking people up by letters."""

import os
import unicodedata
from itertools import islice, product

from .strokes import surname_of


def _read(text: str) -> dict[str, list[list[str]]]:
    """ "单=shan 万俟=mo-qi 乐=yue/le" as the ways of reading each, a way a list of syllables."""
    pairs = (pair.partition("=") for pair in text.split())
    return {signs: [way.split("-") for way in ways.split("/")] for signs, _sep, ways in pairs}


# Read otherwise as a family name than in other words; two ways where families differ.
SURNAMES = _read(
    "单=shan 曾=zeng 仇=qiu 区=ou 解=xie 查=zha 乐=yue/le 朴=piao 盖=ge/gai 翟=zhai/di 缪=miao "
    "覃=qin/tan 牟=mu/mou 员=yun 种=chong 祭=zhai 召=shao 折=she 黑=he 繁=po 秘=bi 隗=wei/kui "
    "郗=xi/chi 郇=xun/huan 佴=nai 阚=kan 谌=chen/shen 句=gou 洗=xian 卜=bu 费=fei/bi 薄=bo "
    "柏=bai/bo 都=du 藏=zang 乐正=yue-zheng 万俟=mo-qi 尉迟=yu-chi 单于=chan-yu 澹台=tan-tai"
)
# Characters of given names that people read in two ways.
GIVEN = _read(
    "长=chang/zhang 乐=le/yue 朝=chao/zhao 行=xing/hang 重=chong/zhong 茜=qian/xi 晟=sheng/cheng "
    "盛=sheng/cheng 传=chuan/zhuan 阿=a/e 曾=zeng/ceng 柏=bai/bo 调=tiao/diao 省=xing/sheng 筠=yun/jun "
    "薄=bo/bao 都=du/dou"
)
# So many ways of reading one name are kept.
MOST = 8
NOT_READ = str.maketrans("", "", " '’`-·•.")


def latin(text: str) -> str:
    """Letters as typed, in one form: small, without tones, blanks and apostrophes; "" if not only letters."""
    parted = unicodedata.normalize("NFKD", text).lower().translate(NOT_READ)
    plain = "".join(sign for sign in parted if not unicodedata.combining(sign))
    return plain if plain.isascii() and plain.isalpha() else ""


def forms(name: str) -> tuple[str, str]:
    """(readings, initials) to search in: of the whole name and of the given name, in each way of reading it.

    曾小明 gives ("zengxiaoming xiaoming", "zxm xm").
    """
    family = surname_of(name)
    first = SURNAMES.get(family) or [[*_syllables(family)]]
    ways = product(first, *([way[0] for way in _ways(sign)] for sign in name[len(family) :]))
    readings: dict[str, None] = {}
    initials: dict[str, None] = {}
    for head, *rest in islice(ways, MOST):
        given = [str(syllable) for syllable in rest]
        for syllables in ([*head, *given], given):
            joined = "".join(syllables)
            # 吕 is lv on keyboards and lu in most other places.
            readings |= dict.fromkeys((joined, joined.replace("v", "u")))
            initials["".join(syllable[:1] for syllable in syllables)] = None
    return " ".join(filter(None, readings)), " ".join(filter(None, initials))


def of_words(text: str) -> tuple[str, str]:
    """(initials, reading) of words that are nobody's name, each character as it is commonly read.

    住建局 gives ("zjj", "zhujianju").
    """
    syllables = _syllables(text)
    return "".join(syllable[:1] for syllable in syllables), "".join(syllables)


def _ways(sign: str) -> list[list[str]]:
    return GIVEN.get(sign) or [_syllables(sign) or [""]]


def _syllables(text: str) -> list[str]:
    """One syllable a character, as commonly read; letters stay, what has no reading is left out."""
    # Its table of phrases takes 40 MB and says nothing about names; the package reads the switch when it is
    # loaded, which happens only where names are written.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin

    return lazy_pinyin(text.lower(), errors=latin)
