"""Drafts out of Word files: made by python-docx here, and hostile ones made by hand."""

import io
import struct
import time
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.shared import Pt

from medvoice.domain.errors import UserError
from medvoice.services.importing import MOST_WORD_BYTES, left_out, read_drafts
from medvoice.services.word_package import MOST_PARTS, MOST_XML, OLD

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def saved(document: Any) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def raw(paragraph: Any, xml: str) -> None:
    """Put a piece of Word's own XML behind what a paragraph holds."""
    paragraph._p.append(parse_xml(xml.replace(" NS", f" {NS}", 1)))


def link(paragraph: Any, words: str, url: str) -> None:
    key = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    place = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    raw(
        paragraph,
        f'<w:hyperlink NS xmlns:r="{place}" r:id="{key}"><w:r><w:t>{words}</w:t></w:r></w:hyperlink>',
    )


def repacked(data: bytes, change: Callable[[str, bytes], bytes], *more: tuple[str, bytes]) -> bytes:
    """The archive again, each part changed, and more parts."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as given,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for name in given.namelist():
            kept.writestr(name, change(name, given.read(name)))
        for name, content in more:
            kept.writestr(name, content)
    return made.getvalue()


def one_line(words: str = "A line") -> bytes:
    document = docx.Document()
    document.add_paragraph(words)
    return saved(document)


def test_headings_lists_links_and_signs_become_a_post() -> None:
    document = docx.Document()
    document.add_heading("My posts this month", 0)
    document.add_heading("What a registry can tell", 1)
    words = document.add_paragraph("Read ")
    link(words, "the paper", "https://example.org/paper")
    words.add_run(" first, or ")
    link(words, "https://example.org/", "https://example.org/")
    words.add_run(".")
    document.add_heading("Who is missing?", 2)
    for text in ("one", "two"):
        document.add_paragraph(text, style="List Bullet")
    document.add_paragraph("deeper", style="List Bullet")._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {NS}><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>')
    )
    for text in ("first", "second"):
        document.add_paragraph(text, style="List Number")
    last = document.add_paragraph("n")
    for text, place in (("2", "subscript"), (" = 10", ""), ("6", "superscript"), ("a", "superscript")):
        run = last.add_run(text)
        if place:
            setattr(run.font, place, True)
    raw(last, '<w:r NS><w:t xml:space="preserve">, HR </w:t><w:sym w:font="Symbol" w:char="F0B3"/></w:r>')
    raw(last, '<w:r NS><w:t xml:space="preserve"> 1</w:t><w:br/><w:t>5\u00a0mg</w:t></w:r>')
    table = document.add_table(2, 2)
    for at, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {at}"
    (draft,) = read_drafts("Posts.DOCX", saved(document))
    assert draft.title == "What a registry can tell", "the title of the document is no draft"
    assert draft.text == (
        "Read the paper (https://example.org/paper) first, or https://example.org/.\n\nWho is missing?\n\n"
        "- one\n- two\n  - deeper\n1. first\n2. second\n\nn₂ = 10⁶a, HR ≥ 1\n5\u00a0mg\n\n"
        "cell 0 · cell 1\ncell 2 · cell 3"
    )
    assert (draft.images, draft.others) == (0, ())


def test_pages_lines_and_first_headings_part_drafts() -> None:
    document = docx.Document()
    document.add_paragraph("First, without a heading.")
    document.add_paragraph("---")
    document.add_paragraph("Second.").add_run().add_break(WD_BREAK.PAGE)
    document.add_heading("Third", 2)
    document.add_paragraph("Its words.")
    document.add_heading("Fourth", 1)
    document.add_section()
    document.add_paragraph("Fifth, on a page of its own.").paragraph_format.space_after = Pt(3)
    line = document.add_paragraph("Sixth, above a line that Word made of ---")
    line.paragraph_format.page_break_before = True
    line._p.get_or_add_pPr().append(
        parse_xml(f'<w:pBdr {NS}><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>')
    )
    document.add_paragraph("Seventh.")
    document.add_page_break()
    found = read_drafts("a.docx", saved(document))
    assert [(one.title, one.text) for one in found] == [
        ("First, without a heading.", "First, without a heading."),
        ("Second.", "Second."),
        ("Third", "Its words."),
        ("Fourth", ""),
        ("Fifth, on a page of its own.", "Fifth, on a page of its own."),
        ("Sixth, above a line that Word made of ---", "Sixth, above a line that Word made of ---"),
        ("Seventh.", "Seventh."),
    ]


def test_what_stays_behind_is_counted() -> None:
    document = docx.Document()
    words = document.add_paragraph("Kept")
    raw(words, '<w:ins NS w:id="1"><w:r><w:t xml:space="preserve"> and put in</w:t></w:r></w:ins>')
    raw(words, '<w:del NS w:id="2"><w:r><w:delText>taken out</w:delText></w:r></w:del>')
    raw(words, "<w:r NS><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>")
    raw(words, '<w:r NS><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>, seen</w:t></w:r>')
    raw(words, '<w:r NS><w:footnoteReference w:id="2"/></w:r>')
    raw(words, "<m:oMath NS><m:r><m:t>10</m:t></m:r></m:oMath>")
    raw(
        words,
        "<w:r NS><mc:AlternateContent><mc:Choice Requires='w16se'/><mc:Fallback><w:t> 🙂</w:t></mc:Fallback>"
        "</mc:AlternateContent></w:r>",
    )
    field = '<w:r NS><w:fldChar w:fldCharType="{}"/></w:r>'
    raw(words, field.format("begin"))
    raw(words, '<w:r NS><w:instrText> HYPERLINK "https://example.org/old" </w:instrText></w:r>')
    raw(words, field.format("separate"))
    raw(words, '<w:r NS><w:t xml:space="preserve"> an old link</w:t></w:r>')
    raw(words, field.format("end"))
    document.add_comment(words.runs[0], "Really?", author="Jordan Sample", initials="JS")
    document.add_picture(io.BytesIO(PNG))  # on its own, behind the words
    found = read_drafts("a.docx", saved(document))
    assert [one.text for one in found] == ["Kept and put in, seen 🙂 an old link (https://example.org/old)"]
    assert left_out(found) == {
        "images": 1,
        "comments": 1,
        "deletions": 1,
        "formulas": 1,
        "hidden": 1,
        "notes": 1,
    }


def saying(data: bytes, size: int) -> bytes:
    """The longest part says in front of it and in the directory that it is so long, whatever it is."""
    with zipfile.ZipFile(io.BytesIO(data)) as given:
        longest = max(given.infolist(), key=lambda part: part.file_size)
    return data.replace(struct.pack("<L", longest.file_size), struct.pack("<L", size))


def with_entity(name: str, content: bytes) -> bytes:
    if name != "word/document.xml":
        return content
    head, rest = content.split(b"?>", 1)
    entities = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return head + b"?>" + entities + rest.replace(b"A line", b"&a;&x;")


def plain(_name: str, content: bytes) -> bytes:
    return content


def wide(name: str, content: bytes) -> bytes:
    return content.replace(b"A line", b" " * (MOST_XML + 1)) if name == "word/document.xml" else content


GOOD = one_line()
HOSTILE = {
    "an old Word": (OLD + b"\0" * 600, "word_old"),
    "under a password": (OLD + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "word_locked"),
    "no archive": (b"{\\rtf1 words}", "word_unreadable"),
    "nothing": (b"", "word_unreadable"),
    "cut short": (GOOD[: len(GOOD) // 2], "word_unreadable"),
    "another archive": (repacked(GOOD, lambda name, _content: name.encode()), "word_unreadable"),
    "a part torn": (
        repacked(GOOD, lambda n, c: c[:-9] if n == "word/document.xml" else c),
        "word_unreadable",
    ),
    "deeper than can be read": (
        repacked(GOOD, lambda n, c: c.replace(b"<w:p>", b"<w:ins>" * 9_000 + b"<w:p>") if "doc" in n else c),
        "word_unreadable",
    ),
    "longer than it says": (saying(GOOD, 10), "word_unreadable"),
    "a bomb of spaces": (repacked(GOOD, wide), "word_unsafe"),
    "a bomb beside": (
        saying(repacked(GOOD, plain, ("word/media/a.png", b"\0" * 500_000)), 400_000_000),
        "word_unsafe",
    ),
    "many parts": (repacked(GOOD, plain, *((f"x/{n}", b"") for n in range(MOST_PARTS))), "word_unsafe"),
    "entities": (repacked(GOOD, with_entity), "word_unsafe"),
    "large": (b"PK" + b"\0" * MOST_WORD_BYTES, "file_too_large"),
    "without words": (one_line(" "), "file_empty"),
    "many drafts": (
        repacked(
            GOOD,
            lambda n, c: (
                c.replace(b"A line", b"x</w:t><w:br w:type='page'/><w:t>" * 201)
                if n == "word/document.xml"
                else c
            ),
        ),
        "too_many_drafts",
    ),
    "one endless draft": (one_line("w " * 50_001), "draft_too_long"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_cannot_be_read_is_named_and_quickly(kind: str) -> None:
    data, code = HOSTILE[kind]
    start_s = time.process_time()
    with pytest.raises(UserError) as caught:
        read_drafts("Sample.docx", data)
    assert caught.value.code == code
    assert caught.value.params["name"] == "Sample.docx"
    assert time.process_time() - start_s < 2


def test_an_old_file_is_known_by_its_name_too() -> None:
    with pytest.raises(UserError) as caught:
        read_drafts("Sample.doc", OLD + b"\0" * 100)
    assert caught.value.code == "word_old"


def test_a_long_file_is_read_in_a_moment() -> None:
    """4,000 paragraphs in 100 drafts: half a second of work on a laptop."""
    document = docx.Document()
    body = document.element.body
    paragraph = f"<w:p {NS}><w:r><w:t>{'Some words of a post. ' * 5}</w:t></w:r></w:p>"
    line = f"<w:p {NS}><w:r><w:t>---</w:t></w:r></w:p>"
    for at in range(4_000):
        body.insert(at, parse_xml(line if at % 40 == 0 else paragraph))
    data = saved(document)
    start_s = time.process_time()
    assert len(read_drafts("a.docx", data)) == 100
    assert time.process_time() - start_s < 3
