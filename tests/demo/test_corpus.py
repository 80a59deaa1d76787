"""The demo texts: enough, varied, complete, repeatable, and free of anybody real."""

import re
from collections import Counter
from datetime import date
from random import Random

import pytest

from suggestions.defaults import BODIES
from suggestions.demo import source
from suggestions.demo.corpus import Corpus, load
from suggestions.demo.shapes import Draft

TODAY = date(2026, 3, 20)
CATEGORIES = {
    "HEATING", "PARKING", "ELEVATOR", "ELDER_MEALS", "ELDER_CARE", "PROPERTY", "NOISE", "ROADS",
    "GREENING", "EDUCATION", "MEDICAL", "SAFETY", "OTHER",
}  # fmt: skip
HOTLINES = {"12345", "12348", "12388", "12309", "12368", "110", "119", "120"}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load()


def drafts(corpus: Corpus, seed: int = 2) -> list[Draft]:
    rng = Random(seed)
    return [corpus.pick(rng, 1 + turn % 12) for turn in range(2000)]


def every_written_word() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(source.TEXTS.glob("*.toml")))


def test_equal_seeds_give_equal_drafts(corpus):
    assert drafts(corpus, 7) == drafts(corpus, 7)


def test_two_thousand_drafts_differ_and_cover_every_category(corpus):
    written = drafts(corpus)
    assert len({draft.text for draft in written}) > 0.9 * len(written)
    assert {draft.category for draft in written} == CATEGORIES
    assert {draft.level for draft in written} == {"L1", "L2", "L3", "L4"}


def test_every_draft_fits_its_fields_and_knows_its_units(corpus):
    for draft in drafts(corpus):
        assert 4 <= len(draft.title) <= 40, draft.title
        assert 30 <= len(draft.text) <= 1000, draft.text
        assert not re.search(r"[{}]|lorem", draft.title + draft.text + draft.place, re.IGNORECASE)
        assert draft.units
        assert set(draft.units) <= corpus.units.keys()


def test_there_are_many_templates_for_each_category(corpus):
    assert all(len(group.templates) >= 12 for group in corpus.categories.values())
    assert sum(len(group.templates) for group in corpus.categories.values()) >= 160


def test_every_category_can_be_written_about_in_every_month(corpus):
    rng = Random(1)
    for code in CATEGORIES:
        for month in range(1, 13):
            assert corpus.pick(rng, month, category=code).category == code
            assert corpus.walkin(rng, month, category=code).answer


def test_heating_is_the_first_matter_of_the_cold_months(corpus):
    rng = Random(5)
    cold = Counter(corpus.pick(rng, 1).category for _ in range(1000))
    warm = Counter(corpus.pick(rng, 7).category for _ in range(1000))
    assert cold.most_common(1)[0][0] == "HEATING"
    assert warm["HEATING"] < 50


def test_every_topic_has_a_letter_of_its_own_and_no_letter_has_an_unknown_topic(corpus):
    for group in corpus.categories.values():
        topics = {template.topic for template in group.templates}
        assert {topic for row in group.replies for topic in row.topics} == topics
        assert {topic for row in group.publications for topic in row.topics} <= topics


@pytest.mark.parametrize("answer_class", ["A", "B", "C"])
@pytest.mark.parametrize("again", [False, True])
def test_letters_are_dated_signed_and_calm(corpus, answer_class, again):
    rng = Random(4)
    for draft in drafts(corpus)[:400]:
        unit = corpus.units[draft.units[0]]
        letter = corpus.reply(
            rng, draft.category, answer_class, community=draft.community, date=TODAY,
            title=draft.title, topic=draft.topic, unit=unit, since=date(2026, 3, 1), again=again,
        )  # fmt: skip
        assert letter.text.startswith("您好：")
        assert letter.text.endswith(f"{unit}\n2026年3月20日")
        assert not re.search(r"[{}！!]", letter.text)
        assert (letter.promised is None) == (answer_class != "B")
        assert letter.promised is None or letter.promised > TODAY


