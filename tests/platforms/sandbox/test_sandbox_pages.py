"""What a person sees: the feed, a post's own page, and that no text can break out of it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

HOSTILE = "<script>alert(1)</script> \"x\" & 'y' <img src=x onerror=alert(1)> "


class Outline(HTMLParser):
    """All tags and the visible text of a page, and whether every tag was closed in order."""

    VOID = ("meta", "br", "img", "input", "link")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.stack: list[str] = []
        self.feed(page)
        assert self.stack == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [str(value) for name, value in attrs if name == "href"]
        assert not [name for name, _ in attrs if name.startswith("on")]
        if tag not in self.VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.stack:
            self.text += data


def look(wire: Any, path: str) -> Outline:
    reply = wire.send("GET", path)
    assert reply.status == 200
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    return Outline(reply.body.decode())


def test_the_empty_feed_says_so(wire: Any) -> None:
    page = look(wire, "/")
    assert page.text.count("Nothing here yet") == 2
    assert "h1" in page.tags
    assert page.tags.count("h2") == 2


def test_hostile_text_stays_text(wire: Any, x_token: str, linkedin_token: str, linkedin_post: Any) -> None:
    wire.x("POST", "/2/tweets", x_token, {"text": HOSTILE + 'https://example.org/"><script>'})
    little = "".join("\\" + c if c in "|{}@[]()<>#\\*_~" else c for c in HOSTILE)
    wire.linkedin("POST", "/rest/posts", linkedin_token, {**linkedin_post, "commentary": little})
    page = look(wire, "/")
    assert "script" not in page.tags
    assert "img" not in page.tags
    assert page.text.count(HOSTILE) == 2


def test_an_address_shows_as_it_was_written(wire: Any, x_token: str) -> None:
    address = "https://example.org/?a=1&lt=2&amp;b='"
    wire.x("POST", "/2/tweets", x_token, {"text": f"see {address}x"})
    assert f"see {address}x" in look(wire, "/").text


def test_posts_have_their_own_pages(wire: Any, x_token: str, linkedin_token: str, linkedin_post: Any) -> None:
    urn = wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post).headers["x-restli-id"]
    first = wire.x("POST", "/2/tweets", x_token, {"text": "part one"}).json["data"]["id"]
    body = {"text": "part two", "reply": {"in_reply_to_tweet_id": first}}
    second = wire.x("POST", "/2/tweets", x_token, body).json["data"]["id"]
    feed = look(wire, "/")
    assert f"/feed/update/{urn}/" in feed.links
    assert f"/jordansample/status/{second}" in feed.links
    assert feed.text.index("part one") < feed.text.index("part two")
    for path in (f"/feed/update/{urn}/", f"/feed/update/{urn}", f"/feed/update/{urn.replace(':', '%3A')}/"):
        assert "Hello from practice" in look(wire, path).text
    thread = look(wire, f"/jordansample/status/{first}").text
    assert "part one" in thread
    assert "part two" in thread
    assert "part one" not in look(wire, f"/jordansample/status/{second}").text
    assert wire.send("GET", f"/robinexample/status/{first}").status == 404
    assert wire.send("GET", "/feed/update/urn:li:share:1/").status == 404


def test_a_deleted_post_leaves_the_feed(wire: Any, x_token: str) -> None:
    made = wire.x("POST", "/2/tweets", x_token, {"text": "soon gone"}).json["data"]["id"]
    wire.x("DELETE", f"/2/tweets/{made}", x_token)
    assert "soon gone" not in look(wire, "/").text
    reply = wire.send("GET", f"/jordansample/status/{made}")
    assert (reply.status, b"was deleted" in reply.body) == (404, True)
