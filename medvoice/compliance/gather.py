"""From sentences to findings: rules run, contexts and levels decided, fixes made.

Most rules look at one sentence and its neighbours; what those give is kept in blocks (memory) and only moved
when text before them grows. Rules of the whole post run each time.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import fields, replace

from medvoice.compliance.conditions import Evidence
from medvoice.compliance.facts import Candidate
from medvoice.compliance.fix import fixes_for
from medvoice.compliance.judge import is_distanced
from medvoice.compliance.kinds import (
    always,
    count,
    echo,
    fold_line,
    hashtag,
    hygiene,
    language,
    learned,
    measure,
    mention,
    missing,
    pattern,
    phrase,
    score,
)
from medvoice.compliance.memory import Block, BlockKey, SentenceCache, Standing
from medvoice.compliance.overlap import Overlaps
from medvoice.compliance.ruleset import Rule
from medvoice.compliance.severity import decide, lower
from medvoice.compliance.view import View
from medvoice.domain.finding import Document, Finding, Fix, Level

MAX_PER_RULE = 12
(
    _RULE, _VERSION, _CATEGORY, _LEVEL, _START, _END, _QUOTE, _MESSAGE, _WHY, _ADVICE, _BASIS, _FIXES,
    _REGIONS, _CONFIDENCE, _PACK, _CUE, _LIFT,
) = [getattr(Finding, one.name).__set__ for one in fields(Finding)]  # fmt: skip
_IN_SENTENCE: Mapping[str, Callable[[Rule, View, int], list[Candidate]]] = {
    "phrase": phrase.find_in,
    "near": phrase.find_in,
    "pair": phrase.find_in,
    "pattern": pattern.find_in,
    "score": score.find_in,
    "hygiene": hygiene.find_in,
}
_IN_POST: Mapping[str, Callable[[Rule, View], list[Candidate]]] = {
    "phrase": phrase.find,
    "near": phrase.find,
    "pair": phrase.find,
    "pattern": pattern.find,
    "score": score.find,
    "count": count.find,
    "measure": measure.find,
    "language": language.find,
    "missing": missing.find,
    "mention": mention.find,
    "fold": fold_line.find,
    "always": always.find,
}
# What these find in a post follows from the sentences with the classes they look at.
_BY_CLASSES = frozenset(("phrase", "near", "pair", "score"))
_AFTER: Mapping[str, Callable[[Rule, View, Sequence[Finding]], list[Candidate]]] = {
    "hashtag": hashtag.find,
    "echo": echo.find,
    "learned": learned.find,
}


class Gatherer:
    """Collects the findings of one view. `counts` keeps each rule below MAX_PER_RULE: nobody reads the
    thirteenth finding of a rule, it is found when the first are mended, and hostile texts stay cheap."""

    def __init__(
        self, view: View, standing: Standing, blocks: dict[BlockKey, Block], memory: SentenceCache
    ) -> None:
        self.view = view
        self.memory = memory
        self.standing = standing
        self.blocks = blocks
        self.findings: list[Finding] = []
        self.overlaps = Overlaps(self.findings)
        self.counts: dict[int, int] = {}

    def sentences(self) -> None:
        """All rules that look at one sentence and its neighbours."""
        view, blocks, findings, counts = self.view, self.blocks, self.findings, self.counts
        facts, starts, text = view.facts, view.starts, view.document.text
        outlooks = [-1, *[one.outlook for one in facts], -1]
        behind = text[: starts[0]] if starts else ""
        self.row: list[Block] = []
        for i, one in enumerate(facts):
            start = starts[i]
            before = behind
            behind = text[start + len(one.text) : starts[i + 1] if i + 1 < len(starts) else len(text)]
            key = (outlooks[i], one.serial, outlooks[i + 2], before, behind)
            block = blocks.get(key)
            if block is None:
                full = {number for number, seen in counts.items() if seen >= MAX_PER_RULE}
                block, is_whole = self._block(i, full)
                if is_whole:  # else a part of it, good for this once
                    blocks[key] = block
            elif block.offset != start:
                _move(block, start - block.offset)
            self.row.append(block)
            for number, finding in block.found:
                seen = counts.get(number, 0)
                if seen < MAX_PER_RULE:
                    counts[number] = seen + 1
                    findings.append(finding)
            for candidate in block.pending:
                self._count(view.ruleset.rules[candidate.rule], _copied(candidate, i, start))

    def _block(self, sentence: int, full: Set[int]) -> tuple[Block, bool]:
        """What a sentence between its neighbours gives, without the rules that are `full`: nobody would see
        those findings, and to make them is what a hostile text costs. And whether none was left out."""
        view, rules, active = self.view, self.view.ruleset.rules, self.standing.active
        facts = view.facts[sentence]
        block = Block(view.starts[sentence])
        wanted = [one for one in facts.local if one.rule in active]
        candidates = [one for one in wanted if one.rule not in full] if full else wanted
        is_whole = len(candidates) == len(wanted)
        for number in facts.near:
            if number in full:
                is_whole = is_whole and number not in active
            elif number in active:
                candidates += _IN_SENTENCE[rules[number].spec.kind](rules[number], view, sentence)
        counts: dict[int, int] = {}
        for one in candidates:
            rule = rules[one.rule]
            if counts.get(one.rule, 0) >= MAX_PER_RULE:
                continue
            counts[one.rule] = counts.get(one.rule, 0) + 1
            if not rule.is_steady:
                block.pending.append(one)
            elif (finding := self._finding(rule, _copied(one, sentence, block.offset))) is not None:
                block.found.append((one.rule, finding))
        return block, is_whole

    def post(self) -> None:
        """The rules that look at the whole post."""
        ruleset, active = self.view.ruleset, self.standing.active
        numbers = {
            number
            for one in self.view.seen
            if one in ruleset.post_by_anchor
            for number in ruleset.post_by_anchor[one]
            if number in active
        }
        rules = [ruleset.rules[number] for number in sorted(numbers)]
        found = self.memory.found
        for rule in (*rules, *self.standing.always):
            kind = rule.spec.kind
            if kind not in _BY_CLASSES:
                candidates = _IN_POST[kind](rule, self.view)
            elif rule.number in found:
                candidates = found[rule.number]
            else:
                candidates = found[rule.number] = _IN_POST[kind](rule, self.view)
            for candidate in candidates:
                if rule.is_steady:
                    self._remember(rule, candidate)
                else:
                    start = self.view.starts[candidate.sentence]
                    self._count(rule, _copied(candidate, candidate.sentence, start))

    def _remember(self, rule: Rule, one: Candidate) -> None:
        """As `_count`, for a candidate that becomes the same wherever its sentence and neighbours stand."""
        seen = self.counts.get(rule.number, 0)
        if seen >= MAX_PER_RULE:
            return
        block = self.row[one.sentence]
        if block.offset != self.view.starts[one.sentence]:  # the same sentence stands further on as well
            _move(block, self.view.starts[one.sentence] - block.offset)
        values = tuple(one.values.items())
        key = (one.rule, one.start, one.end, one.cue, one.lowered, one.in_quotes, one.count, values)
        if key not in block.of_post:
            start = self.view.starts[one.sentence]
            block.of_post[key] = self._finding(rule, _copied(one, one.sentence, start))
        finding = block.of_post[key]
        if finding is not None:
            self.findings.append(finding)
            self.counts[rule.number] = seen + 1

    def after(self, kept: Sequence[Finding]) -> list[Finding]:
        """What the rules find that judge what the others found."""
        before = len(self.findings)
        for rule in self.standing.after:
            for candidate in _AFTER[rule.spec.kind](rule, self.view, kept)[:MAX_PER_RULE]:
                if rule.spec.kind == "learned" and rule.is_steady:
                    self._remember(rule, candidate)
                else:
                    self._add(rule, _placed(candidate, self.view, candidate.sentence))
        return self.findings[before:]

    def revealed(self, kept: list[Finding]) -> list[Finding]:
        """Rules that take the level of what they reveal are judged again, now that everything is found."""
        rules, revealing = self.view.ruleset.by_id, self.view.ruleset.revealing
        found: list[Finding] = []
        for one in kept:
            judged = self._judged_again(rules[one.rule], one) if one.rule in revealing else one
            if judged is not None:
                found.append(judged)
        return found

    def _judged_again(self, rule: Rule, one: Finding) -> Finding | None:
        others = [other for other in self.overlaps.at(one.start, one.end) if other.rule != one.rule]
        candidate = Candidate(rule.number, self.view.sentence_at(one.start), one.start, one.end, one.cue)
        decision = decide(self._evidence(rule, candidate), regions_of(self.view.document), others)
        if decision is None:
            return None
        if (decision.level, decision.lift, decision.regions) == (one.level, one.lift, one.regions):
            return one
        return replace(one, level=decision.level, lift=decision.lift, regions=decision.regions)

    def _count(self, rule: Rule, candidate: Candidate) -> None:
        seen = self.counts.get(rule.number, 0)
        if seen < MAX_PER_RULE and self._add(rule, candidate):
            self.counts[rule.number] = seen + 1

    def _add(self, rule: Rule, candidate: Candidate) -> bool:
        finding = self._finding(rule, candidate)
        if finding is not None:
            self.findings.append(finding)
        return finding is not None

    def _evidence(self, rule: Rule, candidate: Candidate) -> Evidence:
        return Evidence(self.view, rule, candidate, self.view.tag_hits)

    def _finding(self, rule: Rule, candidate: Candidate) -> Finding | None:
        """The finding of a placed candidate, unless its context or severity says no."""
        view = self.view
        if candidate.in_quotes and rule.spec.modes["quotation"] != "ignore":
            following = candidate.sentence + 1
            distanced = is_distanced(
                view.facts[candidate.sentence], view.facts[following] if following < len(view.facts) else None
            )
            if distanced and rule.spec.modes["quotation"] == "suppress":
                return None
            candidate.lowered += distanced
        lies_on = self.overlaps.at(candidate.start, candidate.end) if rule.is_inheriting else ()
        decision = decide(self._evidence(rule, candidate), regions_of(view.document), lies_on)
        level = lower(decision.level, candidate.lowered) if decision else None
        if decision is None or level is None:
            return None
        lift = decision.lift if level is Level.BLOCK else ""
        return _made(rule, candidate, view, level, lift, decision.regions)


def regions_of(document: Document) -> tuple[str, ...]:
    """The regions a document is read for."""
    return document.regions or ("US", "EU", "UK")


def _copied(one: Candidate, sentence: int, offset: int) -> Candidate:
    """A copy for this place in the text; the facts of a sentence keep their own."""
    return Candidate(
        one.rule,
        sentence,
        offset + one.start,
        offset + one.end,
        one.cue,
        one.lowered,
        one.in_quotes,
        one.count,
        one.values,
    )


def _placed(candidate: Candidate, view: View, sentence: int) -> Candidate:
    """The candidate with its span moved from its sentence into the text."""
    offset = view.starts[sentence]
    candidate.sentence = sentence
    candidate.start += offset
    candidate.end += offset
    return candidate


def _move(block: Block, by: int) -> None:
    """Let the block's findings stand `by` code points further on."""
    block.found = [(number, _moved(finding, by)) for number, finding in block.found]
    if block.of_post:
        block.of_post = {
            key: None if finding is None else _moved(finding, by) for key, finding in block.of_post.items()
        }
    block.offset += by


