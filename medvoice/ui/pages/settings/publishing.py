"""How posts go out: the agent, how late is too late, and where keys are kept."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout

from medvoice.domain.errors import MedVoiceError
from medvoice.domain.profile import Profile
from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge
from medvoice.ui.models.problems import sentence_for
from medvoice.ui.models.profile_edit import LATE_LIMITS_MIN, save_value
from medvoice.ui.pages.settings.fields import NumberField
from medvoice.ui.pages.settings.sheet import Sheet
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.pill import StatusPill


class PublishingSheet(Sheet):
    """The agent's state and the person's limits."""

    def __init__(self, theme: Theme, bridge: Bridge) -> None:
        super().__init__(
            theme,
            self.tr("Publishing"),
            self.tr("One agent on this computer sends what you cleared, at the minute you chose."),
        )
        self.setObjectName("settings_publishing")
        self.bridge = bridge
        card = self.add_card()
        head = QHBoxLayout()
        head.addWidget(Label(theme, self.tr("Publishing agent"), "section"), 1)
        self.pill = StatusPill(theme)
        self.pill.setObjectName("agent_pill")
        head.addWidget(self.pill)
        card.addLayout(head)
        self.words = Label(theme, "", "body", "text.secondary", wraps=True)
        self.words.setObjectName("agent_words")
        card.addWidget(self.words)
        card.addWidget(
            Label(
                theme,
                self.tr("If the computer sleeps at the planned minute, the post waits and you are asked."),
                "small",
                "text.tertiary",
                wraps=True,
            )
        )
        late = self.add_card()
        self.limit = NumberField(
            theme,
            "late_limit_min",
            self.tr("Post late for up to"),
            LATE_LIMITS_MIN,
            self.tr("minutes"),
            self.tr(
                "Within 15 minutes a post simply goes out. Up to this limit it goes out and the record says"
                " so. After it, you are asked."
            ),
        )
        late.addWidget(self.limit)
        self._add_keys()
        self.finish()
        self.limit.committed.connect(self._save)
        bridge.agent_changed.connect(self.show_agent)
        self.show_agent(bridge.agent_state)

    def _add_keys(self) -> None:
        keys = self.add_card(self.tr("Where your sign-ins are kept"))
        lines = (
            self.tr("Sealed, with a key that only this computer's keyring holds."),
            self.tr(
                "Without a keyring: with a passphrase, from the file that MEDVOICE_PASSPHRASE_FILE names."
            ),
            self.tr(
                "A sign-in kept for this session only ends with it, and the agent cannot use it: such posts"
                " go out by hand."
            ),
        )
        for line in lines:
            keys.addWidget(Label(self.theme, line, "body", "text.secondary", wraps=True))

    def show_agent(self, state: str) -> None:
        """ "on", "paused" or "stopped"."""
        kind, icon, word, words = {
            "on": ("ok", "circle-check", self.tr("On"), self.tr("It looks for due posts every two seconds.")),
            "paused": (
                "warn",
                "circle-pause",
                self.tr("Paused"),
                self.tr("You paused all posts in the Queue. Nothing goes out until you resume."),
            ),
            "stopped": (
                "danger",
                "circle-alert",
                self.tr("Not running"),
                self.tr("Planned posts wait. MedVoice starts the agent while its window is open."),
            ),
        }[state]
        self.pill.set_status(kind, icon, word)
        self.words.setText(words)

    def show_profile(self, profile: Profile) -> None:
        self.limit.show_value(profile.late_limit_min)

    def settle(self) -> None:
        """Save what is still being typed."""
        self.limit.commit()

    def _save(self, value: object) -> None:
        self.bridge.work(
            lambda desk: save_value(desk, "late_limit_min", value),
            owner=self,
            on_done=partial(self._say, ""),
            on_error=self._refused,
            changes=Changes.of(is_profile=True),
        )

    def _say(self, words: str, _value: object = None) -> None:
        self.limit.show_problem(words)

    def _refused(self, problem: BaseException) -> None:
        if isinstance(problem, MedVoiceError):
            self._say(sentence_for(problem))
