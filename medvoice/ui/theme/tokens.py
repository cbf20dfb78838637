"""The design tokens as plain values (no Qt), read once from the text of tokens.json."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class TypeRole:
    """One text role: pixel size and line height at 100 % text size, weight, "ui" or "editor" family."""

    size: int
    line: int
    weight: int
    family: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """tokens.json. `light` and `dark` map a colour name to "#RRGGBB"; `sizes` is flat ("switch.w")."""

    light: Mapping[str, str]
    dark: Mapping[str, str]
    families: Mapping[str, tuple[str, ...]]
    types: Mapping[str, TypeRole]
    sizes: Mapping[str, float]
    radii: Mapping[str, int]
    motion: Mapping[str, Any]
    severity: Mapping[str, Mapping[str, Any]]
    status: Mapping[str, tuple[str, str]]
    topic_shape: Mapping[str, str]
    contrast: tuple[Mapping[str, Any], ...]

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read the text of tokens.json. Raises KeyError or ValueError when a part is missing or unreadable:
        tokens ship with the program, so that is a bug of ours."""
        raw: dict[str, Any] = json.loads(text)
        families = {key: tuple(raw["font"][key]) for key in ("ui", "editor")}
        types = {
            name: TypeRole(role["size"], role["line"], role["weight"], role.get("family", "ui"))
            for name, role in raw["type"].items()
        }
        return cls(
            light=raw["color"]["light"],
            dark=raw["color"]["dark"],
            families=families,
            types=types,
            sizes=_flat(raw["size"]) | {f"stroke.{key}": value for key, value in raw["stroke"].items()},
            radii=raw["radius"],
            motion=raw["motion"],
            severity=raw["severity"],
            status={key: (value[0], value[1]) for key, value in raw["status"].items()},
            topic_shape=raw["topicShape"],
            contrast=tuple(raw["contrast"]),
        )


def contrast_ratio(first: str, second: str) -> float:
    """WCAG 2.2 contrast of two "#RRGGBB" colours, 1.0 to 21.0."""
    brighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(hex_color: str) -> float:
    parts = [int(hex_color[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _flat(tree: Mapping[str, Any]) -> dict[str, float]:
    flat: dict[str, float] = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            flat |= {f"{key}.{inner}": number for inner, number in value.items()}
        else:
            flat[key] = value
    return flat
