"""The post as a thread on X: one below the other, each with its meter, between them splits to be moved."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from medvoice.ui.pages.compose import splits
from medvoice.ui.pages.compose.post_text import PostText
from medvoice.ui.pages.compose.preview_linkedin import Author
from medvoice.ui.pages.compose.preview_parts import Avatar
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, PaintedButton
from medvoice.ui.widgets.button import IconButton
from medvoice.ui.widgets.paint import paint_box, paint_text, text_width
from medvoice.ui.widgets.pill import RingMeter

if TYPE_CHECKING:
    from medvoice.domain.channel.measure import Measure
    from medvoice.domain.channel.thread import Part

DRAG_FROM_PX = 6
KEYS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}


class SplitHandle(PaintedButton):
    """The line between two posts. Dragged, it follows the words; Up and Down move it by sentences, Left and
    Right by words, Delete joins. `dragged(global_point)`, `dropped()`, `dropped_back()`,
    `stepped(direction, by_word)`, `join_requested()`."""

    dragged = Signal(QPoint)
    dropped = Signal()
    dropped_back = Signal()
    stepped = Signal(int, bool)
    join_requested = Signal()

    def __init__(self, theme: Theme, number: int, is_own: bool, begins_with: str) -> None:
        super().__init__(theme)
        self.number = number
        self._is_own = is_own
        self._pressed_at: QPoint | None = None
        self._is_dragging = False
        self.setObjectName(f"split_{number}")
        self.setCursor(Qt.CursorShape.SplitVCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._words = self.tr("Your split") if is_own else self.tr("Split")
        self.set_begin(begins_with)
        keys = self.tr("Up and Down move it by sentences, Left and Right by words")
        if is_own:
            keys += self.tr(", Delete takes it out")
        self.setAccessibleDescription(keys)
        self.setToolTip(self.tr("Drag to move. {keys}").format(keys=keys))

    @property
    def is_own(self) -> bool:
        """Whether the person put it there."""
        return self._is_own

    def set_begin(self, words: str) -> None:
        """Say how the post after it begins."""
        name = self.tr("Split before post {n}, which begins with “{words}”")
        self.setAccessibleName(name.format(n=self.number + 1, words=words))

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(120), self.theme.px("hitMin"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None:
            return
        at = event.globalPosition().toPoint()
        if not self._is_dragging and (at - self._pressed_at).manhattanLength() >= DRAG_FROM_PX:
            self._is_dragging = True
        if self._is_dragging:
            self.dragged.emit(at)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        was_dragging, self._is_dragging, self._pressed_at = self._is_dragging, False, None
        if was_dragging:
            self.dropped.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._is_dragging:
            self._is_dragging, self._pressed_at = False, None
            self.dropped_back.emit()
        elif key in KEYS:
            self.stepped.emit(KEYS[key], key in (Qt.Key.Key_Left, Qt.Key.Key_Right))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._is_own:
            self.join_requested.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        is_lit = self.is_hovered or self._is_dragging or self.hasFocus()
        ink = "accent.text" if is_lit or self._is_own else "text.tertiary"
        icon, gap = theme.px(14), theme.px(5)
        width = icon + gap + text_width(theme, self._words, "small")
        x, middle = (self.width() - width) / 2, self.height() / 2
        if is_lit:
            pill = QRectF(x - theme.px(8), middle - theme.px(11), width + theme.px(16), theme.px(22))
            paint_box(painter, theme, pill, fill="accent.soft", radius=theme.px(11))
        theme.paint_icon(painter, "scissors", ink, x, middle - icon / 2, 14)
        paint_text(painter, theme, QRectF(x + icon + gap, 0, width, self.height()), self._words, "small", ink)
        style = Qt.PenStyle.SolidLine if self._is_own else Qt.PenStyle.DashLine
        painter.setPen(QPen(theme.color("accent.solid" if is_lit else "border.control"), 1, style))
        painter.drawLine(0, int(middle), int(x - theme.px(12)), int(middle))
        painter.drawLine(int(x + width + theme.px(12)), int(middle), self.width(), int(middle))


class ThreadView(QWidget):
    """The posts of one measured text. `marks_changed(marks, split)` when the person moved a split or took
    one out; `copied(number)` for the copy button of a post, counted from 1."""

    marks_changed = Signal(object, int)
    copied = Signal(int)

    def __init__(
        self, theme: Theme, author: Author, text: str, measure: "Measure", marks: Sequence[int]
    ) -> None:
        super().__init__()
        self.theme, self.author = theme, author
        self._text, self._measure, self._marks = text, measure, tuple(marks)
        self._words: list[PostText] = []
        self._meters: list[tuple[RingMeter, Label]] = []
        self.handles: list[SplitHandle] = []
        self._place: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        parts = measure.parts
        for at, part in enumerate(parts):
            if at:
                column.addWidget(self._handle(at - 1))
            column.addWidget(self._post(part, at + 1))

    @property
    def parts(self) -> "tuple[Part, ...]":
        return self._measure.parts

    def _post(self, part: "Part", number: int) -> QWidget:
        theme, count = self.theme, len(self.parts)
        post = QWidget()
        post.setObjectName(f"x_post_{number}")
        row = QHBoxLayout(post)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        avatar = Avatar(theme, self.author.name, 28, line=number < count)
        row.addWidget(avatar, 0, Qt.AlignmentFlag.AlignTop if number == count else Qt.AlignmentFlag(0))
        column = QVBoxLayout()
        column.setSpacing(theme.px(2))
        top = QHBoxLayout()
        top.setSpacing(theme.px(6))
        top.addWidget(Label(theme, self.author.name, "bodyStrong"))
        if count > 1:
            top.addWidget(Label(theme, f"{number}/{count}", "small", "text.tertiary"))
        top.addStretch(1)
        ring, used = RingMeter(theme), Label(theme, "", "small", "text.secondary")
        self._meters.append((ring, used))
        self._show_length(number - 1, part.length)
        top.addWidget(ring)
        top.addWidget(used)
        copy = IconButton(theme, "copy", self.tr("Copy post {n}").format(n=number), size="small")
        copy.setObjectName(f"copy_post_{number}")
        copy.clicked.connect(lambda: self.copied.emit(number))
        top.addWidget(copy)
        column.addLayout(top)
        words = PostText(theme, part.text, self._links(part))
        self._words.append(words)
        column.addWidget(words)
        column.addSpacing(theme.px(6))
        row.addLayout(column, 1)
        return post

    def _show_length(self, at: int, length: int) -> None:
        limit = self._measure.limit
        ring, used = self._meters[at]
        ring.set_meter(length, limit)
        used.setText(f"{length}/{limit}")
        used.set_tone("danger.text" if length > limit else "text.secondary")

    def renew(self, text: str, measure: "Measure", marks: Sequence[int]) -> bool:
        """Show another text in the same number of posts, with the same splits of the person's own; False when
        the view has to be made anew."""
        own = [splits.is_own(measure.parts, marks, split) for split in range(len(measure.parts) - 1)]
        if len(measure.parts) != len(self.parts) or own != [handle.is_own for handle in self.handles]:
            return False
        before = self.parts
        self._text, self._measure, self._marks = text, measure, tuple(marks)
        for at, part in enumerate(measure.parts):
            if part.length != before[at].length:
                self._show_length(at, part.length)
            if part.text != before[at].text:
                self._words[at].set_words(part.text, self._links(part))
                if at:
                    self.handles[at - 1].set_begin(beginning(part))
        return True

    def _links(self, part: "Part") -> list[tuple[int, int]]:
        every = (*self._measure.urls, *self._measure.hashtags, *self._measure.mentions)
        return [
            (span.start - part.start, span.end - part.start)
            for span in every
            if part.start <= span.start < part.end
        ]

    # Splits

    def _handle(self, split: int) -> SplitHandle:
        begins = beginning(self.parts[split + 1])
        handle = SplitHandle(self.theme, split + 1, splits.is_own(self.parts, self._marks, split), begins)
        handle.dragged.connect(lambda point, split=split: self._drag(split, point))
        handle.dropped.connect(lambda split=split: self._drop(split))
        handle.dropped_back.connect(self._forget)
        handle.stepped.connect(lambda step, by_word, split=split: self._step(split, step, by_word))
        handle.join_requested.connect(lambda split=split: self._join(split))
        self.handles.append(handle)
        return handle

    def _drag(self, split: int, point: QPoint) -> None:
        """Mark the word nearest to the pointer at which the post may begin."""
        options = splits.places(self._text, self.parts, split)
        if not options:
            return
        above, below = self._words[split], self._words[split + 1]
        inside = above.mapFromGlobal(point)
        is_above = inside.y() < above.height()
        words, part = (above, self.parts[split]) if is_above else (below, self.parts[split + 1])
        at = part.start + words.code_point_at(words.mapFromGlobal(point))
        self._place = min(options, key=lambda each: abs(each - at))
        for each, its in ((above, self.parts[split]), (below, self.parts[split + 1])):
            offset = self._place - its.start
            each.show_place(offset if 0 <= offset < len(its.text) else None)

    def _forget(self) -> None:
        self._place = None
        for words in self._words:
            words.show_place(None)

    def _drop(self, split: int) -> None:
        place = self._place
        self._forget()
        if place is not None and place != self.parts[split + 1].start:
            self._move(split, place)

    def _step(self, split: int, direction: int, by_word: bool) -> None:
        pick = splits.places if by_word else splits.sentence_places
        at = self.parts[split + 1].start
        place = splits.step(pick(self._text, self.parts, split), at, direction)
        if place == at:
            self._say(self.tr("It cannot go further."))
        else:
            self._move(split, place)

    def _move(self, split: int, place: int) -> None:
        self.marks_changed.emit(splits.moved(self.parts, self._marks, split, place), split)

    def _join(self, split: int) -> None:
        self.marks_changed.emit(splits.joined(self.parts, self._marks, split), split)

    def say_split(self, split: int) -> None:
        """Tell who listens how the two posts beside a split look now."""
        if split + 1 < len(self.parts):
            first, second = self.parts[split], self.parts[split + 1]
            words = self.tr("Post {n} now begins with “{words}”, {first} and {second} of {limit} characters")
            self._say(
                words.format(
                    n=split + 2,
                    words=beginning(second),
                    first=first.length,
                    second=second.length,
                    limit=self._measure.limit,
                )
            )

    def _say(self, words: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))


def beginning(part: "Part") -> str:
    """The first words of a post."""
    return " ".join(part.text.split()[:4])