def test_what_is_built_outdoors_is_never_promised_for_the_frost(corpus):
    rng = Random(9)
    for day in range(1, 29):
        letter = corpus.reply(rng, "ROADS", "B", community="清泉社区", date=date(2025, 10, day))
        assert letter.promised.month not in {11, 12, 1, 2, 3}


def test_nobody_visits_before_the_case_came_in(corpus):
    rng = Random(3)
    came = date(2026, 3, 19)
    for _ in range(200):
        text = corpus.reply(rng, "HEATING", "A", community="清泉社区", date=TODAY, since=came).text
        assert set(re.findall(r"3月\d+日", text)) <= {"3月19日", "3月20日"}


def test_answers_are_mostly_solved_some_planned_few_explained(corpus):
    rng = Random(6)
    counted = Counter(corpus.answer_class(rng, d.category, d.topic) for d in drafts(corpus))
    assert counted["A"] > counted["B"] > counted["C"] > 40


def test_a_neighbour_speaks_of_the_same_place(corpus):
    rng = Random(8)
    for draft in drafts(corpus)[:300]:
        other = corpus.neighbour(rng, draft)
        assert (other.community_code, other.place, other.category) == (
            draft.community_code, draft.place, draft.category,
        )  # fmt: skip
        assert other.text != draft.text
        assert 4 <= len(other.title) <= 40
        assert not re.search(r"[{}]", other.title + other.text)


def test_every_decline_ground_and_every_end_is_complete(corpus):
    rng = Random(2)
    assert {row.code for row in corpus.declines} == {f"N{number:02d}" for number in range(1, 12)}
    for turn in range(400):
        month = 1 + turn % 12
        for end in (corpus.decline(rng, month), corpus.transfer(rng, month)):
            assert 4 <= len(end.title) <= 40
            assert len(end.text) >= 30
            assert end.explanation
            assert "{" not in end.title + end.text
            assert end.category in CATEGORIES
    assert corpus.decline(rng, 7, codes={"N02"}).code == "N02"
    assert corpus.transfer(rng, 7, bodies={"和平区"}).body == "和平区"


def test_transfers_name_other_districts_of_the_city(corpus):
    others = {row["name"] for row in source.rows("districts")} - {"沈河区"}
    assert {row.body for row in corpus.transfers} <= others | {"12345 政务服务便民热线", "区信访局"}


def test_a_unit_that_gives_back_proposes_another_one(corpus):
    rng = Random(2)
    for group in corpus.categories.values():
        case = corpus.return_case(rng, group.code, unit="HOUSING", community="清泉社区")
        assert case is None or (case.unit != "HOUSING" and case.unit in corpus.units)


def test_short_texts_of_every_kind_are_there(corpus):
    rng = Random(1)
    draft = corpus.pick(rng, 1)
    for code in CATEGORIES:
        said = corpus.comment(rng, code), corpus.dissatisfied(rng, code), corpus.thanks(rng, code)
        assert all(len(words) >= 5 for words in said)
    asked = corpus.supplement(rng, draft)
    assert asked.question
    assert "{" not in asked.answer
    assert corpus.dispute(rng).visit
    assert corpus.redo_order(rng)
    assert corpus.withdraw_reason(rng)
    assert corpus.resident_note(rng)
    assert all(corpus.note(rng, kind) for kind in corpus.common["notes"])
    reply = corpus.venue_reply(
        rng, community="清泉社区", date=TODAY, venue="清泉社区人大代表联络站", title="楼道堆物"
    )
    assert reply.answer_class == ""
    assert reply.text.endswith("清泉社区人大代表联络站\n2026年3月20日")


def test_what_asks_for_several_things_is_answered_point_by_point(corpus):
    for row in corpus.several:
        assert len(row.points) == len(row.answers) >= 2
        assert row.answer_class in "ABC"
        assert (row.answer_class == "B") == any("{due}" in answer for answer in row.answers)
        assert all(len(point) <= 40 for point in row.points)
    rng = Random(4)
    for month in range(1, 13):
        draft = corpus.pick_several(rng, month, community="清泉社区")
        assert draft.units
        assert set(draft.units) <= corpus.units.keys()
        assert "{" not in draft.title + draft.text + draft.place
        assert 4 <= len(draft.title) <= 40