def _moved(one: Finding, by: int) -> Finding:
    """The same finding further on in the text, its fixes too. Field by field: dozens are moved at each key,
    and `replace` takes five times as long."""
    fixes = one.fixes
    if fixes:
        fixes = tuple([Fix(fix.label, fix.start + by, fix.end + by, fix.replacement) for fix in fixes])
    moved = object.__new__(Finding)
    _RULE(moved, one.rule)
    _VERSION(moved, one.version)
    _CATEGORY(moved, one.category)
    _LEVEL(moved, one.level)
    _START(moved, one.start + by)
    _END(moved, one.end + by)
    _QUOTE(moved, one.quote)
    _MESSAGE(moved, one.message)
    _WHY(moved, one.why)
    _ADVICE(moved, one.advice)
    _BASIS(moved, one.basis)
    _FIXES(moved, fixes)
    _REGIONS(moved, one.regions)
    _CONFIDENCE(moved, one.confidence)
    _PACK(moved, one.pack)
    _CUE(moved, one.cue)
    _LIFT(moved, one.lift)
    return moved


def _made(
    rule: Rule, candidate: Candidate, view: View, level: Level, lift: str, regions: tuple[str, ...]
) -> Finding:
    spec = rule.spec
    start, end = candidate.start, candidate.end
    quote = view.document.text[start:end]
    message = spec.title
    if "{" in message:
        for name, value in {"quote": quote, **candidate.values}.items():
            message = message.replace("{" + name + "}", value)
    made = object.__new__(Finding)  # field by field, as `_moved` does
    _RULE(made, spec.id)
    _VERSION(made, spec.version)
    _CATEGORY(made, spec.category)
    _LEVEL(made, level)
    _START(made, start)
    _END(made, end)
    _QUOTE(made, quote)
    _MESSAGE(made, message)
    _WHY(made, spec.why)
    _ADVICE(made, spec.advice)
    _BASIS(made, spec.citations)
    _FIXES(made, fixes_for(rule, view, candidate))
    _REGIONS(made, regions)
    _CONFIDENCE(made, spec.confidence)
    _PACK(made, spec.pack)
    _CUE(made, candidate.cue)
    _LIFT(made, lift)
    return made
