"""What is new, by keys and clicks, on a real workspace; servers answer from a script."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from medvoice.domain.feed import Fetched, Found, Reading
from medvoice.platforms.sources.feeds import FeedSource
from medvoice.services.feeds import Feeds
from medvoice.ui.pages.feeds import FeedsPage

URL = "https://journal.example/toc.rss"
FOUND = tuple(
    Found(str(n), title, f"https://journal.example/{n}", f"Words of {n}", "Sample Medicine", f"10.1000/s.{n}")
    for n, title in enumerate(("Registries and reality", "Comparators revisited", "Who is missing"))
)
GOOD = Fetched("", Reading("Sample Medicine", FOUND), etag='"1"')


class Servers(FeedSource):
    """Refuses what the real one refuses; what comes back is set by the test, by address."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[str, Fetched] = {}
        self.asked: list[str] = []

    def fetch(self, url: str, etag: str = "", last_modified: str = "") -> Fetched:
        self.asked.append(url)
        return self.answers.get(url, GOOD)


class Hands:
    """The page with everything it told, and hands to use it."""

    def __init__(
        self, page: FeedsPage, rig: Any, servers: Servers, toasts: list[Any], opened: list[str]
    ) -> None:
        self.page, self.rig, self.servers, self.toasts, self.opened = page, rig, servers, toasts, opened
        self.drafts: list[str] = []
        page.draft_requested.connect(self.drafts.append)

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.page.window().focusWidget() or self.page, key)

    def press(self, name: str) -> None:
        found = [each for each in self.page.findChildren(QAbstractButton, name) if each.isVisible()]
        assert found, name
        found[-1].click()

    def write(self, name: str, words: str) -> None:
        (line,) = self.page.findChildren(QLineEdit, name)
        line.setFocus()
        QTest.keyClicks(line, words)

    def said(self) -> list[str]:
        return [
            label.text() for label in self.page.findChildren(QLabel) if label.isVisible() and label.text()
        ]

    def titles(self) -> list[str]:
        return [row[1].found.title for row in self.page.entries.rows.rows]

    @property
    def feeds(self) -> Feeds:
        return self.rig.desk.feeds

    def undo(self) -> None:
        self.toasts[-1][1]()

    def redo(self) -> None:
        self.toasts[-1][2]()


@pytest.fixture
def open_page(rig, theme, qtbot, kept, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Hands]:
    servers = Servers()
    desk = type(rig.desk)
    monkeypatch.setattr(desk, "feeds", property(lambda me: Feeds(me.db, me.clock, servers)), raising=False)

    def make(*, follows: bool = True, width: int = 1360) -> Hands:
        if follows:
            rig.desk.feeds.add(URL, fetched=GOOD)
        told: list[Any] = []
        opened: list[str] = []
        page = FeedsPage(theme, rig.bridge, toast=lambda *words: told.append(words), open_url=opened.append)
        qtbot.addWidget(page)
        kept.append(page)
        page.resize(width, 800)
        page.show()
        assert page.read is not None
        page.entries.setFocus()
        return Hands(page, rig, servers, told, opened)

    return make


def test_an_entry_becomes_an_idea_with_its_reference_and_each_step_has_a_way_back(open_page) -> None:
    hands = open_page()
    assert len(hands.titles()) == 3
    assert "Words of" in " ".join(hands.said()), "the chosen entry is read at the side"
    entry = hands.page.entry
    assert entry is not None
    hands.key(Qt.Key.Key_I)
    (idea,) = hands.rig.desk.ideas.list()
    assert idea.source.url == f"https://doi.org/{entry.found.doi}"
    assert entry.found.title not in hands.titles(), "what became an idea is not new any more"
    hands.undo()
    assert (hands.rig.desk.ideas.list(), len(hands.titles())) == ((), 3)
    hands.redo()
    hands.page.which.segments[1].click()
    hands.page.entries.choose(entry.id)
    assert "kept as an idea" in hands.page.entries.rows.rows[hands.page.entries.currentIndex().row()][2]
    hands.press("entry_idea")
    assert hands.drafts == [hands.feeds.store.entry(entry.id).idea_id], "it is shown, not made again"


