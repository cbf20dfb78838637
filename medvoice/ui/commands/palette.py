"""The palette (Ctrl+K): a few letters lead to any command or draft."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QWidget

from medvoice.ui.commands.book import CommandBook
from medvoice.ui.commands.command import Command
from medvoice.ui.commands.found_drafts import COMMANDS, Found, FoundDraft, Place, prefix_of
from medvoice.ui.commands.palette_rows import HEAD_H, ROW_H, Line, PaletteDelegate, PaletteModel, lines_for
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Rule
from medvoice.ui.widgets.cover import Cover
from medvoice.ui.widgets.paint import paint_box
from medvoice.ui.widgets.pill import KeyCap

WIDTH, TOP, FIELD_H, FOOT_H, ROWS_SHOWN = 640, 128, 56, 40, 9
ASK_MS, RECENT = 120, 8


class _Top(QWidget):
    """The field with its magnifier."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        side = self.theme.px(18)
        y = (self.height() - side) / 2
        self.theme.paint_icon(QPainter(self), "search", "text.secondary", self.theme.px(20), y, 18)


class _Foot(QWidget):
    """The line of hints, on a ground of its own."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self) -> QSize:
        return QSize(200, self.theme.px(FOOT_H))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, radius = QPainter(self), self.theme.radius("popover")
        area = self.rect().adjusted(1, -radius, -1, -1)
        painter.setClipRect(self.rect())
        paint_box(painter, self.theme, area, fill="bg.sunken", radius=radius)
        painter.fillRect(0, 0, self.width(), 1, self.theme.color("border.subtle"))


class Palette(Cover):
    """`draft_chosen(id)`, `place_chosen(kind, key)` (see found_drafts.Place); `drafts_wanted(query)` asks for
    what the workspace has, `show_drafts` brings the answer. The focus
    stays in the field: Up, Down, PgUp, PgDn move, Enter does it, Esc leaves. What cannot be done now says
    why and goes to the cause; without a place to go to, the palette stays."""

    draft_chosen = Signal(str)
    place_chosen = Signal(str, str)
    drafts_wanted = Signal(str)

    def __init__(self, theme: Theme, book: CommandBook, window: QWidget) -> None:
        super().__init__(theme, window, width=WIDTH, top=TOP)
        self.setObjectName("palette")
        self._book = book
        self._found = Found("", ())
        self._recent: list[str] = []
        self.field = QLineEdit()
        self.field.setObjectName("palette_field")
        self.field.setProperty("bare", True)
        self.field.setProperty("focusRing", False)
        self.field.setPlaceholderText(self.tr("Find a command or a draft"))
        self.field.setAccessibleName(self.tr("Find a command or a draft"))
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self._typed)
        self.model = PaletteModel(self)
        self.list = QListView()
        self.list.setObjectName("palette_list")
        self.list.setModel(self.model)
        self.list.setItemDelegate(PaletteDelegate(theme, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Commands and drafts"))
        self.list.clicked.connect(self._clicked)
        self.list.entered.connect(self._hovered)
        self._nothing = Label(
            theme, self.tr("Nothing fits. Fewer letters find more."), "body", "text.secondary"
        )
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ASK_MS)
        self._timer.timeout.connect(self._ask)
        self._build()
        theme.changed.connect(self._restyle)
        self._restyle()

    def _build(self) -> None:
        theme = self.theme
        self._top_row = _Top(theme)
        row = self._field_row = QHBoxLayout(self._top_row)
        row.addWidget(self.field, 1)
        row.addWidget(KeyCap(theme, self.tr("Esc")))
        self.foot = _Foot(theme)
        hints = self._hints = QHBoxLayout(self.foot)
        hints.setSpacing(theme.px(6))
        for cap, words in (("↑ ↓", self.tr("move")), (self.tr("Enter"), self.tr("do it"))):
            hints.addWidget(KeyCap(theme, cap))
            hints.addWidget(Label(theme, words, "small", "text.secondary"))
            hints.addSpacing(theme.px(10))
        hints.addStretch(1)
        hints.addWidget(
            Label(
                theme, self.tr("Type > for commands, @ for channels, # for topics"), "small", "text.secondary"
            )
        )
        self.body.addWidget(self._top_row)
        self.body.addWidget(Rule())
        self.body.addWidget(self._nothing, 1)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.foot)

    def _restyle(self) -> None:
        font = self.theme.font("section")
        font.setWeight(font.Weight.Normal)
        self.field.setFont(font)
        px = self.theme.px
        self._field_row.setContentsMargins(px(52), 0, px(20), 0)
        self._hints.setContentsMargins(px(20), 0, px(20), 0)
        self._top_row.setFixedHeight(px(FIELD_H))
        self.foot.setFixedHeight(self.theme.px(FOOT_H))
        self.list.doItemsLayout()

    def wanted_height(self) -> int:
        px = self.theme.px
        rows = sum(px(ROW_H if line.key else HEAD_H) for line in self.model.lines)
        most = ROWS_SHOWN * px(ROW_H) + 2 * px(HEAD_H)
        return px(FIELD_H) + px(FOOT_H) + 1 + min(max(rows + px(8), px(ROW_H) * 2), most)

    # Open, ask, fill

    def open(self) -> None:
        if self.isVisible():
            self.close_up()
            return
        self.field.clear()
        self._fill()
        super().open()
        self._ask()

    def take_focus(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _typed(self) -> None:
        self._fill()
        self._timer.start()

    def _ask(self) -> None:
        query = self.field.text().strip()
        if self.isVisible() and prefix_of(query) != COMMANDS:
            self.drafts_wanted.emit(query)

    def show_drafts(self, found: Found) -> None:
        """The drafts for a query; an answer to an older one is passed over."""
        if found.query == self.field.text().strip():
            chosen = self.chosen()
            self._found = found
            self._fill(chosen.key if chosen is not None else "")

    def _fill(self, keep: str = "") -> None:
        query = self.field.text()
        commands: tuple[Command, ...] = self._book.all()
        drafts, places = self._drafts_for(query), self._places_for(query)
        self.model.fill(lines_for(query, commands, drafts, self._recent, places))
        has_lines = bool(self.model.lines)
        self.list.setVisible(has_lines)
        self._nothing.setVisible(not has_lines)
        keys = [line.key for line in self.model.lines]
        self._choose(keys.index(keep) if keep and keep in keys else self.model.next_line(-1, 1))
        self.place()

    def _drafts_for(self, query: str) -> tuple[FoundDraft, ...]:
        """The drafts at hand; until the answer for new letters comes, those whose titles still fit."""
        if query.strip() == self._found.query:
            return self._found.drafts
        if prefix_of(query) != prefix_of(self._found.query) or prefix_of(query):
            return ()
        words = query.lower().split()
        return tuple(each for each in self._found.drafts if all(word in each.title.lower() for word in words))

    def _places_for(self, query: str) -> tuple[Place, ...]:
        """The topics, or channels and accounts, at hand."""
        return self._found.places if prefix_of(query) == prefix_of(self._found.query) else ()

    # Choose

    def chosen(self) -> Line | None:
        """The line that Enter would take."""
        index = self.list.currentIndex()
        return self.model.lines[index.row()] if index.isValid() else None

    def _choose(self, at: int) -> None:
        if at < 0:
            self.list.setCurrentIndex(QModelIndex())
            return
        index = self.model.index(at)
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        # The heading above the first line of a group comes into view with it.
        if at and not self.model.lines[at - 1].key:
            self.list.scrollTo(self.model.index(at - 1))
        self.list.scrollTo(index)
        if self.isVisible():
            self._say(self.model.lines[at].spoken)

    def _say(self, words: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, words))

    def _move(self, step: int, times: int = 1) -> None:
        at = self.list.currentIndex().row()
        for _turn in range(times):
            following = self.model.next_line(at, step)
            is_round = (following - at) * step < 0
            if times > 1 and is_round:
                break
            at = following
        self._choose(at)

    def _hovered(self, index: QModelIndex) -> None:
        if self.model.lines[index.row()].key:
            self._choose(index.row())

    def _clicked(self, index: QModelIndex) -> None:
        if self.model.lines[index.row()].key:
            self._choose(index.row())
            self.do_it()

    def do_it(self) -> None:
        """Do what the chosen line says."""
        line = self.chosen()
        if line is None:
            return
        if line.is_draft:
            self.close_up()
            self.draft_chosen.emit(line.key)
            return
        if line.kind:
            self.close_up()
            self.place_chosen.emit(line.kind, line.key)
            return
        command = self._book.find(line.key)
        if line.reason and command.cause is None:
            self._say(line.spoken)
            return
        self._recent = [line.key, *(name for name in self._recent if name != line.key)][:RECENT]
        self.close_up()
        self._book.run(line.key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        steps = {
            Qt.Key.Key_Down: (1, 1),
            Qt.Key.Key_Up: (-1, 1),
            Qt.Key.Key_PageDown: (1, 7),
            Qt.Key.Key_PageUp: (-1, 7),
        }
        if key in steps:
            self._move(*steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.do_it()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._move(1 if key == Qt.Key.Key_Tab else -1)
        elif key == Qt.Key.Key_K and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.close_up()
        else:
            return False
        return True
