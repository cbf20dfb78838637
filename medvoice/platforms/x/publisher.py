"""A post on X: one POST /2/tweets, what its answer means, and the look at the timeline."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from medvoice.domain.account import Account, Tokens
from medvoice.domain.clock import Clock, SystemClock
from medvoice.domain.errors import UserError
from medvoice.domain.outbox import Delivery, Part
from medvoice.domain.outcome import NotSent, Outcome, Published, Sighting, Unconfirmed
from medvoice.platforms.http import Http, NoAnswer, at_origin
from medvoice.platforms.wire import json_of, to_bytes
from medvoice.platforms.x.problems import outcome_of
from medvoice.platforms.x.timeline import Sought, look_for, post_url
from medvoice.services.ports import Prepared

POSTS_URL = "https://api.x.com/2/tweets"
_ID = re.compile(r"[0-9]{1,19}")


@dataclass(slots=True)
class XPublisher:
    """ports.Publisher for X. Holds no state; may be used from any thread. `clock` must be the one that
    `since` and retry times are on."""

    http: Http = field(default_factory=Http)
    clock: Clock = field(default_factory=SystemClock)
    network: str = "x"

    def prepare(self, account: Account, delivery: Delivery, part: Part, reply_to: str) -> Prepared:
        """The body of the post; a part after the first answers the one before.

        Raises UserError `text_empty`, `text_unreadable` or `parent_unknown` (the part before has no id, so
        this one would stand alone).
        """
        if part.position > 0 and not _ID.fullmatch(reply_to):
            raise UserError("parent_unknown", channel="x", position=part.position + 1)
        body: dict[str, object] = {"text": part.text}
        if reply_to:
            body["reply"] = {"in_reply_to_tweet_id": reply_to}
        return Prepared(to_bytes(body, part.text, "x"))

    def send(self, account: Account, tokens: Tokens, prepared: Prepared) -> Outcome:
        """POST the prepared bytes once. Blocks up to the time-outs of `http`; never raises for what the
        network does."""
        headers = {"Authorization": f"Bearer {tokens.access}", "Content-Type": "application/json"}
        try:
            answer = self.http.call("POST", at_origin(POSTS_URL, account.base_url), headers, prepared.body)
        except NoAnswer as problem:
            if problem.may_have_acted:
                return Unconfirmed(problem.code, problem.detail)
            return NotSent(problem.code, problem.detail)
        if answer.status in (200, 201):
            data = json_of(answer).get("data")
            remote_id = str(data.get("id", "")) if isinstance(data, dict) else ""
            if _ID.fullmatch(remote_id):
                return Published(remote_id, post_url(remote_id, account))
            return Unconfirmed("answer_unreadable", f"{answer.status} without an id")
        return outcome_of(answer, self.clock, tokens.access)

    def time_of(self, account: Account) -> datetime | None:
        """What time the network says it is, UTC; None without an answer. Signs in nowhere."""
        return self.http.time_at(at_origin(POSTS_URL, account.base_url))

    def look(self, account: Account, tokens: Tokens, part: Part, reply_to: str, since: datetime) -> Sighting:
        """Read the member's own timeline back to `since` less 60 seconds and look for the part."""
        return look_for(Sought(part.text, reply_to, since), account, tokens.access, self.http, self.clock)
