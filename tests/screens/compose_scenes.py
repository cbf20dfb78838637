"""Compose and the states it is shown in."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from medvoice.bootstrap import Workspace

from .page_scenes import charge_for_x
from .scene_kit import SHORT_MS, in_workspace, open_draft, scene
from .stand import Stand, rest, wait_for


@scene
def compose_must_fix(stand: Stand) -> None:
    """A draft with something that must be fixed (mockup 01)."""
    stand.window.compose.pane.show_page("compliance")


@scene
def compose_must_fix_lower(stand: Stand) -> None:
    """The same, the pane scrolled to its end."""
    stand.window.compose.pane.show_page("compliance")
    rest(SHORT_MS)
    bar = stand.window.compose.compliance.verticalScrollBar()
    bar.setValue(bar.maximum())


@scene
def compose_preview(stand: Stand) -> None:
    """What the networks will show (mockup 02)."""
    stand.window.compose.pane.show_page("preview")


@scene
def compose_preview_lower(stand: Stand) -> None:
    """The thread at the end of the preview."""
    stand.window.compose.pane.show_page("preview")
    rest(SHORT_MS)
    bar = stand.window.compose.preview.verticalScrollBar()
    bar.setValue(bar.maximum())


@scene
def compose_x_cost(stand: Stand) -> None:
    """What the thread costs on X, where X charges for it."""
    in_workspace(stand, charge_for_x)
    compose_preview_lower(stand)
    session = stand.window.compose.session
    session.reload()
    wait_for(lambda: stand.window.findChild(QWidget, "x_cost") is not None, "no cost")
    rest(SHORT_MS)
    bar = stand.window.compose.preview.verticalScrollBar()
    bar.setValue(bar.maximum())


@scene
def compose_ready(stand: Stand) -> None:
    """A draft without findings whose boxes are ticked: ready to be scheduled."""
    open_draft(stand, "Bench to bedside to inbox")
    compliance = stand.window.compose.compliance
    wait_for(lambda: compliance.rows, "no boxes")
    for code in list(compliance.rows):
        if not compliance.rows[code].isChecked():
            compliance.rows[code].click()
            wait_for(lambda code=code: compliance.rows[code].isChecked(), f"{code} not ticked")
            stand.settle()


@scene
def compose_just_scheduled(stand: Stand) -> None:
    """One click later, with Undo (mockup 22)."""
    compose_ready(stand)
    button = stand.window.compose.bar.schedule_button
    wait_for(lambda: button.state == "ready", "not ready")
    button.click()
    wait_for(lambda: button.state == "scheduled" and stand.window.toast.isVisible(), "not scheduled")


@scene
def compose_scheduled(stand: Stand) -> None:
    """A draft that waits in the queue."""
    open_draft(stand, "Forest plots without fear")


@scene
def compose_changed(stand: Stand) -> None:
    """Changed after it was cleared."""
    open_draft(stand, "Registries and the people who type")


@scene
def compose_idea(stand: Stand) -> None:
    """An idea."""
    open_draft(stand, "Target trial emulation in six steps")


@scene
def compose_likely_topic(stand: Stand) -> None:
    """A draft without a topic, and the one its words speak for."""

    def write(workspace: Workspace) -> None:
        workspace.drafting.create("Six gaps", "Every registry needs a comparator. How do you choose yours?")

    in_workspace(stand, write)
    open_draft(stand, "Six gaps")
    wait_for(lambda: stand.window.compose.topic_offer.guess is not None, "no likely topic")


@scene
def compose_new_draft(stand: Stand) -> None:
    """A draft without a word."""
    before = stand.window.compose.session.draft
    stand.window.new_draft()
    wait_for(lambda: stand.window.compose.session.draft is not before, "no new draft")
    stand.settle()


@scene
def compose_search(stand: Stand) -> None:
    """Drafts that hold a word."""
    stand.window.search_drafts()
    QTest.keyClicks(stand.find("draft_search"), "registr")
    rest(600)


@scene
def compose_search_without_result(stand: Stand) -> None:
    """No draft holds the word."""
    stand.window.search_drafts()
    QTest.keyClicks(stand.find("draft_search"), "xylophone")
    rest(600)


@scene
def compose_reason(stand: Stand) -> None:
    """Setting a warning aside: the field for the reason is open."""
    compliance = stand.window.compose.compliance
    key = next(key for key, card in compliance.cards.items() if card.finding.level == "warn")
    compliance.open_card(key)
    rest(SHORT_MS)
    compliance.cards[key].ask_reason()
    field = stand.window.findChild(QLineEdit, f"reason_{key}")
    assert field is not None
    QTest.keyClicks(field, "The source is named")
    rest(300)


@scene
def compose_find(stand: Stand) -> None:
    """Find and replace over the page."""
    editor = stand.find("post_editor")
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    rest(SHORT_MS)
    field = QApplication.focusWidget()
    if isinstance(field, QLineEdit):
        QTest.keyClicks(field, "registry")
    rest(300)


@scene
def compose_full_disk(stand: Stand) -> None:
    """The disk is full: a banner that stays."""
    from medvoice.domain.errors import StorageError

    stand.window.notices.problem(StorageError("disk_full"))


@scene
def compose_drawer(stand: Stand) -> None:
    """The list of drafts: over the page in a narrow window."""
    stand.window.compose.frame.show_list()
    rest(300)


@scene
def compose_left_popover(stand: Stand) -> QWidget | None:
    """What is left before it can be scheduled."""
    stand.window.compose.bar.schedule_button.click()
    return popup(stand, "left_popover")


@scene
def compose_time_popover(stand: Stand) -> QWidget | None:
    """When to post."""
    stand.window.compose.bar.time_button.click()
    return popup(stand, "time_popover")


def popup(stand: Stand, name: str) -> QWidget:
    wait_for(lambda: any(each.isVisible() for each in stand.window.findChildren(QWidget, name)), name)
    rest(SHORT_MS)
    return stand.find(name)


def command(stand: Stand, words: str) -> None:
    """Do what the palette finds for some words."""
    open_palette(stand, words)
    QTest.keyClick(stand.find("palette_field"), Qt.Key.Key_Return)
    rest(400)


def open_palette(stand: Stand, words: str = "") -> None:
    QTest.keyClick(stand.find("post_editor"), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    wait_for(lambda: stand.window.findChildren(QWidget, "palette_field"), "no palette")
    QTest.keyClicks(stand.find("palette_field"), words)
    rest(400)


@scene
def compose_palette(stand: Stand) -> None:
    """The command palette, before a word is typed (mockup 17)."""
    open_palette(stand)


@scene
def compose_palette_found(stand: Stand) -> None:
    """What it finds for some letters."""
    open_palette(stand, "regi")


@scene
def compose_keys(stand: Stand) -> None:
    """All keys on one sheet."""
    QTest.keyClick(stand.find("post_editor"), Qt.Key.Key_F1)
    wait_for(lambda: stand.find("shortcut_sheet").isVisible(), "no sheet")
    rest(300)


@scene
def compose_history(stand: Stand) -> None:
    """Versions of a draft."""
    command(stand, "Show versions and history")


@scene
def compose_alone(stand: Stand) -> None:
    """Focus mode: the page and nothing else."""
    command(stand, "Focus mode on or off")


@scene
def compose_regions(stand: Stand) -> QWidget | None:
    """For which readers a post is checked."""
    wait_for(lambda: stand.window.compose.compliance.cards, "no findings")
    stand.find("change_regions").click()
    return popup(stand, "region_panel")


@scene
def compose_share(stand: Stand) -> None:
    """Before a post of somebody else is shared."""
    QApplication.clipboard().setText("This medicine always works and it is completely safe for everyone.")
    command(stand, "Check what I would like or share")


@scene
def compose_event(stand: Stand) -> None:
    """A possible side effect in the text."""
    editor = stand.find("post_editor")
    editor.selectAll()
    editor.insert_text("My uncle got his first injection on Friday and woke up covered in hives.")
    stand.settle()
    rest(400)


@scene
def compose_variant(stand: Stand) -> None:
    """A text of its own for X."""
    command(stand, "Edit separately for X")
    stand.settle()


@scene
def compose_nothing(stand: Stand) -> None:
    """No draft at all (mockup 16)."""
    stand.window.show_page("compose")
