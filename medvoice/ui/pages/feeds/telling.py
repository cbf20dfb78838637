"""The sentences above the entries: that nothing is fetched, that nobody answers, what a feed suffers from."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from medvoice.ui.models.feeds_data import FINE, FeedsSnapshot, checked_words, state_words
from medvoice.ui.pages.feeds.acts import FeedActs
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.message import Banner

if TYPE_CHECKING:
    from medvoice.domain.feed import Feed

# What a sentence offers, by the act that its button stands for.
SWITCH, MOVE, STAY, REMOVE = "switch", "move", "stay", "remove"
Note = tuple[str, str, str, str]  # kind, words, words of the button, act


class Teller(QObject):
    """Keeps the sentences of a page in `place`; their buttons go to `acts`."""

    def __init__(self, theme: Theme, place: QVBoxLayout, acts: FeedActs, page: QWidget) -> None:
        super().__init__(page)
        self.theme, self.place, self.acts, self.page = theme, place, acts, page
        self.notes: list[Note] = []
        self.banners: list[Banner] = []
        self.feed: Feed | None = None
        self.checked = Label(theme, "", "small", "text.secondary", wraps=True, parent=page)
        self.checked.setObjectName("feeds_checked")
        place.addWidget(self.checked)
        self.checked.hide()

    def show(self, snapshot: FeedsSnapshot, feed: "Feed | None") -> None:
        """Say what there is to say of what is chosen."""
        self.feed = feed
        self.checked.setText(checked_words(feed, snapshot) if feed else "")
        self.checked.setVisible(feed is not None)
        notes = self.notes_for(snapshot, feed)
        has_any = bool(notes) or feed is not None
        px = self.theme.px
        self.place.setContentsMargins(px(16), px(12) if has_any else 0, px(16), px(4) if has_any else 0)
        if notes == self.notes:
            return
        self.notes = notes
        for banner in self.banners:
            banner.hide()
            self.place.removeWidget(banner)
            banner.deleteLater()
        self.banners = []
        for kind, words, button, act in notes:
            banner = Banner(self.theme, kind, words, button, is_closable=act == MOVE, parent=self.page)
            banner.acted.connect(lambda act=act: self._do(act))
            banner.closed.connect(lambda: self._do(STAY))
            self.place.insertWidget(len(self.banners), banner)
            self.banners.append(banner)
            banner.show()

    def notes_for(self, snapshot: FeedsSnapshot, feed: "Feed | None") -> list[Note]:
        """What is to be said, the most important first."""
        notes: list[Note] = []
        if snapshot.is_offline:
            words = self.tr("No feed answered. Are you off-line? All that came before is here.")
            notes.append(("warn", words, "", ""))
        elif feed is not None and feed.state not in FINE:
            button = self.tr("Follow it no more") if feed.state == "feed_gone" else ""
            notes.append(("warn", state_words(feed), button, REMOVE if button else ""))
        if feed is not None and feed.moved_to:
            words = self.tr("The server says that this feed has moved to {address}.").format(
                address=feed.moved_to
            )
            notes.append(("info", words, self.tr("Use the new address"), MOVE))
        if not snapshot.is_on and snapshot.feeds and feed is None:
            words = self.tr(
                "Feeds are not fetched by themselves. When they are, their servers see your internet address"
                " and that MedVoice asks. Nothing else leaves this computer."
            )
            notes.append(("info", words, self.tr("Fetch every six hours"), SWITCH))
        return notes

    def _do(self, act: str) -> None:
        if act == SWITCH:
            self.acts.set_on(True)
        elif self.feed is not None and act == REMOVE:
            self.acts.remove(self.feed)
        elif self.feed is not None and act in (MOVE, STAY):
            self.acts.move(self.feed, is_wanted=act == MOVE)
