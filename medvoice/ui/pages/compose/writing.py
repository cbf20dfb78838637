"""What a person does with the text as a whole: find in it, look at it alone, set its type."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt

if TYPE_CHECKING:
    from medvoice.ui.pages.compose.page import ComposePage

TYPESET = "typeset"


class Writing(QObject):
    """The acts of a page; each is a method, so that a key, a menu and a click do the same. `look` keeps what
    the person chose for the page."""

    def __init__(self, page: "ComposePage", look: QSettings) -> None:
        super().__init__(page)
        self.page, self._look = page, look
        self._was_shown = (True, True)
        self.is_alone = False
        page.column.editor.is_typeset = bool(look.value(TYPESET, False, type=bool))
        page.column.told.connect(lambda words: page.toast(words, None))
        page.column.replaced.connect(self._replaced)
        page.column.editor.escaped.connect(self.escape)

    # Find and replace

    def find(self) -> None:
        """Find in the text (Ctrl+F)."""
        if self.page.has_draft:
            self.page.column.find_bar().open()

    def replace(self) -> None:
        """Find and replace in the text (Ctrl+H)."""
        if self.page.has_draft:
            self.page.column.find_bar().open_replacing()

    def find_next(self) -> None:
        """The next place of the words looked for; without any, the field to type them (F3)."""
        self._find_step(1)

    def find_previous(self) -> None:
        """As `find_next`, backwards (Shift+F3)."""
        self._find_step(-1)

    def _find_step(self, by: int) -> None:
        if not self.page.has_draft:
            return
        bar = self.page.column.find_bar()
        if bar.isVisible() and bar.words.text():
            bar.step(by)
        else:
            bar.open()

    def undo(self) -> None:
        """Take back the last change of the text."""
        self.page.column.editor.undo()

    def redo(self) -> None:
        """Bring back what was taken back."""
        self.page.column.editor.redo()

    def _replaced(self, words: str) -> None:
        """All places were replaced in one step, which can be taken back while it is the last one."""
        editor = self.page.column.editor
        after = editor.text()

        def undo() -> bool:
            is_last = editor.text() == after
            if is_last:
                editor.undo()
            else:
                self.page.toast(self.tr("You wrote since: Ctrl+Z in the text takes back step by step."), None)
            return is_last

        self.page.toast(words, undo)

    # The whole draft

    def duplicate(self) -> None:
        """A copy of the open draft, open itself."""
        if self.page.session.draft is not None:
            self.page.drafts.away.duplicate(self.page.session.draft.id)

    def archive(self) -> None:
        """Put the open draft into the archive."""
        if self.page.session.draft is not None:
            self.page.drafts.archive(self.page.session.draft.id)

    def restore(self) -> None:
        """Take the open draft out of the archive."""
        if self.page.session.draft is not None:
            self.page.drafts.away.restore(self.page.session.draft.id)

    def is_archived(self) -> bool:
        """Whether the open draft lies in the archive."""
        draft = self.page.session.draft
        return draft is not None and draft.archived_at is not None

    def filter_drafts(self) -> None:
        """Choose what the list shows."""
        self.page.frame.show_list()
        self.page.drafts.list.filter.open_menu(self.page.drafts.list.filter_button)

    def show_archive(self) -> None:
        """The drafts that were put away, in the list."""
        self.page.frame.show_list()
        self.page.drafts.list.filter.choose(state="archive")

    def show_all_drafts(self) -> None:
        """All drafts in the list again."""
        self.page.frame.show_list()
        self.page.drafts.list.show_all()

    # Only the page

    def switch_focus_mode(self) -> None:
        """Nothing but the text, or everything again (Ctrl+Shift+F11)."""
        page, frame = self.page, self.page.frame
        if not self.is_alone and not page.has_draft:
            return
        self.is_alone = not self.is_alone
        if self.is_alone:
            self._was_shown = (not frame.drafts.isHidden(), not frame.pane.isHidden())
            frame.drawer.hide()
        is_shown = not self.is_alone
        page.bar.setVisible(is_shown)
        page.column.set_alone(self.is_alone)
        frame.pane.setVisible(is_shown and self._was_shown[1])
        if not frame.is_narrow:
            frame.drafts.setVisible(is_shown and self._was_shown[0])
        page.focus_mode_switched.emit(self.is_alone)
        page.column.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def escape(self) -> None:
        """One step back out of the text (Esc): focus mode, the find bar, then the list where it is shown."""
        found = self.page.column.find_bar_shown()
        if self.is_alone:
            self.leave_focus_mode()
        elif found is not None:
            found.close_up()
        elif self.page.drafts.list.view.isVisible():
            self.page.drafts.list.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave_focus_mode(self) -> None:
        """Everything again; nothing happens where everything is there."""
        if self.is_alone:
            self.switch_focus_mode()

    def switch_typeset(self) -> None:
        """Round quotes and dashes while typing, on or off; kept."""
        editor = self.page.column.editor
        editor.is_typeset = not editor.is_typeset
        self._look.setValue(TYPESET, editor.is_typeset)
        on = self.tr("Quotes and dashes become round while you type.")
        off = self.tr("Quotes and dashes stay as you type them.")
        self.page.toast(on if editor.is_typeset else off, None)
