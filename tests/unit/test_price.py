"""What a post on X costs: by the table, a bare domain counting as the link that X makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medvoice.domain.channel.price import X_PRICES, Cost, cost_of, dollars, read_dollars


@pytest.mark.parametrize(
    ("texts", "links", "mills"),
    [
        ((), 0, 0),
        (("A thought without an address.",), 0, 15),
        (("Read https://example.org/paper today",), 1, 200),
        (("More on clinique.fr and nothing else",), 1, 200),
        (("Two: a.com and b.com in one post",), 1, 200),
        (("one", "two with example.org", "three"), 1, 230),
        (("version 1.2 of the plan, e.g. this",), 0, 15),
    ],
)
def test_what_posts_cost(texts: tuple[str, ...], links: int, mills: int) -> None:
    assert cost_of(texts) == Cost(len(texts), links, mills)


@given(st.lists(st.text(max_size=60), max_size=8))
def test_a_thread_costs_what_its_posts_cost(texts: list[str]) -> None:
    total = Cost()
    for text in texts:
        total += cost_of([text])
    assert total == cost_of(texts)
    assert len(texts) * X_PRICES.post <= total.mills <= len(texts) * X_PRICES.post_with_link


@pytest.mark.parametrize(
    ("written", "mills"),
    [("", 0), ("0", 0), ("5", 5000), ("$5.50", 5500), ("5,5", 5500), ("0.05", 50), ("10000", 10_000_000)],
)
def test_amounts_as_people_write_them(written: str, mills: int) -> None:
    assert read_dollars(written) == mills


@pytest.mark.parametrize("written", ["five", "-1", "1.234", "1.2.3", "10001", "٣", "5 EUR", "."])
def test_what_is_no_amount(written: str) -> None:
    assert read_dollars(written) is None


def test_dollars_in_words() -> None:
    assert [dollars(each) for each in (0, 15, 200, 230, 5500)] == [
        "$0.00",
        "$0.015",
        "$0.20",
        "$0.23",
        "$5.50",
    ]
