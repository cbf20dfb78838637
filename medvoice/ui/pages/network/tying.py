"""Tying drafts to abstracts, from a draft or from an abstract: what can be chosen, and the deeds."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from medvoice.ui.bridge import Desk
from medvoice.ui.models.embargo_words import abstract_name, short_until
from medvoice.ui.pages.network.acts import Deed, EventActs, Then, free, held_words
from medvoice.ui.pages.queue.acts import person
from medvoice.ui.widgets.pick_popover import Pick, PickPopover

if TYPE_CHECKING:
    from medvoice.domain.outbox import Delivery

# More drafts are found by typing in Compose.
DRAFTS_OFFERED = 400


def _tr(text: str) -> str:
    return QCoreApplication.translate("tying", text)


def abstract_picks(desk: Desk, draft_id: str) -> tuple[Pick, ...]:
    """All abstracts, those that the draft draws on first and marked, then those of the nearest event. Work
    lane."""
    embargoes, now = desk.congresses.embargoes, desk.clock.now()
    zone = desk.identity.get().zone
    on = {each.abstract.id for each in embargoes.of(draft_id)}
    events = sorted(
        desk.congresses.store.events(), key=lambda event: (event.ends_on < now.date(), event.starts_on)
    )
    found: list[Pick] = []
    for event in events:
        for each in embargoes.of_event(event.id):
            over = _tr("embargo over")
            note = over if each.lift.is_over(now) else short_until(each.lift, zone, now)
            words = f"{note} · {event.name}"
            found.append(Pick(each.abstract.id, abstract_name(each.abstract), words, each.abstract.id in on))
    return tuple(sorted(found, key=lambda pick: not pick.is_on))


def draft_picks(desk: Desk, abstract_id: str) -> tuple[Pick, ...]:
    """Drafts that can draw on an abstract, those that do first and marked. Work lane."""
    on = set(desk.congresses.store.drafts_of([abstract_id]))
    rows = desk.drafting.list()[:DRAFTS_OFFERED]
    found = [Pick(row.id, row.title or row.first_line or _tr("Untitled"), "", row.id in on) for row in rows]
    return tuple(sorted(found, key=lambda pick: not pick.is_on))


def tie(acts: EventActs, draft_id: str, abstract_id: str, name: str) -> None:
    """The draft draws on the abstract from now on; what would go out before its embargo ends is held. Undo
    unties it and plans again what was held."""

    def do(desk: Desk) -> "Sequence[Delivery]":
        return desk.congresses.link(draft_id, abstract_id, person(desk))

    def back(desk: Desk, held: "Sequence[Delivery]") -> None:
        desk.congresses.unlink(draft_id, abstract_id, person(desk))
        free(desk, held)

    words = _tr("Draws on {name} now.").format(name=name)
    acts.run(Deed(do, lambda held: words + held_words(held), back, lambda desk, _held: do(desk)))


def untie(acts: EventActs, draft_id: str, abstract_id: str, name: str) -> None:
    """The draft draws on the abstract no more, which is recorded; Undo ties it again."""
    acts.run(
        Deed(
            lambda desk: desk.congresses.unlink(draft_id, abstract_id, person(desk)),
            lambda _gone: _tr("Draws on {name} no more. This is on record.").format(name=name),
            lambda desk, _gone: desk.congresses.link(draft_id, abstract_id, person(desk)),
            lambda desk, _gone: desk.congresses.unlink(draft_id, abstract_id, person(desk)),
        )
    )


def choose_abstract(acts: EventActs, parent: QWidget, anchor: QWidget, draft_id: str) -> PickPopover:
    """Let the person choose what a draft draws on."""
    made = PickPopover(acts.theme, parent, _tr("What this draft draws on"), _tr("Number, title or event"))
    made.setObjectName("tie_popover")
    made.say_empty(_tr("No abstract yet. Add an event with its abstracts in Network first."))

    def chosen(pick: Pick) -> None:
        (untie if pick.is_on else tie)(acts, draft_id, pick.key, pick.title)

    made.chosen.connect(chosen)
    acts.bridge.work(lambda desk: abstract_picks(desk, draft_id), owner=made, on_done=made.show_picks)
    made.show_below(anchor)
    return made


def choose_draft(
    acts: EventActs, parent: QWidget, anchor: QWidget, abstract_id: str, name: str
) -> PickPopover:
    """Let the person choose a draft that draws on an abstract."""
    made = PickPopover(acts.theme, parent, name, _tr("Title of a draft"))
    made.setObjectName("tie_draft_popover")
    made.say_empty(_tr("No draft yet."))

    def chosen(pick: Pick) -> None:
        (untie if pick.is_on else tie)(acts, pick.key, abstract_id, name)

    made.chosen.connect(chosen)
    acts.bridge.work(lambda desk: draft_picks(desk, abstract_id), owner=made, on_done=made.show_picks)
    made.show_below(anchor, is_right_aligned=True)
    return made


def start_draft(acts: EventActs, abstract_id: str, title: str, opened: Then) -> None:
    """A new draft that draws on the abstract, its title that of the abstract."""

    def do(desk: Desk) -> str:
        draft = desk.drafting.create(title=title, channels=("linkedin",))
        desk.congresses.link(draft.id, abstract_id, person(desk))
        return draft.id

    acts.run(Deed(do, lambda _id: ""), opened)
