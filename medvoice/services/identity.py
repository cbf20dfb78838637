"""The person's profile, kept as one JSON value in the workspace's settings."""

import json
from dataclasses import asdict
from typing import Any

from medvoice.domain.clock import zone
from medvoice.domain.errors import UserError
from medvoice.domain.level import REGIONS
from medvoice.domain.product import Product
from medvoice.domain.profile import CompanyPolicy, Permission, Profile
from medvoice.store.connection import Workspace
from medvoice.store.setting import SettingStore

PROFILE_KEY = "profile"


class Identity:
    """Use cases of the profile over one connection; call from the thread that owns it."""

    def __init__(self, db: Workspace) -> None:
        self.settings = SettingStore(db)

    def get(self) -> Profile:
        """The profile; an empty one before the person wrote any."""
        text = self.settings.get(PROFILE_KEY)
        return profile_from_json(text) if text else Profile()

    def save(self, profile: Profile) -> None:
        """Keep the profile. Raises UserError `zone_unknown`, `region_unknown`, `product_without_name`."""
        zone(profile.zone)
        for region in profile.regions:
            if region not in REGIONS:
                raise UserError("region_unknown", region=region)
        if any(not product.name.strip() for product in profile.products):
            raise UserError("product_without_name")
        self.settings.save(PROFILE_KEY, profile_to_json(profile))


def profile_to_json(profile: Profile) -> str:
    """The profile as JSON text (ASCII, sorted keys)."""
    return json.dumps(asdict(profile), sort_keys=True, ensure_ascii=True)


def profile_from_json(text: str) -> Profile:
    """The inverse of `profile_to_json`. Fields that are missing take their defaults, unknown ones are
    passed over, so that an older or newer MedVoice's profile can be read."""
    raw: dict[str, Any] = json.loads(text)
    values = _known(raw, Profile())
    values["products"] = tuple(Product(**_known(item, Product(""))) for item in _dicts(raw.get("products")))
    values["permissions"] = tuple(
        Permission(**_known(item, Permission("", "", "", "", "", "")))
        for item in _dicts(raw.get("permissions"))
    )
    values["policy"] = CompanyPolicy(**_known(raw.get("policy") or {}, CompanyPolicy()))
    return Profile(**values)


def _known(raw: dict[str, Any], example: Any) -> dict[str, Any]:
    """The keys of `raw` that `example` has, lists as tuples."""
    names: set[str] = set(asdict(example))
    return {key: _frozen(value) for key, value in raw.items() if key in names}


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _dicts(value: Any) -> list[dict[str, Any]]:
    return list(value or ())
