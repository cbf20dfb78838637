"""The values a pack is read into. Everything is checked already; nothing here does anything.

The format, with the meaning of every key, is resources/packs/FORMAT.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from medvoice.domain.finding import Citation, Confidence, Surface

Mode = Literal["ignore", "suppress", "downgrade", "require"]
Scope = Literal["sentence", "adjacent", "post", "part"]
Tags = Literal["yes", "no", "only"]
CONTEXTS = ("negation", "question", "hope", "research", "quotation", "attribution")
DEFAULT_MODES: Mapping[str, Mode] = {
    "negation": "suppress",
    "question": "ignore",
    "hope": "suppress",
    "research": "suppress",
    "quotation": "suppress",
    "attribution": "ignore",
}
CUE_KINDS = (
    "negation_before",
    "negation_after",
    "pseudo",
    "terminator",
    "question",
    "hope",
    "research",
    "attribution",
    "distancing",
    "rhetorical",
)
KINDS = (
    "phrase",
    "near",
    "pair",
    "score",
    "pattern",
    "count",
    "measure",
    "hygiene",
    "language",
    "missing",
    "mention",
    "fold",
    "hashtag",
    "echo",
    "always",
    "learned",
)
CONDITIONS = (
    "own_product",
    "own_company_or_product",
    "own_product_or_employer_named",
    "competitor_product",
    "unrelated_generic",
    "withdrawn_or_historical",
    "with_product",
    "with_medicine",
    "with_patient",
    "with_clinical_content",
    "therapy_area_only",
    "employer_disclosure_needed",
    "target_has_product",
    "target_disease_or_pipeline",
    "employer_news_jobs_awards_or_society",
    "we_with_company_product_or_announcement",
    "clinical_statistic",
    "epidemiology",
    "three_identifiers",
    "four_identifiers",
    "no_photo_policy",
    "brand_account",
    "vaccination_in_general",
    "channel_x",
    "otherwise",
)
CATEGORIES = (
    "absolute_claim",
    "adverse_event",
    "comparative_superlative",
    "competitor_disparagement",
    "confidential_unpublished",
    "copyright_figure",
    "corporate_engagement",
    "disclaimer_truncated",
    "disease_claim_unapproved",
    "financial_forward_looking",
    "hashtag_claim",
    "hcp_inducement",
    "medical_advice",
    "missing_employer_disclosure",
    "missing_personal_view_disclaimer",
    "non_primary_source",
    "obfuscation",
    "off_label_investigational",
    "patient_privacy",
    "price_inducement",
    "product_promo",
    "safety_claim",
    "solicit_patient_experience",
    "speaking_for_employer",
    "stat_no_ref",
    "testimonial",
    "unsupported_language",
    "x_thread_disclaimer",
)
BUILT_IN_CLASSES = (
    "own_product",
    "competitor_product",
    "drug",
    "drug_like",
    "code",
    "product",
    "name_like",
    "name_taken",
    "full_name",
    "own_company",
    "rival_company",
    "confidential_word",
    "url",
    "url_product",
    "email",
    "mention",
    "hashtag",
    "number",
    "percent",
    "amount",
    "in_tag",
    "own_use",
    "own_product_with_use",
)
HYGIENE_SIGNS = (
    "zero_width",
    "soft_hyphen",
    "bidi",
    "mixed_script",
    "styled",
    "overlay",
    "spaced",
    "split",
    "leet",
)
COUNTED = ("hashtag", "mention", "url", "emoji", "exclamation", "caps_word")
MEASURED = ("characters", "caps_percent", "reading_ease", "sentence_words")
FIX_KINDS = (
    "delete_span",
    "delete_sentence",
    "delete_tag",
    "replace",
    "generalise",
    "plain_text",
    "move_first",
    "insert_disclaimer",
)


@dataclass(frozen=True, slots=True)
class PackMeta:
    """The [pack] table. `reviewed` is None until somebody reviewed the pack."""

    id: str
    version: str
    title: str
    effective: date
    review_by: date
    review_state: str
    licence: str
    regions: tuple[str, ...]
    reviewed: date | None = None


@dataclass(frozen=True, slots=True)
class ClassSpec:
    id: str
    terms: tuple[str, ...]
    extends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CueSpec:
    """`window` is in words."""

    kind: str
    terms: tuple[str, ...]
    window: int


@dataclass(frozen=True, slots=True)
class SeveritySpec:
    """`level` is block, warn, advise or inherit (then `source` is a rule id or "revealed").
    `regions` None means all."""

    level: str
    regions: tuple[str, ...] | None
    condition: str = ""
    lift: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class FixSpec:
    """`to` are the words of replace and generalise; `class_id` names what generalise puts them for."""

    kind: str
    label: str
    to: str = ""
    class_id: str = ""


@dataclass(frozen=True, slots=True)
class ExampleSpec:
    """`text` is without marks; `spans` are the marked code point spans. Regions empty means all nine."""

    text: str
    hit: bool
    spans: tuple[tuple[int, int], ...] = ()
    level: str = ""
    employer: str = ""
    products: tuple[str, ...] = ()
    investigational: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    confidential_words: tuple[str, ...] = ()
    channel: str = "linkedin"
    surface: Surface = "post"
    regions: tuple[str, ...] = ()
    images: int = 0
    profile_disclaimer: bool = False
    indications: tuple[str, ...] = ()
    parts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class WhenSpec:
    """Empty means: always."""

    channels: tuple[str, ...] = ()
    surfaces: tuple[str, ...] = ()
    has_image: bool | None = None
    is_thread: bool | None = None


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """One rule as data. Keys its kind does not use stay empty."""

    id: str
    pack: str
    version: str
    title: str
    kind: str
    category: str
    severity: tuple[SeveritySpec, ...]
    why: str
    advice: str
    languages: tuple[str, ...]
    confidence: Confidence
    modes: Mapping[str, Mode]
    citations: tuple[Citation, ...]
    fixes: tuple[FixSpec, ...]
    examples: tuple[ExampleSpec, ...]
    when: WhenSpec = WhenSpec()
    a: tuple[str, ...] = ()
    b: tuple[str, ...] = ()
    c: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    excepts: tuple[str, ...] = ()
    scope: Scope = "sentence"
    absent_scope: Scope = "sentence"
    absent_effect: Literal["suppress", "downgrade"] = "suppress"
    evidence: Scope = "adjacent"
    within: int = 0
    is_ordered: bool = False
    is_once: bool = False
    tags: Tags = "yes"
    yields_to: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    at_least: int = 0
    pattern: str = ""
    anchors: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    what: str = ""
    least: int | None = None
    most: int | None = None
    covered: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()
    reveals: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    per_part: bool = False
    profile_counts: bool = False


@dataclass(frozen=True, slots=True)
class ChecklistSpec:
    """One box of the checklist. `triggers` are evidence names; any of them calls a triggered item."""

    code: str
    text: str
    note: str
    kind: Literal["core", "triggered", "standing"]
    triggers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SentenceSpec:
    """A disclaimer sentence on offer. `with_employer` holds {employer} and perhaps {role}."""

    id: str
    language: str
    is_short: bool
    channel: str
    text: str
    with_employer: str


@dataclass(frozen=True, slots=True)
class ChangeSpec:
    """What a company's pack changes in another pack's rule. Empty means: left as it is. `at_least` tightens
    and `at_most` loosens the levels in `regions` (all when empty); `approved_by` answers for what loosens."""

    rule: str
    title: str = ""
    why: str = ""
    advice: str = ""
    a: tuple[str, ...] = ()
    excepts: tuple[str, ...] = ()
    at_least: str = ""
    at_most: str = ""
    lift: str = ""
    regions: tuple[str, ...] = ()
    is_off: bool = False
    approved_by: str = ""
    approved_on: date | None = None


@dataclass(frozen=True, slots=True)
class FileSpec:
    """What one file of a pack holds."""

    rules: tuple[RuleSpec, ...] = ()
    classes: tuple[ClassSpec, ...] = ()
    cues: tuple[CueSpec, ...] = ()
    checklist: tuple[ChecklistSpec, ...] = ()
    sentences: tuple[SentenceSpec, ...] = field(default=())
