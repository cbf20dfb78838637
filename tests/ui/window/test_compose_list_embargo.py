"""Drafts that wait for an embargo carry a lock in the list, say until when, and lose it when it is over."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from medvoice.ui.pages.compose.rows import load_shelf

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ME = "Jordan Sample"


def test_the_lock_stands_in_the_row_says_until_when_and_goes_with_the_tie(stage) -> None:
    work = stage.workspace
    stage.settle()
    draft_id = stage.window.compose.session.draft.id
    day = work.clock.now().date() + timedelta(days=9)
    event = work.congresses.add_event("A meeting", "UTC", day, day)
    talk = work.congresses.add_session(event.id, "Oral abstracts", f"{day} 08:00")
    made = work.congresses.add_abstract(event.id, "A registry", kind="session", session_id=talk.id)
    drafts = stage.window.compose.drafts
    model = drafts.list.model

    def row():
        return model.row_of(draft_id)

    def spoken() -> str:
        place = model.place_of(draft_id)
        return model.index(place, 0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert row().icon != "lock"
    work.congresses.link(draft_id, made.id, ME)
    drafts.reload()
    stage.wait(lambda: row() is not None and row().icon == "lock")
    until = f"under embargo until {day.day} "
    assert until in spoken()
    assert "08:00" in spoken()
    work.congresses.unlink(draft_id, made.id, ME)
    drafts.reload()
    stage.wait(lambda: row() is not None and row().icon != "lock")


def test_an_unknown_end_is_said_and_what_must_be_fixed_says_more(stage) -> None:
    work = stage.workspace
    day = work.clock.now().date() + timedelta(days=9)
    event = work.congresses.add_event("A meeting", "UTC", day, day)
    made = work.congresses.add_abstract(event.id, "Late news", kind="session")
    draft = work.drafting.create("A paper in plain words", "I read the methods first.")
    work.congresses.link(draft.id, made.id, ME)
    from medvoice.store.draft_shelf import ShelfFilter
    from medvoice.ui.pages.compose.rows import Wanted, listed

    wanted = Wanted(ShelfFilter("", None, None, False))
    shelf = load_shelf(work, wanted, {})
    assert shelf.waits[draft.id] == "under embargo, its end is not known"
    assert load_shelf(work, wanted, {}, first_only=True).waits == {}
    rows = {each.id: each for each in shelf.rows}
    asked = rows[draft.id]
    for verdict, icon in (("ok", "lock"), ("block", "octagon-alert")):
        shown = listed(asked, {}, {(asked.id, asked.revision): verdict}, waits=shelf.waits[draft.id])
        assert shown.icon == icon
