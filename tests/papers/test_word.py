"""The Word files: measures and fonts of official papers, every word in them, and whatever people type."""

import zipfile
from datetime import date
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from suggestions.models import HandlingUnit
from suggestions.papers import word
from suggestions.papers.shapes import Annex, Field, Heading, Paper, Paragraph, Row, Signature, Table
from tests.conftest import Journey

from .scenes import ANSWERS, POINTS, answered, opened, paper, text_of, words_in, worked_on

SENDER = "测试区住房和城乡建设局"
FORM = Table(
    (
        Row((Field("编号", "2026000001"), Field("日期", "")), height=14),
        Row((Field("标题", "停车\n难"),)),
    )
)
FULL = Paper(
    name="示例", title="关于第2026000001号群众意见的答复", sender=SENDER, number="测住建〔2026〕3号",
    right_mark="类别：A",
    blocks=(
        Paragraph("居民朋友：", flush=True), Heading("一、增设停车位"), Paragraph("已增设车位三十个。"), FORM,
    ),
    annex_note=("附件：1. 会办单位意见", "2. 征询意见表"),
    signature=Signature(SENDER, "2026年11月28日", "（印章）"), contact="（联系电话：024-22345678）",
    copies="抄送：甲，乙。",
    annexes=(Annex("附件1", "会办单位意见", (Paragraph("同意。"),)), Annex("附件2", "表", ())),
)  # fmt: skip


def chinese_font(style: Any) -> str:
    return style.element.rPr.rFonts.get(qn("w:eastAsia"))


def written(**changes: Any) -> Any:
    fields = {name: getattr(FULL, name) for name in FULL.__slots__}
    return opened(word.render(Paper(**fields | changes)))


def test_the_sheet_is_a4_with_the_edges_of_the_standard() -> None:
    section = written().sections[0]

    found = (section.page_width, section.page_height, section.top_margin, section.bottom_margin,
             section.left_margin, section.right_margin)  # fmt: skip
    # Word counts in twentieths of a point.
    wanted = (Mm(210), Mm(297), Mm(37), Mm(35), Mm(28), Mm(26))
    assert [round(length.mm, 1) for length in found] == [length.mm for length in wanted]


def test_fonts_and_line_pitch_are_those_of_official_papers() -> None:
    styles = written().styles

    names = ("公文标题", "公文正文", "公文一级标题", "公文字号", "公文抄送", "页码")
    looks = [(name, styles[name], styles[name].paragraph_format.line_spacing) for name in names]
    assert {name: (chinese_font(style), style.font.size.pt, line) for name, style, line in looks} == {
        "公文标题": ("方正小标宋简体", 22, Pt(36)), "公文正文": ("仿宋_GB2312", 16, Pt(28)),
        "公文一级标题": ("黑体", 16, Pt(28)), "公文字号": ("仿宋_GB2312", 16, Pt(28)),
        "公文抄送": ("仿宋_GB2312", 14, Pt(24)), "页码": ("宋体", 14, Pt(14)),
    }  # fmt: skip
    assert styles["公文正文"].paragraph_format.first_line_indent == Pt(32)
    assert chinese_font(styles["Normal"]) == "仿宋_GB2312"


def test_no_font_is_embedded_and_no_theme_names_another() -> None:
    content = word.render(FULL)
    parts = zipfile.ZipFile(BytesIO(content)).namelist()

    assert [name for name in parts if "font" in name.lower() and not name.endswith("fontTable.xml")] == []
    defaults = opened(content).styles.element.find(qn("w:docDefaults"))
    assert [key for fonts in defaults.iter(qn("w:rFonts")) for key in fonts.attrib if "Theme" in key] == []


def test_a_numbered_letter_has_a_red_head_and_no_number_on_its_first_page() -> None:
    section = written().sections[0]
    head = section.first_page_header.paragraphs

    assert [line.text for line in head] == ["\t类别：A", FULL.sender, ""]
    assert str(head[1].style.font.color.rgb) == "E60012"
    assert head[1].runs[0].font.size == Pt(34)
    borders = head[2]._p.pPr.find(qn("w:pBdr"))
    assert [(line.tag, line.get(qn("w:color")), line.get(qn("w:sz"))) for line in borders] == [
        (qn("w:top"), "E60012", "24"), (qn("w:bottom"), "E60012", "8"),
    ]  # fmt: skip
    feet = (section.first_page_footer, section.footer, section.even_page_footer)
    assert ["PAGE" in foot._element.xml for foot in feet] == [False, True, True]
    assert [line.text for line in section.footer.paragraphs] == ["—  —"]


