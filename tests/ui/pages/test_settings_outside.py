"""Feeds and calendar in the settings: off until switched on, each step with its words."""

from contextlib import nullcontext
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit

from medvoice.platforms.sources.caldav import Stands, Wrote
from medvoice.platforms.sources.feeds import FeedSource
from medvoice.services.calendar_publishing import CalendarPublishing
from medvoice.services.feeds import Feeds
from medvoice.ui.pages.settings.outside import OutsideSheet

URL, WORD = "https://dav.example/jordan/plan/", "not a real password"


class Door:
    """A collection in memory that knows one password."""

    def __init__(self) -> None:
        self.items: dict[str, tuple[str, bytes]] = {}
        self.passwords: list[str] = []

    def look(self, url: str, user: str, password: str) -> Stands:
        self.passwords.append(password)
        if password != WORD:
            return Stands({}, "dav_sign_in")
        return Stands({name: version for name, (version, _) in self.items.items()})

    def put(self, url: str, name: str, body: bytes, version: str, user: str, password: str) -> Wrote:
        if self.items.get(name, ("", b""))[0] != version:
            return Wrote("dav_conflict")
        self.items[name] = (f'"{len(self.passwords)}"', body)
        return Wrote(version=self.items[name][0])

    def delete(self, url: str, name: str, version: str, user: str, password: str) -> Wrote:
        del self.items[name]
        return Wrote()


class Sheet:
    def __init__(self, sheet: OutsideSheet, toasts: list[Any], door: Door) -> None:
        self.sheet, self.toasts, self.door = sheet, toasts, door

    def press(self, name: str) -> None:
        (found,) = [
            each for each in self.sheet.findChildren(QAbstractButton, name) if each.isVisibleTo(self.sheet)
        ]
        found.click()

    def write(self, name: str, words: str) -> None:
        (line,) = self.sheet.findChildren(QLineEdit, name)
        line.setText(words)

    def words(self, name: str) -> str:
        (label,) = self.sheet.findChildren(QLabel, name)
        return label.text() if label.isVisibleTo(self.sheet) else ""


@pytest.fixture
def page(rig, theme, qtbot, kept, monkeypatch: pytest.MonkeyPatch) -> Sheet:
    desk, door = type(rig.desk), Door()
    monkeypatch.setattr(
        desk, "feeds", property(lambda me: Feeds(me.db, me.clock, FeedSource())), raising=False
    )
    monkeypatch.setattr(
        desk,
        "calendar_publishing",
        property(
            lambda me: CalendarPublishing(
                me.db, me.clock, me.planning, rig.vault, door, lambda _name: nullcontext()
            )
        ),
        raising=False,
    )
    toasts: list[Any] = []
    made = OutsideSheet(theme, rig.bridge, lambda *words: toasts.append(words))
    qtbot.addWidget(made)
    kept.append(made)
    made.resize(900, 800)
    made.show()
    made.reload()
    return Sheet(made, toasts, door)


def test_feeds_are_switched(rig, page: Sheet) -> None:
    feeds = rig.desk.feeds
    assert not feeds.is_on
    page.sheet.fetch.box.click()
    assert feeds.is_on
    page.toasts[-1][1]()
    assert not feeds.is_on


def test_publishing_and_stopping(rig, page: Sheet) -> None:
    door, made, toasts, publishing = page.door, page.sheet, page.toasts, rig.desk.calendar_publishing
    rig.plan(title="Small cohorts")
    assert page.words("calendar_state") == ""
    page.write("edit_calendar_url", "http://dav.example/plan")
    page.press("calendar_publish")
    assert "begins with https://" in page.words("problem_calendar")
    page.write("edit_calendar_url", URL)
    page.write("edit_calendar_user", "jordan")
    page.write("edit_calendar_word", "wrong")
    page.press("calendar_publish")
    assert "did not accept the name and password" in page.words("problem_calendar")
    page.write("edit_calendar_word", WORD)
    page.press("calendar_publish")
    assert page.words("problem_calendar") == ""
    assert page.words("calendar_state").startswith("Up to date")
    ((name, (version, body)),) = door.items.items()
    assert b"SUMMARY:Small cohorts" in body
    assert made.word.line.text() == "", "a password does not stay on the screen"
    assert WORD.encode() not in rig.path.read_bytes()

    door.items[name] = (version + "x", body)
    page.press("calendar_publish")
    assert page.words("calendar_state").startswith("Somebody edited items there")
    page.press("calendar_over")
    assert page.words("calendar_state").startswith("Up to date")

    before = publishing.kept()
    page.press("calendar_stop")
    assert publishing.place is None
    toasts[-1][1]()
    assert publishing.kept() == before
    page.press("calendar_clear")
    assert (door.items, publishing.place) == ({}, None)
