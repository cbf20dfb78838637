"""Every widget of every page: a name and a role that are read aloud, a large target, a way by keyboard."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from ...screens.looking import name_of, shown, walk_by_tab
from ...screens.scenes import SCENES
from ...screens.stand import Stand, open_stand, rest

ROLE = QAccessible.Role
# The offscreen platform has no real popups.
POPUP = pytest.mark.qt_log_ignore("This plugin does not support")
SHEETS = (
    "settings_profile",
    "settings_accounts",
    "settings_rules",
    "settings_appearance",
    "settings_publishing",
    "settings_rhythm",
    "settings_about",
    "settings_filled",
)
QUEUE = ("queue_held", "queue_time_form", "queue_changed", "queue_found_nothing")
PAGES = ("compose_must_fix", "compose_preview", "compose_reason", *QUEUE, *SHEETS, "window_banners")
PANELS = ("compose_left_popover", "compose_time_popover")
DIALOGS = ("window_crash", "window_trouble")
SAME_ROW_PX = 24
INPUTS = (QAbstractButton, QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QTabBar)
TARGET_PX = 28
# The parts of Qt's own compound widgets: their owner has the name and the target.
PARTS = frozenset({"qt_spinbox_lineedit", "qt_calendar_navigationbar"})
ROLES = {
    QAbstractButton: {ROLE.Button, ROLE.CheckBox, ROLE.RadioButton, ROLE.ButtonMenu, ROLE.Switch},
    QLineEdit: {ROLE.EditableText},
    QTextEdit: {ROLE.EditableText},
    QPlainTextEdit: {ROLE.EditableText},
    QComboBox: {ROLE.ComboBox},
    QAbstractSpinBox: {ROLE.SpinBox},
    QTabBar: {ROLE.PageTabList},
    QAbstractItemView: {ROLE.List, ROLE.Table, ROLE.Tree},
}


def is_part(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return widget.objectName() in PARTS or isinstance(parent, QComboBox | QAbstractSpinBox)


def interactive(window: QWidget) -> list[QWidget]:
    kinds = (*INPUTS, QAbstractItemView)
    found = [each for kind in kinds for each in shown(window, kind)]
    found = [each for each in dict.fromkeys(found) if each.window() is window and not is_part(each)]
    return [each for each in found if not is_only_read(each)]


def is_only_read(widget: QWidget) -> bool:
    """A control that neither pointer nor Tab can reach is text."""
    is_deaf = widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return is_deaf and widget.focusPolicy() == Qt.FocusPolicy.NoFocus


def spoken(widget: QWidget) -> tuple[str, ROLE]:
    """What a screen reader gets for a widget: its name and its role."""
    face = QAccessible.queryAccessibleInterface(widget)
    assert face is not None, name_of(widget)
    return face.text(QAccessible.Text.Name).strip(), face.role()


def nameless(window: QWidget) -> list[str]:
    return [f"no name: {name_of(each)}" for each in interactive(window) if not spoken(each)[0]]


def wrong_roles(window: QWidget) -> list[str]:
    found = []
    for each in interactive(window):
        role = spoken(each)[1]
        wanted = next((roles for kind, roles in ROLES.items() if isinstance(each, kind)), set())
        if role not in wanted:
            found.append(f"role {role.name}: {name_of(each)}")
    return found


def target_of(widget: QWidget) -> QWidget:
    """What takes the click: the frame around a field without one of its own."""
    frame = widget.parentWidget()
    return frame if widget.property("bare") and frame is not None else widget


def small_targets(window: QWidget) -> list[str]:
    found = []
    for each in interactive(window):
        size = target_of(each).size()
        if each.isEnabled() and min(size.width(), size.height()) < TARGET_PX:
            found.append(f"{size.width()}x{size.height()}: {name_of(each)}")
    return found


def out_of_reach(window: QWidget) -> list[str]:
    """What the mouse can use and the keyboard cannot: no stop of Tab, nor part of a group with arrows."""
    found = []
    for each in interactive(window):
        is_stop = bool(each.focusPolicy() & Qt.FocusPolicy.TabFocus & ~Qt.FocusPolicy.ClickFocus)
        group = each.group() if isinstance(each, QAbstractButton) else None
        if each.isEnabled() and not is_stop and (group is None or not group.exclusive()):
            found.append(f"no stop: {name_of(each)}")
    return found


def silent_rows(window: QWidget) -> list[str]:
    """Rows of lists that a screen reader would pass without a word."""
    found = []
    for view in shown(window, QAbstractItemView):
        model = view.model()
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            words = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data()
            if not str(words or "").strip():
                found.append(f"row {row} says nothing: {name_of(view)}")
    return found


def sweep(window: QWidget) -> list[str]:
    looks = (nameless, wrong_roles, small_targets, out_of_reach, silent_rows)
    return [each for look in looks for each in look(window)]


def test_a_row_says_what_it_shows(stand: Stand):
    """Title, topic, state, channels by their names, date (look.md 8)."""
    model = stand.window.compose.drafts.list.view.model()
    said = [
        str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())
    ]
    first = next(words for words in said if words.startswith("What a registry can tell you"))
    assert "Real-world evidence, " in first
    assert "LinkedIn and X" in first


def test_one_of_several_is_a_radio_button(stand: Stand):
    stand.window.show_settings("appearance")
    rest(200)
    for name in ("rail_compose", "settings_nav_appearance", "choice_dark"):
        assert spoken(stand.find(name))[1] is ROLE.RadioButton, name
    before = stand.theme.mode
    stand.find("choice_dark").click()
    rest(100)
    assert str(stand.theme.mode) == "dark"
    stand.find(f"choice_{before}").click()


@pytest.mark.parametrize("name", PAGES)
def test_every_widget_can_be_heard_and_reached(stand: Stand, name: str):
    SCENES[name](stand)
    rest(200)
    assert sweep(stand.window) == []


def test_icons_alone_have_the_names_of_their_words(stand: Stand):
    """Large text in a small window: the list of the settings has no words left."""
    stand.window.resize(1024, 680)
    stand.theme.set_text_scale(1.5)
    stand.window.show_settings("accounts")
    rest(300)
    assert stand.window.settings.nav.is_bare
    assert sweep(stand.window) == []
    assert spoken(stand.find("settings_nav_accounts")) == ("Accounts", ROLE.RadioButton)


@POPUP
@pytest.mark.parametrize("name", PANELS)
def test_every_widget_of_a_panel_can_be_heard_and_reached(stand: Stand, name: str):
    panel = SCENES[name](stand)
    assert panel is not None
    assert sweep(panel) == []
    stops = walk_by_tab(panel)
    assert len(stops) > 1
    assert all(panel.isAncestorOf(each) for each in stops)


@POPUP
@pytest.mark.parametrize("name", DIALOGS)
def test_every_widget_of_a_dialog_can_be_heard_and_reached(stand: Stand, name: str):
    dialog = SCENES[name](stand)
    assert isinstance(dialog, QDialog)
    try:
        assert dialog.accessibleName()
        assert sweep(dialog) == []
        assert len(walk_by_tab(dialog)) > 1
    finally:
        dialog.close()
        stand.window.activateWindow()
        rest(100)


def test_the_order_of_tab_is_the_order_of_reading(stand: Stand):
    """Rail, list, header, page, tabs of the pane, pane (look.md 5); inside each from top to bottom."""
    parts = [
        stand.window.rail,
        stand.window.compose.drafts.list,
        stand.window.compose.bar,
        stand.window.compose.column,
        stand.window.compose.pane,
    ]
    order = [
        next(at for at, each in enumerate(parts) if each is stop or each.isAncestorOf(stop))
        for stop in walk_by_tab(stand.window)
    ]
    start = order.index(0)
    turned = order[start:] + order[:start]
    assert turned == sorted(turned)


def test_inside_a_part_tab_goes_down(stand: Stand):
    for part in (stand.window.rail, stand.window.compose.drafts.list, stand.window.compose.compliance):
        tops = [
            each.mapTo(stand.window, QPoint(0, 0)).y()
            for each in walk_by_tab(stand.window)
            if part.isAncestorOf(each)
        ]
        start = tops.index(min(tops))
        tops = tops[start:] + tops[:start]
        rows = [top for at, top in enumerate(tops) if at == 0 or abs(top - tops[at - 1]) > SAME_ROW_PX]
        assert rows == sorted(rows), part.objectName()


def test_each_page_has_the_focus_when_it_comes(stand: Stand):
    for key in ("queue", "settings", "compose", "queue"):
        stand.window.show_page(key)
        rest(250)
        focus = QApplication.focusWidget()
        assert focus is not None, key
        page = stand.window.stack.currentWidget()
        assert page.isAncestorOf(focus) or stand.window.rail.isAncestorOf(focus), (key, name_of(focus))


class Windows(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            is_one = isinstance(watched, QMainWindow | QDialog | QMenu)
            is_popup = watched.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
            if not is_one and not is_popup:
                self.shown.append(f"{type(watched).__name__} {getattr(watched, 'text', str)()}")
        return False


def test_nothing_flashes_up_as_a_window_of_its_own(qapp: QApplication, sample_home: Path, tmp_path: Path):
    """A widget shown before it has a parent is a window for a moment, and takes the focus with it."""
    home = tmp_path / "workspace"
    shutil.copytree(sample_home, home)
    watch = Windows()
    qapp.installEventFilter(watch)
    stand = open_stand(home)
    for name in (
        "compose_preview",
        "compose_reason",
        "queue_held",
        "queue_time_form",
        "settings_times",
        *SHEETS,
    ):
        stand.window.show_page("compose")
        SCENES[name](stand)
    qapp.removeEventFilter(watch)
    stand.close()
    assert watch.shown == []
