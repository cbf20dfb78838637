"""Congress dates from a calendar file: what it holds, which of it is taken, and what was left out."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from medvoice.domain.errors import MedVoiceError, UserError
from medvoice.ui.models.embargo_words import day_text
from medvoice.ui.pages.network.acts import EventActs
from medvoice.ui.pages.settings.fields import ZoneField
from medvoice.ui.pages.settings.sheet import Sheet
from medvoice.ui.pages.settings.tick import TickBox
from medvoice.ui.strings import sentence_for
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.button import Button

if TYPE_CHECKING:
    from medvoice.services.calendars import Added
    from medvoice.services.ical import FoundEvent, Read
    from medvoice.ui.bridge import Desk

# Beyond this nobody reads a preview.
SHOWN, LEFT_OUT_SHOWN = 200, 20


class ImportSheet(Sheet):
    """`left(event id)` when the person is done; the id of the first event that was taken, "" for none."""

    left = Signal(str)

    def __init__(self, theme: Theme, acts: EventActs) -> None:
        super().__init__(theme, "")
        self.acts = acts
        self.setObjectName("import_sheet")
        self.read: Read | None = None
        self.boxes: list[tuple[TickBox, FoundEvent]] = []
        self.title.setText(self.tr("Import congress dates"))
        self.setAccessibleName(self.tr("Import congress dates"))
        back = Button(theme, self.tr("Back to the events"), kind="ghost", icon="chevron-left")
        back.setObjectName("import_back")
        back.clicked.connect(lambda: self.left.emit(""))
        self.head_row.addWidget(back)
        inner = self.add_card()
        self.said = Label(theme, "", "body", "text.secondary", wraps=True)
        self.said.setObjectName("import_said")
        inner.addWidget(self.said)
        words = self.tr("Where the file names no time zone, or none that is known here")
        self.zone = ZoneField(theme, "import_zone", self.tr("Time zone of these events"), words)
        inner.addWidget(self.zone)
        self.list = QVBoxLayout()
        self.list.setSpacing(theme.px(2))
        inner.addLayout(self.list)
        self.omitted = Label(theme, "", "small", "text.secondary", wraps=True)
        self.omitted.setObjectName("import_left_out")
        inner.addWidget(self.omitted)
        self.take = Button(theme, "", kind="primary", icon="download")
        self.take.setObjectName("import_take")
        self.take.clicked.connect(self._take)
        row = QHBoxLayout()
        row.addWidget(self.take)
        row.addStretch(1)
        inner.addLayout(row)
        self.finish()

    # Reading

    def open(self, path: str, home: str, shown: Callable[[], object]) -> None:
        """Read a file; `shown` once there is something to look at. One that cannot be read is said."""

        def done(pair: "tuple[Read, frozenset[tuple[str, str]]]") -> None:
            self._show(*pair, home)
            shown()
            first = self.boxes[0][0] if self.boxes else self.take
            QTimer.singleShot(0, self, lambda: first.setFocus(Qt.FocusReason.TabFocusReason))

        def failed(problem: BaseException) -> None:
            if isinstance(problem, MedVoiceError):
                self.acts.toast(sentence_for(problem), None, None)

        self.acts.bridge.work(
            lambda desk: read_file(desk, Path(path)), owner=self, on_done=done, on_error=failed
        )

    def _show(self, read: "Read", known: frozenset[tuple[str, str]], home: str) -> None:
        self.read = read
        for box, _found in self.boxes:
            self.list.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = []
        for found in read.events[:SHOWN]:
            is_known = (found.name.casefold(), found.first.isoformat()) in known
            box = TickBox(self.theme, found_words(found), self.middle)
            box.setObjectName(f"import_box_{len(self.boxes)}")
            box.setAccessibleName(box.text())
            box.setChecked(not is_known)
            box.setEnabled(not is_known)
            if is_known:
                box.setText(self.tr("{event} (known already)").format(event=box.text()))
            box.toggled.connect(lambda _on: self._count())
            self.boxes.append((box, found))
            self.list.addWidget(box)
        self.zone.put(home)
        self.zone.show_problem("")
        self.zone.setVisible(any(not found.zone for _box, found in self.boxes))
        self._say(read)
        self._count()

    def _say(self, read: "Read") -> None:
        count = len(read.events)
        words = self.tr("1 event in the file.") if count == 1 else self.tr("{n} events in the file.")
        self.said.setText(words.format(n=count) + self._more(count))
        why = left_out_words()
        lines = [f"{name}: {why.get(code, code)}" for name, code in read.left_out[:LEFT_OUT_SHOWN]]
        rest = len(read.left_out) - len(lines)
        if rest > 0:
            lines.append(self.tr("and {n} more").format(n=rest))
        self.omitted.setText("\n".join([self.tr("Left out:"), *lines]) if lines else "")
        self.omitted.setVisible(bool(lines))

    def _more(self, count: int) -> str:
        if count <= SHOWN:
            return ""
        return " " + self.tr("The first {n} are shown and can be taken.").format(n=SHOWN)

    def _chosen(self) -> "tuple[FoundEvent, ...]":
        return tuple(found for box, found in self.boxes if box.isChecked())

    def _count(self) -> None:
        count = len(self._chosen())
        words = self.tr("Add 1 event") if count == 1 else self.tr("Add {n} events").format(n=count)
        self.take.setText(words)
        self.take.setEnabled(count > 0)

    # Taking

    def _take(self) -> None:
        if self.read is None:
            return
        read = replace(self.read, events=self._chosen(), left_out=())
        self.acts.take_over(read, self.zone.value(), self._taken, self._refused)

    def _taken(self, added: "Added") -> None:
        self.left.emit(added.events[0].id if added.events else "")

    def _refused(self, problem: MedVoiceError) -> None:
        if problem.code == "zone_unknown":
            self.zone.show_problem(sentence_for(problem))
            self.zone.editor.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.acts.toast(sentence_for(problem), None, None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit("")
        else:
            super().keyPressEvent(event)


def read_file(desk: "Desk", path: Path) -> "tuple[Read, frozenset[tuple[str, str]]]":
    """The events of a file, and name and first day of those that are known. Work lane. Raises UserError
    `calendar_unreadable`, `calendar_too_large`."""
    from medvoice.services.ical import MAX_BYTES, read_events

    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)  # one byte more tells that it is too large
    except OSError as problem:
        raise UserError("calendar_unreadable", reason=problem.strerror or "") from problem
    known = desk.congresses.store.events()
    names = frozenset((each.name.casefold(), each.starts_on.isoformat()) for each in known)
    return read_events(raw), names


def found_words(found: "FoundEvent") -> str:
    """ "17 to 20 Nov 2026: European Forum, Vienna"."""
    first, last = found.first, found.last
    days = day_text(last, "d MMM yyyy")
    if first != last:
        days = f"{day_text(first, 'd MMM' if first.year == last.year else 'd MMM yyyy')} – {days}"
    return f"{days}: " + ", ".join(each for each in (found.name, found.place) if each)


def left_out_words() -> dict[str, str]:
    """Why an event of a file was left out."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("import_sheet", text)

    return {
        "no_date": tr("it has no date"),
        "date_unreadable": tr("its date cannot be read"),
        "ends_before": tr("it would end before it begins"),
        "repeats": tr("it repeats; a congress has its own days each time"),
        "too_many": tr("the file holds more events than can be taken at once"),
    }
