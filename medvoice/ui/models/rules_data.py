"""What the rules page shows: packs in force, what could not be read, and the sentences on offer."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from medvoice.domain.errors import PackError
from medvoice.domain.finding import PackRef
from medvoice.domain.profile import Profile

if TYPE_CHECKING:
    from medvoice.compliance.pack import Pack
    from medvoice.ui.bridge import Desk


def _tr(text: str) -> str:
    return QCoreApplication.translate("rules_data", text)


@dataclass(frozen=True, slots=True)
class PackProblem:
    """A mistake in a pack: where (`us/us.toml:12:5`, or the rule and key) and what."""

    place: str
    words: str


@dataclass(frozen=True, slots=True)
class RulesSnapshot:
    """`sentences` are (channel, sentence) pairs of the disclaimer as it would be offered; `licences` and
    `unverified` (how many sources could not be checked) stand in the order of the packs, as `rule_counts`."""

    packs: tuple[PackRef, ...]
    rule_counts: tuple[int, ...]
    licences: tuple[str, ...]
    unverified: tuple[int, ...]
    problems: tuple[PackProblem, ...]
    sentences: tuple[tuple[str, str], ...]
    profile: Profile
    now: datetime


def load_rules(desk: "Desk") -> RulesSnapshot:
    """Read the rulebook. Check lane or work lane; the packs are read already or are read now."""
    from medvoice.services.whose_view import sentence_on

    profile, now = desk.identity.get(), desk.clock.now()
    book = desk.checking.rulebook
    refs = tuple(book.ruleset.refs(now.date(), profile.regions))
    packs = {pack.id: pack for pack in book.loaded.packs}
    mine = [packs[ref.id] for ref in refs]
    sentences = tuple((channel, sentence_on(channel, profile)) for channel in ("linkedin", "x"))
    problems = tuple(problem_of(each) for each in book.problems)
    return RulesSnapshot(
        refs,
        tuple(len(pack.rules) for pack in mine),
        tuple(pack.meta.licence for pack in mine),
        tuple(unverified_in(pack) for pack in mine),
        problems,
        sentences,
        profile,
        now,
    )


def unverified_in(pack: "Pack") -> int:
    """How many documents that the rules of a pack cite could not be checked at their source."""
    return len({cite.doc for rule in pack.rules for cite in rule.citations if not cite.is_verified})


def problem_of(error: PackError) -> PackProblem:
    """A pack's mistake in words; file, line and column as an editor takes them."""
    params = error.params
    place = str(params.get("file") or params.get("pack") or "")
    for name in ("line", "column"):
        if params.get(name):
            place += f":{params[name]}"
    reason = str(params.get("reason", ""))
    if params.get("stays"):
        words = _tr("This file has a mistake, so {pack} {version} stays in force: {reason}")
        words = words.format(pack=params.get("pack"), version=params["stays"], reason=reason)
    elif error.code == "pack_syntax":
        words = _tr("This file could not be read, so none of it is in force: {reason}").format(reason=reason)
    else:
        words = _tr("Rule {rule}, {key}: {reason}. This rule is not in force, the others are.")
        words = words.format(rule=params.get("rule") or "?", key=params.get("key") or "?", reason=reason)
    return PackProblem(place, words)