def test_a_long_name_is_set_smaller_so_that_it_stays_on_one_line() -> None:
    name = "测试区人民代表大会常务委员会代表工作委员会办公室"

    head = written(sender=name).sections[0].first_page_header.paragraphs[1]

    assert head.runs[0].font.size.pt * len(name) <= Mm(156).pt


def test_a_plain_letter_has_a_number_on_every_page() -> None:
    section = written(sender="", number="", right_mark="").sections[0]

    assert "PAGE" in section.first_page_footer._element.xml
    assert [line.text for line in section.first_page_header.paragraphs] == [""]


def test_a_draft_says_so_on_every_page() -> None:
    section = written(sender="", number="", left_mark="草稿").sections[0]

    heads = (section.first_page_header, section.header, section.even_page_header)
    assert [head.paragraphs[0].text for head in heads] == ["草稿\t类别：A", "草稿", "草稿"]


def test_every_word_of_the_paper_is_in_the_file() -> None:
    file = written()

    assert [line.text for line in file.paragraphs if line.text.strip()] == [
        "测住建〔2026〕3号", FULL.title, "居民朋友：", "一、增设停车位", "已增设车位三十个。",
        "附件：1. 会办单位意见", "2. 征询意见表", SENDER, "2026年11月28日", "（印章）", FULL.contact,
        "\u3000抄送：甲，乙。", "附件1", "会办单位意见", "同意。", "附件2", "表",
    ]  # fmt: skip
    cells = [[cell.text for cell in row.cells] for row in file.tables[0].rows]
    assert cells == [["编号", "2026000001", "日期", ""], ["标题", "停车\n难", "停车\n难", "停车\n难"]]


def test_each_annex_begins_a_page_and_what_is_signed_keeps_together() -> None:
    lines = {line.text: line.paragraph_format for line in written().paragraphs}

    assert [lines[label].page_break_before for label in ("附件1", "附件2")] == [True, True]
    kept = ("2. 征询意见表", FULL.signature.who, FULL.signature.date, "（印章）", FULL.contact)
    assert [lines[text].keep_with_next for text in kept] == [True] * 5


def test_the_file_says_nothing_of_whoever_made_it() -> None:
    about = written().core_properties

    assert (about.title, about.author, about.language) == (FULL.title, FULL.signature.who, "zh-CN")
    assert (about.comments, about.last_modified_by, about.keywords) == ("", "", "")


@pytest.mark.parametrize(
    "typed",
    ["𬱖𠮷", "👨‍👩‍👧 🏠", "a & b < c > \"d\" 'e'", "\u200bＡ１", "<w:p/>", "{{ 7 }}"],
)
def test_rare_characters_come_through_as_they_were_typed(typed: str) -> None:
    file = written(title=typed, blocks=(Paragraph(typed), Table((Row((Field(typed, typed),)),))))

    words = words_in(file)
    assert words.count(typed) >= 4


def test_what_no_file_can_hold_is_left_out() -> None:
    file = written(blocks=(Paragraph("前\x00\x0b\ud800\ufffe后"),))

    assert "前后" in [line.text for line in file.paragraphs]


def test_a_text_of_five_thousand_characters_is_whole(cast: SimpleNamespace, journey: Journey) -> None:
    text = "".join(f"第{place}句话说的是停车问题。" for place in range(1000))[:5000]
    case = journey.handling(text=text)

    made = paper("assignment", case.assignments.get().pk, cast.clerk)
    file = opened(word.render(made))

    assert text in words_in(file)
    assert file.tables[0].rows[3]._tr.trPr.find(qn("w:cantSplit")) is None


def test_the_letter_of_reply_is_whole(cast: SimpleNamespace, journey: Journey) -> None:
    HandlingUnit.objects.filter(pk=cast.unit.pk).update(document_mark="沈河民建", phone="024-22345678")
    made = paper("reply", answered(journey).reply.pk, cast.clerk)

    words = words_in(opened(word.render(made)))

    for line in [*POINTS, *ANSWERS, *filter(None, text_of(made).split("\n"))]:
        assert line in words or line == made.name


def test_a_promise_far_away_and_the_longest_name_still_make_a_file(
    cast: SimpleNamespace, journey: Journey
) -> None:
    HandlingUnit.objects.filter(pk=cast.unit.pk).update(name="示" * 60, document_mark="沈河民建")
    scene = worked_on(journey)
    scene.reply.promised = [{"text": "长" * 300, "due": date(2099, 12, 31).isoformat()}] * 10
    scene.reply.save()

    made = paper("reply", scene.reply.pk, cast.clerk)

    assert len(made.name) <= 120
    assert "2099年12月31日前完成" in words_in(opened(word.render(made)))
