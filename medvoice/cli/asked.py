"""What `medvoice check` is asked: a text as a document, and what stands beside it, from plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from medvoice.cli.draft import read_file
from medvoice.compliance.reply import ANSWERS
from medvoice.compliance.surfaces import ATTACHABLE, Attachment
from medvoice.domain.channel.measure import Measure, measure
from medvoice.domain.errors import UserError
from medvoice.domain.finding import REGIONS, SURFACES, Document, Product, Surface

# Characters of a LinkedIn comment or answer, and of the About text of a profile.
LIMITS = {
    "comment": 1_250,
    "reply": 1_250,
    "question": 1_250,
    "routed_reply": 1_250,
    "first_comment": 1_250,
    "profile": 2_600,
}
ACTIONS = ("like", "share", "comment")
# As what one's own words stand beside the text that is shared or answered.
OWN_WORDS: Mapping[str, Surface] = {"like": "reshare", "share": "reshare", "comment": "comment"}


@dataclass(frozen=True, slots=True)
class Asked:
    """`question` is "" where none was put; `action` is what is done with somebody else's text, else ""."""

    document: Document
    attachments: tuple[Attachment, ...] = ()
    question: str = ""
    action: str = ""


def ask(fields: dict[str, object]) -> Asked:
    """From plain values, as in a line of JSON. Raises UserError `bad_field` naming the field."""
    document = build(fields)
    question, action = _text(fields, "question"), _text(fields, "action")
    if question and document.surface not in ANSWERS:
        raise UserError("bad_field", field="question", value=document.surface)
    if action and action not in ACTIONS:
        raise UserError("bad_field", field="action", value=action)
    return Asked(document, _attachments(fields), question, action)


def length_of(document: Document) -> Measure:
    """How long the text is, by the limit of its surface."""
    limit = LIMITS.get(document.surface) if document.channel == "linkedin" else None
    return measure(document.text, document.channel, limit_override=limit)


def text_or_file(value: str) -> str:
    """The words given, or those of the file that is called so."""
    try:
        is_file = bool(value) and Path(value).is_file()
    except OSError:  # far too long for a file's name: words
        is_file = False
    return read_file(value) if is_file else value


def build(asked: dict[str, object]) -> Document:
    """A document from plain values. Raises UserError `bad_field` naming the field."""
    text = asked.get("text")
    if not isinstance(text, str):
        raise UserError("bad_field", field="text")
    channel = asked.get("channel") or "linkedin"
    if channel not in ("linkedin", "x"):
        raise UserError("bad_field", field="channel", value=channel)
    surface = asked.get("surface") or "post"
    if surface not in SURFACES:
        raise UserError("bad_field", field="surface", value=surface)
    length = measure(text, channel)
    is_thread = channel == "x" and len(length.parts) > 1
    return Document(
        text=text,
        channel=channel,
        regions=_regions(asked.get("regions")),
        surface=surface,
        employer=_text(asked, "employer"),
        products=_products(asked.get("products")),
        parts=tuple((part.start, part.end) for part in length.parts) if is_thread else (),
    )


def _text(fields: dict[str, object], key: str) -> str:
    value = fields.get(key) or ""
    if not isinstance(value, str):
        raise UserError("bad_field", field=key)
    return value


def _attachments(fields: dict[str, object]) -> tuple[Attachment, ...]:
    value = fields.get("attachments") or []
    if not isinstance(value, list):
        raise UserError("bad_field", field="attachments")
    found: list[Attachment] = []
    for item in cast(list[object], value):
        row = cast(dict[str, object], item) if isinstance(item, dict) else {}
        surface, text = row.get("surface"), row.get("text")
        if surface not in ATTACHABLE or not isinstance(text, str):
            raise UserError("bad_field", field="attachments", value=surface)
        found.append(Attachment(cast(Surface, surface), text))
    return tuple(found)


def _regions(value: object) -> tuple[str, ...]:
    if value in (None, [], ""):
        return ("US", "EU", "UK")
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise UserError("bad_field", field="regions")
    regions = tuple(item.upper() for item in value)
    for region in regions:
        if region not in REGIONS:
            raise UserError("bad_field", field="regions", value=region)
    return regions


def _products(value: object) -> tuple[Product, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise UserError("bad_field", field="products")
    return tuple(Product(item) for item in value if item.strip())
