"""The checker as the rest of MedVoice uses it: the rules in force, and a draft's channel as a document.

Holds no connection and reads no file: the check lane may run it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from medvoice.compliance.checklist import Item, items_for
from medvoice.compliance.compiled import cache_key, keep, restore
from medvoice.compliance.engine import SentenceCache
from medvoice.compliance.engine import check as check_document
from medvoice.compliance.pack import LoadedPacks, load_packs
from medvoice.compliance.pack_place import placed
from medvoice.compliance.reply import Question, check_reply
from medvoice.compliance.ruleset import Ruleset, compile_ruleset
from medvoice.compliance.surfaces import Attached, Attachment, check_attached
from medvoice.compliance.terms import forget_expanded
from medvoice.domain.channel.measure import Measure, measure
from medvoice.domain.clock import Clock
from medvoice.domain.draft import Draft, channel_text
from medvoice.domain.errors import PackError
from medvoice.domain.finding import CheckResult, Document, PackRef
from medvoice.domain.profile import Profile


class KeptBytes(Protocol):
    """Bytes kept from an earlier run, believed only if surely our own (infra/kept_file)."""

    @property
    def stamp(self) -> str:
        """Tells two states of the checker's own files apart."""
        ...

    def read(self, key: str, /) -> bytes | None: ...
    def write(self, key: str, body: bytes, /) -> object: ...


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules in force: what was read, and what was made of it. Immutable; shared by all threads."""

    loaded: LoadedPacks
    ruleset: Ruleset

    @property
    def problems(self) -> tuple[PackError, ...]:
        """What is out of force: of files and rules that could not be read, and of rules that could not be
        compiled."""
        return (*self.loaded.problems, *self.ruleset.problems)

    def with_problems(self, problems: tuple[PackError, ...]) -> "Rulebook":
        """The same rules, with more to tell of what is out of force."""
        if not problems:
            return self
        return replace(self, loaded=replace(self.loaded, problems=(*problems, *self.loaded.problems)))

    @classmethod
    def from_sources(cls, sources: Mapping[str, str]) -> "Rulebook":
        """From the texts of packs and lexicons by name. A bad rule or file is left out and named in
        `problems`; the rest is in force."""
        loaded = load_packs(sources)
        ruleset = compile_ruleset(loaded.packs)
        if ruleset.problems:
            ruleset = replace(ruleset, problems=placed(ruleset.problems, sources))
        return cls(loaded, ruleset)

    @classmethod
    def from_kept(cls, sources: Mapping[str, str], kept: KeptBytes) -> "Rulebook":
        """As `from_sources`, from what an earlier run compiled of the very same sources, if it was kept; else
        compiled now and kept. Three to eight times faster then."""
        key = cache_key(sources, kept.stamp)
        body = kept.read(key)
        found = restore(body, sources) if body is not None else None
        if found is not None:
            return cls(*found)
        book = cls.from_sources(sources)
        body = keep(book.loaded, book.ruleset)
        kept.write(key, body)
        del book  # what was compiled takes a third more memory than the same read back
        forget_expanded()
        found = restore(body, sources)
        return cls.from_sources(sources) if found is None else cls(*found)


class Checking:
    """Checks drafts by one rulebook. One instance belongs to one thread, for its cache of sentences."""

    def __init__(self, rulebook: Rulebook, clock: Clock) -> None:
        self.rulebook = rulebook
        self.clock = clock
        self._cache = SentenceCache()

    def text_of(self, draft: Draft, channel: str) -> str:
        """The channel's visible text, disclaimer included. Pure."""
        return channel_text(draft, channel)

    def body_of(self, draft: Draft, channel: str) -> str:
        """The channel's text without its disclaimer, trimmed. Pure."""
        variant = draft.variant(channel)
        return (draft.text if variant.text is None else variant.text).strip()

    @property
    def checklist_codes(self) -> frozenset[str]:
        """All codes the checklist knows, asked or not."""
        return frozenset(item.code for item in self.rulebook.loaded.checklist)

    def measure_of(self, draft: Draft, channel: str) -> Measure:
        """How long the channel's text is (code points on LinkedIn, weighted on X) and which posts it makes,
        as the person set splitting and numbering. Pure."""
        variant = draft.variant(channel)
        text = channel_text(draft, channel)
        if channel == "x":
            return measure(text, channel, numbered=variant.is_numbered, marks=variant.split_marks)
        return measure(text, channel)

    def document_for(self, draft: Draft, channel: str, profile: Profile) -> Document:
        """The channel's text as it would be posted, with what the profile says of its author. Spans of the
        answer are code points of `channel_text`. Pure."""
        parts = self.measure_of(draft, channel).parts
        return Document(
            text=channel_text(draft, channel),
            channel=channel,
            regions=draft.regions or profile.regions,
            employer=profile.employer,
            products=profile.products,
            competitors=tuple(item.name for item in profile.products if item.relation == "competitor"),
            confidential_words=profile.confidential_words,
            profile_carries_disclaimer=profile.profile_carries_disclaimer,
            parts=tuple((part.start, part.end) for part in parts) if len(parts) > 1 else (),
        )

    def check(self, draft: Draft, channel: str, profile: Profile) -> CheckResult:
        """What the rules in force today find. Pure but for the clock's date."""
        return self.check_document(self.document_for(draft, channel, profile))

    def check_document(self, document: Document) -> CheckResult:
        """As `check`, for a document made by `document_for`."""
        return check_document(document, self.rulebook.ruleset, self.clock.now().date(), self._cache)

    def check_answer(self, document: Document, question: str) -> tuple[CheckResult, Question]:
        """As `check_document`, for an answer to a question; what the rules say of the question too."""
        today = self.clock.now().date()
        return check_reply(document, question, self.rulebook.ruleset, today, self._cache)

    def check_beside(
        self, document: Document, attachments: Sequence[Attachment]
    ) -> tuple[CheckResult, tuple[Attached, ...]]:
        """As `check_document`, with what stands beside the text (a headline, an alt text) in sight."""
        today = self.clock.now().date()
        return check_attached(document, attachments, self.rulebook.ruleset, today, self._cache)

    def packs_in_force(self, regions: tuple[str, ...]) -> tuple[PackRef, ...]:
        """The packs that today decide for these regions."""
        return tuple(self.rulebook.ruleset.refs(self.clock.now().date(), regions))

    def items_for(
        self, result: CheckResult, document: Document, *, has_image: bool, dismissed_warnings: bool
    ) -> tuple[Item, ...]:
        """The checklist that this text asks for: core items first, then triggered and standing ones."""
        return items_for(
            result,
            document,
            has_image,
            dismissed_warnings,
            checklist=self.rulebook.loaded.checklist,
        )
