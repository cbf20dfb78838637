"""The lines of the palette: what fits what is typed, grouped, as a list model and its painter."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetricsF, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from medvoice.ui.commands.command import Command
from medvoice.ui.commands.found_drafts import (
    COMMANDS,
    TOPICS,
    FoundDraft,
    Place,
    prefix_of,
)
from medvoice.ui.commands.fuzzy import Fit, begins_words, fit
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.paint import (
    key_cap_size,
    paint_box,
    paint_key_cap,
    paint_text,
    paint_topic_marker,
    saved,
    text_width,
)

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
ROW_H, HEAD_H = 42, 30
DRAFTS_SHOWN, FIRST = 30, 5
# A reason that stands in the way of so many is one of the page ("open a draft first").
SHARED_BY = 5
# Sections by how often they are wanted, for a palette nothing was typed into.
USUAL = ("post", "page", "draft", "edit", "view", "help", "go")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Commands", text)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a heading (no key), a command, a draft or a place to go to (`kind`, see found_drafts.Place).
    `places` are the letters of `text` that fit."""

    text: str
    key: str = ""
    places: tuple[int, ...] = ()
    detail: str = ""
    icon: str = ""
    slot: str = ""
    caps: tuple[str, ...] = ()
    is_draft: bool = False
    kind: str = ""
    reason: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        keys = " ".join(self.caps)
        state = _tr("not now: {reason}").format(reason=self.reason) if self.reason else self.detail
        return ", ".join(part for part in (self.text, state, keys) if part)


def key_caps(shortcut: str) -> tuple[str, ...]:
    """The keys one by one, as this system writes them."""
    if not shortcut:
        return ()
    native = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    names = {"Return": "Enter", "PgDown": "PgDn", "PgUp": "PgUp"}
    # The last key may be "+" itself.
    parts = [*native[:-1].split("+"), native[-1]] if native.endswith("+") else native.split("+")
    return tuple(names.get(part, part) for part in parts if part)


def lines_for(
    query: str,
    commands: Sequence[Command],
    drafts: Sequence[FoundDraft],
    recent: Sequence[str] = (),
    places: Sequence[Place] = (),
) -> list[Line]:
    """Headings and lines for what is typed; ">" at the start leaves only commands, "#" topics with their
    drafts, "@" channels with theirs and accounts. Without a query the first few commands, what was used last
    (`recent`, names) before all, then pages and drafts, then the rest."""
    prefix = prefix_of(query)
    if prefix and prefix != COMMANDS:
        heading = _tr("Topics") if prefix == TOPICS else _tr("Channels and accounts")
        groups = [
            (heading, _place_lines(query[1:].strip(), places)),
            (_tr("Drafts"), _draft_lines("", drafts)),
        ]
        return _grouped(groups)
    only_commands = prefix == COMMANDS
    query = query.removeprefix(COMMANDS).strip()
    actions: list[Line] = []
    pages: list[Line] = []
    is_page_first = False
    for at, (command, found) in enumerate(_fitting(query, commands, recent)):
        is_page = command.section == "go"
        is_page_first = is_page_first or (at == 0 and is_page)
        (pages if is_page else actions).append(_command_line(command, found))
    found_drafts = [] if only_commands else _draft_lines(query, drafts)
    if query or only_commands:
        groups = [(_tr("Actions"), actions), (_tr("Go to"), pages)]
        if is_page_first:
            groups.reverse()  # what fits best comes first, so that Enter does it
        groups.append((_tr("Drafts"), found_drafts[:DRAFTS_SHOWN]))
    else:
        groups = [
            (_tr("Actions"), actions[:FIRST]),
            (_tr("Drafts"), found_drafts[:FIRST]),
            (_tr("Go to"), pages),
            (_tr("More actions"), actions[FIRST:]),
        ]
    return _grouped(groups)


def _grouped(groups: Sequence[tuple[str, Sequence[Line]]]) -> list[Line]:
    lines: list[Line] = []
    for title, group in groups:
        if group:
            lines.extend((Line(title), *group))
    return lines


def _place_lines(query: str, places: Sequence[Place]) -> list[Line]:
    """Those that fit, best first; in their own order where nothing is typed."""
    found: list[tuple[int, Line]] = []
    for place in places:
        own = fit(query, place.title) if query else None
        if not query or own is not None:
            letters = own.places if own is not None else ()
            line = Line(
                place.title, place.key, letters, place.detail, place.icon, place.slot, kind=place.kind
            )
            found.append((own.score if own is not None else 0, line))
    return [line for _score, line in sorted(found, key=lambda pair: -pair[0])]


def _fitting(
    query: str, commands: Sequence[Command], recent: Sequence[str]
) -> Iterable[tuple[Command, Fit | None]]:
    if not query:
        order = {name: at for at, name in enumerate(recent)}
        reasons = {command.name: command.why_disabled() for command in commands}
        shared = {reason for reason, count in Counter(reasons.values()).items() if count >= SHARED_BY}

        def place(command: Command) -> tuple[bool, int, int]:
            reason = reasons[command.name]
            is_far = bool(reason) and reason in shared
            return is_far, order.get(command.name, len(order)), USUAL.index(command.section)

        return [(one, None) for one in sorted(commands, key=place)]
    found: list[tuple[int, Command, Fit | None]] = []
    for command in commands:
        own = fit(query, command.label)
        if own is not None:
            found.append((own.score, command, own))
        elif begins_words(query, f"{command.label} {command.words}"):
            found.append((0, command, None))
    return [(command, own) for _score, command, own in sorted(found, key=lambda one: -one[0])]


