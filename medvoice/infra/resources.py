"""Where the packs, lexicons, fonts, icons and templates that come with MedVoice lie on this machine."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
WHEEL_FOLDER = "_resources"
CHECKOUT_FOLDER = "resources"


def resource_path(*parts: str, package: Path = PACKAGE) -> Path:
    """The absolute path of a file or folder below the resources, for example
    `resource_path("themes", "tokens.json")`. Not opened, and need not exist. Any thread.

    An installed wheel carries them inside the package; a source checkout has them beside it, and is looked
    at only when the package holds none. `package` is the folder of the `medvoice` package.

    Raises FileNotFoundError when neither place has a resources folder: the installation is incomplete.
    """
    for root in (package / WHEEL_FOLDER, package.parent / CHECKOUT_FOLDER):
        if root.is_dir():
            return root.joinpath(*parts)
    raise FileNotFoundError(f"The resources of MedVoice are missing beside {package}.")
