"""Where everything of a queue row lies: one function for painting and for hit testing."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.ui.models.queue_actions import Action
from medvoice.ui.models.queue_groups import GroupRow
from medvoice.ui.models.queue_rows import QueueRow
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.paint import pill_size, text_width

HEADING_H, ROW_H, PROGRESS_H = 48, 63, 82
GROUP_H, MEMBER_H = 54, 38
SIDE = 8  # between the view's edge and the row's ground
# The column of the buttons, as wide as its longest one: pills end in one line whatever stands beside them.
ACTION_W = 172
# Below these widths the pill has a line of its own below the words: a list with buttons, one without.
STACKED_BELOW, STACKED_BELOW_BARE = 760, 600
STACKED_MORE, STACKED_MEMBER_MORE = 46, 26
# Shown as a button in the row; everything else is behind the three dots.
IN_ROW = frozenset(
    "sign_in clear_again post_now resume stop open_post copy_open is_live take_back back_to_draft".split()
)


@dataclass(frozen=True, slots=True)
class RowLayout:
    """Rectangles in the view's coordinates. `button` belongs to the row's main action, `dots` opens the
    menu; one of the two is empty."""

    ground: QRectF
    time: QRectF
    day: QRectF
    marker: QRectF
    title: QRectF
    tile: QRectF
    line: QRectF
    bar: QRectF
    bar_words: QRectF
    pill: QRectF
    button: QRectF
    dots: QRectF
    is_stacked: bool = False


def is_stacked(theme: Theme, width: float, *, has_buttons: bool) -> bool:
    """Whether a list of that width is too narrow for words, pill and button in one line."""
    return width < theme.px(STACKED_BELOW if has_buttons else STACKED_BELOW_BARE)


def row_height(theme: Theme, width: float, row: QueueRow, *, has_buttons: bool) -> int:
    """The height of a row, scaled."""
    stacked = is_stacked(theme, width, has_buttons=has_buttons)
    if row.member_at:
        return theme.px(MEMBER_H + (STACKED_MEMBER_MORE if stacked else 0))
    return theme.px((PROGRESS_H if row.shows_progress else ROW_H) + (STACKED_MORE if stacked else 0))


def row_action(row: QueueRow) -> Action | None:
    """The action that has its button in the row."""
    first = row.actions[0] if row.actions else None
    return first if first is not None and first.key in IN_ROW else None


def row_label(action: Action) -> str:
    """A long label is cut to its verb in the row; the pane says it in full."""
    from PySide6.QtCore import QCoreApplication

    if action.key == "copy_open":
        return QCoreApplication.translate("queue_row", "Copy and open")
    return action.label


def is_link(action: Action) -> bool:
    """Shown as words with a trailing icon instead of a button."""
    return action.key == "open_post"


def button_width(theme: Theme, action: Action) -> float:
    """Width of the row's button, scaled."""
    role = "bodyMedium" if is_link(action) else "bodyStrong"
    icon = theme.px(15) + theme.px(6) if action.icon else 0
    return text_width(theme, row_label(action), role) + icon + 2 * theme.px(12) + 1


def lay_out(theme: Theme, area: QRectF, row: QueueRow, *, has_buttons: bool = True) -> RowLayout:
    """The layout of `row` in `area`, the whole rectangle of the item. Without `has_buttons` every action is
    behind the dots: the side pane shows them."""
    px = theme.px
    ground = area.adjusted(SIDE, 0, -SIDE, -1)
    action = row_action(row) if has_buttons else None
    width = button_width(theme, action) if action is not None else px(28)
    right, middle = ground.right() - px(16), ground.center().y()
    height = px(28 if row.member_at else 32)
    button = QRectF(right - width, middle - height / 2, width, height) if action else QRectF()
    dots = QRectF() if action else QRectF(right - px(28), middle - px(14), px(28), px(28))
    size = pill_size(theme, row.look.icon, row.look.word)
    if is_stacked(theme, area.width(), has_buttons=has_buttons):
        return _stacked(
            theme, ground, right - width - px(16), QRectF(0, 0, *size.toTuple()), button, dots, row
        )
    column = float(max(px(ACTION_W), width) if has_buttons else px(28))
    gap = px(24) if has_buttons else px(12)
    pill = QRectF(right - column - gap - size.width(), middle - size.height() / 2, *size.toTuple())
    left = area.x() + px(24)
    time_w = max(px(92), text_width(theme, row.day, "small") + px(6))
    marker_x = left + time_w + px(8)
    text_x = marker_x + px(10) + px(18)
    if row.member_at:
        return _member(theme, ground, text_x, pill, button, dots, row)
    title_h, line_h = theme.line_height("bodyLarge"), theme.line_height("small")
    block = title_h + line_h + (px(20) if row.shows_progress else 0)
    body_h = theme.line_height("body")
    title, tile, line, bar, bar_words = _words(
        theme, text_x, middle - block / 2, pill.left() - px(16) - text_x, row
    )
    return RowLayout(
        ground=ground,
        time=QRectF(left, middle - (body_h + line_h) / 2, time_w, body_h),
        day=QRectF(left, middle + (body_h - line_h) / 2, time_w, line_h),
        marker=QRectF(marker_x, middle - px(5), px(10), px(10)),
        pill=pill,
        button=button,
        dots=dots,
        title=title,
        tile=tile,
        line=line,
        bar=bar,
        bar_words=bar_words,
    )


