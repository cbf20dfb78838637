"""Safe fixes: they delete, generalise or move words, never assert, and add no product, number or claim."""

import re
from bisect import bisect_left
from collections.abc import Callable

from medvoice.compliance.disclaimer import OFFERED, sentence_for
from medvoice.compliance.facts import Candidate
from medvoice.compliance.ruleset import Rule
from medvoice.compliance.spec import FixSpec
from medvoice.compliance.view import View
from medvoice.domain.finding import Fix

# A line that holds nothing but the mark of a list.
_LIST_MARK = re.compile(r"(?m)^[ \t]*(?:\d+[.)]|[•\-*–→✅▶])[ \t]*\Z")
_TAGS = re.compile(r"(?:[ \t]|[#@]\w+(?:\.\w+)*|[.!?…,;])*")  # each sign in one way only, so that it is fast
_HANGING = frozenset("a an the at on in via from to by with of for under see and or".split())
_ARTICLES = frozenset("a an the our my your his her its their this that these new old any every no".split())
_AFTER_NOUN = frozenset(
    (
        "in on at for with and or but to by from of as is was has had does did can could may might will would"
        " should after before during than when while that which today again here there now yet too"
    ).split()
)


_AROUND = 80
_LAST_WORD = re.compile(r"(\w{1,20})?(:)?[ \t]{0,4}\Z")


def fixes_for(rule: Rule, view: View, candidate: Candidate) -> tuple[Fix, ...]:
    """The rule's fixes at this place, offsets in code points of the text. Doubles are left out."""
    found: list[Fix] = []
    for spec in rule.spec.fixes:
        fix = _MAKERS[spec.kind](spec, view, candidate)
        if fix is not None and all(
            (fix.start, fix.end, fix.replacement) != (f.start, f.end, f.replacement) for f in found
        ):
            found.append(fix)
    return tuple(found)


def apply(text: str, fix: Fix) -> str:
    """`text` with one fix in it."""
    return text[: fix.start] + fix.replacement + text[fix.end :]


def _delete(text: str, start: int, end: int, label: str) -> Fix:
    """Delete start..end with what would be left over: a space that would stand double or before a sign, the
    mark of a list that has lost its words, the line that is empty then."""
    low = max(0, start - _AROUND)  # nothing further away matters, and long texts would be copied each time
    left, right = text[low:start], text[end : end + _AROUND]
    if left.endswith((" ", "\n")) or not left:
        while right[:1] == " ":
            right, end = right[1:], end + 1
    if right[:1] in tuple(",.;:!?") or not right or right[0] == "\n":
        while left.endswith(" "):
            left, start = left[:-1], start - 1
    mark = _LIST_MARK.search(left)
    if mark is not None and right[:1] in ("", "\n"):
        left, start = left[: mark.start()], low + mark.start()
    if not left or left.endswith("\n\n"):
        # A paragraph that goes takes the blank line after it along.
        while right[:1] == "\n":
            right, end = right[1:], end + 1
    elif left.endswith("\n") and right[:1] == "\n":
        right, end = right[1:], end + 1
    if not right:
        start = low + len(left.rstrip())
    return Fix(label, start, end, "")


def _hangs(text: str, fix: Fix) -> bool:
    """Whether the words before a deletion wait for what was deleted: "Read it at"."""
    if text[fix.end : fix.end + 1] not in ("", "\n", ".", "!", "?"):
        return False
    before = _LAST_WORD.search(text, max(0, fix.start - _LOOK_BACK), fix.start)
    return before is not None and (bool(before[2]) or (before[1] or "").lower() in _HANGING)


def _is_loose(text: str, end: int) -> bool:
    """Whether a tag or mention that ends there stands at the end of its line, among its like: one that is a
    word of its sentence cannot go without it."""
    line_end = text.find("\n", end)
    return _TAGS.fullmatch(text, end, len(text) if line_end < 0 else line_end) is not None


def _delete_span(spec: FixSpec, view: View, candidate: Candidate) -> Fix | None:
    text = view.document.text
    if text[candidate.start : candidate.start + 1] in ("@", "#") and not _is_loose(text, candidate.end):
        return None
    fix = _delete(text, candidate.start, candidate.end, spec.label)
    return _delete_sentence(spec, view, candidate) if _hangs(text, fix) else fix


def _sentence_span(view: View, candidate: Candidate) -> tuple[int, int]:
    start = view.starts[candidate.sentence]
    return start, start + len(view.facts[candidate.sentence].text)


def _delete_sentence(spec: FixSpec, view: View, candidate: Candidate) -> Fix | None:
    span = _sentence_span(view, candidate)
    if span not in view.cuts:
        cut = _delete(view.document.text, *span, "")
        view.cuts[span] = (cut.start, cut.end)
    return Fix(spec.label, *view.cuts[span], "")


def _delete_tag(spec: FixSpec, view: View, candidate: Candidate) -> Fix | None:
    facts, offset = view.facts[candidate.sentence], view.starts[candidate.sentence]
    for tag in facts.tokens.tags:
        start, end = facts.tag_span(tag)
        if offset + start < candidate.end and candidate.start < offset + end:
            text = view.document.text
            is_loose = _is_loose(text, offset + end)
            return _delete(text, offset + start, offset + end, spec.label) if is_loose else None
    return None


