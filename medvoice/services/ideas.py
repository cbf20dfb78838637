"""Ideas: caught in two seconds, kept with where they came from, turned into drafts when there is time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from medvoice.domain.clock import Clock
from medvoice.domain.draft import Draft
from medvoice.domain.errors import UserError
from medvoice.services.drafting import Drafting
from medvoice.store.connection import Workspace, transaction
from medvoice.store.draft import DraftRow
from medvoice.store.idea import IdeaStore, Source

TITLE_LENGTH = 80
MAX_URL = 2_000
_LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea as a list shows it; `source` is None where nothing is known of it."""

    row: DraftRow
    source: Source | None


class Ideas:
    """Use cases of ideas over one connection; call from the thread that owns it."""

    def __init__(self, db: Workspace, clock: Clock) -> None:
        self.db = db
        self.clock = clock
        self.drafting = Drafting(db, clock)
        self.store = IdeaStore(db)

    def add(
        self,
        words: str,
        *,
        url: str = "",
        source_title: str = "",
        topic_id: str | None = None,
        way: str = "typed",
    ) -> Draft:
        """Catch an idea. Its first line is the title; what follows, or all of a long line, is the text. A
        link that stands in the words is the source where `url` names none.

        Raises UserError `idea_empty`, `link_unreadable`, `topic_unknown`.
        """
        words = words.strip()
        found = _LINK.search(words)
        url = url.strip() or (found.group().rstrip(".,;)") if found else "")
        if url:
            check_link(url)
        if not words and not source_title.strip() and not url:
            raise UserError("idea_empty")
        title, text = split_words(words or source_title.strip() or url)
        with transaction(self.db):
            draft = self.drafting.create(title=title, text=text, topic_id=topic_id, is_idea=True)
            if url or source_title.strip():
                at = self.clock.now()
                self.store.save(Source(draft.id, url, " ".join(source_title.split())[:300], way, at))
        return draft

    def add_links(self, links: Sequence[tuple[str, str]], way: str = "dropped") -> tuple[Draft, ...]:
        """An idea for each pair of address and title (or ""), all or none. Raises as `add` does."""
        with transaction(self.db):
            return tuple(self.add("", url=url, source_title=title, way=way) for url, title in links)

    def list(self) -> tuple[Idea, ...]:
        """All ideas that are not archived, the last changed first."""
        return tuple(Idea(row, self.store.find(row.id)) for row in self.drafting.list(is_idea=True))

    def source_of(self, draft_id: str) -> Source | None:
        """Where an idea, or the draft that was made of it, came from."""
        return self.store.find(draft_id)

    def to_draft(self, draft_id: str, text: str = "") -> Draft:
        """Make a draft of an idea; its source stays with it. `text` is what an idea without words starts
        with. Raises UserError `draft_unknown`."""
        with transaction(self.db):
            draft = self.drafting.get(draft_id)
            words = text if text and not draft.text.strip() else draft.text
            return self.drafting.save(draft_id, draft.revision, text=words, is_idea=False)


def split_words(words: str) -> tuple[str, str]:
    """Title and text of an idea's words."""
    first, _, rest = words.partition("\n")
    first = " ".join(first.split())
    if len(first) <= TITLE_LENGTH:
        return first, rest.strip()
    cut = first[:TITLE_LENGTH].rsplit(" ", 1)[0]
    return f"{cut.rstrip(' ,;:')}…", words


def check_link(url: str) -> None:
    """Raises UserError `link_unreadable` unless it is a plain http or https address."""
    try:
        parts = urlsplit(url)
        is_fit = parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= MAX_URL
    except ValueError:
        is_fit = False
    if not is_fit or any(each.isspace() or not each.isprintable() for each in url):
        raise UserError("link_unreadable", text=url[:200])
