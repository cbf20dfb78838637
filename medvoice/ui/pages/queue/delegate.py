"""Paints headings and rows of the queue; a click on the painted button is told as `action_requested`."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QObject,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.ui.models.queue_actions import Action
from medvoice.ui.models.queue_groups import GroupRow
from medvoice.ui.models.queue_model import GROUP_ROLE, ROW_ROLE, SECTION_ROLE, Heading, Index
from medvoice.ui.models.queue_rows import QueueRow
from medvoice.ui.pages.queue.geometry import (
    GROUP_H,
    HEADING_H,
    SIDE,
    GroupLayout,
    RowLayout,
    is_link,
    lay_out,
    lay_out_group,
    row_action,
    row_height,
    row_label,
)
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.button import SKINS
from medvoice.ui.widgets.paint import (
    badge_size,
    paint_box,
    paint_channel_tile,
    paint_count_badge,
    paint_meter_bar,
    paint_pill,
    paint_row_focus,
    paint_text,
    paint_topic_marker,
    text_width,
)


class QueueDelegate(QStyledItemDelegate):
    """`action_requested(delivery id, action key)`; `menu_requested(delivery or group id, position)`."""

    action_requested = Signal(str, str)
    menu_requested = Signal(str, QPoint)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.pressed = ""
        # Whether the press that is going on hit the painted button or the dots, not the row.
        self.took_click = False
        self.shows_focus = True
        self.primary_id = ""
        # Whether rows have their main action as a button; the side pane has it where there is no room.
        self.has_buttons = True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: QueueRow | None = index.data(ROW_ROLE)
        if row is None:
            height = self.theme.px(HEADING_H if index.data(GROUP_ROLE) is None else GROUP_H)
        else:
            view = self.parent()
            width = view.viewport().width() if isinstance(view, QAbstractItemView) else 0
            height = row_height(self.theme, width, row, has_buttons=self.has_buttons)
        return QSize(200, height)

    def _lay_out(self, area: QRectF, row: QueueRow) -> RowLayout:
        return lay_out(self.theme, area, row, has_buttons=self.has_buttons)

    def _lay_out_group(self, area: QRectF, group: GroupRow) -> GroupLayout:
        return lay_out_group(self.theme, area, group, has_buttons=self.has_buttons)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: QueueRow | None = index.data(ROW_ROLE)
        area = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        if row is None:
            heading: Heading | None = index.data(SECTION_ROLE)
            group: GroupRow | None = index.data(GROUP_ROLE)
            if heading is not None:
                self._paint_heading(painter, area, heading)
            elif group is not None:
                self._paint_group(painter, area, group, state)
            return
        place = self._lay_out(area, row)
        has_line = row.member_at == row.member_of
        self._paint_ground(painter, area, place.ground, state, has_line=has_line)
        self._paint_texts(painter, place, row)
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        look = row.look
        paint_pill(painter, self.theme, place.pill, look.kind, look.icon, look.word, is_selected=is_selected)
        self._paint_action(painter, place, row)
        if self.shows_focus and state & QStyle.StateFlag.State_HasFocus:
            paint_row_focus(painter, self.theme, place.ground)

    def _paint_heading(self, painter: QPainter, area: QRectF, heading: Heading) -> None:
        theme = self.theme
        x = area.x() + theme.px(24)
        width = text_width(theme, heading.title, "section") + 2
        middle = area.center().y() + theme.px(4)
        words = QRectF(x, middle - theme.px(10), width, theme.px(20))
        paint_text(painter, theme, words, heading.title, "section")
        size = badge_size(theme, str(heading.count))
        badge = QRectF(words.right() + theme.px(8), middle - size.height() / 2, size.width(), size.height())
        paint_count_badge(painter, theme, badge, str(heading.count))

    def _paint_ground(
        self,
        painter: QPainter,
        area: QRectF,
        ground: QRectF,
        state: QStyle.StateFlag,
        *,
        has_line: bool,
    ) -> None:
        theme = self.theme
        if state & QStyle.StateFlag.State_Selected:
            paint_box(painter, theme, ground, fill="bg.selected", radius=theme.radius("row"))
            return
        if has_line:
            line = QRectF(area.x() + SIDE, area.bottom() - 1, area.width() - 2 * SIDE, 1)
            painter.fillRect(line, theme.color("border.subtle"))
        if state & QStyle.StateFlag.State_MouseOver:
            paint_box(painter, theme, ground, fill="bg.hover", radius=theme.radius("row"))

    def _paint_group(self, painter: QPainter, area: QRectF, group: GroupRow, state: QStyle.StateFlag) -> None:
        """The draft over its parts: when, what, and for which networks."""
        theme, first = self.theme, group.rows[0]
        place = self._lay_out_group(area, group)
        self._paint_ground(painter, area, place.ground, state, has_line=False)
        self._paint_when(painter, place, first)
        if first.topic_slot:
            paint_topic_marker(painter, theme, place.marker, first.topic_slot)
        paint_text(painter, theme, place.title, first.title, "bodyLarge")
        for tile, row in zip(place.tiles, group.rows, strict=True):
            paint_channel_tile(painter, theme, tile, row.channel)
        self._paint_dots(painter, place.dots)
        if self.shows_focus and state & QStyle.StateFlag.State_HasFocus:
            paint_row_focus(painter, theme, place.ground)

    def _paint_when(self, painter: QPainter, place: RowLayout | GroupLayout, row: QueueRow) -> None:
        none = Qt.TextElideMode.ElideNone
        role = "smallStrong" if place.is_stacked else "bodyMedium"
        paint_text(painter, self.theme, place.time, row.time, role, elide=none)
        paint_text(painter, self.theme, place.day, row.day, "small", "text.secondary", elide=none)

    def _paint_dots(self, painter: QPainter, dots: QRectF) -> None:
        side = self.theme.px(16)
        x, y = dots.center().x() - side / 2, dots.center().y() - side / 2
        self.theme.paint_icon(painter, "ellipsis", "text.secondary", x, y, 16)

    def _paint_texts(self, painter: QPainter, place: RowLayout, row: QueueRow) -> None:
        theme = self.theme
        none = Qt.TextElideMode.ElideNone
        if row.member_at:
            name = CHANNEL_NAMES[row.channel]
            paint_channel_tile(painter, theme, place.tile, row.channel)
            paint_text(painter, theme, place.title, name, "body", elide=none)
            paint_text(painter, theme, place.line, row.line, "small", "text.secondary")
            if row.shows_progress:
                paint_meter_bar(painter, theme, place.bar, row.done / row.total)
            return
        self._paint_when(painter, place, row)
        if row.topic_slot:
            paint_topic_marker(painter, theme, place.marker, row.topic_slot)
        paint_text(painter, theme, place.title, row.title, "bodyLarge")
        paint_channel_tile(painter, theme, place.tile, row.channel)
        paint_text(painter, theme, place.line, row.line, "small", "text.secondary")
        if row.shows_progress:
            paint_meter_bar(painter, theme, place.bar, row.done / row.total)
            words = QCoreApplication.translate("queue_row", "{done} of {all} posts published")
            words = words.format(done=row.done, all=row.total)
            paint_text(painter, theme, place.bar_words, words, "small", "text.secondary")

    def _paint_action(self, painter: QPainter, place: RowLayout, row: QueueRow) -> None:
        theme = self.theme
        action = row_action(row) if self.has_buttons else None
        if action is None:
            self._paint_dots(painter, place.dots)
            return
        label, x = row_label(action), place.button.x() + theme.px(12)
        side = theme.px(15)
        y = place.button.center().y() - side / 2
        if is_link(action):
            width = text_width(theme, label, "bodyMedium")
            words = QRectF(x, place.button.y(), width + 1, place.button.height())
            paint_text(painter, theme, words, label, "bodyMedium", "text.secondary")
            theme.paint_icon(painter, action.icon, "text.secondary", words.right() + theme.px(6), y, 15)
            return
        # One filled button per view: the row that most needs the person, unless the pane has its own.
        skin = SKINS["primary" if row.id == self.primary_id else "default"]
        fill = skin.pressed if self.pressed == row.id else skin.rest
        paint_box(painter, theme, place.button, fill=fill, border=skin.border, radius=theme.radius("button"))
        if action.icon:
            theme.paint_icon(painter, action.icon, skin.ink, x, y, 15)
            x += side + theme.px(6)
        words = QRectF(x, place.button.y(), place.button.right() - x, place.button.height())
        paint_text(painter, theme, words, label, "bodyStrong", skin.ink, elide=Qt.TextElideMode.ElideNone)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        row: QueueRow | None = index.data(ROW_ROLE)
        kinds = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)
        group: GroupRow | None = index.data(GROUP_ROLE)
        if group is not None and isinstance(event, QMouseEvent) and event.type() in kinds:
            return self._group_event(event, option, group)
        if row is None or event.type() not in kinds or not isinstance(event, QMouseEvent):
            return super().editorEvent(event, model, option, index)
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        hit, action = self.hit(option, row, event.position().toPoint())
        if event.type() == QEvent.Type.MouseButtonPress:
            self.pressed = row.id if hit == "button" else ""
            self.took_click = bool(hit)
            return False
        was_pressed, self.pressed = self.pressed == row.id, ""
        if hit == "button" and was_pressed and action is not None:
            self.action_requested.emit(row.id, action.key)
            return True
        if hit == "dots":
            self.menu_requested.emit(row.id, event.globalPosition().toPoint())
            return True
        return False

    def _group_event(self, event: QMouseEvent, option: QStyleOptionViewItem, group: GroupRow) -> bool:
        """The dots of a draft's row open its menu."""
        place = self._lay_out_group(QRectF(option.rect), group)  # pyright: ignore[reportAttributeAccessIssue]
        is_hit = place.dots.contains(event.position()) and event.button() == Qt.MouseButton.LeftButton
        if event.type() == QEvent.Type.MouseButtonPress:
            self.pressed, self.took_click = "", is_hit
        elif is_hit:
            self.menu_requested.emit(group.id, event.globalPosition().toPoint())
        return is_hit and event.type() == QEvent.Type.MouseButtonRelease

    def hit(self, option: QStyleOptionViewItem, row: QueueRow, at: QPoint) -> tuple[str, Action | None]:
        """What lies at a point of the view: "button", "dots" or ""."""
        place = self._lay_out(QRectF(option.rect), row)  # pyright: ignore[reportAttributeAccessIssue]
        if place.button.contains(at):
            return "button", row_action(row)
        return ("dots", None) if place.dots.contains(at) else ("", None)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """The whole title and line where they were cut."""
        row: QueueRow | None = index.data(ROW_ROLE)
        if row is None or event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        place = self._lay_out(QRectF(option.rect), row)  # pyright: ignore[reportAttributeAccessIssue]
        is_cut = text_width(self.theme, row.title, "bodyLarge") > place.title.width()
        is_cut = is_cut or text_width(self.theme, row.line, "small") > place.line.width()
        QToolTip.showText(event.globalPos(), f"{row.title}\n{row.line}" if is_cut else "", view)
        return True
