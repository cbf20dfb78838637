"""What the rules of today found in posts that were cleared under other rules: held ones, published ones."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.domain.finding import Finding, Level
from medvoice.ui.models.moments import moment
from medvoice.ui.pages.compose.layouts import clear_layout
from medvoice.ui.strings import number
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Surface
from medvoice.ui.widgets.button import Button

if TYPE_CHECKING:
    from medvoice.services.rechecking import Newly, Recheck


class NewRulesTab(QScrollArea):
    """`draft_requested(draft id)` to see the words, `link_requested(url)` for a post that is out."""

    draft_requested = Signal(str)
    link_requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setObjectName("new_rules_tab")
        self.setAccessibleName(self.tr("What the new rules found"))
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.buttons: list[Button] = []
        px = theme.px
        inner = Surface("sunken")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(px(16), px(16), px(16), px(16))
        self._column.setSpacing(px(8))
        self._column.addWidget(Label(theme, self.tr("The rules changed"), "section"))
        self.summary = Label(theme, "", "small", "text.secondary", wraps=True)
        self.summary.setObjectName("new_rules_summary")
        self._column.addWidget(self.summary)
        self._list = QVBoxLayout()
        self._list.setSpacing(px(8))
        self._column.addLayout(self._list)
        self._column.addStretch(1)
        self.setWidget(inner)

    def show_found(self, found: "Recheck | None", zone: str, now: datetime) -> None:
        """Show what came of the last look; `now` is UTC, `zone` the person's."""
        clear_layout(self._list)
        self.buttons = []
        if found is None or not (found.held or found.published):
            self.summary.setText(self.tr("Nothing that the new rules found is open."))
            return
        when = moment(found.at, zone, now) if found.at is not None else ""
        words = self.tr("Your posts were looked at again {when}. Open one to see the words.")
        if len(found.rebound) == 1:
            words += " " + self.tr("1 more is scheduled, has nothing new and goes out as planned.")
        elif found.rebound:
            more = self.tr("{n} more are scheduled, have nothing new and go out as planned.")
            words += " " + more.format(n=number(len(found.rebound)))
        self.summary.setText(words.format(when=when))
        self._add(
            self.tr("Held, not sent"),
            self.tr("Change the words, or answer what is asked, then schedule again."),
            found.held,
            lambda each: moment(each.delivery.due_at, zone, now),
        )
        self._add(
            self.tr("Published"),
            self.tr("What is out stays as it is. Read it again, and take it down on the network if need be."),
            found.published,
            lambda each: moment(each.delivery.due_at, zone, now),
        )

    def _add(self, title: str, hint: str, items: "Sequence[Newly]", when: "Callable[[Newly], str]") -> None:
        if not items:
            return
        theme = self.theme
        head = QHBoxLayout()
        count = number(len(items))
        heading = Label(theme, title, "bodyStrong")
        heading.setAccessibleName(self.tr("{title}, {n}").format(title=title, n=count))
        head.addWidget(heading, 1)
        head.addWidget(Label(theme, count, "small", "text.tertiary"))
        self._list.addSpacing(theme.px(8))
        self._list.addLayout(head)
        self._list.addWidget(Label(theme, hint, "small", "text.secondary", wraps=True))
        for each in items:
            self._list.addWidget(self._card(each, when(each)))

    def _card(self, newly: "Newly", when: str) -> Surface:
        theme, px, delivery = self.theme, self.theme.px, newly.delivery
        card = Surface("card")
        card.setObjectName(f"new_rules_{delivery.id}")
        column = QVBoxLayout(card)
        column.setContentsMargins(px(14), px(12), px(14), px(12))
        column.setSpacing(px(4))
        name = delivery.title or self.tr("Untitled")
        column.addWidget(Label(theme, name, "bodyLarge", wraps=True))
        where = self.tr("{channel}, {when}").format(channel=CHANNEL_NAMES[delivery.channel], when=when)
        column.addWidget(Label(theme, where, "small", "text.tertiary", wraps=True))
        for words, tone in finding_lines(newly.findings):
            column.addWidget(Label(theme, words, "body", tone, wraps=True))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        go = Button(theme, self.tr("Open draft"), size="small")
        go.setAccessibleName(self.tr("Open draft “{title}”").format(title=name))
        go.clicked.connect(lambda: self.draft_requested.emit(delivery.draft_id))
        row.addWidget(go)
        self.buttons.append(go)
        link = next((part.remote_url for part in delivery.parts if part.remote_url), "")
        if link:
            post = Button(theme, self.tr("Open post"), kind="ghost", size="small", icon="external-link")
            post.setAccessibleName(self.tr("Open post “{title}”").format(title=name))
            post.clicked.connect(lambda: self.link_requested.emit(link))
            row.addWidget(post)
            self.buttons.append(post)
        row.addStretch(1)
        column.addSpacing(px(6))
        column.addLayout(row)
        return card

    def take_focus(self) -> None:
        """To the first thing that can be opened, else to the list."""
        target = self.buttons[0] if self.buttons else self
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)


def finding_lines(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    """Each finding once, how severe first, with the colour of its words."""
    must = QCoreApplication.translate("NewRulesTab", "Must fix")
    check = QCoreApplication.translate("NewRulesTab", "Check")
    lines: dict[str, str] = {}
    for each in sorted(findings, key=lambda one: one.level is not Level.BLOCK):
        is_block = each.level is Level.BLOCK
        lines.setdefault(
            f"{must if is_block else check}: {each.message}", "danger.text" if is_block else "warn.text"
        )
    return list(lines.items())
