"""What X takes for posts, in words with the day of its prices. Pure but for the locale."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from medvoice.domain.channel.price import X_PRICES, cost_of, dollars

if TYPE_CHECKING:
    from medvoice.services.spending import Month


def _tr(text: str) -> str:
    return QCoreApplication.translate("cost_words", text)


def prices_of(day: date = X_PRICES.as_of) -> str:
    """ "prices of 22 Aug 2026"."""
    there = QDate(day.year, day.month, day.day)
    return _tr("prices of {day}").format(day=QLocale().toString(there, "d MMM yyyy"))


def month_words(month: "Month") -> str:
    """ "$0.83 spent, $0.40 planned this month (prices of 22 Aug 2026)"."""
    spent, planned = dollars(month.spent.mills), dollars(month.planned.mills)
    words = _tr("{spent} spent, {planned} planned this month ({prices}). X's own bill may differ.")
    return words.format(spent=spent, planned=planned, prices=prices_of())


def cost_words(texts: Sequence[str]) -> str:
    """What these posts cost, and why where a link makes one dear."""
    cost = cost_of(texts)
    words = _tr("Costs about {cost} on X")
    if cost.links and cost.posts == 1:
        words = _tr("Costs about {cost} on X, because it holds a link; {plain} without")
    elif cost.links == 1:
        words = _tr("Costs about {cost} on X: one of {n} posts holds a link ({dear} instead of {plain})")
    elif cost.links:
        words = _tr(
            "Costs about {cost} on X: {links} of {n} posts hold a link ({dear} instead of {plain} each)"
        )
    said = words.format(
        cost=dollars(cost.mills),
        n=cost.posts,
        links=cost.links,
        dear=dollars(X_PRICES.post_with_link),
        plain=dollars(X_PRICES.post),
    )
    return _tr("{said} ({prices}).").format(said=said, prices=prices_of())
