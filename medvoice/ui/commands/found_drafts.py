"""What the palette offers of the workspace: drafts by their words, topics after "#", channels and accounts
after "@"."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from medvoice.domain.account import Account
from medvoice.domain.draft import CHANNEL_NAMES, CHANNELS
from medvoice.store.draft import DraftRow
from medvoice.ui.bridge import Desk
from medvoice.ui.commands.fuzzy import fit

LAST = 30
TOPICS, CHANNELS_AND_ACCOUNTS, COMMANDS = "#", "@", ">"


@dataclass(frozen=True, slots=True)
class FoundDraft:
    """`slot` is its topic's, "" without one; `state` a word such as "Idea", "" for an ordinary draft."""

    id: str
    title: str
    slot: str
    state: str


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go: `kind` "topic" or "channel" (its drafts; `key` is the id or channel) or "account"."""

    kind: str
    key: str
    title: str
    detail: str
    icon: str = ""
    slot: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to one query, best or latest first."""

    query: str
    drafts: tuple[FoundDraft, ...]
    places: tuple[Place, ...] = ()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Commands", text)


def prefix_of(query: str) -> str:
    """The sign at the start that narrows what is looked for, "" for none."""
    return query[:1] if query[:1] in (TOPICS, CHANNELS_AND_ACCOUNTS, COMMANDS) else ""


def find_drafts(desk: Desk, query: str) -> Found:
    """Without a query the last ones. Archived ones are left out. Work lane."""
    prefix = prefix_of(query)
    if prefix == TOPICS:
        return _by_topic(desk, query)
    if prefix == CHANNELS_AND_ACCOUNTS:
        return _by_channel(desk, query)
    rows = desk.drafting.search(query) if query.strip() else desk.drafting.list(limit=LAST)
    return Found(query, _drafts(desk, rows))


def _by_topic(desk: Desk, query: str) -> Found:
    """All topics, and the drafts of those that are meant."""
    wanted, rows, places = query[1:].strip(), list[DraftRow](), list[Place]()
    for topic in desk.topics.list():
        places.append(Place("topic", topic.id, topic.name, _tr("its drafts"), slot=topic.slot))
        if wanted and fit(wanted, topic.name) is not None:
            rows += desk.drafting.list(topic_id=topic.id, limit=LAST)
    return Found(query, _drafts(desk, rows[:LAST]), tuple(places))


def _by_channel(desk: Desk, query: str) -> Found:
    """All channels with their drafts, and who is signed in."""
    wanted, accounts = query[1:].strip(), desk.accounts.list()
    rows: dict[str, DraftRow] = {}
    places: list[Place] = []
    for channel in CHANNELS:
        name = CHANNEL_NAMES[channel]
        places.append(Place("channel", channel, name, _tr("its drafts"), icon="message-square"))
        places += [_account(each, name) for each in accounts if each.network == channel]
        if wanted and fit(wanted, name) is not None:
            rows |= {row.id: row for row in desk.drafting.list(channel=channel, limit=LAST)}
    return Found(query, _drafts(desk, list(rows.values())[:LAST]), tuple(places))


def _account(account: Account, network: str) -> Place:
    states = {
        "connected": _tr("signed in"),
        "sign_in": _tr("sign in again"),
        "disconnected": _tr("signed out"),
    }
    state = _tr("by hand") if account.route == "by_hand" else states[account.state]
    name = account.display_name or account.handle or _tr("Account")
    title = _tr("{name} on {network}").format(name=name, network=network)
    return Place("account", account.id, title, state, icon="plug")


def _drafts(desk: Desk, rows: Iterable[DraftRow]) -> tuple[FoundDraft, ...]:
    slots = {topic.id: topic.slot for topic in desk.topics.list()}

    def state(is_idea: bool, delivery: str) -> str:
        if is_idea:
            return _tr("Idea")
        return _tr("In the queue") if delivery else ""

    return tuple(
        FoundDraft(
            row.id,
            row.title or row.first_line or _tr("Untitled"),
            slots.get(row.topic_id or "", ""),
            state(row.is_idea, row.delivery_state),
        )
        for row in rows
    )
