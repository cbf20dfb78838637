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
ACTION_W = 148
# Below this width of the list the pill and the button move closer and the line below the title gives way.
NARROW = 760
# Shown as a button in the row; everything else is behind the three dots.
IN_ROW = frozenset("sign_in clear_again post_now resume stop open_post copy_open is_live take_back".split())


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


def lay_out(theme: Theme, area: QRectF, row: QueueRow) -> RowLayout:
    """The layout of `row` in `area`, the whole rectangle of the item."""
    px = theme.px
    ground = area.adjusted(SIDE, 0, -SIDE, -1)
    middle = ground.center().y()
    left = area.x() + px(24)
    time_w = max(px(92), text_width(theme, row.day, "small") + px(6))
    marker_x = left + time_w + px(8)
    text_x = marker_x + px(10) + px(18)
    right = ground.right() - px(16)
    action = row_action(row)
    width = button_width(theme, action) if action is not None else px(28)
    column = max(float(px(ACTION_W)), width) if area.width() >= px(NARROW) else max(width, float(px(28)))
    button = QRectF(right - width, middle - px(16), width, px(32)) if action else QRectF()
    dots = QRectF() if action else QRectF(right - px(28), middle - px(14), px(28), px(28))
    size = pill_size(theme, row.look.icon, row.look.word)
    gap = px(24) if area.width() >= px(NARROW) else px(12)
    pill = QRectF(
        right - column - gap - size.width() + 0, middle - size.height() / 2, size.width(), size.height()
    )
    room = pill.left() - px(16) - text_x
    title_h, line_h = theme.line_height("bodyLarge"), theme.line_height("small")
    block = title_h + line_h + (px(20) if row.shows_progress else 0)
    top = middle - block / 2
    if row.member_at:
        return _member(theme, ground, text_x, pill, button, dots, row)
    title_w = min(text_width(theme, row.title, "bodyLarge") + px(8), max(room - px(24), 0))
    bar_y = top + title_h + line_h + px(12)
    return RowLayout(
        ground=ground,
        time=QRectF(
            left, middle - (theme.line_height("body") + line_h) / 2, time_w, theme.line_height("body")
        ),
        day=QRectF(left, middle + (theme.line_height("body") - line_h) / 2, time_w, line_h),
        marker=QRectF(marker_x, middle - px(5), px(10), px(10)),
        title=QRectF(text_x, top, title_w, title_h),
        tile=QRectF(text_x + title_w + px(4), top + (title_h - px(16)) / 2, px(16), px(16)),
        line=QRectF(text_x, top + title_h, max(room, 0), line_h),
        bar=QRectF(text_x, bar_y - px(2), px(160), px(4)) if row.shows_progress else QRectF(),
        bar_words=QRectF(text_x + px(170), bar_y - px(8), px(200), px(16)),
        pill=pill,
        button=button,
        dots=dots,
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


def lay_out_group(theme: Theme, area: QRectF, group: GroupRow) -> GroupLayout:
    """The layout of `group` in `area`, in the columns of the rows."""
    place = lay_out(theme, area, replace(group.rows[0], member_at=0, line=""))
    px, ground = theme.px, place.ground
    dots = QRectF(ground.right() - px(44), ground.center().y() - px(14), px(28), px(28))
    title_h, middle = theme.line_height("bodyLarge"), ground.center().y()
    text_x = place.title.x()
    tiles_w = px(24) * len(group.rows)
    wanted = text_width(theme, group.rows[0].title, "bodyLarge") + px(8)
    title_w = max(min(wanted, dots.left() - px(16) - tiles_w - text_x), 0)
    tiles = tuple(
        QRectF(text_x + title_w + px(4) + at * px(24), middle - px(8), px(16), px(16))
        for at in range(len(group.rows))
    )
    title = QRectF(text_x, middle - title_h / 2, title_w, title_h)
    return GroupLayout(ground, place.time, place.day, place.marker, title, tiles, dots)