def _replace(spec: FixSpec, view: View, candidate: Candidate) -> Fix | None:
    """The words for the span; a whole sentence when the words are one."""
    if spec.to.endswith((".", "!", "?")):
        return Fix(spec.label, *_sentence_span(view, candidate), spec.to)
    words = spec.to
    if _starts_sentence(view, candidate) and words[:1].islower():
        words = words[0].upper() + words[1:]
    return Fix(spec.label, candidate.start, candidate.end, words)


def _starts_sentence(view: View, candidate: Candidate) -> bool:
    return candidate.start == view.starts[candidate.sentence]


def _generalise(spec: FixSpec, view: View, candidate: Candidate) -> Fix | None:
    key = (candidate.sentence, spec)
    if key not in view.general:
        view.general[key] = _general_words(spec, view, candidate)
    return view.general[key]


def _general_words(spec: FixSpec, view: View, candidate: Candidate) -> Fix | None:
    number = view.ruleset.names.get(spec.class_id)
    facts, offset = view.facts[candidate.sentence], view.starts[candidate.sentence]
    if number is None:
        return None
    for hit in facts.hits.get(number)[:_MOST_TRIED]:
        start, end = facts.span(*hit)
        if facts.tokens.tag_of(hit[0]) is None and _stands_alone(facts.text, start, end):
            words = spec.to[0].upper() + spec.to[1:] if start == 0 and spec.to[:1].islower() else spec.to
            return Fix(spec.label, offset + start, offset + end, words)
    return None


_MOST_TRIED = 6
_LOOK_BACK = 24  # an article and some blanks; all of a long text would make hostile ones slow
_WORD_BEFORE = re.compile(r"(\w{1,20})[ \t]{1,8}\Z")
_WORD_AFTER = re.compile(r"[ \t]{0,8}([^\W\d_]{1,30}|.)?")


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a noun phrase can take the place of text[start:end]: no article before it, no noun after it."""
    before = _WORD_BEFORE.search(text, max(0, start - _LOOK_BACK), start)
    if text[start - 1 : start] in tuple("-/") or (before is not None and before[1].lower() in _ARTICLES):
        return False
    after = _WORD_AFTER.match(text, end)
    word = after[1] if after is not None else None
    return word is None or not (word.isalnum() or word in "-/+’'") or word.lower() in _AFTER_NOUN


def _plain_text(spec: FixSpec, view: View, candidate: Candidate) -> Fix | None:
    facts, offset = view.facts[candidate.sentence], view.starts[candidate.sentence]
    low, high = candidate.start - offset, candidate.end - offset
    source = facts.folded.source
    if "\u202e" in facts.text or "\u202d" in facts.text:  # turned round: not in the order of the text
        places = [i for i, at in enumerate(source or ()) if low <= at < high] or [0]
        first, after = places[0], places[-1] + 1
    else:
        first = low if source is None else bisect_left(source, low)
        after = high if source is None else bisect_left(source, high)
    plain = facts.folded.text[first:after]
    starts = facts.tokens.starts
    joined = " ".join(facts.tokens.texts[bisect_left(starts, first) : bisect_left(starts, after)])
    words = joined if re.fullmatch(r"[\w]([\W_]+\w)+", plain) else plain
    if not words or words == view.document.text[candidate.start : candidate.end]:
        return None
    return Fix(spec.label, candidate.start, candidate.end, words)


def _move_first(spec: FixSpec, view: View, candidate: Candidate) -> Fix | None:
    text = view.document.text
    start, end = _sentence_span(view, candidate)
    if start == 0:
        return None
    cut = _delete(text, start, end, spec.label)
    rest = text[: cut.start] + text[cut.end :]
    return Fix(spec.label, 0, len(text), f"{text[start:end]}\n\n{rest.strip()}")


def _insert_disclaimer(spec: FixSpec, view: View, candidate: Candidate) -> Fix | None:
    document = view.document
    is_short = document.channel == "x"
    offered = view.ruleset.sentences or OFFERED
    sentence = sentence_for(document.channel, document.employer, "", document.regions, is_short, offered)
    if document.parts and view.parts[candidate.sentence] < len(document.parts):
        end = document.parts[view.parts[candidate.sentence]][1]
        words = sentence_for("x_part", "", "", document.regions, True, offered)
        return Fix(spec.label, end, end, f" {words}") if words else None
    if sentence in document.text:
        return None  # it stands there; what the rule misses, no other sentence of ours says
    if is_short:
        return Fix(spec.label, len(document.text), len(document.text), f" {sentence}")
    return Fix(spec.label, 0, 0, f"{sentence}\n\n")


_MAKERS: dict[str, Callable[[FixSpec, View, Candidate], Fix | None]] = {
    "delete_span": _delete_span,
    "delete_sentence": _delete_sentence,
    "delete_tag": _delete_tag,
    "replace": _replace,
    "generalise": _generalise,
    "plain_text": _plain_text,
    "move_first": _move_first,
    "insert_disclaimer": _insert_disclaimer,
}
