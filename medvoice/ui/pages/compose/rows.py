"""What the draft list shows: rows in sections, read in the work lane and judged in the check lane."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTime

from medvoice.domain.errors import UserError
from medvoice.domain.topic import Topic
from medvoice.ui.bridge import Desk

if TYPE_CHECKING:
    from medvoice.store.draft import DraftRow

SECTIONS = ("needs", "ready", "drafts", "ideas", "scheduled", "published")
# Rows of the list, and drafts looked at in one go: a check of what is typed may come between two goes.
SHOWN = 300
JUDGED = 12
WAITS = ("planned", "due", "waiting", "paused", "sending")
NEEDS = ("held", "unconfirmed", "missed", "refused", "handed_over", "partly")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Drafts", text)


@dataclass(frozen=True, slots=True)
class ListedDraft:
    """One row: the draft, its topic's slot, its section, and its state as icon and colour."""

    row: "DraftRow"
    slot: str
    section: str
    icon: str
    tone: str
    spoken: str


def section_title(section: str) -> str:
    return {
        "needs": _tr("Needs you"),
        "ready": _tr("Ready to schedule"),
        "drafts": _tr("Drafts"),
        "ideas": _tr("Ideas"),
        "scheduled": _tr("Scheduled"),
        "published": _tr("Published"),
    }[section]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one reading of the list brings. `now` is UTC."""

    rows: "tuple[DraftRow, ...]"
    topics: tuple[Topic, ...]
    now: datetime


def load_rows(desk: Desk, query: str) -> Loaded:
    """Rows for the list or for a search, the topics, and the present moment. Work lane."""
    rows = desk.drafting.search(query) if query.strip() else desk.drafting.list(limit=SHOWN)
    return Loaded(rows, desk.topics.list(), desk.clock.now())


def judge_rows(desk: Desk, rows: "tuple[DraftRow, ...]") -> dict[tuple[str, int], str]:
    """What is open in each draft that nobody scheduled yet: block, warn, ok, or empty. Check lane."""
    profile = desk.identity.get()
    found: dict[tuple[str, int], str] = {}
    for row in rows:
        try:
            draft = desk.drafting.get(row.id)
        except UserError:
            continue  # removed meanwhile
        channels = desk.clearing.looking.look(draft, profile)
        if not any(desk.checking.body_of(draft, channel) for channel in draft.channels_on):
            worst = "empty"
        elif any(each.blocks for each in channels):
            worst = "block"
        else:
            worst = "warn" if any(each.open_warnings for each in channels) else "ok"
        found[row.id, draft.revision] = worst
    return found


def listed(
    rows: "tuple[DraftRow, ...]", slots: Mapping[str, str], verdicts: Mapping[tuple[str, int], str]
) -> tuple[ListedDraft, ...]:
    """Rows in the order of their sections, newest first inside each."""
    made = [_listed(row, slots, verdicts) for row in rows]
    return tuple(sorted(made, key=lambda item: SECTIONS.index(item.section)))


def _listed(
    row: "DraftRow", slots: Mapping[str, str], verdicts: Mapping[tuple[str, int], str]
) -> ListedDraft:
    slot = slots.get(row.topic_id or "", "")
    state = row.delivery_state
    if state in WAITS:
        return ListedDraft(row, slot, "scheduled", "clock", "text.tertiary", _tr("scheduled"))
    if state in NEEDS:
        return ListedDraft(row, slot, "needs", "circle-alert", "danger.solid", _tr("needs you"))
    if state == "published":
        return ListedDraft(row, slot, "published", "circle-check", "ok.solid", _tr("published"))
    if row.is_idea:
        return ListedDraft(row, slot, "ideas", "lightbulb", "text.tertiary", _tr("idea"))
    verdict = verdicts.get((row.id, row.revision), "")
    if verdict == "block":
        return ListedDraft(row, slot, "needs", "octagon-alert", "danger.solid", _tr("must fix"))
    if verdict == "warn":
        return ListedDraft(row, slot, "needs", "triangle-alert", "warn.solid", _tr("to check"))
    if verdict == "ok":
        return ListedDraft(row, slot, "ready", "circle-check", "ok.solid", _tr("nothing found"))
    return ListedDraft(row, slot, "drafts", "pencil", "text.tertiary", _tr("draft"))


def when_words(row: "DraftRow", now: datetime) -> str:
    """When it goes out, or when it was edited, in words for people."""
    if row.due_at is not None and row.delivery_state in WAITS:
        due = row.due_at.astimezone()
        return QLocale().toString(
            QDateTime(QDate(due.year, due.month, due.day), QTime(due.hour, due.minute)), "ddd d MMM, HH:mm"
        )
    then, today = row.updated_at.astimezone(), now.astimezone()
    if (now - row.updated_at).total_seconds() < 90:
        return _tr("Edited now")
    days = (today.date() - then.date()).days
    if days == 0:
        return _tr("Today, {time}").format(time=then.strftime("%H:%M"))
    if days == 1:
        return _tr("Yesterday")
    day = then.date()
    return QLocale().toString(QDate(day.year, day.month, day.day), "ddd d MMM")