def test_a_promise_is_a_sentence_of_its_letter(corpus):
    rng = Random(11)
    for draft in drafts(corpus)[:600]:
        letter = corpus.reply(
            rng, draft.category, "B", community=draft.community, date=TODAY, title=draft.title,
            topic=draft.topic, unit=corpus.units[draft.units[0]], by=date(2026, 9, 8),
        )  # fmt: skip
        if letter.promised:
            assert letter.promised == date(2026, 9, 8)
            assert letter.promise in letter.text
            assert "9月8日前" in letter.promise
            assert len(letter.promise) <= 300


def test_every_helper_is_a_unit_with_something_to_say_and_every_unit_has_a_mark(corpus):
    words = corpus.procedure
    assert words["helpers"].keys() == words["supervision"]["bodies"].keys() == CATEGORIES
    helpers = {code for codes in words["helpers"].values() for code in codes}
    assert helpers == words["opinion"].keys()
    assert helpers - {"@street"} <= corpus.units.keys()
    only_coordinating = {row["code"] for row in source.rows("units") if row["coordination_only"] == "1"}
    assert words["marks"].keys() == corpus.units.keys() - only_coordinating
    assert set(words["supervision"]["bodies"].values()) <= set(BODIES)


def test_publications_tell_no_house_number(corpus):
    rng = Random(3)
    for draft in drafts(corpus)[:600]:
        row = corpus.publication(
            rng, draft.category, community=draft.community, topic=draft.topic, title=draft.title,
            answer_class=rng.choice("ABC"),
        )  # fmt: skip
        assert not re.search(r"\d+号楼|[{}]", row.title + row.summary)
        assert 4 <= len(row.title) <= 40


def test_no_number_but_the_public_hotlines_is_written():
    words = every_written_word()
    assert set(re.findall(r"(?<!\d)1[12]\d(?:\d\d)?(?![\d厘平厢级户台人块])", words)) <= HOTLINES
    assert not re.search(r"\d{6,}", words)


def test_the_district_has_its_real_numbers_of_places():
    venues = source.rows("venues")
    assert len(source.rows("streets")) == 11
    assert len(source.rows("communities")) == 111
    assert Counter(row["kind"] for row in venues) == {"HOME": 11, "STATION": 41, "POINT": 10}
    assert "沈河区" in {row["name"] for row in source.rows("districts")}


def test_every_community_is_served_by_exactly_one_station_of_its_street():
    street_of = {row["code"]: row["street_code"] for row in source.rows("communities")}
    served = Counter()
    for row in source.rows("venues"):
        for code in filter(None, row["communities"].split(";")):
            served[code] += 1
            assert row["kind"] == "STATION"
            assert street_of[code] == row["street_code"]
    assert served == dict.fromkeys(street_of, 1)


def test_every_venue_hangs_under_the_home_or_station_of_its_street():
    venues = {row["code"]: row for row in source.rows("venues")}
    parents = {"HOME": None, "STATION": "HOME", "POINT": "STATION"}
    assert {row["street_code"] for row in venues.values() if row["kind"] == "HOME"} == {
        row["code"] for row in source.rows("streets")
    }
    for row in venues.values():
        parent = venues.get(row["parent_code"])
        assert (parent["kind"] if parent else None) == parents[row["kind"]]
        assert parent is None or parent["street_code"] == row["street_code"]
        assert re.fullmatch(r"024-000000\d\d", row["phone"])


def test_units_have_known_systems_and_one_office_a_street():
    units = source.rows("units")
    assert {row["system"] for row in units} == {
        "GOVERNMENT", "SUPERVISION", "COURT", "PROCURATORATE", "PARTY", "ENTERPRISE", "STREET",
    }  # fmt: skip
    offices = [row for row in units if row["system"] == "STREET"]
    assert [row["street_code"] for row in offices] == [row["code"] for row in source.rows("streets")]
    assert {row["name"] for row in units if row["coordination_only"] == "1"} == {
        row["name"] for row in units if row["system"] == "ENTERPRISE"
    }