def _words(theme: Theme, x: float, top: float, room: float, row: QueueRow) -> tuple[QRectF, ...]:
    """Title with its tile, the line below, the bar of a thread that is going out."""
    px = theme.px
    title_h, line_h = theme.line_height("bodyLarge"), theme.line_height("small")
    title_w = min(text_width(theme, row.title, "bodyLarge") + px(8), max(room - px(24), 0))
    bar_y = top + title_h + line_h + px(12)
    has_bar = row.shows_progress
    bar_w = px(160 if room >= px(330) else 72)
    beside = bar_w + px(10)
    return (
        QRectF(x, top, title_w, title_h),
        QRectF(x + title_w + px(4), top + (title_h - px(16)) / 2, px(16), px(16)),
        QRectF(x, top + title_h, max(room, 0), line_h),
        QRectF(x, bar_y - px(2), bar_w, px(4)) if has_bar else QRectF(),
        QRectF(x + beside, bar_y - px(8), min(px(200), max(room - beside, 0)), px(16)),
    )


def _stacked(
    theme: Theme, ground: QRectF, right: float, pill: QRectF, button: QRectF, dots: QRectF, row: QueueRow
) -> RowLayout:
    """When, what, how it stands, one below the other; what can be done at the right."""
    px, line_h = theme.px, theme.line_height("small")
    left = ground.x() + px(16)
    text_x, top = left + px(10) + px(12), ground.y() + px(10)
    pill.moveTo(text_x, ground.bottom() - px(10) - pill.height())
    if row.member_at:
        pill.moveTo(text_x + px(24), ground.bottom() - px(6) - pill.height())
        inner = QRectF(ground.x(), ground.y(), ground.width(), pill.top() - ground.y())
        end = QRectF(right + px(16), inner.y(), 0, 0)
        placed = _member(theme, inner, text_x, end, button, dots, row)
        return replace(placed, ground=ground, pill=pill)
    time_w = text_width(theme, row.time, "smallStrong") + px(8)
    title_middle = top + line_h + theme.line_height("bodyLarge") / 2
    title, tile, line, bar, bar_words = _words(theme, text_x, top + line_h, right - text_x, row)
    return RowLayout(
        ground=ground,
        time=QRectF(text_x, top, time_w, line_h),
        day=QRectF(text_x + time_w, top, text_width(theme, row.day, "small") + px(4), line_h),
        marker=QRectF(left, title_middle - px(5), px(10), px(10)),
        pill=pill,
        button=button,
        dots=dots,
        title=title,
        tile=tile,
        line=line,
        bar=bar,
        bar_words=bar_words,
        is_stacked=True,
    )


def _member(
    theme: Theme, ground: QRectF, text_x: float, pill: QRectF, button: QRectF, dots: QRectF, row: QueueRow
) -> RowLayout:
    """One network of a draft: tile, name and line side by side, under the draft's title."""
    px, middle = theme.px, ground.center().y()
    title_h, line_h = theme.line_height("body"), theme.line_height("small")
    name_x = text_x + px(24)
    name_w = text_width(theme, CHANNEL_NAMES[row.channel], "body") + px(4)
    line_x = name_x + max(name_w, px(64)) + px(8)
    none = QRectF()
    has_bar = row.shows_progress
    return RowLayout(
        ground=ground,
        time=none,
        day=none,
        marker=none,
        title=QRectF(name_x, middle - title_h / 2, name_w, title_h),
        tile=QRectF(text_x, middle - px(8), px(16), px(16)),
        line=QRectF(line_x, middle - line_h / 2, max(pill.left() - px(16) - line_x, 0), line_h),
        bar=QRectF(line_x, ground.bottom() - px(5), px(160), px(3)) if has_bar else none,
        bar_words=none,
        pill=pill,
        button=button,
        dots=dots,
    )


@dataclass(frozen=True, slots=True)
class GroupLayout:
    """Rectangles of a draft that stands over its parts."""

    ground: QRectF
    time: QRectF
    day: QRectF
    marker: QRectF
    title: QRectF
    tiles: tuple[QRectF, ...]
    dots: QRectF
    is_stacked: bool = False


def lay_out_group(theme: Theme, area: QRectF, group: GroupRow, *, has_buttons: bool = True) -> GroupLayout:
    """The layout of `group` in `area`, in the columns of the rows."""
    place = lay_out(theme, area, replace(group.rows[0], member_at=0, line=""), has_buttons=has_buttons)
    px, ground = theme.px, place.ground
    dots = QRectF(ground.right() - px(44), ground.center().y() - px(14), px(28), px(28))
    title_h, middle = theme.line_height("bodyLarge"), ground.center().y()
    text_x, title_y = place.title.x(), middle - title_h / 2
    if place.is_stacked:
        title_y = place.title.y()
        middle = title_y + title_h / 2
    tiles_w = px(24) * len(group.rows)
    wanted = text_width(theme, group.rows[0].title, "bodyLarge") + px(8)
    title_w = max(min(wanted, dots.left() - px(16) - tiles_w - text_x), 0)
    tiles = tuple(
        QRectF(text_x + title_w + px(4) + at * px(24), middle - px(8), px(16), px(16))
        for at in range(len(group.rows))
    )
    title = QRectF(text_x, title_y, title_w, title_h)
    return GroupLayout(ground, place.time, place.day, place.marker, title, tiles, dots, place.is_stacked)
