"""Smaller parts of the side pane: the text itself, the same draft elsewhere, what stopping can do."""

from PySide6.QtCore import QCoreApplication, QRectF, QSize, SignalInstance
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.ui.models.queue_rows import QueueRow
from medvoice.ui.models.queue_story import Story
from medvoice.ui.models.states import speaking_part, state_of
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, PaintedButton, QuoteLabel, Rule, Surface
from medvoice.ui.widgets.paint import paint_box, paint_channel_tile, paint_pill, paint_text, pill_size

# Characters of a text that are shown in the pane.
SHOWN = 280


def _tr(text: str) -> str:
    return QCoreApplication.translate("pane_parts", text)


class OtherPart(PaintedButton):
    """The draft on another network: tile, name, and how it stands. A press shows it."""

    def __init__(self, theme: Theme, row: QueueRow) -> None:
        super().__init__(theme)
        self.row = row
        self.setObjectName(f"queue_other_{row.channel}")
        self.setText(CHANNEL_NAMES[row.channel])
        self.setAccessibleName(f"{self.text()}, {row.look.word}, {row.day}, {row.time}")
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(160), self.theme.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        if self.is_hovered or self.isDown():
            paint_box(painter, theme, self.rect(), fill="bg.hover", radius=theme.radius("row"))
        middle = self.height() / 2
        tile = QRectF(px(6), middle - px(8), px(16), px(16))
        paint_channel_tile(painter, theme, tile, self.row.channel)
        size = pill_size(theme, self.row.look.icon, self.row.look.word)
        pill = QRectF(
            self.width() - size.width() - px(4), middle - size.height() / 2, size.width(), size.height()
        )
        name = QRectF(tile.right() + px(8), 0, pill.left() - tile.right() - px(16), self.height())
        paint_text(painter, theme, name, self.text(), "body")
        paint_pill(painter, theme, pill, self.row.look.kind, self.row.look.icon, self.row.look.word)


def add_others(theme: Theme, column: QVBoxLayout, story: Story, chosen: SignalInstance) -> None:
    """The same draft on other networks, each a way to its own details; nothing where there is none."""
    if not story.others:
        return
    column.addSpacing(theme.px(16))
    column.addWidget(Label(theme, _tr("The same draft"), "bodyStrong"))
    column.addSpacing(theme.px(4))
    for row in story.others:
        button = OtherPart(theme, row)
        button.clicked.connect(lambda _on=False, row=row: chosen.emit(row.id))
        column.addWidget(button)
    column.addSpacing(theme.px(12))
    column.addWidget(Rule())


def add_text(theme: Theme, column: QVBoxLayout, story: Story) -> None:
    """The words as cleared, where the person has to find or to post them: in doubt, or by hand."""
    state, part = state_of(story.row.delivery), speaking_part(story.row.delivery)
    if state not in ("unconfirmed", "handed_over"):
        return
    px = theme.px
    title = _tr("What to look for") if state == "unconfirmed" else _tr("The text you cleared")
    well = Surface("well")
    inside = QVBoxLayout(well)
    inside.setContentsMargins(px(10), px(8), px(10), px(8))
    words = QuoteLabel(theme, shortened(part.text), "quote", "text.secondary", is_selectable=True)
    words.setObjectName("queue_pane_text")
    inside.addWidget(words)
    column.addSpacing(px(16))
    column.addWidget(Label(theme, title, "bodyStrong"))
    column.addSpacing(px(8))
    column.addWidget(well)
    column.addSpacing(px(16))
    column.addWidget(Rule())


def shortened(text: str) -> str:
    """Beginning and end of a long text: enough to know it by."""
    if len(text) <= SHOWN:
        return text
    head, tail = text[: SHOWN * 2 // 3].rsplit(" ", 1)[0], text[-SHOWN // 3 :].split(" ", 1)[-1]
    return f"{head} … {tail}"


def stop_hint(*, has_stop: bool) -> str:
    """What can still be stopped while a post is being sent."""
    if has_stop:
        return _tr("The post that is being sent cannot be called back. “Stop” leaves the rest unsent.")
    return _tr("It is being sent and cannot be called back.")
