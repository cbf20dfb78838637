"""A field of plain text with a history of its words."""

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QTextDocument
from PySide6.QtWidgets import QMenu, QTextEdit, QWidget

from medvoice.ui.editor.word_history import WordHistory
from medvoice.ui.widgets.base import viewport_of

# Qt knows it on Windows only.
REDO_TOO = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Y)


class WordsEdit(QTextEdit):
    """Undo and redo go through `WordHistory`. Where there is nothing to take back the key is the window's.
    UI thread only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper = viewport_of(self)
        self.words = WordHistory(self.document())

    def show_history(self, document: QTextDocument) -> None:
        """The history of a document that is put on the page, made for a new one."""
        found = document.findChild(WordHistory)
        self.words = found if found is not None else WordHistory(document)

    def can_undo(self) -> bool:
        """Whether a word can be taken back."""
        return self.words.can_undo and not self.isReadOnly()

    def can_redo(self) -> bool:
        """Whether one that was taken back can come again."""
        return self.words.can_redo and not self.isReadOnly()

    def undo(self) -> None:
        """Take back what was typed, pasted or replaced last."""
        if self.can_undo():
            self._go(self.words.undo())

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self.can_redo():
            self._go(self.words.redo())

    def _go(self, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(min(position, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            way = way_of(event)
            if (way == "undo" and not self.can_undo()) or (way == "redo" and not self.can_redo()):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = way_of(event)
        if way:
            self.undo() if way == "undo" else self.redo()
            event.accept()
            return
        super().keyPressEvent(event)

    def standard_menu(self) -> QMenu:
        """Qt's menu of a text, its first two items by our history."""
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            for name, can, act in (
                ("edit-undo", self.can_undo, self.undo),
                ("edit-redo", self.can_redo, self.redo),
            ):
                if action.objectName() == name:
                    action.triggered.disconnect()
                    action.triggered.connect(act)
                    action.setEnabled(can())
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.standard_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())


def way_of(event: QKeyEvent) -> str:
    """ "undo", "redo" or "" for what a key asks."""
    if event.matches(QKeySequence.StandardKey.Undo):
        return "undo"
    is_redo = event.matches(QKeySequence.StandardKey.Redo) or event.keyCombination() == REDO_TOO
    return "redo" if is_redo else ""
