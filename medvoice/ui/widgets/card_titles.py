"""The title of a finding, 14/600, on as many lines as it needs or on one."""

from medvoice.ui.widgets.base import ElidedLabel, Label


class Title(Label):
    """The finding in a few words, 14/600."""

    def _restyle(self) -> None:
        font = self.theme.font(self._role)
        font.setWeight(font.Weight.DemiBold)
        self.setFont(font)


class RowTitle(ElidedLabel):
    """The same on one line."""

    def _restyle(self) -> None:
        font = self.theme.font(self._role)
        font.setWeight(font.Weight.DemiBold)
        self.setFont(font)
        self._fit()
