"""A channel's own text beside the main text: what went, what came, and the way back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QWidget

from medvoice.domain.draft import Draft
from medvoice.ui.pages.compose.counting import words
from medvoice.ui.pages.compose.text_diff import Compared, compare_texts, markup, spoken
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.overlay import Popover

WIDTH, TALLEST = 420, 320


class VariantPopover(Popover):
    """`follow_requested` for "Follow the main text again"."""

    follow_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget, draft: Draft, channel: str, name: str) -> None:
        super().__init__(theme, parent, width=WIDTH)
        self.setObjectName("variant_popover")
        compared = Compared(channel, compare_texts(draft.text, draft.variant(channel).text or ""))
        title = self.tr("{channel} beside the main text").format(channel=name)
        self.body.addWidget(Label(theme, title, "section"))
        summary = self.tr("Only here: {come}. Only in the main text: {gone}.").format(
            come=words(compared.words("new")), gone=words(compared.words("old"))
        )
        said = self.tr("The same words as the main text.") if compared.is_same else summary
        head = Label(theme, said, "small", "text.secondary", wraps=True)
        head.setObjectName("variant_summary")
        self.body.addWidget(head)
        if not compared.is_same:
            self.body.addWidget(self._text(theme, compared))
        row = QHBoxLayout()
        follow = Button(theme, self.tr("Follow the main text again"), kind="soft", size="small")
        follow.setObjectName("follow_main_text")
        close = Button(theme, self.tr("Keep both"), kind="ghost", size="small")
        row.addWidget(follow)
        row.addWidget(close)
        row.addStretch(1)
        self.body.addLayout(row)
        follow.clicked.connect(self._follow)
        close.clicked.connect(self.close)

    def _text(self, theme: Theme, compared: Compared) -> QScrollArea:
        label = QLabel(markup(theme, compared.pieces))
        label.setObjectName("variant_difference")
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        label.setFont(theme.font("quote"))
        label.setProperty("tone", "text.secondary")
        label.setAccessibleName(
            spoken(compared.pieces, self.tr("Only in the main text:"), self.tr("Only here:"))
        )
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(label)
        needed = label.heightForWidth(theme.px(WIDTH) - 48)
        area.setFixedHeight(min(needed + 8, theme.px(TALLEST)))
        return area

    def _follow(self) -> None:
        self.close()
        self.follow_requested.emit()