def _command_line(command: Command, found: Fit | None) -> Line:
    reason = command.why_disabled()
    return Line(
        command.label,
        command.name,
        found.places if found is not None else (),
        reason or command.detail(),
        command.icon,
        caps=key_caps(command.shortcut or command.local_keys),
        reason=reason,
    )


def _draft_lines(query: str, drafts: Sequence[FoundDraft]) -> list[Line]:
    """By how well the title fits; those found by their text follow in the order they came."""
    found: list[tuple[int, Line]] = []
    for draft in drafts:
        own = fit(query, draft.title) if query else None
        line = Line(
            draft.title,
            draft.id,
            own.places if own is not None else (),
            draft.state,
            "" if draft.slot else "file-text",
            draft.slot,
            is_draft=True,
        )
        found.append((own.score if own is not None else 0, line))
    return [line for _score, line in sorted(found, key=lambda pair: -pair[0])]


class PaletteModel(QAbstractListModel):
    """The lines; headings cannot be chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def fill(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def next_line(self, at: int, step: int) -> int:
        """The nearest line that can be chosen from `at` on, round the ends; -1 when there is none."""
        for _turn in range(len(self.lines)):
            at = (at + step) % len(self.lines)
            if self.lines[at].key:
                return at
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and not self.lines[index.row()].key:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class PaletteDelegate(QStyledItemDelegate):
    """Icon, label with the fitting letters underlined, what is said about it, and the keys at the right."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: Line = index.data(LINE_ROLE)
        return QSize(200, self.theme.px(ROW_H if line.key else HEAD_H))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(LINE_ROLE)
        area = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        px = self.theme.px
        if not line.key:
            inner = area.adjusted(px(22), px(6), -px(22), 0)
            paint_text(painter, self.theme, inner, line.text, "smallStrong", "text.secondary")
            return
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        ground = area.adjusted(px(8), 0, -px(8), 0)
        if is_chosen:
            paint_box(painter, self.theme, ground, fill="bg.selected", radius=self.theme.radius("row"))
        self._paint_mark(painter, ground, line, is_chosen)
        right = self._paint_caps(painter, ground, line.caps)
        self._paint_words(
            painter, QRectF(ground.left() + px(43), ground.top(), 0, ground.height()), right, line, is_chosen
        )

    def _paint_mark(self, painter: QPainter, ground: QRectF, line: Line, is_chosen: bool) -> None:
        px = self.theme.px
        if line.slot:
            side = px(10)
            mark = QRectF(ground.left() + px(17), ground.center().y() - side / 2, side, side)
            paint_topic_marker(painter, self.theme, mark, line.slot)
            return
        ink = "accent.text" if is_chosen else "text.secondary"
        y = ground.center().y() - px(16) / 2
        self.theme.paint_icon(painter, line.icon or "chevron-right", ink, ground.left() + px(14), y)

    def _paint_caps(self, painter: QPainter, ground: QRectF, caps: tuple[str, ...]) -> float:
        """The keys, right to left; where the words must end."""
        px, x = self.theme.px, ground.right() - self.theme.px(14)
        for cap in reversed(caps):
            size = key_cap_size(self.theme, cap)
            x -= size.width()
            box = QRectF(x, ground.center().y() - size.height() / 2, size.width(), size.height())
            paint_key_cap(painter, self.theme, box, cap)
            x -= px(5)
        return x - px(8)

    def _paint_words(
        self, painter: QPainter, start: QRectF, right: float, line: Line, is_chosen: bool
    ) -> None:
        theme, px = self.theme, self.theme.px
        role = "bodyStrong" if is_chosen else "bodyMedium"
        room = max(right - start.left(), 0.0)
        width = min(text_width(theme, line.text, role) + 1, room)
        words = QRectF(start.left(), start.top(), width, start.height())
        ink = "text.secondary" if line.reason and not is_chosen else "text.primary"
        paint_text(painter, theme, words, line.text, role, ink)
        self._underline(painter, words, line, role, ink)
        if line.detail and room - width > px(40):
            beside = QRectF(words.right() + px(12), start.top(), room - width - px(12), start.height())
            paint_text(
                painter,
                theme,
                beside,
                line.detail,
                "small",
                "text.tertiary" if not is_chosen else "text.secondary",
            )

    def _underline(self, painter: QPainter, words: QRectF, line: Line, role: str, ink: str) -> None:
        if not line.places:
            return
        metrics = QFontMetricsF(self.theme.font(role))
        y = words.center().y() + metrics.ascent() / 2 + self.theme.px(2)
        with saved(painter):
            painter.setPen(QPen(self.theme.color(ink), max(1.0, self.theme.px(1.2))))
            for first, last in _runs(line.places):
                left = words.left() + metrics.horizontalAdvance(line.text[:first])
                end = words.left() + metrics.horizontalAdvance(line.text[: last + 1])
                if left < words.right():
                    painter.drawLine(round(left), round(y), round(min(end, words.right())), round(y))


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring places as first and last."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
