"""What the draft list leaves out: topic, state and channel, chosen in a menu and said in a strip."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from medvoice.domain.draft import CHANNEL_NAMES, CHANNELS
from medvoice.domain.topic import Topic
from medvoice.ui.pages.compose.rows import SECTIONS, section_title
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Surface
from medvoice.ui.widgets.button import IconButton

ROW_PX = 32


@dataclass(frozen=True, slots=True)
class Choice:
    """The filter as chosen; "" stands for all. `state` is a section of the list, "archive" among them."""

    topic_id: str = ""
    state: str = ""
    channel: str = ""

    @property
    def is_any(self) -> bool:
        return not (self.topic_id or self.state or self.channel)


class FilterStrip(Surface):
    """Says what is left out, with a button that shows everything again; hidden while nothing is left out.
    `chosen(Choice)` when the person chose in the menu or cleared it, `switched(is_on)` before that."""

    chosen = Signal(object)
    switched = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__("sidebar")
        self.setObjectName("filter_strip")
        self.theme = theme
        self.choice = Choice()
        self.topics: Sequence[Topic] = ()
        self.words = Label(theme, "", "smallStrong", "text.secondary", wraps=True)
        self.words.setObjectName("filter_words")
        self.clear_button = IconButton(theme, "x", self.tr("Show all drafts"), size="small")
        self.clear_button.setObjectName("filter_clear")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), 0, theme.px(12), 0)
        row.addWidget(self.words, 1)
        row.addWidget(self.clear_button)
        self.clear_button.clicked.connect(self.clear)
        self.hide()

    def clear(self) -> None:
        """Show everything again."""
        self._choose(Choice())

    def choose(self, **change: str) -> None:
        """Set "topic_id", "state" or "channel"; "" shows all."""
        self._choose(replace(self.choice, **change))

    def _choose(self, choice: Choice) -> None:
        if choice == self.choice:
            return
        self.choice = choice
        parts = [section_title(choice.state)] if choice.state else []
        parts += [topic.name for topic in self.topics if topic.id == choice.topic_id]
        parts += [CHANNEL_NAMES[choice.channel]] if choice.channel else []
        words = self.tr("Only: {parts}").format(parts=", ".join(parts))
        self.words.setText(words)
        self.words.setAccessibleName(words)
        self.setVisible(not choice.is_any)
        self.switched.emit(not choice.is_any)
        self.chosen.emit(choice)

    def menu(self, parent: QWidget) -> QMenu:
        """Topic, state and channel, the present choice marked."""
        menu = QMenu(parent)
        menu.setObjectName("filter_menu")
        states = [(name, section_title(name)) for name in SECTIONS]
        topics = [(topic.id, topic.name) for topic in self.topics]
        channels = [(channel, CHANNEL_NAMES[channel]) for channel in CHANNELS]
        groups = (
            (self.tr("State"), self.tr("All states"), "state", states),
            (self.tr("Topic"), self.tr("All topics"), "topic_id", topics),
            (self.tr("Channel"), self.tr("All channels"), "channel", channels),
        )
        # All of it at one glance where the window is high enough, else a menu for each.
        is_tall = sum(len(group[3]) + 1 for group in groups) * self.theme.px(ROW_PX) > self.window().height()
        for title, everything, field, options in groups:
            if options and is_tall:
                self._add(menu.addMenu(title), everything, field, options)
            elif options:
                if menu.actions():
                    menu.addSeparator()
                self._add(menu, everything, field, options)
        return menu

    def _add(self, menu: QMenu, everything: str, field: str, options: list[tuple[str, str]]) -> None:
        group = QActionGroup(menu)
        for key, name in [("", everything), *options]:
            action = QAction(name, menu)
            action.setCheckable(True)
            action.setChecked(getattr(self.choice, field) == key)
            action.triggered.connect(lambda _on=False, key=key: self.choose(**{field: key}))
            group.addAction(action)
            menu.addAction(action)

    def open_menu(self, anchor: QWidget) -> None:
        """Show the menu below a button."""
        menu = self.menu(anchor)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))
