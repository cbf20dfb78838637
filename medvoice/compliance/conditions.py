"""The `if` conditions of severities: what stands around a finding, and who writes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from medvoice.compliance.facts import Candidate
from medvoice.compliance.hits import Hit
from medvoice.compliance.ruleset import Rule, Ruleset
from medvoice.compliance.spec import Scope
from medvoice.compliance.view import View, overlaps

_MEDICINE = ("product", "medicine_word", "treatment_word", "drug_class", "nickname")
_CLINICAL = (*_MEDICINE, "disease", "statistic", "benefit")
_TOPICS = (
    "own_product",
    "own_company",
    "competitor_product",
    "rival_company",
    "product",
    "disease",
    "therapy_area",
)


@dataclass(slots=True)
class Evidence:
    """What one finding may look at. Unknown relation means the milder level."""

    view: View
    rule: Rule
    candidate: Candidate
    tag_hits: frozenset[int]

    def has(self, *names: str, scope: Scope | None = None) -> bool:
        """Whether one of the classes is found as far as the rule looks; hashtags anywhere count too, unless
        the rule looks at its own sentence only."""
        classes = self.view.ruleset.classes(names)
        if self.view.seen.isdisjoint(classes):
            return False
        reach = scope or self.rule.spec.evidence
        if reach == "post":
            return True
        if reach != "sentence" and not self.tag_hits.isdisjoint(classes):
            return True
        return self.view.stands(self.candidate.sentence, reach, classes)

    def product_hits(self) -> list[tuple[int, Hit]]:
        """The product hits within reach, with their sentences."""
        number = self.view.ruleset.names["product"]
        return [
            (i, hit)
            for i in self.view.reach(self.candidate.sentence, self.rule.spec.evidence, (number,))
            for hit in self.view.facts[i].hits[number]
        ]


def _unrelated_generic(evidence: Evidence) -> bool:
    if evidence.has("own_product", "competitor_product"):
        return False
    found = evidence.product_hits()
    if not found:
        return False
    drugs, names = evidence.view.ruleset.drugs, evidence.view.ruleset.names
    for number, hit in found:
        facts = evidence.view.facts[number]
        if facts.words(hit) in drugs.generic or any(
            overlaps(hit, code) for code in facts.hits.get(names["code"])
        ):
            return False
    return not _historical(evidence)


def _historical(evidence: Evidence) -> bool:
    return evidence.has("historical", scope="sentence") and not evidence.has("own_product")


def _brand_account(evidence: Evidence) -> bool:
    name = evidence.candidate.values.get("a", "").lstrip("@")
    drugs = evidence.view.ruleset.drugs
    known = {product.name.lower() for product in evidence.view.document.products}
    words = (name, *(name[:size] for size in range(5, len(name))))
    return any(word in known or word in drugs.generic for word in words)


def _clinical_statistic(evidence: Evidence) -> bool:
    return evidence.has(*_MEDICINE, "benefit", scope="adjacent") and not evidence.has(
        "epidemiology", scope="sentence"
    )


_THERAPY = ("disease", "therapy_area", "product", "competitor_product")
_OWN = ("own_product", "own_company")
_TARGET = ("disease", "investigational")
_NEWS = ("employer_news", "society")
# All that a condition asks of the whole post; a finding kept from an earlier check is good while these hold.
_OF_POST = frozenset((*_CLINICAL, *_TOPICS, *_THERAPY, *_OWN, *_TARGET, *_NEWS))


def post_classes(ruleset: Ruleset) -> frozenset[int]:
    """The numbers of the classes that conditions look for in the whole post."""
    return ruleset.remember(
        "post_classes", lambda: frozenset(ruleset.names[name] for name in _OF_POST if name in ruleset.names)
    )


def _therapy_area_only(evidence: Evidence) -> bool:
    return evidence.has(*_THERAPY, scope="post") and not evidence.has(*_OWN, scope="post")


CHECKS: Mapping[str, Callable[[Evidence], bool]] = {
    "own_product": lambda e: e.has("own_product"),
    "own_company_or_product": lambda e: e.has("own_product", "own_company", "employer_self"),
    "own_product_or_employer_named": lambda e: e.has(*_OWN, scope="post"),
    "competitor_product": lambda e: e.has("competitor_product", "rival_company"),
    "unrelated_generic": _unrelated_generic,
    "withdrawn_or_historical": _historical,
    "with_product": lambda e: e.has("product"),
    "with_medicine": lambda e: e.has(*_MEDICINE),
    "with_patient": lambda e: e.has("patient", "single_patient"),
    "with_clinical_content": lambda e: e.has(*_CLINICAL, scope="post"),
    "therapy_area_only": _therapy_area_only,
    "employer_disclosure_needed": lambda e: e.has(*_TOPICS, scope="post"),
    # The rule that asks fired on words of sharing, so the post itself is the target.
    "target_has_product": lambda e: e.has("product", scope="post"),
    "target_disease_or_pipeline": lambda e: e.has(*_TARGET, scope="post"),
    "employer_news_jobs_awards_or_society": lambda e: e.has(*_NEWS, scope="post"),
    "we_with_company_product_or_announcement": lambda e: e.has(
        "own_company", "company", "product", "announce", "employer_self"
    ),
    "clinical_statistic": _clinical_statistic,
    "epidemiology": lambda e: not _clinical_statistic(e),
    "three_identifiers": lambda e: e.candidate.count >= 3,
    "four_identifiers": lambda e: e.candidate.count >= 4,
    # Nobody can record a congress's photo rule yet, so it never holds.
    "no_photo_policy": lambda _e: False,
    "brand_account": _brand_account,
    "vaccination_in_general": lambda e: e.has("vaccination") and not e.has("product"),
    "channel_x": lambda e: e.view.document.channel == "x",
}
