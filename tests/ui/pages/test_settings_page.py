"""The settings by keys and clicks: fields save themselves, rules and looks show what is in force."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from medvoice.domain.finding import Product
from medvoice.domain.profile import Permission, Profile
from medvoice.ui.pages.settings import SettingsPage
from medvoice.ui.pages.settings.tick import Choice
from medvoice.ui.theme import Mode


class Settings:
    """The page with what it told, and hands to use it."""

    def __init__(self, page: SettingsPage, qtbot, rig) -> None:
        self.page, self.qtbot, self.rig = page, qtbot, rig
        self.looks: list[tuple[str, int]] = []

    def all(self, name: str, kind: type = QWidget) -> list[Any]:
        QApplication.processEvents()  # what was just put into a layout is not shown yet
        return [each for each in self.page.findChildren(kind, name) if each.isVisibleTo(self.page)]

    def find(self, name: str, kind: type = QWidget) -> Any:
        found = self.all(name, kind)
        assert found, f"{name} is not shown"
        return found[-1]

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def write(self, name: str, text: str) -> QLineEdit:
        """Type over what is there and leave the field with Enter."""
        line: QLineEdit = self.find(name, QLineEdit)
        line.selectAll()
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Return)
        return line

    def words(self, name: str) -> str:
        return self.find(name, QLabel).text()

    @property
    def profile(self) -> Profile:
        return self.rig.desk.identity.get()


@pytest.fixture
def open_settings(rig, theme, qtbot, kept) -> Callable[..., Settings]:
    def make(sheet: str = "profile", width: int = 1360) -> Settings:
        looks: list[tuple[str, int]] = []
        toasts: list[tuple[str, Any]] = []
        page = SettingsPage(
            theme,
            rig.bridge,
            open_browser=lambda _url: False,
            keep_look=lambda mode, size: looks.append((mode, size)),
            toast=lambda words, undo: toasts.append((words, undo)),
        )
        qtbot.addWidget(page)
        kept.append(page)
        page.resize(width, 900)
        page.open(sheet)
        page.show()
        made = Settings(page, qtbot, rig)
        made.looks, made.toasts = looks, toasts
        return made

    return make


def test_the_profile_shows_what_is_stored(rig, open_settings) -> None:
    stored = Profile(
        name="Jordan Sample",
        employer="Sample Biopharma",
        regions=("EU", "UK"),
        products=(Product("Ownmab", "own", ("OWN-1",), ("rare disease",)), Product("Othermab", "competitor")),
        confidential_words=("Project Kite", "OWN-301"),
        zone="Europe/Berlin",
        permissions=(Permission("Legal", "One post", "EU-DTC-01", "linkedin", "2027-01-31", "Mail"),),
    )
    rig.desk.identity.save(stored)
    settings = open_settings()
    assert settings.find("edit_employer", QLineEdit).text() == "Sample Biopharma"
    assert settings.find("edit_zone_text", QLineEdit).text() == "Europe/Berlin"
    assert [box.isChecked() for box in (settings.find("tick_US"), settings.find("tick_EU"))] == [False, True]
    assert settings.find("edit_confidential_words", QPlainTextEdit).toPlainText() == "Project Kite\nOWN-301"
    assert [line.text() for line in settings.all("product_name")] == ["Ownmab", "Othermab"]
    assert settings.find("permission_rule", QLineEdit).text() == "EU-DTC-01"
    assert settings.profile == stored, "showing must not save"


def test_a_field_saves_itself_when_it_is_left(rig, open_settings) -> None:
    settings = open_settings()
    settings.write("edit_employer", "Sample Biopharma")
    assert settings.profile.employer == "Sample Biopharma"
    assert settings.words("profile_saved") == "Saved"
    assert settings.profile.name == "Jordan Sample"


def test_a_field_saves_itself_while_one_still_types(rig, open_settings, qtbot) -> None:
    settings = open_settings()
    QTest.keyClicks(settings.find("edit_role", QLineEdit), "Medical science liaison")
    assert settings.profile.role == ""
    qtbot.waitUntil(lambda: settings.profile.role == "Medical science liaison", timeout=3000)


def test_what_is_being_typed_is_saved_when_the_window_closes(rig, open_settings) -> None:
    settings = open_settings()
    QTest.keyClicks(settings.find("edit_role", QLineEdit), "Liaison")
    rig.bridge.close()
    assert settings.profile.role == "Liaison"


def test_a_wrong_zone_is_said_below_the_field(rig, open_settings) -> None:
    settings = open_settings()
    settings.find("edit_zone").setCompleter(None)  # its popup is nothing for the offscreen platform
    settings.write("edit_zone_text", "Middle/Earth")
    assert settings.words("problem_zone").startswith("This is not a time zone.")
    assert settings.words("profile_saved") == "Not saved"
    assert settings.profile.zone == "Europe/Berlin"
    rig.bridge.look()
    settings.page.reload()
    assert settings.find("edit_zone_text", QLineEdit).text() == "Middle/Earth", "the person's words stay"
    settings.write("edit_zone_text", "Europe/Vienna")
    assert settings.profile.zone == "Europe/Vienna"
    assert not settings.all("problem_zone")


def test_regions_are_ticked_and_one_must_stay(rig, open_settings) -> None:
    settings = open_settings()
    for region in ("US", "UK"):
        settings.press(f"tick_{region}")
    assert settings.profile.regions == ("EU",)
    settings.press("tick_EU")
    assert settings.words("problem_regions") == "Choose at least one place."
    assert settings.profile.regions == ("EU",)


def test_products_are_added_changed_and_removed(rig, open_settings) -> None:
    settings = open_settings()
    settings.press("add_product_own")
    assert settings.profile.products == ()
    settings.write("product_indications", "rare disease, other disease")
    assert settings.words("problem_products_own") == "A product needs a name."
    settings.write("product_name", "Ownmab")
    assert settings.profile.products == (Product("Ownmab", "own", (), ("rare disease", "other disease")),)
    assert not settings.all("problem_products_own")
    settings.press("add_product_competitor")
    settings.write("product_name", "Othermab")
    settings.press("product_investigational")
    names = [
        (product.name, product.relation, product.is_investigational) for product in settings.profile.products
    ]
    assert names == [("Ownmab", "own", True), ("Othermab", "competitor", False)]
    settings.qtbot.mouseClick(settings.all("product_remove")[0], Qt.MouseButton.LeftButton)
    assert [product.name for product in settings.profile.products] == ["Othermab"]
    words, undo = settings.toasts.pop()
    assert words == "Ownmab was taken out."
    undo()
    assert [product.name for product in settings.profile.products] == ["Ownmab", "Othermab"]
    assert [line.text() for line in settings.all("product_name")] == ["Ownmab", "Othermab"]
    settings.press("add_product_own")
    settings.qtbot.mouseClick(settings.all("product_remove")[1], Qt.MouseButton.LeftButton)
    assert not settings.toasts, "nothing was written, so nothing is to be taken back"


def test_confidential_words_are_one_a_line(rig, open_settings) -> None:
    settings = open_settings()
    text: QPlainTextEdit = settings.find("edit_confidential_words")
    text.setPlainText("Project Kite\n\n  OWN-301 \nProject Kite")
    settings.page.open("appearance")
    assert settings.profile.confidential_words == ("Project Kite", "OWN-301")


def test_the_company_policy_is_recorded(rig, open_settings) -> None:
    settings = open_settings()
    choice: Choice = settings.find("edit_policy_personal_posts_allowed")
    assert choice.value() == "unknown"
    yes = choice.group.button(0)
    settings.qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    settings.write("edit_policy_recorded_on", "1 December")
    assert settings.words("problem_policy_recorded_on") == "Write the date as 2026-12-01."
    settings.write("edit_policy_recorded_on", "2026-12-01")
    settings.write("edit_policy_safety_contact", "safety@example.org")
    policy = settings.profile.policy
    assert (policy.personal_posts_allowed, policy.recorded_on) == ("yes", "2026-12-01")
    assert policy.safety_contact == "safety@example.org"
    QTest.keyClick(yes, Qt.Key.Key_Right)
    assert settings.profile.policy.personal_posts_allowed == "no"


def test_a_permission_is_recorded(rig, open_settings) -> None:
    settings = open_settings()
    settings.press("add_permission")
    settings.write("permission_grantor", "Legal")
    settings.write("permission_expires_on", "soon")
    assert settings.words("problem_permissions") == "Write the date as 2026-12-01."
    settings.write("permission_expires_on", "2027-01-31")
    assert settings.profile.permissions == (Permission("Legal", "", "", "", "2027-01-31", ""),)
    settings.press("permission_remove")
    assert settings.profile.permissions == ()
    words, undo = settings.toasts[-1]
    assert words == "The permission was taken out."
    undo()
    assert settings.profile.permissions == (Permission("Legal", "", "", "", "2027-01-31", ""),)
    assert settings.find("permission_grantor", QLineEdit).text() == "Legal"


def test_the_list_moves_by_keys_and_clicks(open_settings) -> None:
    settings = open_settings()
    settings.press("settings_nav_accounts")
    assert settings.page.current == "accounts"
    QTest.keyClick(settings.find("settings_nav_accounts"), Qt.Key.Key_Down)
    assert settings.page.current == "rules"
    assert settings.page.stack.currentWidget() is settings.page.rules
    assert settings.page.nav.width() == 240
    reachable = [item for item in settings.page.nav.items if item.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [item.key for item in reachable] == ["rules"]


def test_rules_show_what_is_in_force_and_for_whom(rig, open_settings) -> None:
    settings = open_settings("rules")
    packs = [ref.id for ref in settings.page.rules.snapshot.packs]
    assert packs == ["core", "eu", "uk", "us"]
    shown = " ".join(label.text() for label in settings.page.rules.findChildren(QLabel))
    for ref in settings.page.rules.snapshot.packs:
        assert ref.title in shown
        assert ref.version in shown
        assert ref.sha256[:12] in shown
        on = QLocale().toString(QDate.fromString(ref.effective.isoformat(), "yyyy-MM-dd"), "d MMM yyyy")
        assert on in shown
        assert settings.find(f"pack_{ref.id}").text() == "Draft, not reviewed"
        mark = settings.find(f"pack_mark_{ref.id}")
        assert mark.text().startswith(f"Fingerprint {ref.sha256[:12]} · licence Apache-2.0")
        assert ref.sha256 in mark.toolTip()
    assert "sources not verified" in settings.find("pack_mark_core").text()
    assert not settings.all("pack_problem")


def test_mistakes_in_packs_are_shown_with_their_place(rig, open_settings) -> None:
    rig.rule_sources = rig.rule_sources | {"us/broken.toml": '[pack]\nid = "us"\nversion = = 1\n'}
    settings = open_settings("rules")
    shown = settings.find("pack_problem").text()
    assert shown.startswith("us/broken.toml:3:")
    assert "not" in shown


def test_disclaimers_follow_the_profile(rig, open_settings) -> None:
    settings = open_settings()
    settings.write("edit_employer", "Sample Biopharma")
    settings.press("settings_nav_rules")
    assert settings.words("disclaimer_x") == "Views mine. I work at Sample Biopharma."
    settings.press("rules_profile")
    assert settings.page.current == "profile"
    settings.write("edit_disclosure", "My own words.")
    settings.press("settings_nav_rules")
    assert settings.words("disclaimer_linkedin") == "My own words."


def test_appearance_changes_at_once_and_is_kept(theme, open_settings) -> None:
    settings = open_settings("appearance")
    settings.press("choice_dark")
    assert theme.is_dark
    settings.press("choice_115")
    assert theme.text_scale == 1.15
    assert settings.looks == [(str(Mode.DARK), 100), (str(Mode.DARK), 115)]


def test_the_late_limit_is_kept_in_its_bounds(rig, open_settings) -> None:
    settings = open_settings("publishing")
    spin: QSpinBox = settings.find("edit_late_limit_min")
    assert spin.value() == 60
    spin.selectAll()
    QTest.keyClicks(spin, "90")
    QTest.keyClick(spin, Qt.Key.Key_Return)
    assert settings.profile.late_limit_min == 90
    assert (spin.minimum(), spin.maximum()) == (15, 1440)


def test_publishing_tells_the_agent_state(rig, open_settings) -> None:
    settings = open_settings("publishing")
    assert settings.find("agent_pill").text() == "Not running"
    rig.outbox.acquire_lease("agent", rig.clock.now(), 120)
    rig.bridge.look()
    assert settings.find("agent_pill").text() == "On"
    rig.desk.queueing.set_all_paused(True, "Jordan Sample")
    rig.bridge.look()
    assert settings.find("agent_pill").text() == "Paused"


@pytest.mark.parametrize("width", [944, 1360])
def test_no_sheet_is_wider_than_its_room(open_settings, width) -> None:
    settings = open_settings(width=width)
    for key, sheet in settings.page.sheets.items():
        settings.page.open(key)
        settings.qtbot.wait(1)
        assert sheet.widget().width() <= sheet.viewport().width(), key
        assert sheet.middle.width() <= 760


@pytest.mark.parametrize(
    ("width", "scale", "is_bare"),
    [(944, 1.0, False), (918, 1.5, True), (994, 1.5, True), (1174, 1.5, False), (1360, 1.5, False)],
)
def test_a_narrow_page_of_large_text_has_a_list_of_icons(theme, open_settings, width, scale, is_bare) -> None:
    theme.set_text_scale(scale)
    settings = open_settings(width=width)
    settings.qtbot.wait(1)
    nav = settings.page.nav
    assert nav.is_bare == is_bare
    assert [item.toolTip() for item in nav.items] == [item.text() if is_bare else "" for item in nav.items]
    for key, sheet in settings.page.sheets.items():
        settings.page.open(key)
        settings.qtbot.wait(1)
        assert sheet.widget().width() <= sheet.viewport().width(), key


def test_fields_are_of_one_height(open_settings) -> None:
    settings = open_settings()
    settings.qtbot.wait(1)
    fields = settings.page.profile.fields
    heights = {
        key: fields[key].editor.sizeHint().height() for key in ("name", "zone", "policy.safety_clock_h")
    }
    assert len(set(heights.values())) == 1, heights
