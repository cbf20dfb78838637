"""The model of the draft list: heads and places stay true through any moves."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtTest import QAbstractItemModelTester

from medvoice.services.drafting import ARCHIVE_DAYS
from medvoice.ui.pages.compose.draft_model import DraftModel
from medvoice.ui.pages.compose.draft_view import DraftView
from medvoice.ui.pages.compose.rows import KEPT_FOR, SECTIONS
from medvoice.ui.theme import Theme

NOW = datetime(2026, 11, 24, tzinfo=UTC)
IDS = [f"d_{number}" for number in range(6)]
STEP = st.tuples(st.sampled_from(IDS), st.sampled_from([*SECTIONS[:4], ""]), st.booleans())


def flat(model: DraftModel) -> list[str]:
    return [str(model.index(at).data()) for at in range(model.rowCount())]


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(start=st.lists(st.sampled_from(IDS), unique=True), steps=st.lists(STEP, max_size=12))
def test_any_moves_leave_a_true_list(qapp, start: list[str], steps: list[tuple[str, str, bool]]) -> None:
    model = DraftModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.fill([("drafts", start)] if start else [], {}, start, NOW)
    held = dict.fromkeys(start, "drafts")
    for draft_id, section, is_first in steps:
        if section:
            model.move(draft_id, section, is_first=is_first)
            held[draft_id] = section
        else:
            model.remove(draft_id)
            held.pop(draft_id, None)
        assert model.heads == [at for at in range(model.rowCount()) if model.is_head(at)]
        assert {each: model.section_at(model.place_of(each)) for each in held} == held
        assert model.count() == len(held)
        shown = [model.section_at(at) for at in model.heads]
        assert shown == [name for name in SECTIONS if name in held.values()]
        if section and is_first:
            assert model.is_head(model.place_of(draft_id) - 1)
    del tester


def test_the_order_of_the_last_change_is_kept_when_a_verdict_moves_a_draft(qapp) -> None:
    model = DraftModel()
    model.fill([("drafts", IDS)], {}, IDS, NOW)
    for draft_id in ("d_3", "d_1", "d_5"):
        model.move(draft_id, "needs")
    assert [model.id_at(at) for at in range(1, 4)] == ["d_1", "d_3", "d_5"]
    model.move("d_3", "drafts")
    assert [model.id_at(at) for at in range(model.rowCount())] == [
        "", "d_1", "d_5", "", "d_0", "d_2", "d_3", "d_4",
    ]  # fmt: skip


def test_drafts_are_stepped_through_without_heads(qapp) -> None:
    model = DraftModel()
    model.fill([("needs", IDS[:2]), ("ideas", IDS[2:])], {}, IDS, NOW)
    at, seen = 1, []
    for _ in range(7):
        seen.append(model.id_at(at))
        at = model.next_draft(at, 1)
    assert seen == [*IDS, "d_5"]
    assert model.id_at(model.next_draft(at, -99)) == "d_0"
    assert DraftModel().next_draft(0, 0) == -1


@pytest.mark.parametrize("scale", [0.9, 1.0, 1.15, 1.5])
def test_the_view_finds_each_row_where_it_paints_it(theme: Theme, qtbot, scale: float) -> None:
    theme.set_text_scale(scale)
    model = DraftModel()
    view = DraftView(theme, model)
    qtbot.addWidget(view)
    view.resize(272, 300)
    model.fill([("needs", IDS[:2]), ("ideas", IDS[2:])], {}, IDS, NOW)
    view.show()
    for at in range(model.rowCount()):
        view.scrollTo(model.index(at))
        rect = view.visualRect(model.index(at))
        assert view.viewport().rect().contains(rect)
        for point in (rect.topLeft(), rect.center(), rect.bottomRight()):
            assert view.indexAt(point).row() == at


def test_rows_are_asked_for_once_and_only_where_they_are_painted(theme: Theme, qtbot) -> None:
    ids = [f"d_{number}" for number in range(1000)]
    model = DraftModel()
    asked: list[str] = []
    model.rows_wanted.connect(asked.extend)
    view = DraftView(theme, model)
    qtbot.addWidget(view)
    view.resize(272, 300)
    model.fill([("drafts", ids)], {}, ids, NOW)
    view.show()
    qtbot.waitUntil(lambda: bool(asked))
    view.viewport().repaint()
    qtbot.wait(20)
    assert asked[0] == "d_0"
    assert len(asked) == len(set(asked)) < 200
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())

    def has_asked_for_the_last() -> bool:
        view.viewport().repaint()  # a platform without a screen may leave a window unpainted for long
        return "d_999" in asked

    qtbot.waitUntil(has_asked_for_the_last)
    assert len(asked) < 400


def test_the_list_promises_what_the_archive_keeps() -> None:
    assert timedelta(days=ARCHIVE_DAYS) == KEPT_FOR
