"""Which topic a draft is likely about, offered until the person says no. Nothing is ever set here."""

import json

from medvoice.services.likely_topic import Guess, guess, learn
from medvoice.store.connection import Workspace, transaction
from medvoice.store.plan import PlanStore
from medvoice.store.setting import SettingStore
from medvoice.store.topic import TopicStore

REFUSED_KEY = "topics.refused"
# As many of the newest posts as a guess learns from, and as many refusals as are remembered.
LEARNED_FROM, MOST_REFUSED = 500, 300


class TopicGuessing:
    """Over one connection; call from the thread that owns it."""

    def __init__(self, db: Workspace) -> None:
        self.topics = TopicStore(db)
        self.plan = PlanStore(db)
        self.settings = SettingStore(db)
        self.db = db

    def guess(self, words: str) -> Guess | None:
        """The topic that the person's own words speak for. Learning from 500 posts takes about 20 ms."""
        return guess(words, learn(self.topics.list(), self.plan.tagged_texts(LEARNED_FROM)))

    def offer(self, draft_id: str, words: str) -> Guess | None:
        """The same, unless the person said no to that topic for this draft."""
        found = self.guess(words)
        return None if found is None or self._refused().get(draft_id) == found.topic.id else found

    def refuse(self, draft_id: str, topic_id: str) -> None:
        """Offer that topic no more for the draft, until its words speak for another one."""
        self._keep(
            {**{one: topic for one, topic in self._refused().items() if one != draft_id}, draft_id: topic_id}
        )

    def offer_again(self, draft_id: str) -> None:
        """Forget that the person said no: the way back."""
        self._keep({one: topic for one, topic in self._refused().items() if one != draft_id})

    def _refused(self) -> dict[str, str]:
        return json.loads(self.settings.get(REFUSED_KEY, "{}"))

    def _keep(self, refused: dict[str, str]) -> None:
        with transaction(self.db):
            latest = dict(list(refused.items())[-MOST_REFUSED:])
            self.settings.save(REFUSED_KEY, json.dumps(latest))
