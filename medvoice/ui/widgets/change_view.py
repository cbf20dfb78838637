"""A change of text to read: what was taken out struck through, what is new underlined."""

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.ui.models.what_changed import Change, Piece, spoken, summary
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Surface


class ChangeView(QWidget):
    """The cause in a sentence, how much changed, and the words themselves in a well."""

    def __init__(
        self, theme: Theme, change: Change, *, has_channel: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme, self.change = theme, change
        self.setObjectName(f"change_{change.channel}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        if has_channel:
            column.addWidget(Label(theme, CHANNEL_NAMES[change.channel], "bodyStrong"))
        words = f"{change.cause} {summary(change.pieces)}"
        column.addWidget(Label(theme, words, "body", "text.secondary", wraps=True))
        if not change.pieces:
            return
        well = Surface("well")
        inside = QVBoxLayout(well)
        inside.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(8))
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setAccessibleName(spoken(change.pieces))
        inside.addWidget(self.text)
        column.addWidget(well)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.text.setFont(self.theme.font("quote"))
        spans: list[str] = []
        for at, piece in enumerate(self.change.pieces):
            if at and piece.kind == "new" and self.change.pieces[at - 1].kind == "gone":
                spans.append(" ")  # what went and what came must not read as one word
            spans.append(self._span(piece))
        self.text.setText("".join(spans))

    def _span(self, piece: Piece) -> str:
        theme, words = self.theme, html.escape(piece.text)
        styles = {
            "kept": f"color:{theme.hex('text.secondary')}",
            "gone": f"color:{theme.hex('danger.text')};text-decoration:line-through",
            "new": f"color:{theme.hex('ok.text')};background:{theme.hex('ok.soft')};"
            "text-decoration:underline",
        }
        return f'<span style="{styles[piece.kind]}">{words}</span>'
