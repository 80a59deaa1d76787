"""From what people type to their community: the rules one by one, and no text that breaks them."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stations import finding
from stations.finding import By, Found, plain, without_house
from stations.models import Community, Street, Venue

NORTH = Street(pk=1, code="210103901", name="北园街道")
SOUTH = Street(pk=2, code="210103902", name="南园街道")


def community(number: int, name: str, street: Street, *landmarks: str) -> Community:
    return Community(
        pk=number, code=f"{street.code}{number:03}", name=name, street=street, landmarks="\n".join(landmarks)
    )


QUIET = community(1, "静水社区", NORTH, "静水路", "北园大街")
WILLOW = community(2, "垂柳塘社区", NORTH, "垂柳塘路", "北园大街", "春晓花园")
POND = community(3, "柳塘社区", SOUTH, "南园大街")
NUMBERED = community(4, "六0六所社区", SOUTH)
CLEAR_N, CLEAR_S = community(5, "清泉社区", NORTH), community(6, "清泉社区", SOUTH)
ALL = [QUIET, WILLOW, CLEAR_N, POND, NUMBERED, CLEAR_S]
PARK = Venue(pk=1, code="P1", name="口袋公园联系点", address="南园街道长亭巷18号", street=SOUTH)
HOUSE = Venue(pk=2, code="H1", name="北园街道代表之家", address="", street=NORTH)


def found(text: str, street: str = "") -> Found:
    return finding.find(text, communities=ALL, venues=lambda: [HOUSE, PARK], street=street)


def rule(text: str, street: str = "") -> tuple[By | None, list[Community], list[Venue]]:
    row = found(text, street)
    return row.by, row.communities, row.venues


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("沈阳市沈河区 垂柳塘路３６号", "垂柳塘路36号"),
        ("辽宁省沈阳市沈河区静水路", "静水路"),
        (" 静 水，社区。", "静水社区"),
        ("ＡＢｃ", "abc"),
        ("沈河区", "沈河区"),
        ("沈阳路", "沈阳路"),
        ("。，　!", ""),
    ],
)
def test_what_is_typed_is_narrowed_and_freed_of_the_city(typed: str, kept: str) -> None:
    assert plain(typed) == kept


@pytest.mark.parametrize(
    ("typed", "road"),
    [
        ("垂柳塘路36号3单元501", "垂柳塘路"),
        ("春晓花园三号楼", "春晓花园"),
        ("春晓花园b座", "春晓花园"),
        ("五里河小区12栋", "五里河"),
        ("三八南社区", "三八南"),
        ("36号", ""),
    ],
)
def test_house_block_and_room_are_never_needed(typed: str, road: str) -> None:
    assert without_house(typed) == road


@pytest.mark.parametrize("text", ["静水社区", "静水", "静水小区", " 静水 ", "静水社区居委会", "210103901001"])
def test_a_whole_name_or_a_code_finds_exactly_it(text: str) -> None:
    assert rule(text) == (By.NAME, [QUIET], [])


def test_a_whole_name_wins_over_names_that_contain_it() -> None:
    assert rule("柳塘") == (By.NAME, [POND], [])


def test_a_part_of_a_name_finds_all_that_have_it() -> None:
    assert rule("塘") == (By.PART, [WILLOW, POND], [])


def test_the_same_name_in_two_streets_is_asked_back_or_told_by_the_street() -> None:
    assert rule("清泉") == (By.NAME, [CLEAR_N, CLEAR_S], [])
    assert rule("南园街道清泉社区") == (By.NAME, [CLEAR_S], [])
    assert rule("清泉", SOUTH.code) == (By.NAME, [CLEAR_S], [])


@pytest.mark.parametrize("text", ["六0六所", "六〇六所", "606所", "六零六所社区"])
def test_numbers_may_be_written_in_any_way(text: str) -> None:
    assert rule(text) == (By.NAME, [NUMBERED], [])


def test_an_address_is_found_by_its_road() -> None:
    assert rule("沈河区垂柳塘路36号3单元") == (By.LANDMARK, [WILLOW], [])


def test_the_longest_landmark_in_an_address_decides() -> None:
    """The road's name holds the name of another community, which is shorter."""
    assert found("垂柳塘路36号").communities == [WILLOW]
    assert found("柳塘路36号").communities == [POND]


def test_a_road_through_several_communities_asks_back() -> None:
    assert rule("北园大街1号") == (By.LANDMARK, [QUIET, WILLOW], [])


def test_a_piece_of_a_landmark_is_enough() -> None:
    assert rule("春晓") == (By.LANDMARK, [WILLOW], [])


def test_a_road_named_like_the_city_keeps_its_name() -> None:
    road = community(8, "宫前社区", NORTH, "沈阳路")
    assert finding.find("沈阳路171号", communities=[road], venues=list).communities == [road]


@pytest.mark.parametrize("text", ["南园街道", "南园", "沈河区南园街道"])
def test_a_street_offers_its_communities(text: str) -> None:
    assert rule(text) == (By.STREET, [POND, NUMBERED, CLEAR_S], [])


def test_an_unknown_road_in_a_known_street_offers_its_communities() -> None:
    assert rule("南园街道未名巷5号") == (By.STREET, [POND, NUMBERED, CLEAR_S], [])


def test_a_street_that_does_not_fit_is_forgiven() -> None:
    assert rule("南园街道静水社区") == (By.NAME, [QUIET], [])
    assert rule("静水", SOUTH.code) == (By.NAME, [QUIET], [])


@pytest.mark.parametrize("text", ["口袋公园", "长亭巷", "长亭巷20号", "口袋公园联系点旁边"])
def test_a_venue_is_found_by_name_and_address_where_no_community_fits(text: str) -> None:
    assert rule(text) == (None, [], [PARK])


def test_venues_are_asked_for_only_then() -> None:
    def never() -> list[Venue]:
        raise AssertionError("not needed")

    assert finding.find("静水", communities=ALL, venues=never).count == 1


@pytest.mark.parametrize("text", ["", " ", "，。", "没有这个地方", "a", "9", "\x00", "号"])
def test_nothing_is_a_fair_answer(text: str) -> None:
    assert found(text).count == 0


@given(st.text(max_size=200), st.sampled_from(["", SOUTH.code, "x"]))
def test_no_text_breaks_it(text: str, street: str) -> None:
    row = found(text, street)
    assert set(row.communities) <= set(ALL)
    assert len(set(row.communities)) == len(row.communities)
    assert not (row.communities and row.venues)


pieces = st.sampled_from([
    "沈阳市", "沈河区", "北园街道", "南园", "垂柳塘", "柳塘", "路", "大街", "小区", "社区", "36号", "三单元",
    "六〇六", "Ａ座", " ", "－", "清泉", "口袋公园",
])  # fmt: skip


@given(st.lists(pieces, max_size=8))
def test_no_address_breaks_it(parts: list[str]) -> None:
    found("".join(parts))


def test_a_long_text_is_read_only_as_far_as_anybody_types() -> None:
    assert found("静水社区" + "很" * 100_000).count <= 1


def test_landmarks_of_nothing_but_signs_fit_nobody() -> None:
    odd = community(9, "怪社区", NORTH, "", "。。。", "路")
    row = finding.find("别的路", communities=[odd], venues=list)
    assert row.communities == []


def test_without_communities_there_is_nothing_to_find() -> None:
    places = SimpleNamespace(asked=0)

    def venues() -> list[Venue]:
        places.asked += 1
        return []

    assert finding.find("静水", communities=[], venues=venues).count == 0
    assert places.asked == 1
