"""check(document, ruleset, as_of): the findings of one text. Deterministic; no clock, no files."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from medvoice.compliance.conditions import Evidence
from medvoice.compliance.facts import Candidate, Facts
from medvoice.compliance.finish import atoms_of, merge, unread_of
from medvoice.compliance.fix import fixes_for
from medvoice.compliance.judge import is_distanced
from medvoice.compliance.kinds import (
    count,
    echo,
    fold_line,
    hashtag,
    hygiene,
    language,
    measure,
    mention,
    missing,
    near,
    pair,
    pattern,
    phrase,
    score,
)
from medvoice.compliance.profile import ProfileIndex, build_profile, profile_key
from medvoice.compliance.reading import read_sentence
from medvoice.compliance.ruleset import Rule, Ruleset
from medvoice.compliance.sentence import sentences
from medvoice.compliance.severity import decide, lower
from medvoice.compliance.view import View
from medvoice.domain.finding import LEVEL_ORDER, CheckResult, Document, Finding, Level

MAX_CODE_POINTS = 100_000
MAX_PER_RULE = 100
_MAX_CACHED = 4_000
_KINDS: Mapping[str, Callable[[Rule, View], list[Candidate]]] = {
    "phrase": phrase.find,
    "near": near.find,
    "pair": pair.find,
    "pattern": pattern.find,
    "score": score.find,
    "count": count.find,
    "measure": measure.find,
    "hygiene": hygiene.find,
    "language": language.find,
    "missing": missing.find,
    "mention": mention.find,
    "fold": fold_line.find,
}
_AFTER: Mapping[str, Callable[[Rule, View, Sequence[Finding]], list[Candidate]]] = {
    "hashtag": hashtag.find,
    "echo": echo.find,
}


class SentenceCache:
    """Facts of sentences already read, for one ruleset and one person at a time. Not thread-safe: one for
    each thread. With it, a keystroke costs one sentence and the rules that look at the whole post."""

    def __init__(self) -> None:
        self._facts: dict[str, Facts] = {}
        self._ruleset: Ruleset | None = None
        self._profile: ProfileIndex | None = None
        self.decided: dict[tuple[int, tuple[str, ...], tuple[bool, ...]], object] = {}

    def profile_for(self, document: Document, ruleset: Ruleset) -> ProfileIndex:
        """The person's words, made anew only when they or the rules changed; then all facts are dropped."""
        profile = self._profile
        if profile is None or self._ruleset is not ruleset or profile.key != profile_key(document):
            profile = build_profile(
                document, ruleset.drugs, ruleset.index, ruleset.names.get("investigational")
            )
            self._facts.clear()
            self.decided.clear()
            self._ruleset, self._profile = ruleset, profile
        return profile

    def read(self, text: str, document: Document, ruleset: Ruleset, profile: ProfileIndex) -> Facts:
        """The facts of one sentence."""
        facts = self._facts.get(text)
        if facts is None:
            if len(self._facts) >= _MAX_CACHED:
                self._facts.clear()
            facts = self._facts[text] = read_sentence(text, document, ruleset, profile)
        return facts


def check(
    document: Document, ruleset: Ruleset, as_of: date, cache: SentenceCache | None = None
) -> CheckResult:
    """All findings of `document`, by level and then position; spans are code points of `document.text`.

    Never raises for any text. A text of more than MAX_CODE_POINTS is not read: one finding says so. The same
    text, ruleset and date give an equal result. About 2 ms for 3,000 characters, below 1 ms after a keystroke
    with `cache`. Any thread, with a cache of its own.
    """
    refs = ruleset.refs(as_of, document.regions)
    if len(document.text) > MAX_CODE_POINTS:
        return CheckResult((_too_long(document),), refs, unread_of(document, ()))
    cache = cache or SentenceCache()
    view = _view(document, ruleset, cache)
    packs = {pack.id for pack in ruleset.packs_for(document.regions)}
    findings: list[Finding] = []
    tags = _tag_hits(view)
    counts: Counter[int] = Counter()
    for rule, candidate in _candidates(view):
        # Nobody reads the hundred-and-first finding of a rule; the limit keeps hostile texts cheap.
        if rule.spec.pack in packs and counts[rule.number] < MAX_PER_RULE and _applies(rule, document):
            counts[rule.number] += _add(rule, candidate, view, tags, findings)
    kept = merge(findings, ruleset)
    for rule in ruleset.document_rules:
        if rule.spec.kind in _AFTER and rule.spec.pack in packs and _applies(rule, document):
            for candidate in _AFTER[rule.spec.kind](rule, view, kept)[:MAX_PER_RULE]:
                _add(rule, _placed(candidate, view), view, tags, findings)
    kept = merge(findings, ruleset)
    kept = _inherit_revealed(kept, view, tags, findings)
    kept.sort(key=lambda one: (LEVEL_ORDER[one.level], one.start, one.end, one.rule))
    return CheckResult(tuple(kept), refs, unread_of(document, view.facts), atoms_of(view, kept))


def _view(document: Document, ruleset: Ruleset, cache: SentenceCache) -> View:
    profile = cache.profile_for(document, ruleset)
    text = document.text
    facts: list[Facts] = []
    starts: list[int] = []
    parts: list[int] = []
    for part, (low, high) in enumerate(document.parts or ((0, len(text)),)):
        for start, end in sentences(text[low:high]):
            facts.append(cache.read(text[low + start : low + end], document, ruleset, profile))
            starts.append(low + start)
            parts.append(part)
    where: dict[int, list[int]] = {}
    for number, one in enumerate(facts):
        for class_id in one.hits:
            where.setdefault(class_id, []).append(number)
    return View(document, ruleset, facts, starts, parts, where, cache.decided)


