"""What is done to events: one service call each on the work lane, with Undo."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject

from medvoice.domain.congress import Abstract, Event, Session
from medvoice.domain.errors import MedVoiceError
from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge, Desk
from medvoice.ui.models.embargo_words import abstract_name
from medvoice.ui.pages.queue.acts import Toast, person
from medvoice.ui.strings import sentence_for
from medvoice.ui.theme import Theme

if TYPE_CHECKING:
    from medvoice.domain.outbox import Delivery
    from medvoice.services.calendars import Added
    from medvoice.services.ical import Read

ALL = Changes.of(drafts=["*"], deliveries=["*"])
Then = Callable[[Any], None]
Failed = Callable[[MedVoiceError], None]


def _tr(text: str) -> str:
    return QCoreApplication.translate("EventActs", text)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something to do and its way back. `do` answers a value, of which `words` makes a sentence; `undo` and
    `redo` take it. All but `words` run on the work lane."""

    do: Callable[[Desk], Any]
    words: Callable[[Any], str]
    undo: Callable[[Desk, Any], object] | None = None
    redo: Callable[[Desk, Any], object] | None = None


def held_words(held: "Sequence[Delivery]") -> str:
    """What a later embargo holds back, as a further sentence; "" for nothing."""
    if not held:
        return ""
    if len(held) == 1:
        return " " + _tr("1 post would go out too early: it is held.")
    return " " + _tr("{n} posts would go out too early: they are held.").format(n=len(held))


def free(desk: Desk, held: "Sequence[Delivery]") -> None:
    """Plan again what was held, where its time is still ahead and nothing else holds it."""
    for each in held:
        if each.due_at > desk.clock.now():
            desk.queueing.move(each.id, each.wall, each.zone, person(desk))


