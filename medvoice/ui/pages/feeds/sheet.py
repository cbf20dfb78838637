"""The sheet of one subscription: its address, a look at it, its name and topic."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from medvoice.domain.errors import MedVoiceError
from medvoice.ui.models.feeds_data import FeedsSnapshot, code_words
from medvoice.ui.models.problems import sentence_for
from medvoice.ui.pages.feeds.acts import FeedActs
from medvoice.ui.pages.settings.fields import TextField
from medvoice.ui.pages.settings.tick import Combo
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.cover import Cover

if TYPE_CHECKING:
    from medvoice.domain.feed import Feed, Fetched

WIDTH, TOP = 560, 96


class FeedSheet(Cover):
    """A new subscription or another name and topic of one; what was asked is done by `acts`. `put_aside` when
    it was closed with an address in it that was not followed."""

    put_aside = Signal(str)

    def __init__(self, theme: Theme, acts: FeedActs, window: QWidget) -> None:
        super().__init__(theme, window, width=WIDTH, top=TOP)
        self.setObjectName("feed_sheet")
        self.acts = acts
        self.feed: Feed | None = None
        self.found: tuple[str, Fetched] | None = None
        self._is_adding = self._is_busy = False
        self._named = ""
        px = theme.px
        self.body.setContentsMargins(px(24), px(20), px(24), px(20))
        self.body.setSpacing(px(14))
        self.title = Label(theme, "", "panelTitle", parent=self.box)
        self.url = TextField(
            theme,
            "feed_url",
            self.tr("Address"),
            self.tr(
                "Of a journal's feed, of a PubMed search (below the search field there: Create RSS), or of an"
                " authority's news. It begins with https://."
            ),
            "https://",
        )
        self.name = TextField(theme, "feed_name", self.tr("Name"), "", self.tr("As the feed calls itself"))
        self.result = Label(theme, "", "small", "text.secondary", wraps=True, parent=self.box)
        self.result.setObjectName("feed_result")
        self.result.hide()
        for field in (self.url, self.name):
            field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for each in (self.title, self.url, self._look_row(), self.name):
            self.body.addWidget(each)
        self.body.addLayout(self._topic_row())
        self.body.addLayout(self._foot())
        self.url.line.textEdited.connect(self._address_changed)
        acts.tested.connect(self._tested)
        acts.refused.connect(self._refused)
        acts.added.connect(self._added)

    def _look_row(self) -> QWidget:
        holder = QWidget(self.box)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.theme.px(10))
        self.look = Button(self.theme, self.tr("Look at it"), icon="eye", parent=holder)
        self.look.setObjectName("feed_look")
        self.look.setToolTip(self.tr("Asks this address once. Nothing is kept."))
        self.look.clicked.connect(lambda: self._ask(is_adding=False))
        self.take = Button(self.theme, self.tr("Use the feed it names"), kind="link", parent=holder)
        self.take.setObjectName("feed_take")
        self.take.clicked.connect(self._take_named)
        self.take.hide()
        row.addWidget(self.look, 0, Qt.AlignmentFlag.AlignVCenter)
        self.result.setParent(holder)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.result)
        column.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(column, 1)
        return holder

    def _topic_row(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self.theme.px(4))
        caption = Label(self.theme, self.tr("Topic of ideas made of it"), "bodyMedium", parent=self.box)
        self.topic = Combo(self.theme)
        self.topic.setParent(self.box)
        self.topic.setObjectName("feed_topic")
        self.topic.setAccessibleName(caption.text())
        caption.setBuddy(self.topic)
        column.addWidget(caption)
        column.addWidget(self.topic)
        return column

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        leave = Button(self.theme, self.tr("Cancel"), kind="ghost", parent=self.box)
        leave.setObjectName("feed_cancel")
        leave.clicked.connect(self.close_up)
        self.save = Button(self.theme, "", kind="primary", parent=self.box)
        self.save.setObjectName("feed_save")
        self.save.clicked.connect(self._save)
        row.addWidget(leave)
        row.addWidget(self.save)
        return row

    def open_with(self, feed: "Feed | None", snapshot: FeedsSnapshot, url: str = "") -> None:
        """Open it for a feed, or for a new one."""
        self.feed, self.found = feed, None
        self._is_adding = False
        self.title.setText(self.tr("Edit feed") if feed else self.tr("Follow a feed"))
        self.save.setText(self.tr("Save") if feed else self.tr("Follow"))
        self.url.put(feed.url if feed else url)
        self.url.line.setReadOnly(feed is not None)
        self.url.show_problem("")
        self.name.put(feed.name if feed else "")
        self.topic.clear()
        self.topic.addItem(self.tr("None"), None)
        for topic in snapshot.topics:
            self.topic.addItem(topic.name, topic.id)
        self.topic.setCurrentIndex(max(self.topic.findData(feed.topic_id if feed else None), 0))
        self._say("")
        self._set_busy(False)
        self.open()

    def wanted_height(self) -> int:
        """What its wrapped lines need at this width."""
        self.body.activate()
        return max(self.body.totalHeightForWidth(self.box.width()), self.box.sizeHint().height())

    def take_focus(self) -> None:
        """The address first; of a feed that is there, its name."""
        field = self.name if self.feed else self.url
        field.line.setFocus(Qt.FocusReason.TabFocusReason)

    def close_up(self) -> None:
        written = self.url.value() if self.isVisible() and self.feed is None else ""
        super().close_up()
        if written:
            self.put_aside.emit(written)

    # Asking

    def _address_changed(self, _text: str) -> None:
        self.found = None
        self.url.show_problem("")
        self._say("")

    def _ask(self, *, is_adding: bool) -> None:
        if self._is_busy or not self.url.value():
            return
        self._is_adding = is_adding
        self._set_busy(True)
        self._say(self.tr("Asking…"))
        self.acts.test(self.url.value())

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.look.setEnabled(not is_busy)
        self.save.setEnabled(not is_busy)

    def _tested(self, fetched: "Fetched") -> None:
        if not self.isVisible():
            return
        self._set_busy(False)
        if fetched.reading is None:
            self._say("")
            self.url.show_problem(code_words(fetched.code, fetched.detail))
            self.take.setVisible(fetched.code == "feed_is_page" and bool(fetched.detail))
            self.take.setToolTip(fetched.detail)
            self._named = fetched.detail
            self.place()
            return
        self.found = (self.url.value(), fetched)
        reading, n = fetched.reading, len(fetched.reading.entries)
        words = self.tr("{title}: {n} entries.").format(title=reading.title or self.url.value(), n=n)
        if reading.entries:
            words += " " + self.tr("The first: {title}").format(title=reading.entries[0].title)
        if reading.is_partly:
            words += " " + code_words("feed_partly")
        self._say(words)
        if not self.name.value():
            self.name.line.setPlaceholderText(reading.title or self.tr("As the feed calls itself"))
        if self._is_adding:
            self._save()

    def _take_named(self) -> None:
        self.url.put(self._named)
        self._address_changed("")
        self._ask(is_adding=False)

    def _say(self, words: str) -> None:
        self.result.setText(words)
        self.result.setVisible(bool(words))
        self.take.hide()
        if self.isVisible():
            self.place()

    # Saving

    def _save(self) -> None:
        topic_id = self.topic.currentData()
        if self.feed is not None:
            self.acts.change(self.feed, self.name.value(), topic_id)
        elif self.found is None or self.found[0] != self.url.value():
            # Nobody follows what is no feed: it is looked at first.
            self._ask(is_adding=True)
        else:
            self.acts.add(*self.found[:1], self.name.value(), topic_id, self.found[1])

    def _refused(self, problem: MedVoiceError) -> None:
        if self.isVisible():
            self._set_busy(False)
            self._say("")
            self.url.show_problem(sentence_for(problem))
            self.url.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.place()

    def _added(self, _feed_id: str) -> None:
        if self.isVisible():
            self.url.put("")
            self.close_up()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save()
            event.accept()
            return
        super().keyPressEvent(event)
