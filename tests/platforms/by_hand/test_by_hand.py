"""By hand: the composer's address, and which pasted links are posts."""

from urllib.parse import parse_qs, urlsplit

import pytest

from medvoice.domain.errors import UserError
from medvoice.platforms.by_hand.publisher import composer_url, read_link
from medvoice.platforms.registry import CHANNELS, channel, publisher_for

ACTIVITY = "urn:li:activity:7300000000000000001"


@pytest.mark.parametrize("network", ["linkedin", "x"])
def test_composer_carries_the_text(network):
    text = "Two lines\n& a plus + and #tag 100 % 👩🏽‍🔬"
    url = composer_url(network, text)
    assert parse_qs(urlsplit(url).query)["text"] == [text]
    assert composer_url(network, "ß" * 3000).endswith("text=")


@pytest.mark.parametrize(
    ("network", "pasted", "remote_id", "url"),
    [
        ("linkedin", f" {ACTIVITY} ", ACTIVITY, f"https://www.linkedin.com/feed/update/{ACTIVITY}/"),
        (
            "linkedin",
            f"https://www.linkedin.com/feed/update/{ACTIVITY}/?utm_source=share&rcm=abc",
            ACTIVITY,
            f"https://www.linkedin.com/feed/update/{ACTIVITY}/",
        ),
        (
            "linkedin",
            "https://de.linkedin.com/feed/update/urn%3Ali%3Ashare%3A7300000000000000001",
            "urn:li:share:7300000000000000001",
            "https://www.linkedin.com/feed/update/urn:li:share:7300000000000000001/",
        ),
        (
            "linkedin",
            "linkedin.com/posts/jordan-sample_rwe-activity-7300000000000000001-aB_c?utm=1",
            ACTIVITY,
            "https://www.linkedin.com/posts/jordan-sample_rwe-activity-7300000000000000001-aB_c",
        ),
        ("x", "https://x.com/jordansample/status/1799?s=20", "1799", "https://x.com/jordansample/status/1799"),
        ("x", "<https://twitter.com/jordansample/status/1799/photo/1>", "1799", "https://x.com/jordansample/status/1799"),
        ("x", "mobile.x.com/i/web/status/1799", "1799", "https://x.com/i/web/status/1799"),
    ],
)  # fmt: skip
def test_links_that_are_posts(network, pasted, remote_id, url):
    assert read_link(network, pasted) == (remote_id, url)


@pytest.mark.parametrize(
    ("network", "pasted"),
    [
        ("linkedin", ""),
        ("linkedin", "posted it!"),
        ("linkedin", "https://www.linkedin.com/in/jordan-sample/"),
        ("linkedin", "https://www.linkedin.com/feed/"),
        ("linkedin", f"https://linkedin.com.example.org/feed/update/{ACTIVITY}/"),
        ("linkedin", f"https://example.org/?x=linkedin.com/feed/update/{ACTIVITY}/"),
        ("linkedin", f"javascript://linkedin.com/feed/update/{ACTIVITY}/"),
        ("linkedin", "https://x.com/jordansample/status/1799"),
        ("x", "https://x.com/jordansample"),
        ("x", "https://x.com/jordansample/status/abc"),
        ("x", "https://xx.com/jordansample/status/1799"),
        ("x", "https://x.com/jordansample/status/12345678901234567890"),
        ("x", "http://[::1"),
        ("x", "x" * 3000),
    ],
)
def test_links_that_are_not(network, pasted):
    with pytest.raises(UserError) as caught:
        read_link(network, pasted)
    assert caught.value.code == "link_not_a_post"


def test_registry_knows_every_route():
    for entry in CHANNELS:
        for route in entry.routes:
            assert publisher_for(entry.network, route).network == entry.network
    assert channel("linkedin").routes[0] == "by_hand"
    with pytest.raises(UserError):
        publisher_for("myspace", "oauth")