def _candidates(view: View) -> Iterator[tuple[Rule, Candidate]]:
    """Of all rules but those that need findings; spans placed in the text."""
    rules = view.ruleset.rules
    for sentence, facts in enumerate(view.facts):
        for one in facts.local:
            offset = view.starts[sentence]
            yield (
                rules[one.rule],
                Candidate(
                    one.rule,
                    sentence,
                    offset + one.start,
                    offset + one.end,
                    one.cue,
                    one.lowered,
                    one.in_quotes,
                    one.count,
                    one.values,
                ),
            )
    for rule in view.ruleset.document_rules:
        if rule.spec.kind in _KINDS:
            for one in _KINDS[rule.spec.kind](rule, view):
                yield rule, _placed(one, view)


def _placed(candidate: Candidate, view: View) -> Candidate:
    offset = view.starts[candidate.sentence]
    candidate.start += offset
    candidate.end += offset
    return candidate


def _tag_hits(view: View) -> frozenset[int]:
    """The classes that have a hit inside a hashtag anywhere."""
    return frozenset(
        number
        for facts in view.facts
        if facts.tokens.tags
        for number, hits in facts.hits.items()
        if any(facts.tokens.tag_of(hit[0]) for hit in hits)
    )


def _applies(rule: Rule, document: Document) -> bool:
    when = rule.spec.when
    if when.channels and document.channel not in when.channels:
        return False
    if when.surfaces and document.surface not in when.surfaces:
        return False
    if when.has_image is not None and (document.image_count > 0) != when.has_image:
        return False
    return when.is_thread is None or (len(document.parts) > 1) == when.is_thread


def _add(rule: Rule, candidate: Candidate, view: View, tags: frozenset[int], findings: list[Finding]) -> bool:
    """Make a finding of a candidate, unless its context or severity says no. Tells whether it did."""
    if candidate.in_quotes and rule.spec.modes["quotation"] != "ignore":
        following = candidate.sentence + 1
        distanced = is_distanced(
            view.facts[candidate.sentence], view.facts[following] if following < len(view.facts) else None
        )
        if distanced and rule.spec.modes["quotation"] == "suppress":
            return False
        candidate.lowered += distanced
    evidence = Evidence(view, rule, candidate, tags)
    decision = decide(evidence, _regions(view.document), _overlapping(candidate, findings))
    level = lower(decision.level, candidate.lowered) if decision else None
    if decision is None or level is None:
        return False
    lift = decision.lift if level is Level.BLOCK else ""
    findings.append(_finding(rule, candidate, view, level, lift, decision.regions))
    return True


def _regions(document: Document) -> tuple[str, ...]:
    return document.regions or ("US", "EU", "UK")


def _overlapping(candidate: Candidate, findings: Sequence[Finding]) -> list[Finding]:
    return [one for one in findings if one.start < candidate.end and candidate.start < one.end]


def _finding(
    rule: Rule, candidate: Candidate, view: View, level: Level, lift: str, regions: tuple[str, ...]
) -> Finding:
    spec = rule.spec
    start, end = candidate.start, candidate.end
    quote = view.document.text[start:end]
    message = spec.title
    if "{" in message:
        for name, value in {"quote": quote, **candidate.values}.items():
            message = message.replace("{" + name + "}", value)
    return Finding(
        rule=spec.id,
        version=spec.version,
        category=spec.category,
        level=level,
        start=start,
        end=end,
        quote=quote,
        message=message,
        why=spec.why,
        advice=spec.advice,
        basis=spec.citations,
        fixes=fixes_for(rule, view, candidate),
        regions=regions,
        confidence=spec.confidence,
        pack=spec.pack,
        cue=candidate.cue,
        lift=lift,
    )


def _inherit_revealed(
    kept: list[Finding], view: View, tags: frozenset[int], findings: Sequence[Finding]
) -> list[Finding]:
    """Rules that take the level of what they reveal are judged again, now that everything is found."""
    result: list[Finding] = []
    for one in kept:
        rule = view.ruleset.by_id[one.rule]
        if not any(entry.source == "revealed" for entry in rule.spec.severity):
            result.append(one)
            continue
        others = [other for other in findings if other.rule != one.rule and _touches(other, one)]
        sentence = max((i for i, start in enumerate(view.starts) if start <= one.start), default=0)
        evidence = Evidence(view, rule, Candidate(rule.number, sentence, one.start, one.end), tags)
        decision = decide(evidence, _regions(view.document), others)
        if decision is not None:
            candidate = Candidate(rule.number, sentence, one.start, one.end, one.cue)
            result.append(_finding(rule, candidate, view, decision.level, decision.lift, decision.regions))
    return result


def _touches(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end


def _too_long(document: Document) -> Finding:
    """The one finding of a text that is not read."""
    return Finding(
        rule="GL-LANG-001",
        version="0",
        category="unsupported_language",
        level=Level.BLOCK,
        start=0,
        end=min(len(document.text), 40),
        quote=document.text[:40],
        message=f"This text is too long to be checked (more than {MAX_CODE_POINTS:,} characters).",
        why="Nothing in it was read, so nothing can be said about it.",
        advice="Shorten the text. A LinkedIn post holds 3,000 characters, a post on X 280.",
        basis=(),
        fixes=(),
        regions=_regions(document),
        confidence="pattern",
        pack="core",
    )
