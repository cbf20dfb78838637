"""Brings the window's commands together: book, menus and keys, palette, shortcut sheet, undo."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from medvoice.ui.commands.book import CommandBook
from medvoice.ui.commands.command import Command
from medvoice.ui.commands.compose import compose_commands
from medvoice.ui.commands.letters import Letters
from medvoice.ui.commands.menus import Menus
from medvoice.ui.commands.undo import UndoStack
from medvoice.ui.commands.window import window_commands
from medvoice.ui.editor.words_edit import WordsEdit
from medvoice.ui.pages.compose.page import ComposePage

if TYPE_CHECKING:
    from medvoice.ui.commands.palette import Palette
    from medvoice.ui.commands.shortcut_sheet import ShortcutSheet
    from medvoice.ui.main_window import MainWindow


@runtime_checkable
class Offers(Protocol):
    """A page that says what can be done on it."""

    def commands(self) -> Sequence[Command]: ...


class CommandHub(QObject):
    """UI thread only. Made once the window can be used; palette and sheet when they are first asked for."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.stack = UndoStack.of(window)
        self.book = CommandBook(self)
        self.letters = Letters(window.look, self)
        self._palette: Palette | None = None
        self._sheet: ShortcutSheet | None = None
        self.book.set_source("window", window_commands(window, self))
        self._offer(window.page())
        self.menus = Menus(window, self.book)
        self.book.told.connect(self._tell)
        self.stack.taken_back.connect(self._taken_back)
        self.stack.done_again.connect(self._done_again)
        window.page_shown.connect(self._offer)

    def _offer(self, key: str) -> None:
        """The page in front says what can be done on it."""
        page = self._window.page_of(key)
        offered: list[Command] = compose_commands(page) if isinstance(page, ComposePage) else []
        if isinstance(page, Offers):
            offered.extend(page.commands())
        self.book.set_source("page", offered)
        if page is not None and any(len(command.local_keys) == 1 for command in offered):
            self.letters.guard(page)

    def _tell(self, reason: str) -> None:
        self._window.tell(f"{reason[:1].upper()}{reason[1:]}.")

    # Undo

    def can_undo(self) -> bool:
        return self._text_can("undo") or bool(self.stack.undo_label)

    def can_redo(self) -> bool:
        return self._text_can("redo") or bool(self.stack.redo_label)

    def undo_detail(self) -> str:
        return self._typing() if self._text_can("undo") else self.stack.undo_label

    def redo_detail(self) -> str:
        return self._typing() if self._text_can("redo") else self.stack.redo_label

    def undo(self) -> None:
        """Take back what was typed last where a text has the focus, else what was done last."""
        field = self._field()
        if field is not None and self._text_can("undo"):
            field.undo()
        else:
            self.stack.undo()

    def redo(self) -> None:
        field = self._field()
        if field is not None and self._text_can("redo"):
            field.redo()
        else:
            self.stack.redo()

    def _typing(self) -> str:
        return QCoreApplication.translate("Commands", "what was typed")

    def _field(self) -> QTextEdit | QPlainTextEdit | QLineEdit | None:
        palette = self._palette
        focus: QWidget | None = self._window.focusWidget()
        if palette is not None and palette.isVisible():
            focus = palette.came_from
        return focus if isinstance(focus, QTextEdit | QPlainTextEdit | QLineEdit) else None

    def _text_can(self, way: str) -> bool:
        field = self._field()
        if isinstance(field, QLineEdit):
            return field.isUndoAvailable() if way == "undo" else field.isRedoAvailable()
        if field is None:
            return False
        if isinstance(field, WordsEdit):
            return field.can_undo() if way == "undo" else field.can_redo()
        document = field.document()
        return document.isUndoAvailable() if way == "undo" else document.isRedoAvailable()

    def _taken_back(self, label: str) -> None:
        self._window.tell(QCoreApplication.translate("Commands", "Taken back: {deed}").format(deed=label))

    def _done_again(self, label: str) -> None:
        self._window.tell(QCoreApplication.translate("Commands", "Done again: {deed}").format(deed=label))

    # What floats

    def show_palette(self) -> None:
        """Ctrl+K."""
        if self._palette is None:
            from medvoice.ui.commands.palette import Palette

            self._palette = Palette(self._window.theme, self.book, self._window)
            self._palette.draft_chosen.connect(self._window.open_draft)
            self._palette.drafts_wanted.connect(self._find_drafts)
            self._palette.place_chosen.connect(self._go_to_place)
        self._palette.open()

    def _find_drafts(self, query: str) -> None:
        from medvoice.ui.commands.found_drafts import find_drafts

        palette = self._palette
        if palette is not None:
            self._window.bridge.work(
                lambda desk: find_drafts(desk, query), owner=palette, on_done=palette.show_drafts
            )

    def _go_to_place(self, kind: str, key: str) -> None:
        """The drafts of a topic or a channel in the list, or an account in the settings."""
        window = self._window
        if kind == "account":
            window.show_settings("accounts")
            return
        window.show_page("compose")
        window.compose.frame.show_list()
        drafts = window.compose.drafts.list
        drafts.show_all()
        drafts.filter.choose(
            topic_id=key if kind == "topic" else "", state="", channel=key if kind == "channel" else ""
        )
        drafts.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_keys(self) -> None:
        """F1."""
        if self._sheet is None:
            from medvoice.ui.commands.shortcut_sheet import ShortcutSheet

            self._sheet = ShortcutSheet(self._window.theme, self.book, self._window)
        self._sheet.open()

    def toggle_menu(self) -> None:
        """F10."""
        self.menus.toggle_bar()
