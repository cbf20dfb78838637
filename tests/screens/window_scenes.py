"""What belongs to the whole window: palette, keys, menus, toasts, banners, dialogs."""

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from medvoice.bootstrap import Workspace
from medvoice.domain.errors import AccountError, StorageError

from .scene_kit import SHORT_MS, in_workspace, scene
from .stand import Stand, rest, wait_for


def open_palette(stand: Stand, words: str = "") -> None:
    """Ctrl+K from where the focus is, then some letters."""
    QTest.keyClick(stand.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    wait_for(lambda: stand.find("palette_field").isVisible(), "no palette")
    QTest.keyClicks(stand.find("palette_field"), words)
    rest(500)


@scene
def window_palette_schedule(stand: Stand) -> None:
    """What cannot be done yet says why (mockup 17)."""
    open_palette(stand, "sche")


@scene
def window_palette_nothing(stand: Stand) -> None:
    """Nothing fits."""
    open_palette(stand, "xylophone")


@scene
def window_palette_topics(stand: Stand) -> None:
    """Only topics."""
    open_palette(stand, "#")


@scene
def window_palette_on_queue(stand: Stand) -> None:
    """On another page: its own commands first."""
    stand.window.show_page("queue")
    wait_for(lambda: stand.window.queue.snapshot is not None, "no queue")
    open_palette(stand)


@scene
def window_keys_on_queue(stand: Stand) -> None:
    """All keys, with those of a list."""
    stand.window.show_page("queue")
    rest(SHORT_MS)
    QTest.keyClick(stand.window, Qt.Key.Key_F1)
    wait_for(lambda: stand.find("shortcut_sheet").isVisible(), "no sheet")


@scene
def window_menu(stand: Stand) -> QWidget | None:
    """The menu bar with a menu open."""
    stand.window.hub.menus.show_bar()
    rest(SHORT_MS)
    menu = stand.window.hub.menus._menus["post"]
    bar = stand.window.menuBar()
    menu.popup(bar.mapToGlobal(bar.actionGeometry(menu.menuAction()).bottomLeft() + QPoint(0, 1)))
    rest(SHORT_MS)
    return menu


@scene
def window_toast(stand: Stand) -> None:
    """Something was done, with the way back."""
    stand.window.tell("Scheduled for Tue 17 Nov, 08:10.", lambda: None)
    stand.window.toast._timer.stop()  # as while the pointer is on it


@scene
def window_toast_long(stand: Stand) -> None:
    """A long sentence is read whole."""
    stand.window.show_page("queue")
    address = "https://www.linkedin.com/in/me/recent-activity/all/"
    stand.window.tell(f"No browser opened. The address is {address}")
    stand.window.toast._timer.stop()


@scene
def window_banners(stand: Stand) -> None:
    """A banner of each kind."""
    stand.window.show_page("queue")
    notices = stand.window.notices
    notices.problem(StorageError("disk_full"))
    notices.problem(AccountError("no_keyring"))
    notices.banner("restored", "info", "The backup is in place. The damaged file was kept.")


@scene
def window_crash(stand: Stand) -> QWidget | None:
    """A mistake of ours."""
    stand.window.notices.crash(
        "MedVoice 0.1.0, Python 3.11.2, Qt 6.11.3\nLinux 6.1.0 x86_64\n\n"
        "ZeroDivisionError: division by zero\n  medvoice/ui/pages/queue/page.py:120 _loaded"
    )
    return dialog(stand, "crash_dialog")


@scene
def window_trouble(stand: Stand) -> QWidget | None:
    """The workspace cannot be opened; there is a backup."""
    backup = stand.home / "backups" / "medvoice-1.sqlite3"
    backup.parent.mkdir(exist_ok=True)
    backup.touch()
    stand.window.show_trouble(
        StorageError("workspace_damaged", path="medvoice-damaged.sqlite3", backup=str(backup))
    )
    return dialog(stand, "trouble_dialog")


def dialog(stand: Stand, name: str) -> QWidget:
    """A dialog that has opened."""
    wait_for(lambda: any(each.isVisible() for each in stand.window.findChildren(QWidget, name)), name)
    rest(SHORT_MS)
    return stand.find(name)


@scene
def window_pause(stand: Stand) -> None:
    """What to pause, how long and why."""
    wait_for(lambda: stand.window.pauses is not None and stand.window.pauses.news is not None, "no pauses")
    stand.window.pauses.ask()
    rest(SHORT_MS)


@scene
def window_paused(stand: Stand) -> None:
    """A topic is paused, said above the page."""

    def pause(workspace: Workspace) -> None:
        topic = workspace.topics.list()[0]
        workspace.pausing.start("topic", topic.id, "Jordan Sample", reason="A safety signal")

    in_workspace(stand, pause)
    wait_for(lambda: stand.window.pauses is not None, "no pauses")
    stand.window.pauses.look()
    wait_for(lambda: stand.window.pauses.has_pause, "not said")
    stand.window.show_page("queue")
    rest(SHORT_MS)


@scene
def window_capture(stand: Stand) -> None:
    """An idea being caught."""
    stand.window.hub.book.find("idea.new").run()
    QTest.keyClicks(stand.find("capture_line"), "What does a patient want to know on day one?")
    rest(SHORT_MS)


def drag_over(stand: Stand, data: QMimeData) -> None:
    """A drag of another program hangs over the window."""
    wait_for(lambda: stand.window.acceptDrops(), "takes no drops")
    stand.window.show_page("queue")
    at = stand.window.rect().center()
    ways, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(at, ways, data, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(stand.window.windowHandle(), enter)
    wait_for(lambda: stand.find("drop_veil").isVisible(), "says nothing")
    # The mouse goes through it; a look at what can be read stops at it.
    stand.find("drop_veil").setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)
    rest(SHORT_MS)


@scene
def window_drop(stand: Stand) -> None:
    """A link hangs over the window."""
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/paper")])
    data.setHtml(
        '<a href="https://example.org/paper">What registries can and cannot tell about an effect</a>'
    )
    drag_over(stand, data)


@scene
def window_drop_refused(stand: Stand) -> None:
    """A file hangs there that no draft can be made of."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/sample/Slides of the congress, second version.pptx")])
    drag_over(stand, data)
