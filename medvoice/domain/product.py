"""A product that the person's company or a competitor makes."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Product:
    """A product of the person's own list. `indications` empty means: not entered, so not checked."""

    name: str
    relation: Literal["own", "competitor"] = "own"
    aliases: tuple[str, ...] = ()
    indications: tuple[str, ...] = ()
    is_investigational: bool = False
