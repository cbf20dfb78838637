"""Fonts that ship with the program, registered once per process."""

from pathlib import Path

from PySide6.QtGui import QFontDatabase


def load_fonts(folder: Path) -> tuple[str, ...]:
    """Register every TTF and OTF of `folder`; return the family names found, () without the folder.

    Call on the UI thread after QApplication exists. A file Qt cannot read is passed over: the families of
    tokens.json end in system fonts, so text stays readable.
    """
    families: set[str] = set()
    for path in sorted(folder.glob("*.[to]tf")) if folder.is_dir() else []:
        number = QFontDatabase.addApplicationFont(str(path))
        if number >= 0:
            families.update(QFontDatabase.applicationFontFamilies(number))
    return tuple(sorted(families))
