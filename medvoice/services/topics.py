"""Topics of the person's voice: at most six, each with its own slot of colour and shape."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from medvoice.domain.clock import Clock
from medvoice.domain.errors import UserError
from medvoice.domain.ids import new_id
from medvoice.domain.topic import TOPIC_SLOTS, Topic
from medvoice.store.connection import Workspace, transaction
from medvoice.store.setting import SettingStore
from medvoice.store.topic import TopicStore

LONGEST_CADENCE_DAYS = 366
KNOWN_FOR_KEY, KNOWN_FOR_LENGTH = "known_for", 140
MERGED_KEY = "topics.merged"


class Topics:
    """Use cases of topics over one connection; call from the thread that owns it."""

    def __init__(self, db: Workspace, clock: Clock) -> None:
        self.db = db
        self.clock = clock
        self.store = TopicStore(db)
        self.settings = SettingStore(db)

    def add(
        self,
        name: str,
        *,
        promise: str = "",
        target_share: int = 0,
        keywords: Sequence[str] = (),
        slot: str = "",
        **more: Any,
    ) -> Topic:
        """Add a topic in `slot`, or in the first free one. `target_share` is percent; `more` are other fields
        of Topic.

        Raises UserError `topic_without_name`, `topic_exists`, `topics_full`, `slot_taken`, `slot_unknown`,
        `share_unreadable`, `cadence_unreadable`.
        """
        with transaction(self.db):
            topics = self.store.list()
            name = self._free_name(name, topics)
            topic = Topic(
                id=new_id("t"),
                name=name,
                slot=self._free_slot(slot, topics),
                promise=promise.strip(),
                target_share=_share(target_share),
                keywords=_words(keywords),
                created_at=self.clock.now(),
                **_sound(more),
            )
            self.store.add(topic)
        return topic

    def get(self, topic_id: str) -> Topic:
        """The topic. Raises UserError `topic_unknown`."""
        return self.store.get(topic_id)

    def list(self) -> "tuple[Topic, ...]":
        """All topics, oldest first."""
        return self.store.list()

    def rename(self, topic_id: str, name: str) -> Topic:
        """Give a topic another name. Raises UserError `topic_unknown`, `topic_without_name`,
        `topic_exists`."""
        return self.change(topic_id, name=name)

    def change(
        self,
        topic_id: str,
        *,
        name: str | None = None,
        promise: str | None = None,
        target_share: int | None = None,
        keywords: Sequence[str] | None = None,
        **more: Any,
    ) -> Topic:
        """Change what is given. Raises UserError as `add` does, and `topic_unknown`."""
        with transaction(self.db):
            topic = self.store.get(topic_id)
            others = [each for each in self.store.list() if each.id != topic_id]
            topic = replace(
                topic,
                name=topic.name if name is None else self._free_name(name, others),
                promise=topic.promise if promise is None else promise.strip(),
                target_share=topic.target_share if target_share is None else _share(target_share),
                keywords=topic.keywords if keywords is None else _words(keywords),
                **_sound(more),
            )
            self.store.save(topic)
        return topic

    def remove(self, topic_id: str) -> None:
        """Forget a topic; its drafts stay, without one. Raises UserError `topic_unknown`."""
        self.store.remove(topic_id)

    def merge(self, topic_id: str, into_id: str) -> Topic:
        """Put all drafts of a topic under another one, which gets its keywords, hashtags and mentions too,
        and forget the first; what is planned stays planned. Raises UserError `topic_unknown`,
        `topic_into_itself`."""
        if topic_id == into_id:
            raise UserError("topic_into_itself")
        with transaction(self.db):
            gone, kept = self.store.get(topic_id), self.store.get(into_id)
            merged = replace(
                kept,
                keywords=_words((*kept.keywords, *gone.keywords)),
                hashtags=_words((*kept.hashtags, *gone.hashtags)),
                mentions=_words((*kept.mentions, *gone.mentions)),
            )
            self.store.save(merged)
            self.store.hand_over(topic_id, into_id)
            self.store.remove(topic_id)
            self.settings.save(MERGED_KEY, json.dumps({**self.merged, topic_id: into_id}))
        return merged

    @property
    def merged(self) -> dict[str, str]:
        """Topics that were merged away, and into which; some may have come back since."""
        return json.loads(self.settings.get(MERGED_KEY, "{}"))

    def draft_ids(self, topic_id: str) -> "tuple[str, ...]":
        """The drafts of a topic, archived ones too."""
        return self.store.draft_ids(topic_id)

    def put_back(self, topic: Topic, draft_ids: Iterable[str], merged_into: Topic | None = None) -> None:
        """Keep again what was removed, with its drafts: the way back of a removal, and of a merge, whose
        other topic then is as it was in `merged_into`. Raises UserError `topic_exists`, `topics_full`."""
        with transaction(self.db):
            topics = self.store.list()
            if merged_into is not None:
                self.store.save(merged_into)
            slot = topic.slot if topic.slot not in {each.slot for each in topics} else ""
            back = replace(
                topic, name=self._free_name(topic.name, topics), slot=self._free_slot(slot, topics)
            )
            self.store.add(back)
            self.store.give(draft_ids, topic.id)
            merged = {gone: into for gone, into in self.merged.items() if gone != topic.id}
            self.settings.save(MERGED_KEY, json.dumps(merged))

    @property
    def known_for(self) -> str:
        """The sentence the person wants to be known for; "" before they wrote one."""
        return self.settings.get(KNOWN_FOR_KEY)

    def set_known_for(self, sentence: str) -> None:
        """Keep that sentence, at most KNOWN_FOR_LENGTH code points."""
        self.settings.save(KNOWN_FOR_KEY, " ".join(sentence.split())[:KNOWN_FOR_LENGTH])

    @staticmethod
    def _free_name(name: str, topics: Sequence[Topic]) -> str:
        name = " ".join(name.split())
        if not name:
            raise UserError("topic_without_name")
        if any(topic.name.casefold() == name.casefold() for topic in topics):
            raise UserError("topic_exists", name=name)
        return name

    @staticmethod
    def _free_slot(slot: str, topics: Sequence[Topic]) -> str:
        taken = {topic.slot for topic in topics}
        free = [each for each in TOPIC_SLOTS if each not in taken]
        if not free:
            raise UserError("topics_full", limit=len(TOPIC_SLOTS))
        if not slot:
            return free[0]
        if slot not in TOPIC_SLOTS:
            raise UserError("slot_unknown", slot=slot)
        if slot in taken:
            raise UserError("slot_taken", slot=slot)
        return slot


def _words(words: Iterable[str]) -> tuple[str, ...]:
    """Each word once, without white space around it, in order."""
    tidy = (" ".join(word.split()) for word in words)
    return tuple({word.casefold(): word for word in reversed([each for each in tidy if each])}.values())[::-1]


def _sound(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields of Topic made tidy. Raises UserError `cadence_unreadable`."""
    days = fields.get("cadence_days", 0)
    if not 0 <= days <= LONGEST_CADENCE_DAYS:
        raise UserError("cadence_unreadable", days=days, most=LONGEST_CADENCE_DAYS)
    tidy = dict(fields)
    for name in ("avoid", "mentions"):
        if name in tidy:
            tidy[name] = _words(tidy[name])
    if "hashtags" in tidy:
        tidy["hashtags"] = _words(each.strip().lstrip("#") for each in tidy["hashtags"])
    if "audience" in tidy:
        tidy["audience"] = tidy["audience"].strip()
    return tidy


def _share(value: int) -> int:
    if not 0 <= value <= 100:
        raise UserError("share_unreadable", share=value)
    return value
