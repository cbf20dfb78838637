"""The Topics page: filled, with nothing yet, and with its sheet open."""

from datetime import datetime, timedelta

from medvoice.bootstrap import Workspace
from medvoice.domain.clock import to_text
from medvoice.ui.pages.topics import TopicsPage

from .scene_kit import SHORT_MS, in_workspace, scene
from .stand import Stand, rest, wait_for

PLAN = (
    ("What happens after the trial", 30, 7, 9),
    ("Response, toxicity, time", 25, 7, 7),
    ("Figures without fear", 15, 10, 5),
    ("What I learned, in plain words", 10, 0, 3),
    ("Life between the visits", 10, 14, 2),
    ("Becoming and being an MSL", 10, 14, 1),
)


def plan(workspace: Workspace) -> None:
    """Six topics with a promise, a rhythm and some posts behind them."""
    desk = workspace
    desk.topics.set_known_for("I help oncology teams read evidence with clear eyes.")
    names = (
        "Real-world evidence",
        "Immuno-oncology",
        "Reading trials",
        "Congress notes",
        "Patient voice",
        "MSL career",
    )
    for name in names[len(desk.topics.list()) :]:
        desk.topics.add(name)
    now = desk.clock.now()
    for topic, (promise, share, days, posts) in zip(desk.topics.list(), PLAN, strict=True):
        desk.topics.change(
            topic.id, promise=promise, target_share=share, cadence_days=days,
            audience="PhD and PharmD students, first-year MSLs", avoid=("Salary figures", "Employer plans"),
        )  # fmt: skip
        for week in range(posts):
            draft = desk.drafting.create(title=f"{topic.name} {week}", text="Words", topic_id=topic.id)
            at = now - timedelta(days=7 * week + 2)
            went_out(desk, f"{topic.slot}{week}", draft.id, at)
    last = desk.topics.list()[-1]
    desk.drafting.create(title="A week in the field", text="Words", topic_id=last.id)
    desk.ideas.add("Questions I wish I had asked in my first congress", topic_id=last.id)
    desk.ideas.add("How to say “I don't know” to an expert", topic_id=last.id)


def went_out(desk: Workspace, name: str, draft_id: str, at: datetime) -> None:
    """A post as the agent leaves it behind; the page reads nothing of it but moment and topic."""
    moment = to_text(at)
    account = desk.accounts.list()[0].id
    clearance = desk.db.row("SELECT id FROM clearances LIMIT 1")
    assert clearance is not None, "the sample has cleared posts"
    desk.db.run(
        "INSERT INTO deliveries VALUES (?, ?, 1, 'Title', 'x', ?, 'oauth', ?, '', ?, '', 'UTC', 0, 0, ?)",
        [f"d_{name}", draft_id, account, clearance["id"], moment, moment],
    )
    desk.db.run(
        "INSERT INTO parts (id, delivery_id, position, text, state, reason, attempts, body_sha256, remote_id,"
        " remote_url, fence) VALUES (?, ?, 0, 'Words', 'published', '', 1, '', '', '', 0)",
        [f"p_{name}", f"d_{name}"],
    )


def topics(stand: Stand) -> TopicsPage:
    """The page, with topics and posts."""
    desk = stand.window.outside.open_desk()
    is_new = not desk.topics.known_for
    desk.close()
    if is_new:
        in_workspace(stand, plan)
    stand.window.show_page("topics")
    page = stand.window.page_of("topics")
    assert isinstance(page, TopicsPage)
    wait_for(lambda: page.read is not None and bool(page.read.rows), "not read")
    rest(SHORT_MS)
    return page


@scene
def topics_page(stand: Stand) -> None:
    """Six topics, the one that is behind chosen."""
    page = topics(stand)
    page.table.choose(page.read.rows[-1].topic.id)
    rest(SHORT_MS)


@scene
def topics_sheet(stand: Stand) -> None:
    """A topic being edited."""
    page = topics(stand)
    page.edit()
    rest(SHORT_MS)


@scene
def topics_none(stand: Stand) -> None:
    """Before the first topic."""

    def forget(workspace: Workspace) -> None:
        for topic in workspace.topics.list():
            workspace.topics.remove(topic.id)

    in_workspace(stand, forget)
    stand.window.show_page("topics")
    page = stand.window.page_of("topics")
    assert isinstance(page, TopicsPage)
    wait_for(lambda: page.read is not None and not page.read.rows, "not read")
    rest(SHORT_MS)
