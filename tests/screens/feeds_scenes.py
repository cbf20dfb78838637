"""What is new: with entries, with trouble of a feed, a subscription being made, and before the first feed."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from medvoice.bootstrap import Workspace
from medvoice.domain.feed import Fetched, Found, Reading
from medvoice.store.setting import SettingStore
from medvoice.ui.pages.feeds import FeedsPage

from .scene_kit import SHORT_MS, in_workspace, scene
from .stand import Stand, rest, wait_for

JOURNALS = (
    ("https://journal.example/toc.rss", "Journal of Registry Evidence", ""),
    ("https://pubmed.example/rss/search/1/", "PubMed: registry AND adherence", ""),
    ("https://agency.example/news.xml", "Agency: medicines news", "feed_missing"),
)
TITLES = (
    "Ten-year persistence on therapy in a national registry: what the extension never saw",
    "Missing at random, or missing because of the drug? A sensitivity analysis",
    "Target trial emulation in rare disease: a tutorial with code",
    "Comparators in single-arm studies, revisited",
    "Meeting highlights of the committee, October",
    "How clinicians read a forest plot: an eye-tracking study",
    "Adherence measures disagree: three registries, five definitions",
)
SUMMARY = (
    "BACKGROUND: Persistence is often taken from claims. METHODS: We linked a registry with dispensing"
    " data over ten years. RESULTS: Of 4,212 people, 61% were still on therapy at year five; reasons for"
    " stopping were recorded for half of them. CONCLUSIONS: What registries miss is why."
)


def follow(desk: Workspace) -> None:
    """Three feeds, one of which does not answer any more."""
    now = desk.clock.now()
    for at, (url, name, state) in enumerate(JOURNALS):
        some = tuple(
            Found(
                f"{at}-{n}",
                title,
                f"https://journal.example/{at}/{n}",
                SUMMARY,
                "Registry Medicine" if at == 1 else name,
                f"10.1000/sample.{at}{n}",
                str(40_000_000 + n) if at == 1 else "",
                now - timedelta(days=n, hours=at),
            )
            for n, title in enumerate(TITLES)
            if n % 3 == at
        )
        topic = desk.topics.list()[0] if desk.topics.list() else None
        fetched = Fetched("", Reading(name, some), etag='"1"')
        came = desk.feeds.add(url, "", topic.id if topic else None, fetched)
        if state:
            desk.feeds.take(came.feed.id, Fetched(state, detail="404"))
        if at == 0:
            desk.feeds.store.save(replace(came.feed, moved_to="https://journal.example/new/toc.rss"))
    last = desk.feeds.entries()[-1]
    desk.feeds.to_idea(last.id)
    desk.feeds.set_on(False)


def feeds(stand: Stand, *, is_filled: bool = True) -> FeedsPage:
    """The page, read."""
    if is_filled:
        in_workspace(stand, lambda desk: None if desk.feeds.list() else follow(desk))
    stand.window.show_page("feeds")
    page = stand.window.page_of("feeds")
    assert isinstance(page, FeedsPage)
    page.reload()
    wait_for(lambda: page.read is not None and bool(page.read.feeds) == is_filled, "not read")
    rest(SHORT_MS)
    return page


@scene
def feeds_new(stand: Stand) -> None:
    """What came in all feeds; nothing is fetched by itself yet."""
    page = feeds(stand)
    page.feeds.choose("")
    rest(SHORT_MS)
    page.entries.setFocus()
    page.entries.setCurrentIndex(page.entries.rows.index(0))
    rest(SHORT_MS)


@scene
def feeds_trouble(stand: Stand) -> None:
    """A feed that is not there any more, with all that came; read ones too."""
    page = feeds(stand)
    page.which.set_current("all")
    page.feeds.choose(next(feed.id for feed in page.read.feeds if feed.state))
    rest(SHORT_MS)


@scene
def feeds_moved(stand: Stand) -> None:
    """A feed that has moved: it is asked."""
    page = feeds(stand)
    page.feeds.choose(next(feed.id for feed in page.read.feeds if feed.moved_to))
    rest(SHORT_MS)


@scene
def feeds_follow(stand: Stand) -> QWidget | None:
    """The sheet, after a look at a page that names its feed."""
    page = feeds(stand)
    page.act("add")
    assert page.sheet is not None
    page.sheet.url.put("https://journal.example/current")
    page.acts.tested.emit(Fetched("feed_is_page", detail="https://journal.example/toc.rss"))
    rest(SHORT_MS)
    return None


@scene
def feeds_settings(stand: Stand) -> None:
    """The switch of the feeds, and a calendar whose server did not accept the password."""

    def place(desk: Workspace) -> None:
        settings = SettingStore(desk.db)
        for key, value in (
            ("url", "https://dav.example/jordan/plan/"),
            ("user", "jordan"),
            ("titles", "1"),
            ("state", "dav_sign_in"),
        ):
            settings.save(f"dav.{key}", value)

    in_workspace(stand, place)
    stand.window.show_settings("outside")
    sheet = stand.window.settings.outside
    wait_for(lambda: sheet.read is not None and sheet.read.place is not None, "not read")
    rest(SHORT_MS)


@scene
def feeds_none(stand: Stand) -> None:
    """Before the first feed."""

    def forget(workspace: Workspace) -> None:
        for feed in workspace.feeds.list():
            workspace.feeds.remove(feed.id)

    in_workspace(stand, forget)
    feeds(stand, is_filled=False)