def test_reading_marks_and_the_way_back(open_page) -> None:
    hands = open_page()
    hands.key(Qt.Key.Key_Return)
    assert len(hands.opened) == 1
    assert hands.opened[0].startswith("https://journal.example/")
    assert len(hands.titles()) == 2
    hands.key(Qt.Key.Key_R)
    assert len(hands.titles()) == 1
    hands.press("feeds_all_read")
    assert hands.titles() == []
    assert "Nothing new" in hands.said()
    hands.undo()
    assert len(hands.titles()) == 1


def test_following_a_feed_looks_first_and_can_be_taken_back(open_page) -> None:
    hands = open_page(follows=False)
    page = "https://journal.example/"
    hands.servers.answers = {page: Fetched("feed_is_page", detail=URL)}
    assert "No feeds yet" in hands.said()
    hands.press("feeds_add_first")
    hands.write("edit_feed_url", "http://journal.example/")
    hands.press("feed_save")
    assert "This is not an address of a feed. It begins with https://." in hands.said()
    sheet = hands.page.sheet
    assert sheet is not None
    sheet.url.put("")
    hands.write("edit_feed_url", page)
    hands.press("feed_look")
    assert "This is the address of a web page, not of a feed." in hands.said()
    hands.press("feed_take")
    assert any(words.startswith("Sample Medicine: 3 entries.") for words in hands.said())
    assert hands.feeds.list() == (), "a look keeps nothing"
    sheet.topic.setCurrentIndex(1)
    hands.press("feed_save")
    (feed,) = hands.feeds.list()
    assert (feed.url, feed.name, feed.topic_id) == (URL, "Sample Medicine", hands.rig.topic.id)
    assert not sheet.isVisible()
    hands.undo()
    assert hands.feeds.list() == ()
    hands.redo()
    assert len(hands.feeds.entries()) == 3
    hands.page.act("add")
    hands.write("edit_feed_url", "https://k.example/f")
    hands.key(Qt.Key.Key_Escape)
    hands.undo()
    assert sheet.isVisible()
    assert sheet.url.value() == "https://k.example/f", "what was written comes back"
    sheet.url.put("")
    sheet.close_up()


def test_a_feed_in_trouble_says_so_and_loses_nothing(open_page) -> None:
    hands = open_page()
    feed = hands.feeds.list()[0]
    hands.page.feeds.choose(feed.id)
    for answer, words in (
        (Fetched("feed_no_answer"), "No feed answered. Are you off-line? All that came before is here."),
        (Fetched("feed_unreadable"), "What came is not a feed that can be read."),
        (
            Fetched("feed_gone"),
            "The server says that this feed is gone for good. It is not asked for any more.",
        ),
    ):
        hands.servers.answers = {URL: answer}
        hands.press("feeds_fetch")
        assert words in hands.said()
        assert len(hands.titles()) == 3
    hands.servers.answers = {URL: replace(GOOD, moved_to="https://journal.example/new.rss")}
    hands.press("feeds_fetch")
    assert hands.feeds.list()[0].url == URL, "it is asked before the address is another one"
    hands.press("banner_action")
    assert hands.feeds.list()[0].url == "https://journal.example/new.rss"
    hands.undo()
    assert hands.feeds.list()[0].url == URL
    hands.page.feeds.setFocus()
    hands.key(Qt.Key.Key_Delete)
    assert "No feeds yet" in hands.said()
    hands.undo()
    assert len(hands.titles()) == 3


def test_nothing_is_fetched_by_itself_until_the_person_says_so(open_page) -> None:
    hands = open_page(width=900)
    assert hands.servers.asked == []
    assert any("Nothing else leaves this computer." in words for words in hands.said())
    hands.press("banner_action")
    assert hands.feeds.is_on
    assert not any("Nothing else leaves" in words for words in hands.said())
    hands.undo()
    assert not hands.feeds.is_on
    pane: QWidget = hands.page.pane
    assert pane.y() > 0, "where there is little room the entry stands below the list"
    assert {command.name for command in hands.page.commands()} >= {"feeds.add", "feeds.idea", "feeds.switch"}
    names = {act.text().partition("\t")[0] for act in hands.page.menu().actions()}
    assert "Fetch now" in names
