"""One entry, to be read: plain text only, whatever the feed had."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from medvoice.ui.models.feeds_data import FeedsSnapshot, line_words
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Surface, repolish
from medvoice.ui.widgets.button import Button

if TYPE_CHECKING:
    from medvoice.domain.feed import Entry


class EntryPane(Surface):
    """`acted(act)`: idea, open, read, or draft for the idea that was made."""

    acted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("sunken", edge="left", parent=parent)
        self.theme = theme
        self.setObjectName("entry_pane")
        self.setAccessibleName(self.tr("The chosen entry"))
        px = theme.px
        inside = QWidget()
        inside.setProperty("scroll", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(20), px(20), px(20), px(16))
        column.setSpacing(px(8))
        self.where = Label(theme, "", "small", "text.secondary", wraps=True, parent=inside)
        self.title = Label(theme, "", "panelTitle", wraps=True, is_selectable=True, parent=inside)
        self.facts = Label(
            theme, "", "small", "text.secondary", wraps=True, is_selectable=True, parent=inside
        )
        self.words = Label(theme, "", "body", wraps=True, is_selectable=True, parent=inside)
        for each in (self.where, self.title, self.facts, self.words):
            column.addWidget(each)
        column.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setObjectName("entry_words")
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.viewport().setAutoFillBackground(False)
        self.area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.area, 1)
        outer.addWidget(self._foot())

    def _foot(self) -> QWidget:
        theme, px = self.theme, self.theme.px
        self.foot = Surface("sunken", edge="top")
        # One row where the pane lies below the list, two where it stands beside it.
        column = self.column = QBoxLayout(QBoxLayout.Direction.TopToBottom, self.foot)
        column.setContentsMargins(px(20), px(10), px(20), px(12))
        column.setSpacing(px(8))
        self.idea = Button(theme, self.tr("Keep as an idea"), kind="primary", icon="lightbulb")
        self.idea.setObjectName("entry_idea")
        self.idea.clicked.connect(lambda: self.acted.emit(self._idea_act))
        self.link = Button(theme, self.tr("Open"), icon="external-link")
        self.link.setObjectName("entry_link")
        self.link.setAccessibleName(self.tr("Open in the browser"))
        self.link.clicked.connect(lambda: self.acted.emit("open"))
        self.read = Button(theme, self.tr("Mark as read"))
        self.read.setObjectName("entry_read")
        self.read.clicked.connect(lambda: self.acted.emit("read"))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.link)
        row.addWidget(self.read)
        row.addStretch(1)
        column.addWidget(self.idea, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(row, 1)
        self._idea_act = "idea"
        return self.foot

    def lie(self, *, is_below: bool) -> None:
        """Stand beside the list, or lie below it."""
        down, along = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self.column.setDirection(along if is_below else down)
        self.setProperty("edge", "top" if is_below else "left")
        repolish(self)

    def show_entry(self, entry: "Entry | None", snapshot: FeedsSnapshot) -> None:
        """Show an entry, or that none is chosen."""
        self.foot.setVisible(entry is not None)
        if entry is None:
            self.where.setText("")
            self.title.setText("")
            self.facts.setText(self.tr("Choose an entry to read it here."))
            self.facts.show()
            self.words.setText("")
            return
        found = entry.found
        self.where.setText(line_words(entry, snapshot))
        self.title.setText(found.title)
        facts = [f"DOI {found.doi}" if found.doi else "", f"PMID {found.pmid}" if found.pmid else ""]
        via = snapshot.name(entry.feed_id)
        if found.journal and via != found.journal:
            facts.append(self.tr("From {feed}").format(feed=via))
        self.facts.setText(" · ".join(fact for fact in facts if fact))
        self.facts.setVisible(bool(self.facts.text()))
        self.words.setText(found.summary)
        self._idea_act = "draft" if entry.idea_id else "idea"
        self.idea.setText(self.tr("Show the idea") if entry.idea_id else self.tr("Keep as an idea"))
        self.link.setEnabled(bool(found.link))
        self.link.setToolTip(found.link or self.tr("The feed names no address for it"))
        self.read.setText(self.tr("Mark as read") if entry.read_at is None else self.tr("Mark as new"))
        self.area.verticalScrollBar().setValue(0)
