"""What is remembered between two checks of a growing text: facts of sentences, and what they gave.

With it a keystroke costs one sentence, its neighbours, and the rules that look at the whole post.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from medvoice.compliance.facts import Candidate, Facts
from medvoice.compliance.profile import ProfileIndex, build_profile, profile_key
from medvoice.compliance.reading import read_sentences
from medvoice.compliance.ruleset import Rule, Ruleset
from medvoice.compliance.sentence import Spans, resplit, sentences
from medvoice.compliance.view import View
from medvoice.domain.finding import Document, Finding

_MAX_SENTENCES = 4_000
_MAX_SETTINGS = 8
# What is missing or comes late is asked of one's own posts, not of an image's text or another's post.
_OF_OWN_POSTS = ("missing", "fold")
_OWN_POSTS = ("post", "comment", "reply", "reshare")
BlockKey = tuple[int, int, int, str, str]


@dataclass(slots=True)
class Block:
    """What one sentence between two others gave: findings placed for a sentence that starts at `offset`, and
    candidates (spans of the sentence) whose level or fix needs the whole post. `of_post` keeps what
    candidates of rules of the whole post became here."""

    offset: int
    found: list[tuple[int, Finding]] = field(default_factory=list[tuple[int, Finding]])
    pending: list[Candidate] = field(default_factory=list[Candidate])
    of_post: dict[object, Finding | None] = field(default_factory=dict[object, Finding | None])


@dataclass(frozen=True, slots=True)
class Standing:
    """Which rules are in force for one kind of document: their numbers, and of those that look at the whole
    post the ones without an anchor, and the ones that judge the findings of others."""

    key: tuple[object, ...]
    active: frozenset[int]
    always: tuple[Rule, ...]
    after: tuple[Rule, ...]


class SentenceCache:
    """One for each thread, for one ruleset and one person at a time; not thread-safe. Holds at most some
    thousand sentences."""

    def __init__(self) -> None:
        self._facts: dict[str, Facts] = {}
        self._serial = 0
        self._ruleset: Ruleset | None = None
        self._profile: ProfileIndex | None = None
        self._standing: dict[tuple[object, ...], Standing] = {}
        self._blocks: dict[object, dict[BlockKey, Block]] = {}
        # What rules that go by classes found in the whole post.
        self.found: dict[int, list[Candidate]] = {}
        self._row: list[Facts] = []
        self._parts: list[int] = []
        self._text = ""
        self._spans: Spans = []

    def profile_for(self, document: Document, ruleset: Ruleset) -> ProfileIndex:
        """The person's words, made anew only when they or the rules changed; then all is forgotten."""
        profile = self._profile
        if profile is None or self._ruleset is not ruleset or profile.key != profile_key(document):
            profile = ruleset.remember(
                ("profile", profile_key(document)),
                lambda: build_profile(
                    document, ruleset.drugs, ruleset.index, ruleset.names.get("investigational")
                ),
            )
            self._facts.clear()
            self._blocks.clear()
            self.found, self._row = {}, []
            self._standing.clear()
            self._ruleset, self._profile = ruleset, profile
        return profile

    def read(
        self, texts: Sequence[str], document: Document, ruleset: Ruleset, profile: ProfileIndex
    ) -> list[Facts]:
        """The facts of each sentence."""
        known = self._facts
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            if len(known) + len(missing) > _MAX_SENTENCES:
                known.clear()
                missing = list(dict.fromkeys(texts))
            for facts in read_sentences(missing, document, ruleset, profile):
                known[facts.text] = facts
                self._serial += 1
                facts.serial = facts.outlook = self._serial
        return [known[text] for text in texts]

    def follow(self, view: View) -> None:
        """Compare with the view before, sentence for sentence: a sentence that looks to its neighbours like
        the one it took the place of leaves what they gave standing; and a rule that goes by classes finds
        in the whole post what it found, unless it looks at a class of a changed sentence."""
        facts, before = view.facts, self._row
        if len(before) != len(facts) or view.parts != self._parts:
            self.found = {}
        elif before is not facts:
            changed: set[int] = set()
            moved: set[int] = set()
            for old, new in zip(before, facts, strict=True):
                if old is new:
                    continue
                if new.outlook == new.serial and old.outward() == new.outward():
                    new.outlook = old.outlook
                (moved if new.outlook == old.outlook else changed).update(old.hits.classes, new.hits.classes)
            if self.found and (changed or moved):
                rules = view.ruleset.rules
                self.found = {
                    number: found
                    for number, found in self.found.items()
                    if rules[number].looked_at.isdisjoint(changed) and moved.isdisjoint(rules[number].a)
                }
        self._row, self._parts = facts, view.parts

    def split(self, text: str) -> Spans:
        """The sentences of a whole text; near an edit only, when most of it was split before."""
        if text != self._text:
            self._spans = resplit(self._text, self._spans, text) if self._spans else sentences(text)
            self._text = text
        return self._spans

    def standing_for(self, document: Document, ruleset: Ruleset) -> Standing:
        """The rules in force for this document's regions, channel, surface and kind."""
        key = (
            document.regions,
            document.channel,
            document.surface,
            document.image_count > 0,
            len(document.parts) > 1,
        )
        standing = self._standing.get(key)
        if standing is None:
            standing = self._standing[key] = ruleset.remember(
                ("standing", key), lambda: _standing(key, document, ruleset)
            )
        return standing

    def blocks_for(self, setting: object) -> dict[BlockKey, Block]:
        """What sentences gave in one setting: rules in force, hashtags and other things of the whole post."""
        blocks = self._blocks.get(setting)
        if blocks is None or len(blocks) > _MAX_SENTENCES:
            if len(self._blocks) >= _MAX_SETTINGS:
                self._blocks.clear()
            blocks = self._blocks[setting] = {}
        return blocks


def _standing(key: tuple[object, ...], document: Document, ruleset: Ruleset) -> Standing:
    active = frozenset(rule.number for rule in ruleset.rules_for(document.regions) if applies(rule, document))
    return Standing(
        key,
        active,
        tuple(rule for rule in ruleset.always_rules if rule.number in active),
        tuple(rule for rule in ruleset.after_rules if rule.number in active),
    )


def applies(rule: Rule, document: Document) -> bool:
    """Whether the rule's `when` lets it look at this document at all."""
    when = rule.spec.when
    if not when.surfaces and rule.spec.kind in _OF_OWN_POSTS and document.surface not in _OWN_POSTS:
        return False
    if when.channels and document.channel not in when.channels:
        return False
    if when.surfaces and document.surface not in when.surfaces:
        return False
    if when.has_image is not None and (document.image_count > 0) != when.has_image:
        return False
    return when.is_thread is None or (len(document.parts) > 1) == when.is_thread