class EventActs(QObject):
    """UI thread only. Each deed tells itself by a toast that takes it back; `then` gets its value. Where no
    `failed` takes a refusal, the toast says it."""

    def __init__(self, theme: Theme, bridge: Bridge, toast: Toast, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.bridge = bridge
        self.toast = toast

    def run(self, deed: Deed, then: Then | None = None, failed: Failed | None = None) -> None:
        """Do it, tell it, and offer the way back."""

        def done(value: Any) -> None:
            undo, redo = deed.undo, deed.redo
            back = (lambda: self._again(undo, value)) if undo is not None else None
            again = (lambda: self._again(redo, value)) if redo is not None else None
            words = deed.words(value)
            if words:
                self.toast(words, back, again)
            if then is not None:
                then(value)

        self.bridge.work(
            deed.do, owner=self, on_done=done, on_error=lambda each: self._failed(each, failed), changes=ALL
        )

    def _again(self, act: Callable[[Desk, Any], object], value: Any) -> None:
        self.bridge.work(
            lambda desk: act(desk, value) and None,
            owner=self,
            on_error=lambda each: self._failed(each, None),
            changes=ALL,
        )

    def _failed(self, problem: BaseException, failed: Failed | None) -> None:
        if not isinstance(problem, MedVoiceError):
            return  # a bug was told by the bridge
        if failed is not None:
            failed(problem)
        else:
            self.toast(sentence_for(problem), None, None)

    # Events

    def add_event(self, fields: dict[str, Any], then: Then, failed: Failed) -> None:
        """Add an event; `fields` are those of `Congresses.add_event`."""
        self.run(
            Deed(
                lambda desk: desk.congresses.add_event(**fields),
                lambda event: _tr("Added: {name}").format(name=event.name),
                lambda desk, event: desk.congresses.remove_event(event.id),
                lambda desk, event: desk.congresses.put_back(event),
            ),
            then,
            failed,
        )

    def change_event(self, old: Event, fields: dict[str, Any], then: Then, failed: Failed) -> None:
        """Change an event; Undo brings the old fields back, and what was held for it out of that."""
        before = {name: getattr(old, name) for name in fields}

        def back(desk: Desk, value: "tuple[Event, Sequence[Delivery]]") -> None:
            desk.congresses.change_event(old.id, person(desk), **before)
            free(desk, value[1])

        self.run(
            Deed(
                lambda desk: desk.congresses.change_event(old.id, person(desk), **fields),
                lambda value: _tr("Changed: {name}").format(name=value[0].name) + held_words(value[1]),
                back,
                lambda desk, _value: desk.congresses.change_event(old.id, person(desk), **fields),
            ),
            lambda value: then(value[0]),
            failed,
        )

    def remove_event(self, event: Event, then: Then | None = None) -> None:
        """Forget an event with its programme; Undo brings all of it back."""

        def do(desk: Desk) -> tuple[tuple[Session, ...], tuple[Abstract, ...]]:
            store = desk.congresses.store
            kept = (store.sessions(event.id), store.abstracts(event.id))
            desk.congresses.remove_event(event.id)
            return kept

        self.run(
            Deed(
                do,
                lambda _kept: _tr("Removed: {name}").format(name=event.name),
                lambda desk, kept: desk.congresses.put_back(event, *kept),
                lambda desk, _kept: desk.congresses.remove_event(event.id),
            ),
            then,
        )

    # Sessions

    def add_session(self, event: Event, title: str, wall: str, then: Then, failed: Failed) -> None:
        """Add a session that starts at a wall time of the event."""
        self.run(
            Deed(
                lambda desk: desk.congresses.add_session(event.id, title, wall),
                lambda session: _tr("Session added: {title}").format(title=session.title),
                lambda desk, session: desk.congresses.remove_session(session.id, person(desk)),
                lambda desk, session: desk.congresses.put_back(event, [session]),
            ),
            then,
            failed,
        )

    def change_session(self, old: Session, title: str, wall: str, then: Then, failed: Failed) -> None:
        """Let a session have another name or start; what would go out too early is held."""

        def back(desk: Desk, value: "tuple[Session, Sequence[Delivery]]") -> None:
            desk.congresses.change_session(old.id, person(desk), old.title, old.wall)
            free(desk, value[1])

        self.run(
            Deed(
                lambda desk: desk.congresses.change_session(old.id, person(desk), title, wall),
                lambda value: _tr("Session changed: {t}").format(t=value[0].title) + held_words(value[1]),
                back,
                lambda desk, _value: desk.congresses.change_session(old.id, person(desk), title, wall),
            ),
            lambda value: then(value[0]),
            failed,
        )

    def remove_session(self, event: Event, session: Session) -> None:
        """Forget a session. Embargoes that wait for it have no known end then; Undo ties them to it again."""

        def do(desk: Desk) -> "tuple[tuple[Abstract, ...], Sequence[Delivery]]":
            shown = [a for a in desk.congresses.store.abstracts(event.id) if a.session_id == session.id]
            return tuple(shown), desk.congresses.remove_session(session.id, person(desk))

        def back(desk: Desk, kept: "tuple[tuple[Abstract, ...], Sequence[Delivery]]") -> None:
            desk.congresses.put_back(event, [session], kept[0])
            free(desk, kept[1])

        self.run(
            Deed(
                do,
                lambda kept: _tr("Session removed: {t}").format(t=session.title) + held_words(kept[1]),
                back,
                lambda desk, _kept: desk.congresses.remove_session(session.id, person(desk)),
            )
        )

    # Abstracts

    def add_abstract(self, event: Event, fields: dict[str, Any], then: Then, failed: Failed) -> None:
        """Add an abstract; `fields` are those of `Congresses.add_abstract`."""
        self.run(
            Deed(
                lambda desk: desk.congresses.add_abstract(event.id, **fields),
                lambda abstract: _tr("Abstract added: {name}").format(name=abstract_name(abstract)),
                lambda desk, abstract: desk.congresses.remove_abstract(abstract.id),
                lambda desk, abstract: desk.congresses.put_back(event, (), [abstract]),
            ),
            then,
            failed,
        )

    def change_abstract(self, old: Abstract, fields: dict[str, Any], then: Then, failed: Failed) -> None:
        """Change an abstract; what would go out too early is held."""
        before = {name: getattr(old, name) for name in fields}

        def back(desk: Desk, value: "tuple[Abstract, Sequence[Delivery]]") -> None:
            desk.congresses.change_abstract(old.id, person(desk), **before)
            free(desk, value[1])

        self.run(
            Deed(
                lambda desk: desk.congresses.change_abstract(old.id, person(desk), **fields),
                lambda value: (
                    _tr("Abstract changed: {name}").format(name=abstract_name(value[0]))
                    + held_words(value[1])
                ),
                back,
                lambda desk, _value: desk.congresses.change_abstract(old.id, person(desk), **fields),
            ),
            lambda value: then(value[0]),
            failed,
        )

    def remove_abstract(self, event: Event, abstract: Abstract) -> None:
        """Forget an abstract on which no draft draws."""
        self.run(
            Deed(
                lambda desk: desk.congresses.remove_abstract(abstract.id),
                lambda _value: _tr("Abstract removed: {name}").format(name=abstract_name(abstract)),
                lambda desk, _value: desk.congresses.put_back(event, (), [abstract]),
                lambda desk, _value: desk.congresses.remove_abstract(abstract.id),
            )
        )

    # Calendars of others

    def take_over(self, read: "Read", zone: str, then: Then, failed: Failed) -> None:
        """Keep the events of a calendar file; Undo forgets those that were new."""
        from medvoice.services.calendars import Calendars

        def do(desk: Desk) -> "Added":
            return Calendars(desk.db, desk.clock, desk.planning, desk.congresses).add_events(read, zone)

        def back(desk: Desk, added: "Added") -> None:
            for each in added.events:
                desk.congresses.remove_event(each.id)

        def again(desk: Desk, added: "Added") -> None:
            for each in added.events:
                desk.congresses.put_back(each)

        def words(added: "Added") -> str:
            count = len(added.events)
            return _tr("1 event added") if count == 1 else _tr("{n} events added").format(n=count)

        self.run(Deed(do, words, back, again), then, failed)
