"""The demo's steps, each told in plain lines."""

import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from medvoice.bootstrap import Workspace
from medvoice.domain.clock import utc_to_wall
from medvoice.domain.draft import CHANNEL_NAMES, Draft, body_offset
from medvoice.domain.finding import Finding, Fix, Level
from medvoice.domain.profile import Profile
from medvoice.platforms.sandbox import Sandbox
from medvoice.platforms.sandbox.visitor import decide

PERSON = "Jordan Sample"
ZONE = "Europe/Berlin"
WORDS = {Level.BLOCK: "Must fix", Level.WARN: "Check", Level.ADVISE: "Suggestion"}
REASON = "Read again and kept on purpose, for this demo."
MAX_ROUNDS = 20


class Story:
    """One run over one workspace; call from its thread."""

    def __init__(self, opened: Workspace, sandbox: Sandbox, say: Callable[[str], object]) -> None:
        self.opened = opened
        self.sandbox = sandbox
        self.say = say

    def introduce(self) -> None:
        """Write the profile of the invented person."""
        self.opened.identity.save(
            Profile(
                name=PERSON,
                role="Medical science liaison",
                employer="Sample Biopharma",
                regions=("US", "EU", "UK"),
                zone=ZONE,
            )
        )

    def connect(self, network: str) -> None:
        """The real OAuth flow over loopback; the consent page is answered for the person."""
        ports = (_free_port(), _free_port())
        host = "localhost" if network == "linkedin" else "127.0.0.1"
        for port in ports:
            self.sandbox.register_redirect(network, f"http://{host}:{port}/callback")
        secret = "practice-linkedin-secret" if network == "linkedin" else ""
        pending = self.opened.connecting.begin(
            network, f"practice-{network}", secret, self.sandbox.base_url, ports=ports
        )
        visitor = threading.Thread(target=decide, args=(pending.url,), daemon=True)
        visitor.start()
        account = self.opened.connecting.wait(pending, 30).account
        visitor.join(5)
        until = f", until {account.expires_at:%d %b %Y}" if account.expires_at else ""
        self.say(f"Signed in to practice {CHANNEL_NAMES[network]} as {account.display_name}{until}.")

    def write(self, text: str) -> Draft:
        """The draft, on both channels."""
        draft = self.opened.drafting.create(
            title="The demo post", text=text.strip(), channels=("linkedin", "x")
        )
        self.say(f"\nThe text:\n{_indented(draft.text)}")
        return draft

    def show_findings(self, draft_id: str) -> None:
        """What the rules find, on the first channel that finds most."""
        standing = self.opened.clearing.standing(draft_id)
        for channel in standing.per_channel:
            packs = ", ".join(f"{pack.id.upper()} {pack.version}" for pack in channel.result.packs)
            self.say(f"\nFound for {CHANNEL_NAMES[channel.channel]} ({packs}; draft rules, no legal review):")
            for finding in channel.result.findings:
                quote = f" “{finding.quote[:60]}”" if finding.quote else ""
                basis = finding.basis[0].doc if finding.basis else ""
                self.say(
                    f"  {WORDS[finding.level]:<10} {finding.rule:<14} {finding.message}{quote}  [{basis}]"
                )
            if not channel.result.findings:
                self.say(f"  No rule matched ({packs}). Not a clearance by your company.")
            for line in channel.result.unread:
                self.say(f"  Not read: {line}")

    def make_clearable(self, draft_id: str) -> bool:
        """Apply offered fixes, dismiss what may be dismissed with a reason. False when blocks are left."""
        self.say("\nFixing:")
        for _ in range(MAX_ROUNDS):
            standing = self.opened.clearing.standing(draft_id)
            open_findings = [f for c in standing.per_channel for f in (*c.blocks, *c.open_warnings)]
            if not open_findings:
                return True
            if not self._fix_one(standing.draft, open_findings):
                break
        standing = self.opened.clearing.standing(draft_id)
        for rule in sorted({left.code for left in standing.left if left.kind == "warning"}):
            self.opened.clearing.dismiss_rule(draft_id, rule, REASON, PERSON, None)
            self.say(f"  {rule}: set aside with the reason “{REASON}”")
        stuck = [left for left in self.opened.clearing.standing(draft_id).left if left.kind != "tick"]
        for left in stuck:
            self.say(f"  Still open: {left.code}: {left.words}")
        if stuck:
            self.say("This text needs your own hand; nothing was cleared and nothing was sent.")
        return not stuck

    def _fix_one(self, draft: Draft, findings: list[Finding]) -> bool:
        """Apply the first fix that can be applied; True when the draft changed."""
        for finding in findings:
            for fix in finding.fixes:
                changed = self._fixed(draft, fix)
                if changed is not None:
                    self.opened.drafting.save(
                        draft.id, draft.revision, text=changed.text, variants=changed.variants
                    )
                    self.say(f"  {finding.rule}: {fix.label or 'suggested wording used'}")
                    return True
        sentence_missing = any(f.category.startswith("missing_") for f in findings)
        if sentence_missing and not any(v.disclaimer for v in draft.variants):
            variants = tuple(
                replace(
                    v,
                    disclaimer=self.opened.clearing.disclaimer_for(draft, v.channel),
                    disclaimer_place="start",
                )
                for v in draft.variants
            )
            self.opened.drafting.save(draft.id, draft.revision, variants=variants)
            self.say("  Personal-view sentence added before the text")
            return True
        return False

    @staticmethod
    def _fixed(draft: Draft, fix: Fix) -> Draft | None:
        """The draft with the fix in its main text; None when it would change nothing there."""
        for channel in draft.channels_on:
            offset = body_offset(draft, channel)
            start, end = fix.start - offset, fix.end - offset
            if 0 <= start <= end <= len(draft.text):
                text = (draft.text[:start] + fix.replacement + draft.text[end:]).strip()
                if text and text != draft.text.strip():
                    return replace(draft, text=text)
        return None

    def schedule(self, draft_id: str) -> None:
        """Tick what only a person can tick, clear, and plan two minutes ahead."""
        standing = self.opened.clearing.standing(draft_id)
        self.say(f"\nThe text as it will be posted:\n{_indented(standing.per_channel[0].document.text)}")
        self.say("\nTicked by the person:")
        for item in standing.items:
            if item.item.kind != "standing":
                self.say(f"  [x] {item.item.code}  {item.item.text}")
        ticks = tuple(left.code for left in standing.left if left.kind == "tick")
        at = self.opened.clock.now() + timedelta(minutes=2)
        wall = utc_to_wall(at, ZONE)
        for delivery in self.opened.queueing.schedule(draft_id, wall, ZONE, PERSON, ticks=ticks):
            self.say(
                f"Cleared by you, not company approval. Scheduled for {CHANNEL_NAMES[delivery.channel]}: "
                f"{delivery.wall} {delivery.zone}, {len(delivery.parts)} post(s)."
            )

    def show_end(self, draft_id: str) -> None:
        """Links, the network's own ledger, and the record."""
        outbox = self.opened.queueing.outbox
        self.say("\nPublished on the practice network:")
        for delivery in outbox.list(draft_id=draft_id):
            for part in delivery.parts:
                same = [e for e in self.sandbox.ledger if e.remote_id == part.remote_id]
                exact = "exactly the cleared words" if same and same[0].text == part.text else "differs"
                times = sum(e.text == part.text for e in self.sandbox.ledger if e.network == delivery.channel)
                self.say(f"  {part.remote_url}  ({exact}, {times} time on the network's ledger)")
        self.say("\nThe record:")
        for record in self.opened.records.list(draft_id=draft_id):
            self.say(f"  {record.number:>3}  {record.kind:<12} {record.by:<14} {record.hash[:16]}")
        whole = self.opened.records.verify() is None
        self.say("  The chain of fingerprints is whole." if whole else "  The chain is broken.")


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
