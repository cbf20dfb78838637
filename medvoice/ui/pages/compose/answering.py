"""The person's answers to findings and boxes, each saved first so that it is for the text on the screen."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from medvoice.domain.clock import wall_to_utc
from medvoice.domain.errors import FindingsBlock, MedVoiceError
from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge, Desk
from medvoice.ui.pages.compose.lanes import Opened, read_draft
from medvoice.ui.pages.compose.session import Session
from medvoice.ui.pages.compose.todo import Facts
from medvoice.ui.strings import sentence_for

if TYPE_CHECKING:
    from medvoice.services.standing import Standing

# Says a sentence; with a function, the deed can be taken back, and with a second one done again.
Toast = Callable[..., None]


class Answering(QObject):
    """What `Planning` is built on: acts on the open draft, one after the other on the work lane."""

    bridge: Bridge
    session: Session
    toast: Toast
    facts: Facts
    _standing: "Standing | None"

    def tick(self, code: str, is_on: bool) -> None:
        """Tick or untick a box for exactly this text."""
        by = self.person()
        if is_on:
            self._answer(lambda desk, draft_id: desk.clearing.tick(draft_id, code, by))
        else:
            self._answer(lambda desk, draft_id: desk.clearing.untick(draft_id, code, by))

    def reconfirm(self) -> None:
        """Tick again what was ticked for the text before and has not changed."""
        by = self.person()
        self._answer(lambda desk, draft_id: desk.clearing.reconfirm(draft_id, by))

    def dismiss(self, rule: str, reason: str) -> None:
        """Set a rule's warnings aside, with the reason; Undo opens them again."""
        by, draft_id = self.person(), self._draft_id()
        quotes = {
            finding.quote
            for each in (self._standing.per_channel if self._standing else ())
            for finding in each.open_warnings
            if finding.rule == rule
        }

        def aside(desk: Desk, draft_id: str) -> object:
            return desk.clearing.dismiss_rule(draft_id, rule, reason, by)

        def undo() -> None:
            self._answer(
                lambda desk, draft_id: [desk.clearing.undismiss(draft_id, rule, q, by) for q in quotes],
                draft_id=draft_id,
            )

        def redo() -> None:
            self._answer(aside, draft_id=draft_id)

        words = self.tr("Set aside, with your reason on record")
        self._answer(aside, lambda: self.toast(words, undo, redo))

    def undismiss(self, rule: str, quote: str) -> None:
        """Open a warning again; Undo sets it aside once more, with the reason that stood there."""
        by, draft_id, reasons = self.person(), self._draft_id(), []

        def reopen(desk: Desk, draft_id: str) -> object:
            kept = desk.clearing.store.dismissals(draft_id)
            reasons.extend(each.reason for each in kept if (each.rule, each.quote) == (rule, quote))
            return desk.clearing.undismiss(draft_id, rule, quote, by)

        def undo() -> None:
            self._answer(
                lambda desk, draft_id: desk.clearing.dismiss(draft_id, rule, quote, reasons[-1], by),
                draft_id=draft_id,
            )

        def redo() -> None:
            self._answer(reopen, draft_id=draft_id)

        def told() -> None:
            way = (undo, redo) if reasons else (None, None)
            self.toast(self.tr("Open again"), *way)

        self._answer(reopen, told)

    def route(self, rule: str, reference: str, since: str) -> None:
        """Note that a possible adverse event went to safety: their reference and since when it is known."""
        by, zone = self.person(), self.facts.profile.zone
        self._answer(
            lambda desk, draft_id: desk.clearing.route(
                draft_id, rule, reference, wall_to_utc(since, zone), by
            )
        )

    def know_since(self, at: datetime) -> None:
        """Note since when the person knows of a possible adverse event (UTC)."""
        self._answer(lambda desk, draft_id: desk.clearing.know_since(draft_id, at))

    def misread(self, rule: str, reason: str) -> None:
        """Note that these words tell of no adverse event."""
        by = self.person()
        self._answer(lambda desk, draft_id: desk.clearing.misread(draft_id, rule, reason, by))

    def switch_disclaimer(self, channel: str, is_on: bool) -> None:
        """Add the sentence that says whose view it is to a channel, or take it off."""
        draft = self.session.draft
        if draft is None:
            return
        if not is_on:
            self.session.set_variant(channel, disclaimer="")
            return

        def done(sentence: str) -> None:
            if self.session.draft is not None and self.session.draft.id == draft.id:
                self.session.set_variant(channel, disclaimer=sentence)

        self.bridge.work(lambda desk: desk.clearing.disclaimer_for(draft, channel), owner=self, on_done=done)

    def _draft_id(self) -> str:
        return self.session.draft.id if self.session.draft is not None else ""

    def _answer(
        self,
        act: Callable[[Desk, str], object],
        then: Callable[[], None] | None = None,
        draft_id: str = "",
    ) -> None:
        """Save first, so that the answer is for the text on the screen, then act and show. `draft_id` is the
        draft that is meant, the open one when it is ""."""
        meant = draft_id or self._draft_id()
        if not meant:
            return

        def go() -> None:
            self.work(lambda desk: act(desk, meant), lambda _v: then() if then else None, meant)

        self.session.save()
        self.session.after_saving(go)

    def person(self) -> str:
        """Who signs what is done here."""
        return self.facts.profile.name.strip() or self.tr("you")

    def work(self, fn: Callable[[Desk], Any], then: Callable[[Any], None], draft_id: str) -> None:
        """Run a use case on a draft, then show that draft as it stands after it, where it is the open one."""

        def work(desk: Desk) -> tuple[tuple[Any, Opened], Changes]:
            value = fn(desk)
            return (value, read_draft(desk, draft_id)), Changes.of(drafts=[draft_id], deliveries=["*"])

        def done(pair: tuple[Any, Opened]) -> None:
            value, opened = pair
            self.session.adopt(opened)
            then(value)

        self.bridge.work(work, owner=self, on_done=done, on_error=partial(self._failed, draft_id))

    def _failed(self, draft_id: str, problem: BaseException) -> None:
        self.session.reload()
        self.show_standing(self._standing)
        if isinstance(problem, FindingsBlock) and draft_id == self._draft_id():
            self.say_left()
        elif isinstance(problem, MedVoiceError):
            self.toast(sentence_for(problem), None)

    def show_standing(self, standing: "Standing | None") -> None:
        """Say where the draft stands."""
        raise NotImplementedError

    def say_left(self) -> None:
        """Something is left before it can be cleared: show it."""
        raise NotImplementedError
