"""What a drag over the window carries, and what a drop of it would do. Pure: no file and no page is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QUrl

from medvoice.services.ideas import MAX_URL
from medvoice.services.importing import ENDINGS

MOST_LINKS, MOST_FILES, MOST_WORDS, MOST_HTML = 20, 50, 20_000, 200_000
OWN = "application/x-medvoice-"  # cards of the calendar and the like: no business of the window
# Browsers say the title of a link in one of these: the address, then the title on a line of its own.
TITLED = (("text/x-moz-url", "utf-16-le"), ("_NETSCAPE_URL", "utf-8"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("dropping", text)


@dataclass(frozen=True, slots=True)
class Link:
    """A page's address, and its title or ""."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class DropOffer:
    """What a drop would give: links, words or files, one of the three, else `refusal` says why nothing."""

    links: tuple[Link, ...] = ()
    words: str = ""
    paths: tuple[Path, ...] = ()
    refusal: str = ""

    @property
    def deed(self) -> str:
        """What a drop will do, or why it does nothing, in a sentence."""
        if self.links:
            one = _tr("Drop to keep this link as an idea")
            return (
                one if len(self.links) == 1 else _tr("Drop to keep {n} links as ideas").format(n=self.count)
            )
        if self.paths:
            one = _tr("Drop to make drafts of this file")
            return (
                one if len(self.paths) == 1 else _tr("Drop to make drafts of {n} files").format(n=self.count)
            )
        return self.refusal or _tr("Drop to keep these words as an idea")

    @property
    def detail(self) -> str:
        """What it is that would be kept, in one line."""
        if self.links:
            return " · ".join(each.title or each.url for each in self.links)
        if self.paths:
            return " · ".join(each.name for each in self.paths)
        if self.refusal:
            return _tr("Links, words, and Word, Markdown or text files can be dropped here.")
        return " ".join(self.words.split())

    @property
    def count(self) -> int:
        return len(self.links) or len(self.paths)


def read_offer(data: QMimeData) -> DropOffer | None:
    """What a drag offers; None for one of our own that means something else."""
    if any(each.startswith(OWN) for each in data.formats()):
        return None
    urls = [url for url in data.urls() if url.isValid() and not url.isEmpty()]
    if urls:
        return _addresses(urls, data)
    words = data.text().strip() if data.hasText() else ""
    if words:
        return _words(words, data)
    if data.hasImage():
        return DropOffer(refusal=_tr("A picture cannot be kept as an idea"))
    return DropOffer(refusal=_tr("This cannot be dropped here"))


def _addresses(urls: Sequence[QUrl], data: QMimeData) -> DropOffer:
    files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    if files and len(files) < len(urls):
        return DropOffer(refusal=_tr("Drop files and links one after the other"))
    if files:
        return _files(files)
    pages = list(dict.fromkeys(url.toString(QUrl.ComponentFormattingOption.FullyEncoded) for url in urls))
    odd = next((each for each in pages if not is_page(each)), "")
    if odd:
        return DropOffer(refusal=_tr("“{address}” is not the address of a page").format(address=_cut(odd)))
    if len(pages) > MOST_LINKS:
        return DropOffer(refusal=_tr("{n} links at a time are the most").format(n=MOST_LINKS))
    titles = _titles(data)
    return DropOffer(links=tuple(Link(each, titles.get(_key(each), "")) for each in pages))


def _files(files: Sequence[Path]) -> DropOffer:
    if len(files) > MOST_FILES:
        return DropOffer(refusal=_tr("{n} files at a time are the most").format(n=MOST_FILES))
    odd = next((each for each in files if each.suffix.lower() not in ENDINGS), None)
    if odd is None:
        return DropOffer(paths=tuple(files))
    words = _tr("“{name}” is no Word, Markdown or text file")
    if odd.suffix.lower() == ".doc":
        words = _tr("“{name}” is of an old Word: save it as .docx first")
    return DropOffer(refusal=words.format(name=_cut(odd.name)))


def _words(words: str, data: QMimeData) -> DropOffer:
    if is_page(words):
        return DropOffer(links=(Link(words, _titles(data).get(_key(words), "")),))
    if len(words) > MOST_WORDS:
        return DropOffer(refusal=_tr("These are too many words for an idea"))
    from medvoice.ui.editor.pasting import clean_paste

    return DropOffer(words=clean_paste(words)[0].strip())


def is_page(text: str) -> bool:
    """Whether a text is the address of a page, and nothing else."""
    if len(text) > MAX_URL or any(each.isspace() for each in text):
        return False
    url = QUrl(text, QUrl.ParsingMode.StrictMode)
    return url.isValid() and url.scheme() in ("http", "https") and bool(url.host())


def _key(url: str) -> str:
    """Addresses that mean the same page, whichever way they are written."""
    return QUrl(url).toString(QUrl.ComponentFormattingOption.FullyEncoded).rstrip("/")


def _titles(data: QMimeData) -> dict[str, str]:
    """Titles of the pages that a drag names, by `_key`."""
    found: dict[str, str] = {}
    for kind, encoding in TITLED:
        if data.hasFormat(kind):
            lines = bytes(data.data(kind).data())[: 4 * MAX_URL].decode(encoding, "replace").split("\n")
            for url, title in zip(lines[::2], lines[1::2], strict=False):
                _keep(found, url.strip("\0\r "), title)
    if not found and data.hasHtml():
        reader = _Anchors()
        reader.feed(data.html()[:MOST_HTML])
        for url, title in reader.found:
            _keep(found, url, title)
    return found


def _keep(found: dict[str, str], url: str, title: str) -> None:
    words = " ".join("".join(each if each.isprintable() else " " for each in title).split())
    # A link without a title is often said to be called by its own address.
    if words and is_page(url) and not is_page(words):
        found.setdefault(_key(url), words[:300])


class _Anchors(HTMLParser):
    """The links of a piece of a page, with their words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._url = ""
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and len(self.found) < MOST_LINKS:
            self._url, self._words = dict(attrs).get("href") or "", []

    def handle_data(self, data: str) -> None:
        if self._url:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._url:
            self.found.append((self._url, "".join(self._words)))
            self._url = ""


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:40]}…{text[-18:]}"
