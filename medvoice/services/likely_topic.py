"""A likely topic for a draft, from the person's own words: keywords first, then what the posts they put under
each topic have in common. A guess is offered with its reasons and never set by itself."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from medvoice.domain.topic import Topic

_WORD = re.compile(r"[^\W\d_]{3,}(?:-[^\W\d_]+)*")
# A keyword of the topic weighs as much as several learned words; a guess needs nearly as much as one keyword,
# and this much more than the next topic has.
KEYWORD_WEIGHT = 4.0
LEAST, MARGIN = 3.5, 1.3
# A learned word stands in at least two posts of the topic, and is at least this many times as common there.
LEAST_POSTS, LEAST_RATIO = 2, 3.0
MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """A likely topic and the person's own words that speak for it, the strongest first."""

    topic: Topic
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lore:
    """What was learned: per topic id its telling words with their weights, and its keywords."""

    topics: tuple[Topic, ...]
    weights: dict[str, dict[str, float]]


def learn(topics: Sequence[Topic], tagged: Iterable[tuple[str, str]]) -> Lore:
    """Learn from `tagged`, pairs of topic id and words. Pure."""
    per_topic: dict[str, Counter[str]] = {topic.id: Counter() for topic in topics}
    posts: Counter[str] = Counter()
    for topic_id, text in tagged:
        if topic_id in per_topic:
            posts[topic_id] += 1
            per_topic[topic_id].update(_words(text))
    total = sum(posts.values())
    overall: Counter[str] = Counter()
    for counts in per_topic.values():
        overall.update(counts)
    weights = {topic.id: _telling(per_topic[topic.id], posts[topic.id], overall, total) for topic in topics}
    return Lore(tuple(topics), weights)


def _telling(counts: Counter[str], posts: int, overall: Counter[str], total: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for word, count in counts.items():
        if count < LEAST_POSTS:
            continue
        here = (count + 0.5) / (posts + 1)
        elsewhere = (overall[word] - count + 0.5) / (total - posts + 1)
        if here / elsewhere >= LEAST_RATIO:
            found[word] = min(math.log(here / elsewhere), KEYWORD_WEIGHT / 2)
    return found


def guess(text: str, lore: Lore) -> Guess | None:
    """The likely topic of a text, None when nothing speaks clearly for one. Pure."""
    words = _words(text)
    folded = f" {' '.join(_WORD.findall(text.casefold()))} "
    scored: list[tuple[float, Topic, tuple[str, ...]]] = []
    for topic in lore.topics:
        reasons = {
            word: KEYWORD_WEIGHT for word in topic.keywords if _phrase(word) and _phrase(word) in folded
        }
        learned = lore.weights.get(topic.id, {})
        known = {_phrase(word).strip() for word in reasons}
        reasons |= {word: learned[word] for word in words & learned.keys() if word not in known}
        strongest = sorted(reasons, key=lambda word: (-reasons[word], word))
        scored.append((sum(reasons.values()), topic, tuple(strongest[:MOST_REASONS])))
    scored.sort(key=lambda each: -each[0])
    if not scored or scored[0][0] < LEAST:
        return None
    if len(scored) > 1 and scored[0][0] < scored[1][0] * MARGIN:
        return None
    return Guess(scored[0][1], scored[0][2])


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _phrase(keyword: str) -> str:
    words = _WORD.findall(keyword.casefold())
    return f" {' '.join(words)} " if words else ""
