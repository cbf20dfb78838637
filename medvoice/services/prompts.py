"""Recurring prompts: "the first Tuesday of the month, a paper in plain words". At its time each becomes an
idea; nothing is ever scheduled or sent by one."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from medvoice.domain.clock import Clock
from medvoice.domain.draft import Draft
from medvoice.domain.errors import UserError
from medvoice.domain.ids import new_id
from medvoice.domain.recurrence import Moment, Recurrence, moment_of
from medvoice.services.ideas import Ideas
from medvoice.services.identity import Identity
from medvoice.services.planning import local_day
from medvoice.store.connection import Workspace, transaction
from medvoice.store.setting import SettingStore
from medvoice.store.topic import TopicStore

PROMPTS_KEY = "planning.prompts"
MOST_PROMPTS = 50
FIRST_HOUR = time(8, 10)
LOOK_AHEAD = timedelta(days=366 * 2)


@dataclass(frozen=True, slots=True)
class Prompt:
    """`words` become an idea at `clock` (wall time of the person's zone) on each day of `rule`. `made_on` is
    the last day one was made for."""

    id: str
    words: str
    rule: Recurrence
    clock: time
    topic_id: str | None
    is_on: bool
    made_on: date | None


class Prompts:
    """Use cases of prompts over one connection; call from the thread that owns it."""

    def __init__(self, db: Workspace, clock: Clock) -> None:
        self.db = db
        self.clock = clock
        self.settings = SettingStore(db)
        self.topics = TopicStore(db)
        self.ideas = Ideas(db, clock)
        self.identity = Identity(db)

    def list(self) -> "tuple[Prompt, ...]":
        """All prompts, oldest first."""
        return tuple(_read(row) for row in json.loads(self.settings.get(PROMPTS_KEY, "[]")))

    def today(self) -> date:
        """Today in the person's zone."""
        return local_day(self.clock.now(), self.identity.get().zone)

    def add(
        self, words: str, rule: Recurrence, clock: time = FIRST_HOUR, topic_id: str | None = None
    ) -> Prompt:
        """Add a prompt. Raises UserError `idea_empty`, `topic_unknown`, `prompts_full`."""
        words = words.strip()
        if not words:
            raise UserError("idea_empty")
        with transaction(self.db):
            if topic_id is not None:
                self.topics.get(topic_id)
            known = self.list()
            if len(known) >= MOST_PROMPTS:
                raise UserError("prompts_full", limit=MOST_PROMPTS)
            # What lies before it was added is not made up for.
            made = Prompt(new_id("q"), words, rule, clock, topic_id, True, self._last_before_now(rule, clock))
            self._keep((*known, made))
        return made

    def set_on(self, prompt_id: str, is_on: bool) -> Prompt:
        """Let a prompt rest, or go on; what it missed while it rested is not made up for. Raises UserError
        `prompt_unknown`."""
        with transaction(self.db):
            prompt = self._get(prompt_id)
            last = self._last_before_now(prompt.rule, prompt.clock) if is_on else prompt.made_on
            changed = replace(prompt, is_on=is_on, made_on=last)
            self._keep(tuple(changed if each.id == prompt_id else each for each in self.list()))
        return changed

    def remove(self, prompt_id: str) -> Prompt:
        """End a prompt; the ideas it made stay. Raises UserError `prompt_unknown`."""
        with transaction(self.db):
            prompt = self._get(prompt_id)
            self._keep(tuple(each for each in self.list() if each.id != prompt_id))
        return prompt

    def put_back(self, prompt: Prompt) -> None:
        """Keep again what was removed: the way back."""
        with transaction(self.db):
            self._keep((*(each for each in self.list() if each.id != prompt.id), prompt))

    def upcoming(self, prompt: Prompt, count: int = 3) -> "tuple[Moment, ...]":
        """The next moments of a prompt."""
        zone_name, now = self.identity.get().zone, self.clock.now()
        today = self.today()
        found: list[Moment] = []
        for day in prompt.rule.days(today, today + LOOK_AHEAD):
            moment = moment_of(day, prompt.clock, zone_name)
            if moment.at > now:
                found.append(moment)
            if len(found) == count:
                break
        return tuple(found)

    def make_due(self) -> "tuple[Draft, ...]":
        """An idea for each prompt whose time has come since the last one; one, however many were missed."""
        made: list[Draft] = []
        with transaction(self.db):
            kept: list[Prompt] = []
            for prompt in self.list():
                last = self._last_before_now(prompt.rule, prompt.clock) if prompt.is_on else None
                if last is not None and (prompt.made_on is None or last > prompt.made_on):
                    topic_id = prompt.topic_id if self._has_topic(prompt.topic_id) else None
                    made.append(self.ideas.add(prompt.words, topic_id=topic_id, way="prompt"))
                    prompt = replace(prompt, made_on=last)
                kept.append(prompt)
            if made:
                self._keep(tuple(kept))
        return tuple(made)

    def _last_before_now(self, rule: Recurrence, clock: time) -> date | None:
        """The last day of a rule whose time has come."""
        zone_name, now, today = self.identity.get().zone, self.clock.now(), self.today()
        longest = timedelta(days=31 * rule.step + 31)
        past = [
            day for day in rule.days(today - longest, today) if moment_of(day, clock, zone_name).at <= now
        ]
        return past[-1] if past else None

    def _has_topic(self, topic_id: str | None) -> bool:
        return any(each.id == topic_id for each in self.topics.list())

    def _get(self, prompt_id: str) -> Prompt:
        found = next((each for each in self.list() if each.id == prompt_id), None)
        if found is None:
            raise UserError("prompt_unknown", id=prompt_id)
        return found

    def _keep(self, prompts: "tuple[Prompt, ...]") -> None:
        self.settings.save(PROMPTS_KEY, json.dumps([_row(each) for each in prompts]))


def _row(prompt: Prompt) -> dict[str, object]:
    rule = asdict(prompt.rule) | {"start_on": prompt.rule.start_on.isoformat()}
    made_on = prompt.made_on.isoformat() if prompt.made_on else None
    return {
        "id": prompt.id,
        "words": prompt.words,
        "rule": rule,
        "clock": f"{prompt.clock:%H:%M}",
        "topic_id": prompt.topic_id,
        "is_on": prompt.is_on,
        "made_on": made_on,
    }


def _read(row: dict[str, Any]) -> Prompt:
    rule = Recurrence(**(row["rule"] | {"start_on": date.fromisoformat(row["rule"]["start_on"])}))
    made_on = date.fromisoformat(row["made_on"]) if row["made_on"] else None
    clock = datetime.strptime(row["clock"], "%H:%M").time()  # noqa: DTZ007 - a time of day
    return Prompt(row["id"], row["words"], rule, clock, row["topic_id"], row["is_on"], made_on)
