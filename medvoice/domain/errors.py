"""The error tree. Errors carry a code and parameters; words are made at the edge (ui/strings, cli).

Anything that is not one of these is a bug of ours.
"""


class MedVoiceError(Exception):
    """A foreseen problem. `code` is stable; `params` are plain values that may be shown (never secrets)."""

    exit_code = 70

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        details = ", ".join(f"{key}={value!r}" for key, value in self.params.items())
        return f"{self.code} ({details})" if details else self.code


class FindingsBlock(MedVoiceError):  # noqa: N818 - a finding is no error
    """A text cannot be cleared: a block stands, a warning is open or a required box is not ticked."""

    exit_code = 1


class UserError(MedVoiceError):
    """Something the person can put right where they are; shown under the field."""

    exit_code = 2


class AccountError(MedVoiceError):
    """A sign-in is missing, ended or refused, or the keys cannot be opened; shown as a banner that stays."""

    exit_code = 3


class RemoteError(MedVoiceError):
    """A network answered no, or not at all; shown on the row."""

    exit_code = 4


class StorageError(MedVoiceError):
    """The workspace cannot be read or written."""

    exit_code = 5


class PackError(MedVoiceError):
    """A rule pack has a mistake; params name file, line, column or rule, key."""

    exit_code = 6
