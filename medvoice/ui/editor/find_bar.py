"""Find and replace in the text, a strip above the page. Keys: Enter and Shift+Enter, Esc back to the text."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from medvoice.ui.editor.post_editor import PostEditor
from medvoice.ui.editor.spans import SpanMap
from medvoice.ui.editor.text_search import MAX_MATCHES, Query, find_all, place_after, place_before
from medvoice.ui.strings import number
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Surface
from medvoice.ui.widgets.button import Button, IconButton

LOOK_AGAIN_MS = 120
LEAST_FIELD_PX = 160


class FindBar(Surface):
    """`told(words)` says what replacing did. Hidden until `open`; works on the editor's present text."""

    told = Signal(str)

    def __init__(self, theme: Theme, editor: PostEditor) -> None:
        super().__init__("sunken", edge="bottom")
        self.theme, self.editor = theme, editor
        self.setObjectName("find_bar")
        self._matches: list[tuple[int, int]] = []
        self._here = -1
        self.words = QLineEdit()
        self.words.setObjectName("find_words")
        self.words.setPlaceholderText(self.tr("Find in the text"))
        self.words.setAccessibleName(self.tr("Find in the text"))
        self.other = QLineEdit()
        self.other.setObjectName("replace_words")
        self.other.setPlaceholderText(self.tr("Replace with"))
        self.other.setAccessibleName(self.tr("Replace with"))
        self.count = Label(theme, "", "small", "text.tertiary")
        self.count.setObjectName("find_count")
        self.case = self._switch("find_case", self.tr("Aa"), self.tr("Match capitals"))
        self.whole = self._switch("find_whole", self.tr("Word"), self.tr("Whole words only"))
        self.one = self._button("replace_one", self.tr("Replace"))
        self.all = self._button("replace_all", self.tr("Replace all"))
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(LOOK_AGAIN_MS)
        self._again.timeout.connect(self._look)
        self._build()
        self.hide()

    def _switch(self, name: str, text: str, spoken: str) -> Button:
        button = self._button(name, text)
        button.setCheckable(True)
        button.setAccessibleName(spoken)
        button.setToolTip(spoken)
        return button

    def _button(self, name: str, text: str) -> Button:
        button = Button(self.theme, text, size="small")
        button.setObjectName(name)
        return button

    def _build(self) -> None:
        px = self.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(8), px(12), px(8))
        column.setSpacing(px(6))
        row, self._below = QHBoxLayout(), QWidget(self)
        previous = IconButton(self.theme, "chevron-up", self.tr("Previous place"), size="small")
        previous.setObjectName("find_previous")
        following = IconButton(self.theme, "chevron-down", self.tr("Next place"), size="small")
        following.setObjectName("find_next")
        close = IconButton(self.theme, "x", self.tr("Close search"), size="small")
        close.setObjectName("find_close")
        row.setSpacing(px(6))
        row.addWidget(self.words, 1)
        row.addSpacing(px(4))
        row.addWidget(self.count)
        row.addSpacing(px(4))
        self._row, self._tail = row, (self.case, self.whole, previous, following, close)
        for part in self._tail:
            row.addWidget(part)
        # Where the page is narrow the field has its line for itself.
        self._second = QHBoxLayout()
        self._second.setSpacing(px(6))
        below = QHBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(px(6))
        below.addWidget(self.other, 1)
        below.addWidget(self.one)
        below.addWidget(self.all)
        column.addLayout(row)
        column.addLayout(self._second)
        column.addWidget(self._below)
        self.words.textChanged.connect(self._typed)
        self.case.toggled.connect(self._typed)
        self.whole.toggled.connect(self._typed)
        self.editor.text_edited.connect(self._text_changed)
        previous.clicked.connect(lambda: self.step(-1))
        following.clicked.connect(lambda: self.step(1))
        close.clicked.connect(self.close_up)
        self.one.clicked.connect(self.replace_here)
        self.all.clicked.connect(self.replace_all)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """All on one line, or the field alone and the rest below it."""
        px = self.theme.px
        beside = sum(part.sizeHint().width() + px(6) for part in self._tail)
        is_narrow = self.width() < beside + px(20 + 12 + LEAST_FIELD_PX)
        parts = [self.count, *self._tail]
        if is_narrow == (self._second.indexOf(self.count) >= 0):
            return
        row = self._second if is_narrow else self._row
        for part in parts:
            (self._row if is_narrow else self._second).removeWidget(part)
        while self._second.takeAt(0) is not None:
            pass
        for part in parts:
            row.addWidget(part)
        if is_narrow:
            self._second.insertStretch(1, 1)

    # Opening

    def open(self, *, with_replacing: bool = False) -> None:
        """Show the strip with the selected words in it, ready to type; again: the field is selected."""
        chosen = self.editor.textCursor().selectedText()
        if chosen and "\u2029" not in chosen and "\u2028" not in chosen:
            self.words.setText(chosen)
        self._below.setVisible(with_replacing or (self.isVisible() and self._below.isVisible()))
        self.show()
        self._look()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def open_replacing(self) -> None:
        """As `open`, with the field for other words."""
        self.open(with_replacing=True)

    def close_up(self) -> None:
        """Hide the strip; the caret stands at the place that was found."""
        self.hide()
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._matches, self._here = [], -1
        self.editor.show_found([])

    # Looking

    def query(self) -> Query:
        return Query(self.words.text(), self.case.isChecked(), self.whole.isChecked())

    def _text_changed(self) -> None:
        if self.isVisible():
            self._again.start()

    def refresh(self) -> None:
        """Another text is on the page."""
        if self.isVisible():
            self._look()

    def _typed(self) -> None:
        """Other words or another way: go to the first place from the caret on."""
        self._look()
        if self._here >= 0:
            self._go(self._here)

    def _look(self) -> None:
        self._again.stop()
        text = self.editor.text()
        self._matches = find_all(text, self.query())
        cursor = self.editor.textCursor()
        at = min(cursor.selectionStart(), cursor.selectionEnd())
        self._here = place_after(self._matches, SpanMap(text).to_code_point(at))
        self._show()

    def _show(self) -> None:
        self.editor.show_found(self._matches, self._here)
        found = len(self._matches)
        if not self.words.text():
            words = ""
        elif not found:
            words = self.tr("Not found")
        elif found == MAX_MATCHES:
            words = self.tr("{n} or more").format(n=number(found))
        else:
            words = self.tr("{here} of {n}").format(here=number(self._here + 1), n=number(found))
        self.count.setText(words)
        self.words.setAccessibleDescription(words)
        can_replace = bool(found) and self.editor.isEnabled()
        self.one.setEnabled(can_replace)
        self.all.setEnabled(can_replace)

    def _go(self, place: int) -> None:
        self._here = place
        self.editor.select_span(*self._matches[place])
        self._show()

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) place, around the end."""
        if not self._matches:
            return
        text, cursor = self.editor.text(), self.editor.textCursor()
        at = SpanMap(text).to_code_point(cursor.selectionStart())
        if by > 0:
            is_there = cursor.hasSelection() and self._here >= 0 and self._matches[self._here][0] == at
            self._go(place_after(self._matches, at + is_there))
        else:
            self._go(place_before(self._matches, at))

    # Replacing

    def replace_here(self) -> None:
        """Replace the present place and go to the next one."""
        if self._again.isActive():
            self._look()
        if self._here < 0 or not self.editor.isEnabled():
            return
        start, end = self._matches[self._here]
        words = self.other.text()
        self.editor.replace_spans([(start, end)], words)
        self.editor.select_span(start + len(words), start + len(words))
        self._typed()

    def replace_all(self) -> None:
        """Replace every place as one step that Ctrl+Z takes back."""
        found = find_all(self.editor.text(), self.query(), limit=len(self.editor.text()) + 1)
        if not found or not self.editor.isEnabled():
            return
        count = self.editor.replace_spans(found, self.other.text())
        self._look()
        one = self.tr("1 place replaced")
        self.told.emit(one if count == 1 else self.tr("{n} places replaced").format(n=number(count)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        if key == Qt.Key.Key_Escape:
            self.close_up()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.words.hasFocus():
            self.step(-1 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.other.hasFocus():
            self.replace_here()
        else:
            super().keyPressEvent(event)
