"""You and your role: everything that the checker, the disclaimer and the records know of the person."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from medvoice.domain.errors import MedVoiceError
from medvoice.domain.finding import REGIONS
from medvoice.domain.profile import Profile
from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge
from medvoice.ui.models.problems import sentence_for
from medvoice.ui.models.profile_edit import save_value, value_of
from medvoice.ui.pages.settings.fields import (
    ChoiceField,
    Field,
    LinesField,
    NumberField,
    TextField,
    TickField,
    TicksField,
    ZoneField,
)
from medvoice.ui.pages.settings.permissions import PermissionList
from medvoice.ui.pages.settings.products import ProductList, grid
from medvoice.ui.pages.settings.sheet import Sheet
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label

Toast = Callable[[str, Callable[[], None] | None], None]
SAFETY_HOURS = (1, 168)


class ProfileSheet(Sheet):
    """Each field saves itself. `saved(Profile)` after each; `toast(words, undo)` after something went."""

    saved = Signal(object)

    def __init__(self, theme: Theme, bridge: Bridge, toast: Toast) -> None:
        super().__init__(
            theme,
            self.tr("You and your role"),
            self.tr(
                "MedVoice checks your posts by what you tell it here. All of it can wait, is kept as you"
                " type, and stays on this computer."
            ),
        )
        self.bridge, self.toast = bridge, toast
        self.setObjectName("settings_profile")
        self.fields: dict[str, Field] = {}
        self.profile = Profile()
        self.note = Label(theme, "", "small", "text.tertiary")
        self.note.setObjectName("profile_saved")
        self.head_row.addWidget(self.note)
        self._add_person()
        self._add_regions()
        self._add_products()
        self._add_words()
        self._add_policy()
        self._add_permissions()
        self.finish()

    # What it shows

    def show_profile(self, profile: Profile) -> None:
        """Show what is stored; fields the person is writing in stay as they are."""
        self.profile = profile
        for key, field in self.fields.items():
            field.show_value(value_of(profile, key))
        self.own.show_value(profile.products)
        self.rivals.show_value(profile.products)
        self.permissions.show_value(profile.permissions)

    def ask_name(self) -> None:
        """Put the caret where the name is missing."""
        name = self.fields["name"]
        if not value_of(self.profile, "name") and isinstance(name, TextField):
            name.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def settle(self) -> None:
        """Save what is still being typed: the window closes or another page is shown."""
        for field in self.fields.values():
            field.commit()

    # Cards

    def _add(self, column: QVBoxLayout, key: str, field: Field) -> None:
        self._watch(key, field)
        column.addWidget(field)

    def _watch(self, key: str, field: Field) -> None:
        self.fields[key] = field
        field.committed.connect(partial(self._save, key))

    def _add_person(self) -> None:
        card = self.add_card()
        cells = grid(self.theme)
        texts = (
            ("name", self.tr("Your name"), ""),
            ("role", self.tr("Your role"), self.tr("Medical science liaison")),
            ("employer", self.tr("Employer"), ""),
        )
        for at, (key, caption, example) in enumerate(texts):
            field = TextField(self.theme, key, caption, placeholder=example)
            self._watch(key, field)
            cells.addWidget(field, at // 2, at % 2)
        zone = ZoneField(self.theme, "zone", self.tr("Time zone"))
        self._watch("zone", zone)
        cells.addWidget(zone, 1, 1)
        card.addLayout(cells)
        disclosure = TextField(
            self.theme,
            "disclosure",
            self.tr("Disclosure sentence"),
            self.tr("Offered for every post. Say who you work for and that the views are your own."),
            self.tr("I work in medical affairs in the pharmaceutical industry. Views are my own."),
        )
        self._add(card, "disclosure", disclosure)
        carries = TickField(
            self.theme, "profile_carries_disclaimer", self.tr("My profile page says this as well")
        )
        self._add(card, "profile_carries_disclaimer", carries)

    def _add_regions(self) -> None:
        card = self.add_card()
        options = [(region, region_words(region)) for region in REGIONS]
        field = TicksField(
            self.theme,
            "regions",
            self.tr("Where your readers are"),
            options,
            self.tr(
                "New posts are checked by the rules of these places, for Germany and Switzerland by the EU's"
                " as well."
            ),
        )
        self._add(card, "regions", field)

    def _add_products(self) -> None:
        card = self.add_card(
            self.tr("Products"),
            self.tr(
                "Their names help to notice words that could promote a product or compare it with others."
                " Commas separate several other names or indications."
            ),
        )
        card.addWidget(Label(self.theme, self.tr("Your company's"), "bodyMedium"))
        self.own = ProductList(self.theme, "own", self.tr("Add a product"))
        card.addWidget(self.own)
        card.addWidget(Label(self.theme, self.tr("Competitors'"), "bodyMedium"))
        self.rivals = ProductList(self.theme, "competitor", self.tr("Add a competitor's product"))
        card.addWidget(self.rivals)
        self.own.edited.connect(self._save_products)
        self.rivals.edited.connect(self._save_products)
        for products in (self.own, self.rivals):
            products.removed.connect(self._product_removed)

    def _add_words(self) -> None:
        card = self.add_card()
        field = LinesField(
            self.theme,
            "confidential_words",
            self.tr("Confidential words"),
            self.tr("One a line: project names, study codes, sites. A post that holds one must be fixed."),
        )
        self._add(card, "confidential_words", field)

    def _add_policy(self) -> None:
        card = self.add_card(
            self.tr("What your company says"),
            self.tr("A note for you. “Not known” is fine; it is then said on every record."),
        )
        answers = (
            ("yes", self.tr("Yes"), ""),
            ("no", self.tr("No"), ""),
            ("unknown", self.tr("Not known"), ""),
        )
        questions = (
            ("personal_posts_allowed", self.tr("Personal posts about work are allowed")),
            ("scheduling_tools_allowed", self.tr("Tools that schedule posts are allowed")),
            ("naming_employer", self.tr("You may name your employer")),
        )
        for key, words in questions:
            self._add(card, f"policy.{key}", ChoiceField(self.theme, f"policy_{key}", words, answers))
        cells = grid(self.theme)
        texts = (
            ("safety_contact", self.tr("Safety contact"), self.tr("Where side effects are reported")),
            ("contact", self.tr("Who to ask"), ""),
            ("version", self.tr("Version of the policy"), ""),
            ("recorded_on", self.tr("Read on"), "2026-12-01"),
        )
        for at, (key, caption, example) in enumerate(texts):
            field = TextField(self.theme, f"policy_{key}", caption, placeholder=example)
            self._watch(f"policy.{key}", field)
            cells.addWidget(field, at // 2, at % 2)
        card.addLayout(cells)
        hours = NumberField(
            self.theme,
            "policy_safety_clock_h",
            self.tr("Tell safety within"),
            SAFETY_HOURS,
            self.tr("hours"),
            self.tr("From knowing of a possible side effect. The clock in Compose counts it."),
        )
        hours.spin.setSingleStep(1)
        self._add(card, "policy.safety_clock_h", hours)

    def _add_permissions(self) -> None:
        card = self.add_card(
            self.tr("Permissions"),
            self.tr("Some findings can be lifted by a written permission. Keep the paper itself elsewhere."),
        )
        self.permissions = PermissionList(self.theme)
        card.addWidget(self.permissions)
        self.permissions.edited.connect(self._save_permissions)
        self.permissions.removed.connect(self._permission_removed)

    # Saving

    def _save_products(self) -> None:
        self._save("products", self.own.value() + self.rivals.value())

    def _save_permissions(self) -> None:
        self._save("permissions", self.permissions.value())

    def _product_removed(self, name: str) -> None:
        before = self.profile.products
        words = self.tr("{name} was taken out.").format(name=name or self.tr("A product"))
        self.toast(words, lambda: self._save("products", before))

    def _permission_removed(self) -> None:
        before = self.profile.permissions
        words = self.tr("The permission was taken out.")
        self.toast(words, lambda: self._save("permissions", before))

    def _save(self, key: str, value: object) -> None:
        self.note.setText(self.tr("Saving"))
        self.bridge.work(
            lambda desk: save_value(desk, key, value),
            owner=self,
            on_done=partial(self._saved, key),
            on_error=partial(self._refused, key),
            changes=Changes.of(is_profile=True),
        )

    def _saved(self, key: str, profile: Profile) -> None:
        self._show_problem(key, "")
        self.profile = profile
        self.note.setText(self.tr("Saved"))
        self.saved.emit(self.profile)

    def _refused(self, key: str, problem: BaseException) -> None:
        if isinstance(problem, MedVoiceError):
            self.note.setText(self.tr("Not saved"))
            self._show_problem(key, sentence_for(problem))

    def _show_problem(self, key: str, words: str) -> None:
        if key == "products":
            nameless = any(not product.name for product in self.rivals.value())
            self.own.show_problem("" if nameless else words)
            self.rivals.show_problem(words if nameless else "")
        elif key == "permissions":
            self.permissions.show_problem(words)
        else:
            self.fields[key].show_problem(words)


def region_words(region: str) -> str:
    """A region's name."""
    from PySide6.QtCore import QCoreApplication

    names = {
        "US": QCoreApplication.translate("regions", "United States"),
        "EU": QCoreApplication.translate("regions", "European Union"),
        "UK": QCoreApplication.translate("regions", "United Kingdom"),
        "DE": QCoreApplication.translate("regions", "Germany"),
        "CH": QCoreApplication.translate("regions", "Switzerland"),
        "CA": QCoreApplication.translate("regions", "Canada"),
        "AU": QCoreApplication.translate("regions", "Australia"),
        "JP": QCoreApplication.translate("regions", "Japan"),
        "IN": QCoreApplication.translate("regions", "India"),
    }
    return names.get(region, region)
