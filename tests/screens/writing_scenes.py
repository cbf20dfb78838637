"""Compose while one writes, looks something up, or meets what is rare: long, foreign, full, elsewhere."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from medvoice.domain.errors import StorageError
from medvoice.ui.pages.compose.presence import Presence

from .compose_scenes import command, popup
from .scene_kit import SHORT_MS, in_workspace, open_draft, scene
from .stand import Stand, rest, wait_for

ONE = "Our drug always works, is completely safe and cured 87% of patients at home in week {n}."
LONG_TITLE = (
    "Everything that I would have liked to know about registries, target trials and the people who type the"
    " data before I wrote my first protocol"
)
HEBREW = "שאלה טובה מהבוקר: מה הרישום יודע שהניסוי אינו יודע?\n\nשלושה דברים שאני בודקת קודם."
ARABIC = "سؤال جيد من هذا الصباح: ماذا يعرف السجل؟"


def write_draft(stand: Stand, title: str, text: str, *channels: str) -> None:
    """A draft made as another process would, opened."""
    in_workspace(
        stand, lambda workspace: workspace.drafting.create(title, text, None, channels or ("linkedin", "x"))
    )
    open_draft(stand, title)
    rest(SHORT_MS)


@scene
def compose_history_difference(stand: Stand) -> None:
    """A version beside what stands there now, with the way back."""
    history = stand.window.compose.history
    history.keep("Before lunch")
    rest(400)
    editor = stand.find("post_editor")
    editor.put_text(editor.text().replace("Fair question. ", "").replace("tired patients", "tired people"))
    stand.settle()
    history.show()
    wait_for(lambda: history.tab.rows, "no versions")
    next(iter(history.tab.rows.values())).click()
    wait_for(lambda: history.tab.findChild(QWidget, "version_difference") is not None, "no difference")
    rest(400)


@scene
def compose_filter_menu(stand: Stand) -> QWidget | None:
    """Which drafts the list shows."""
    stand.window.compose.frame.show_list()
    rest(400)
    stand.find("draft_filter").click()
    return popup(stand, "filter_menu")


@scene
def compose_filtered(stand: Stand) -> None:
    """Only some of the drafts."""
    stand.window.compose.frame.show_list()
    stand.window.compose.drafts.list.filter.choose(state="ready", channel="linkedin")
    rest(600)


@scene
def compose_archive(stand: Stand) -> None:
    """What was put away, one of it open."""
    title = "Two posts that said the same"

    def put_away(workspace: object) -> None:
        row = next(row for row in workspace.drafting.list() if row.title == title)
        workspace.drafting.archive(row.id)

    in_workspace(stand, put_away)
    drafts = stand.window.compose.drafts.list
    drafts.filter.choose(state="archive")
    wait_for(lambda: drafts.count() == 1, "an empty archive")
    drafts.step(1)
    rest(800)


@scene
def compose_variant_popover(stand: Stand) -> QWidget | None:
    """The text of its own for X beside the main text."""
    command(stand, "Edit separately for X")
    stand.settle()
    editor = stand.find("post_editor")
    editor.put_text(editor.text().replace("Fair question. ", "").replace("tired patients", "tired people"))
    stand.settle()
    stand.window.compose.history.compare_channel("x")
    return popup(stand, "variant_popover")


@scene
def compose_first_words(stand: Stand) -> None:
    """The first day of somebody who never said who they are, with a first draft."""
    stand.window.new_draft()
    wait_for(lambda: stand.window.compose.session.draft is not None, "no draft")
    stand.find("post_editor").setFocus()
    QTest.keyClicks(stand.find("post_editor"), "A clinician asked me today what a registry is for.")
    stand.settle()
    rest(400)


@scene
def compose_long_title(stand: Stand) -> None:
    """A title of three lines and more."""
    write_draft(stand, LONG_TITLE, "One line is enough to begin with.")


@scene
def compose_right_to_left(stand: Stand) -> None:
    """Hebrew and Arabic beside English, emoji among them."""
    write_draft(stand, "מה הרישום יודע", f"{HEBREW}\n\n{ARABIC}\n\nAnd in English 🙂 for my colleagues.")
    stand.window.compose.pane.show_page("preview")
    rest(SHORT_MS)


@scene
def compose_thirty_findings(stand: Stand) -> None:
    """Much to be said of a text."""
    words = "\n\n".join(ONE.format(n=number) for number in range(1, 11))
    write_draft(stand, "Thirty things", words, "linkedin")
    stand.window.compose.pane.show_page("compliance")
    rest(600)


@scene
def compose_not_saved(stand: Stand) -> None:
    """The disk is full while one writes: the words are held, and can be copied."""
    stand.window.compose.session.not_saved.emit(StorageError("disk_full"))
    rest(SHORT_MS)


@scene
def compose_elsewhere(stand: Stand) -> None:
    """The draft is open in another window."""
    session = stand.window.compose.session
    other = Presence(session.journal.folder, stand.window)
    with_title = "Confidence intervals, kindly"

    def hold(workspace: object) -> None:
        other.hold(next(row.id for row in workspace.drafting.list() if row.title == with_title))

    in_workspace(stand, hold)
    open_draft(stand, with_title)
    wait_for(lambda: session.presence.is_elsewhere, "not held elsewhere")
    rest(SHORT_MS)
