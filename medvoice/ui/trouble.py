"""The workspace cannot be opened: what happened, what was kept, and the way back to the last backup."""

from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from medvoice.domain.errors import StorageError
from medvoice.ui.strings import words_for
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.button import Button

# Problems that end every call, so that a banner over an empty page would not do.
CODES = frozenset(
    {
        "workspace_damaged",
        "newer_workspace",
        "not_a_workspace",
        "workspace_unreadable",
        "home_unusable",
    }
)


class TroubleDialog(QDialog):
    """`backup_wanted(path)` when the person wants the last backup back, `again_wanted` to try once more."""

    backup_wanted = Signal(str)
    again_wanted = Signal()

    def __init__(self, theme: Theme, problem: StorageError, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("trouble_dialog")
        self.setWindowTitle(self.tr("MedVoice"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.backup = str(problem.params.get("backup") or "")
        words = words_for(problem)
        safe = words.safe
        if problem.code == "workspace_damaged" and not self.backup:
            next_words = self.tr("There is no backup yet. You can close MedVoice and copy the file.")
        elif self.backup:
            words_of = self.tr("The last backup is of {time}. What was written after that is not in it.")
            next_words = words_of.format(time=time_of(Path(self.backup)))
        else:
            next_words = words.next
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(theme, words.what, "panelTitle", wraps=True))
        for text in (safe, next_words):
            if text:
                column.addWidget(Label(theme, text, "body", "text.secondary", wraps=True, is_selectable=True))
        self.setAccessibleName(words.what)
        self.setMinimumWidth(theme.px(460))
        row = QHBoxLayout()
        row.addStretch(1)
        close = Button(theme, self.tr("Close MedVoice"))
        close.setObjectName("trouble_close")
        close.clicked.connect(self._close_all)
        row.addWidget(close)
        again = Button(theme, self.tr("Try again"), kind="default" if self.backup else "primary")
        again.setObjectName("trouble_again")
        again.clicked.connect(self._again)
        row.addWidget(again)
        if self.backup:
            use = Button(theme, self.tr("Use the last backup"), kind="primary")
            use.setObjectName("trouble_backup")
            use.clicked.connect(self._use_backup)
            row.addWidget(use)
        column.addLayout(row)

    def _use_backup(self) -> None:
        self.accept()
        self.backup_wanted.emit(self.backup)

    def _again(self) -> None:
        self.accept()
        self.again_wanted.emit()

    def _close_all(self) -> None:
        self.accept()
        parent = self.parentWidget()
        if parent is not None:
            parent.window().close()


def time_of(backup: Path) -> str:
    """When a backup was made, where the person is."""
    made = QDateTime.fromSecsSinceEpoch(int(backup.stat().st_mtime))
    return QLocale().toString(made, "ddd d MMM yyyy, HH:mm")
