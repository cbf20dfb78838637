"""`medvoice profile`: who writes, for whom, and what the company said."""

from dataclasses import replace

import click

from medvoice.cli.shared import json_option, print_json, workspace
from medvoice.domain.clock import zone as zone_of
from medvoice.domain.finding import REGIONS, Product
from medvoice.domain.profile import Profile


def as_dict(profile: Profile) -> dict[str, object]:
    policy = profile.policy
    return {
        "name": profile.name,
        "role": profile.role,
        "employer": profile.employer,
        "disclosure": profile.disclosure,
        "regions": list(profile.regions),
        "products": [
            {
                "name": p.name,
                "relation": p.relation,
                "aliases": list(p.aliases),
                "indications": list(p.indications),
                "investigational": p.is_investigational,
            }
            for p in profile.products
        ],
        "confidential_words": list(profile.confidential_words),
        "zone": profile.zone,
        "linkedin_route": profile.linkedin_route,
        "late_limit_min": profile.late_limit_min,
        "policy": {
            "personal_posts_allowed": policy.personal_posts_allowed,
            "scheduling_tools_allowed": policy.scheduling_tools_allowed,
            "naming_employer": policy.naming_employer,
            "safety_contact": policy.safety_contact,
            "safety_clock_h": policy.safety_clock_h,
            "version": policy.version,
            "recorded_on": policy.recorded_on,
            "contact": policy.contact,
        },
    }


@click.group()
def profile() -> None:
    """Your profile."""


@profile.command("show")
@json_option
@click.pass_context
def show(ctx: click.Context, as_json: bool) -> None:
    """Show the profile."""
    with workspace(ctx) as opened:
        kept = as_dict(opened.identity.get())
    if as_json:
        print_json(kept)
        return
    for key, value in kept.items():
        click.echo(f"{key:<20} {value if value not in ('', [], None) else '-'}")


ANSWER = click.Choice(["yes", "no", "unknown"])


@profile.command("set")
@click.option("--name")
@click.option("--role")
@click.option("--employer")
@click.option("--disclosure", help="Your own sentence on employer and personal view.")
@click.option("--region", "regions", multiple=True, type=click.Choice(REGIONS, case_sensitive=False))
@click.option("--product", "own", multiple=True, metavar="NAME[:INDICATION,…]", help="Your company's.")
@click.option("--competitor", "rivals", multiple=True, metavar="NAME")
@click.option("--confidential", "words", multiple=True, metavar="WORD")
@click.option("--zone")
@click.option("--late-limit", "late_limit_min", type=click.IntRange(15, 1440), metavar="MINUTES")
@click.option("--policy-personal-posts", type=ANSWER)
@click.option("--policy-scheduling-tools", type=ANSWER)
@click.option("--policy-naming-employer", type=ANSWER)
@click.option("--policy-safety-contact")
@click.option("--policy-version")
@click.option("--policy-recorded-on", metavar="YYYY-MM-DD")
@click.option("--policy-contact")
@json_option
@click.pass_context
def set_profile(ctx: click.Context, as_json: bool, **given: object) -> None:
    """Change the profile; what is not named stays."""
    with workspace(ctx) as opened:
        kept = updated(opened.identity.get(), given)
        opened.identity.save(kept)
    print_json(as_dict(kept)) if as_json else click.echo("Saved.")


def updated(kept: Profile, given: dict[str, object]) -> Profile:
    """The profile with the given options taken over. Raises UserError `zone_unknown`."""
    plain = {
        key: given[key]
        for key in ("name", "role", "employer", "disclosure", "zone", "late_limit_min")
        if given[key] is not None
    }
    if "zone" in plain:
        zone_of(str(plain["zone"]))
    if given["regions"]:
        plain["regions"] = tuple(str(r).upper() for r in _many(given["regions"]))
    if given["words"]:
        plain["confidential_words"] = tuple(_many(given["words"]))
    products = [parse_product(text, "own") for text in _many(given["own"])]
    products += [parse_product(text, "competitor") for text in _many(given["rivals"])]
    if products:
        names = {p.name.casefold() for p in products}
        plain["products"] = tuple(p for p in kept.products if p.name.casefold() not in names) + tuple(
            products
        )
    policy = {
        key: given[f"policy_{source}"]
        for key, source in (
            ("personal_posts_allowed", "personal_posts"),
            ("scheduling_tools_allowed", "scheduling_tools"),
            ("naming_employer", "naming_employer"),
            ("safety_contact", "safety_contact"),
            ("version", "version"),
            ("recorded_on", "recorded_on"),
            ("contact", "contact"),
        )
        if given[f"policy_{source}"] is not None
    }
    kept = replace(kept, **plain)  # pyright: ignore[reportArgumentType]
    return replace(kept, policy=replace(kept.policy, **policy))  # pyright: ignore[reportArgumentType]


def _many(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, (tuple, list)) else ()


def parse_product(text: str, relation: str) -> Product:
    """`NAME` or `NAME:indication,indication`."""
    name, _, rest = text.partition(":")
    indications = tuple(part.strip() for part in rest.split(",") if part.strip())
    return Product(
        name=name.strip(),
        relation="own" if relation == "own" else "competitor",
        indications=indications,
    )
