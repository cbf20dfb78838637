"""Drafts the palette offers: the last ones, or those whose words fit what is typed."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from medvoice.ui.bridge import Desk

LAST = 30


@dataclass(frozen=True, slots=True)
class FoundDraft:
    """`slot` is its topic's, "" without one; `state` a word such as "Idea", "" for an ordinary draft."""

    id: str
    title: str
    slot: str
    state: str


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to one query, best or latest first."""

    query: str
    drafts: tuple[FoundDraft, ...]


def find_drafts(desk: Desk, query: str) -> Found:
    """Without a query the last ones. Archived ones are left out. Work lane."""
    rows = desk.drafting.search(query) if query.strip() else desk.drafting.list(limit=LAST)
    slots = {topic.id: topic.slot for topic in desk.topics.list()}

    def state(is_idea: bool, delivery: str) -> str:
        if is_idea:
            return QCoreApplication.translate("Commands", "Idea")
        return QCoreApplication.translate("Commands", "In the queue") if delivery else ""

    drafts = tuple(
        FoundDraft(
            row.id,
            row.title or row.first_line or QCoreApplication.translate("Commands", "Untitled"),
            slots.get(row.topic_id or "", ""),
            state(row.is_idea, row.delivery_state),
        )
        for row in rows
    )
    return Found(query, drafts)
