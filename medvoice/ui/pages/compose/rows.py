"""What the draft list shows: rows in sections, read in the work lane and judged in the check lane."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTime

from medvoice.domain.clock import to_text
from medvoice.domain.errors import UserError
from medvoice.domain.topic import Topic
from medvoice.ui.bridge import Desk
from medvoice.ui.models.moments import local

if TYPE_CHECKING:
    from medvoice.store.draft import DraftRow
    from medvoice.store.draft_shelf import DraftKey, Found, ShelfFilter

SECTIONS = ("needs", "ready", "drafts", "ideas", "scheduled", "published", "archive")
# Rows that are read before anything else, and so many at a time while scrolling.
FIRST, AT_A_TIME = 100, 60
# Drafts the palette may offer, and the newest ones, which get their verdict first.
SHOWN = 300
# Drafts looked at in one go: a check of what is typed may come between two goes.
JUDGED = 12
# Of those behind the newest so many at a time, and only while the keys rest.
JUDGED_OLDER, OLDER_MS = 4, 250
# In a longer list the rows behind the newest get their marks at once and their sections when all are looked
# at: to move one costs a walk through the list.
MOVED_UP_TO = 5000
KEPT_FOR = timedelta(days=30)  # as services.drafting.ARCHIVE_DAYS; a test holds them equal
WAITS = ("planned", "due", "waiting", "paused", "sending")
BY_VERDICT = {"block": "needs", "warn": "needs", "ok": "ready"}
# Sections whose mark gives way to the lock of an embargo: what must be fixed, or has gone out, says more.
HOLDS = ("ready", "drafts", "ideas", "scheduled")
NEEDS = ("held", "unconfirmed", "missed", "refused", "handed_over", "partly")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Drafts", text)


@dataclass(frozen=True, slots=True)
class ListedDraft:
    """One row: the draft, its topic's slot, its section, its state as icon and colour, and where a search
    found its words (None without a search), its topic's name."""

    row: "DraftRow"
    slot: str
    section: str
    icon: str
    tone: str
    spoken: str
    found: "Found | None" = None
    topic: str = ""


def section_title(section: str) -> str:
    return {
        "needs": _tr("Needs you"),
        "ready": _tr("Ready to schedule"),
        "drafts": _tr("Drafts"),
        "ideas": _tr("Ideas"),
        "scheduled": _tr("Scheduled"),
        "published": _tr("Published"),
        "archive": _tr("Archive"),
    }[section]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one reading for the palette brings. `now` is UTC."""

    rows: "tuple[DraftRow, ...]"
    topics: tuple[Topic, ...]
    now: datetime


def load_rows(desk: Desk, query: str) -> Loaded:
    """The newest rows or those of a search, the topics, and the present moment. Work lane."""
    rows = desk.drafting.search(query) if query.strip() else desk.drafting.list(limit=SHOWN)
    return Loaded(rows, desk.topics.list(), desk.clock.now())


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is asked for: the filter, and the sections to show (all when there are none)."""

    shelf: "ShelfFilter"
    sections: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shelf:
    """The list as read: ids by section (what is scheduled by its time, all else by its last change), the
    newest keys in order, those behind them that nobody looked at (id and revision), the rows of the first
    screenful, topics, and in words what an embargo holds back (not with the first look).

    `count` is how many drafts are shown; `is_whole` is False for the first look at a long list.
    """

    sections: tuple[tuple[str, tuple[str, ...]], ...]
    newest: "tuple[DraftKey, ...]"
    older: tuple[tuple[str, int], ...]
    rows: "tuple[DraftRow, ...]"
    found: "Mapping[str, Found]"
    topics: tuple[Topic, ...]
    now: datetime
    count: int
    is_whole: bool
    waits: Mapping[str, str]


def load_shelf(
    desk: Desk, wanted: Wanted, verdicts: Mapping[tuple[str, int], str], *, first_only: bool = False
) -> Shelf:
    """Read the list; with `first_only` the newest drafts alone, which is quick at any length. Work lane."""
    from medvoice.store.draft_shelf import DraftKey, DraftShelf

    shelf = DraftShelf(desk.db)
    rows: tuple[DraftRow, ...] = ()
    if first_only:
        rows = shelf.newest(wanted.shelf, FIRST)
        lines = [(row.id, row.revision, int(row.is_idea), row.delivery_state) for row in rows]
    else:
        lines = shelf.outline(wanted.shelf)
    groups: dict[str, list[str]] = {}
    for draft_id, revision, is_idea, state in lines:
        verdict = verdicts.get((draft_id, revision), "")
        section = "archive" if wanted.shelf.is_archived else section_for(state, verdict, is_idea=is_idea)
        if not wanted.sections or section in wanted.sections:
            groups.setdefault(section, []).append(draft_id)
    if len(groups.get("scheduled", ())) > 1:
        # The first look takes no further question: its rows know their times.
        due = {row.id: to_text(row.due_at) for row in rows if row.due_at} if first_only else shelf.due()
        groups["scheduled"].sort(key=lambda each: due.get(each, ""))
    sections = tuple((name, tuple(groups[name])) for name in SECTIONS if name in groups)
    if not first_only:
        rows = shelf.rows([each for _name, ids in sections for each in ids[:AT_A_TIME]][:AT_A_TIME])
    found = shelf.found(wanted.shelf.query, [row.id for row in rows]) if wanted.shelf.query else {}
    return Shelf(
        sections,
        tuple(DraftKey(each, revision, bool(idea), state) for each, revision, idea, state in lines[:SHOWN]),
        tuple(
            (each, revision)
            for each, revision, idea, state in lines[SHOWN:]
            if not state and not idea and (each, revision) not in verdicts
        ),
        rows,
        found,
        desk.topics.list(),
        present(desk),
        sum(len(ids) for _name, ids in sections),
        not first_only or len(rows) < FIRST,
        {} if first_only else load_waits(desk),
    )


