"""The whole plan as a table, out and in: it comes back as it went, and runs nothing in a spreadsheet."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medvoice.domain.errors import UserError
from medvoice.services.drafting import Drafting
from medvoice.services.plan_table import PlanTable, Row, from_csv, from_json, to_csv, to_json
from medvoice.services.topics import Topics

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


@given(st.lists(st.builds(Row, CELLS, CELLS, CELLS, CELLS, CELLS, CELLS, CELLS, CELLS), max_size=4))
def test_tables_come_back_as_they_went(rows: list[Row]) -> None:
    assert list(from_json(to_json(rows))) == rows
    text = to_csv(rows)
    back = from_csv(text)
    plain = [Row(*(re.sub(r"\r\n?", "\n", getattr(each, name)) for name in each.__slots__)) for each in rows]
    again = [Row(*(re.sub(r"\r\n?", "\n", getattr(each, name)) for name in each.__slots__)) for each in back]
    assert again == plain


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "'=1", '=HYPERLINK("x")'])
def test_no_cell_begins_like_a_formula(start: str) -> None:
    row = Row("", start, "", "x", "", "", "", start)
    line = to_csv([row]).split("\r\n", 1)[1]
    assert f"'{start[0]}" in line
    assert not re.search(r'(^|,)"?[=+\-@\t\r]', line)
    assert from_csv(to_csv([row]))[0].title.replace("\n", "\r") == start


@pytest.mark.parametrize(
    ("text", "line"),
    [("{", 1), ("{}", 1), ('[{"title": 3}]', 1), ('[{"title": "a"}, 7]', 2), ("[" * 100_000, 1)],
)
def test_json_that_is_no_table_is_named_by_its_line(text: str, line: int) -> None:
    with pytest.raises(UserError) as refused:
        from_json(text)
    assert (refused.value.code, refused.value.params["line"]) == ("table_unreadable", line)


@pytest.mark.parametrize("text", ["", "a,b\r\n1,2\r\n", 'title\r\n"open'])
def test_csv_that_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(UserError) as refused:
        from_csv(text)
    assert refused.value.code == "table_unreadable"


@pytest.fixture
def table(rig) -> PlanTable:
    return PlanTable(rig.db, Drafting(rig.db, rig.clock), Topics(rig.db, rig.clock))


def a_row(**more: str) -> Row:
    cells = dict.fromkeys(Row.__slots__, "") | {"title": "One", "text": "Words", "channels": "x"}
    return Row(**(cells | more))


def test_a_table_makes_drafts_once(table: PlanTable) -> None:
    rows = (a_row(topic="Registries", wall="2026-12-02 09:00", zone="Europe/Berlin"), a_row(title="Two"))
    taken = table.take(rows)
    assert (len(taken.added), taken.changed, taken.same) == (2, (), 0)
    again = table.take(rows)
    assert (again.added, again.changed, again.same) == ((), (), 2)
    out = table.rows()
    assert {(each.title, each.topic, each.wall) for each in out} == {
        ("One", "Registries", "2026-12-02 09:00"),
        ("Two", "", ""),
    }
    assert table.take(from_csv(to_csv(out))).same == 2
    changed = [json.loads(to_json([each]))[0] | {"text": "Other words"} for each in out]
    assert len(table.take(from_json(json.dumps(changed))).changed) == 2


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ({"channels": "telegraph"}, "channel_unknown"),
        ({"wall": "noon"}, "time_unreadable"),
        ({"wall": "2027-03-28 02:30", "zone": "Europe/Berlin"}, "time_skipped"),
        ({"wall": "2027-03-28 08:30", "zone": "Mars/Olympus"}, "zone_unknown"),
    ],
)
def test_one_bad_row_and_nothing_is_taken(table: PlanTable, bad: dict[str, str], why: str) -> None:
    with pytest.raises(UserError) as refused:
        table.take((a_row(topic="Registries"), a_row(title="Two", **bad)))
    assert (refused.value.params["line"], refused.value.params["why"]) == (2, why)
    assert table.rows() == ()
    assert table.topics.list() == ()
