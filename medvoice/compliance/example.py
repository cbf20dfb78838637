"""Examples inside rules: what must be flagged and what must pass, with the marked spans."""

import re
from typing import Any, cast

from medvoice.compliance.schema import Table
from medvoice.compliance.spec import ExampleSpec
from medvoice.domain.finding import SURFACES

_MARK = re.compile(r"\[\[|\]\]")


def take_marks(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """`text` without its [[ ]] marks, and the marked spans (code points). ValueError if unbalanced."""
    plain: list[str] = []
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    length, last = 0, 0
    for mark in _MARK.finditer(text):
        plain.append(text[last : mark.start()])
        length += mark.start() - last
        last = mark.end()
        if mark[0] == "[[":
            if opened is not None:
                raise ValueError("a mark inside a mark")
            opened = length
        elif opened is None:
            raise ValueError("a closing mark without an opening one")
        else:
            spans.append((opened, length))
            opened = None
    if opened is not None:
        raise ValueError("an opening mark without a closing one")
    plain.append(text[last:])
    return "".join(plain), tuple(spans)


def thread_parts(text: str) -> tuple[tuple[int, int], ...]:
    """The posts of a thread written with lines `---` between them, as spans of `text`."""
    parts: list[tuple[int, int]] = []
    start = 0
    for mark in re.finditer(r"\n---\n", text):
        parts.append((start, mark.start()))
        start = mark.end()
    parts.append((start, len(text)))
    return tuple(parts)


def read_example(table: Table) -> ExampleSpec:
    """One example of a rule. Raises SpecError."""
    try:
        text, spans = take_marks(table.text("text"))
    except ValueError as problem:
        raise table.error("text", str(problem)) from None
    example = ExampleSpec(
        text=text,
        hit=table.boolean("hit", default=True),
        spans=spans,
        level=table.choice("level", ("block", "warn", "advise"), ""),
        employer=table.text("employer", ""),
        products=table.texts("products", ()),
        investigational=table.texts("investigational", ()),
        competitors=table.texts("competitors", ()),
        rivals=table.texts("rivals", ()),
        confidential_words=table.texts("confidential_words", ()),
        channel=table.text("channel", "linkedin"),
        surface=cast(Any, table.choice("surface", SURFACES, "post")),
        regions=table.texts("regions", ()),
        images=table.integer("images", 0) or 0,
        profile_disclaimer=table.boolean("profile_disclaimer", default=False),
        indications=table.texts("indications", ()),
        parts=thread_parts(text) if table.boolean("thread", default=False) else (),
    )
    table.finish()
    if spans and not example.hit:
        raise table.error("text", "marks stand in an example that must not hit")
    return example