def load_waits(desk: Desk) -> dict[str, str]:
    """What holds drafts back: "under embargo until 19 Nov, 09:00", where the person is. Work lane."""
    from medvoice.services.embargoes import Embargoes

    waiting = Embargoes(desk.db, desk.clock).waiting()
    if not waiting:
        return {}
    from medvoice.ui.models.embargo_words import plain_until

    home, now = desk.identity.get().zone, desk.clock.now()
    untils = {draft_id: plain_until(each.lift, home, now) for draft_id, each in waiting.items()}
    words, unknown = _tr("under embargo until {moment}"), _tr("under embargo, its end is not known")
    return {each: words.format(moment=until) if until else unknown for each, until in untils.items()}


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of the list. `gone` are ids that were asked for and are not in the workspace."""

    rows: "tuple[DraftRow, ...]"
    found: "Mapping[str, Found]"
    gone: frozenset[str]
    now: datetime
    waits: Mapping[str, str]


def load_page(desk: Desk, ids: Sequence[str], query: str) -> Page:
    """These rows, with the words of the search in them. Work lane."""
    from medvoice.store.draft_shelf import DraftShelf

    shelf = DraftShelf(desk.db)
    rows = shelf.rows(ids)
    found = shelf.found(query, ids) if query else {}
    return Page(rows, found, frozenset(ids) - {row.id for row in rows}, present(desk), load_waits(desk))


def present(desk: Desk) -> datetime:
    """The present moment in the person's own zone, wherever the computer is."""
    return local(desk.clock.now(), desk.identity.get().zone)


def section_of(
    key: "DraftKey | DraftRow", verdicts: Mapping[tuple[str, int], str], is_archived: bool = False
) -> str:
    """Where a draft stands in the list. One nobody looked at is an ordinary draft."""
    if is_archived:
        return "archive"
    return section_for(key.delivery_state, verdicts.get((key.id, key.revision), ""), is_idea=int(key.is_idea))


def section_for(state: str, verdict: str, *, is_idea: int) -> str:
    """The section of a draft by the word of its delivery's state and what a look at it found."""
    if state in WAITS:
        return "scheduled"
    if state in NEEDS:
        return "needs"
    if state == "published":
        return "published"
    return "ideas" if is_idea else BY_VERDICT.get(verdict, "drafts")


def is_to_judge(key: "DraftKey", verdicts: Mapping[tuple[str, int], str]) -> bool:
    """Whether nobody looked at this text yet, and its mark rests on that."""
    return not key.delivery_state and not key.is_idea and (key.id, key.revision) not in verdicts


def judge_rows(desk: Desk, rows: "Sequence[DraftKey]") -> dict[tuple[str, int], str]:
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
    row: "DraftRow",
    topics: Mapping[str, Topic],
    verdicts: Mapping[tuple[str, int], str],
    found: "Found | None" = None,
    waits: str = "",
) -> ListedDraft:
    """A row as the list paints and says it; `waits` says what holds it back."""
    section = section_of(row, verdicts, row.archived)
    topic = topics.get(row.topic_id or "")
    slot, name = (topic.slot, topic.name) if topic is not None else ("", "")
    icon, tone, spoken = _marks(row, verdicts.get((row.id, row.revision), ""), section)
    if waits and section in HOLDS:
        icon, tone, spoken = "lock", "text.secondary", waits
    return ListedDraft(row, slot, section, icon, tone, spoken, found, name)


def _marks(row: "DraftRow", verdict: str, section: str) -> tuple[str, str, str]:
    """Icon, colour and word of a row's state."""
    if section == "needs" and row.delivery_state not in NEEDS:
        if verdict == "block":
            return "octagon-alert", "danger.solid", _tr("must fix")
        return "triangle-alert", "warn.solid", _tr("to check")
    return {
        "archive": ("archive", "text.tertiary", _tr("in the archive")),
        "scheduled": ("clock", "text.tertiary", _tr("scheduled")),
        "needs": ("circle-alert", "danger.solid", _tr("needs you")),
        "published": ("circle-check", "ok.solid", _tr("published")),
        "ideas": ("lightbulb", "text.tertiary", _tr("idea")),
        "ready": ("circle-check", "ok.solid", _tr("nothing found")),
        "drafts": ("pencil", "text.tertiary", _tr("draft") if verdict else _tr("not checked yet")),
    }[section]


def when_words(row: "DraftRow", now: datetime) -> str:
    """When it goes out, how long the archive keeps it, or when it was edited, in words for people; by the
    clock of the zone that `now` is in."""
    if row.archived_at is not None:
        last = (row.archived_at + KEPT_FOR).astimezone(now.tzinfo).date()
        day = QLocale().toString(QDate(last.year, last.month, last.day), "ddd d MMM")
        return _tr("Kept until {day}").format(day=day)
    if row.due_at is not None and row.delivery_state in WAITS:
        due = row.due_at.astimezone(now.tzinfo)
        pattern = "ddd d MMM, HH:mm" if due.year == now.year else "ddd d MMM yyyy, HH:mm"
        return QLocale().toString(
            QDateTime(QDate(due.year, due.month, due.day), QTime(due.hour, due.minute)), pattern
        )
    then, today = row.updated_at.astimezone(now.tzinfo), now
    if (now - row.updated_at).total_seconds() < 90:
        return _tr("Edited now")
    days = (today.date() - then.date()).days
    if days == 0:
        return _tr("Today, {time}").format(time=then.strftime("%H:%M"))
    if days == 1:
        return _tr("Yesterday")
    day = then.date()
    return QLocale().toString(QDate(day.year, day.month, day.day), "ddd d MMM")
