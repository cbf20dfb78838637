"""Settings, Keyboard: the way to all keys, and single letters that can be switched off."""

from PySide6.QtCore import QSettings, QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from medvoice.ui.commands.letters import Letters
from medvoice.ui.pages.settings.tick import TickBox
from medvoice.ui.widgets.button import Button


class Listening(QListView):
    def __init__(self) -> None:
        super().__init__()
        self.setModel(QStringListModel(["one", "two", "three"], self))
        self.heard: list[str] = []

    def keyPressEvent(self, event) -> None:
        self.heard.append(event.text() or str(event.key()))
        super().keyPressEvent(event)


def test_letters_off_are_kept_from_a_list_and_other_keys_are_not(qtbot, tmp_path):
    kept = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    page = QWidget()
    qtbot.addWidget(page)
    view = Listening()
    QVBoxLayout(page).addWidget(view)
    letters = Letters(kept, page)
    letters.guard(page)
    letters.guard(page)
    QTest.keyClick(view, Qt.Key.Key_R)
    assert view.heard == ["r"]
    letters.switch(False)
    view.heard.clear()
    for key in (Qt.Key.Key_R, Qt.Key.Key_O, Qt.Key.Key_1, Qt.Key.Key_Question):
        QTest.keyClick(view, key)
    assert view.heard == []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape):
        QTest.keyClick(view, key)
    QTest.keyClick(view, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert len(view.heard) == 6  # with Ctrl itself
    assert not Letters(kept, page).are_on


def test_the_switch_reaches_the_queue_and_is_kept(stage):
    window = stage.window
    window.show_settings("keyboard")
    box = window.settings.keyboard.findChild(TickBox, "edit_letters")
    assert box.isChecked()
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert not window.hub.letters.are_on
    assert str(window.look.value("letter_keys")) == "0"
    window.show_page("queue")
    assert any(len(command.local_keys) == 1 for command in window.hub.book.all())


def test_the_settings_lead_to_all_keys_and_back(stage):
    window = stage.window
    window.show_settings("keyboard")
    button = window.settings.keyboard.findChild(Button, "show_keys")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    sheet = stage.find(QWidget, "shortcut_sheet")
    assert sheet.isVisible()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert button.hasFocus()
