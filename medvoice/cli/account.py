"""`medvoice account`: sign in to networks, list accounts, sign out."""

import sys

import click

from medvoice.bootstrap import Workspace
from medvoice.cli.shared import json_option, print_json, workspace
from medvoice.domain.account import Account
from medvoice.domain.channel.price import X_PRICES, dollars, read_dollars
from medvoice.domain.clock import to_text
from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.domain.errors import UserError
from medvoice.infra.browser import open_in_browser
from medvoice.infra.settings import load_settings
from medvoice.services.connecting import WAIT_S, Connected, Pending

# The ids of the practice network's ready-made apps; on the real networks the person registers their own.
PRACTICE_CLIENTS = {"linkedin": ("practice-linkedin", "practice-linkedin-secret"), "x": ("practice-x", "")}
TERMS = (
    "LinkedIn's API terms (3.1) and User Agreement (8.2) forbid automating posting without its leave. "
    "MedVoice sends only what you cleared, post by post, but LinkedIn may see that differently; "
    "posting by hand has no such risk."
)


def as_dict(account: Account) -> dict[str, object]:
    return {
        "id": account.id,
        "network": account.network,
        "route": account.route,
        "name": account.display_name,
        "handle": account.handle,
        "member_id": account.member_id,
        "state": account.state,
        "state_reason": account.state_reason,
        "expires_at": to_text(account.expires_at) if account.expires_at else None,
        "practice": account.is_practice,
        "base_url": account.base_url,
    }


@click.group()
def account() -> None:
    """Your accounts."""


@account.command("connect")
@click.argument("network", type=click.Choice(["linkedin", "x"]))
@click.option("--client-id", default="", help="Of the app you registered with the network.")
@click.option("--client-secret-stdin", is_flag=True, help="Read the app's secret from standard input.")
@click.option("--base-url", default="", help="A practice network on this computer, http://127.0.0.1:PORT.")
@click.option("--no-browser", is_flag=True, help="Print the address and wait; open it yourself.")
@click.option("--paste", is_flag=True, help="Listen nowhere; paste the address you end at.")
@click.option("--by-hand", is_flag=True, help="No sign-in: you post yourself at the planned moment.")
@click.option("--i-read-linkedin-terms", "has_read_terms", is_flag=True, help="See the note it prints.")
@click.option("--timeout", "timeout_s", type=float, default=WAIT_S, show_default=True)
@json_option
@click.pass_context
def connect(
    ctx: click.Context,
    network: str,
    client_id: str,
    client_secret_stdin: bool,
    base_url: str,
    no_browser: bool,
    paste: bool,
    by_hand: bool,
    has_read_terms: bool,
    timeout_s: float,
    as_json: bool,
) -> None:
    """Sign in on the network's own page; MedVoice never sees your password."""
    with workspace(ctx) as opened:
        if by_hand:
            _show(opened.connecting.add_by_hand(network), as_json)
            return
        secret = sys.stdin.readline().strip() if client_secret_stdin else ""
        if base_url and not client_id:
            client_id, practice_secret = PRACTICE_CLIENTS[network]
            secret = secret or practice_secret
        if network == "linkedin" and not base_url:
            choose_linkedin(opened, has_read_terms)
        pending = opened.connecting.begin(
            network,
            client_id,
            secret,
            base_url,
            ports=load_settings(opened.paths.settings).callback_ports,
            open_browser=None if no_browser or paste else open_in_browser,
            listens=not paste,
        )
        try:
            connected = _finish(opened, pending, paste, timeout_s, as_json)
        finally:
            opened.connecting.cancel(pending)
        opened.queueing.free_signed_in(connected.account.id)
        _show(connected, as_json)


def choose_linkedin(opened: Workspace, has_read_terms: bool) -> None:
    """The person's own choice against posting by hand, made after reading the terms."""
    from dataclasses import replace

    profile = opened.identity.get()
    if profile.linkedin_route == "oauth":
        return
    if not has_read_terms:
        click.echo(TERMS, err=True)
        raise UserError("linkedin_terms_unread")
    today = opened.clock.now().date().isoformat()
    opened.identity.save(replace(profile, linkedin_route="oauth", linkedin_terms_read_on=today))


def _finish(opened: Workspace, pending: Pending, paste: bool, timeout_s: float, as_json: bool) -> Connected:
    if as_json:
        print_json_line({"event": "open", "url": pending.url, "redirect_uri": pending.redirect_uri})
    else:
        click.echo(f"Open this address to sign in to {CHANNEL_NAMES[pending.network]}:\n{pending.url}")
        if pending.browser_opened is False:
            click.echo("No browser could be opened here; open the address yourself.", err=True)
    sys.stdout.flush()
    if paste:
        pasted = click.prompt("Paste the address you ended at, or the code", err=True)
        return opened.connecting.paste(pending, pasted)
    return opened.connecting.wait(pending, timeout_s)


def print_json_line(value: dict[str, object]) -> None:
    """One line, so that a program can read it while the command waits."""
    import json

    click.echo(json.dumps(value))


def _show(connected: Connected, as_json: bool) -> None:
    if as_json:
        print_json_line({"event": "connected", "account": as_dict(connected.account)})
    else:
        click.echo(f"Connected: {line(connected.account)}")


def line(kept: Account) -> str:
    """An account in one line."""
    where = " (practice)" if kept.is_practice else ""
    until = f", until {to_text(kept.expires_at)[:10]}" if kept.expires_at else ""
    how = "by hand" if kept.route == "by_hand" else f"{kept.state}{until}"
    return f"{kept.id}  {CHANNEL_NAMES[kept.network]}{where}  {kept.display_name}  {how}"


@account.command("list")
@json_option
@click.pass_context
def list_accounts(ctx: click.Context, as_json: bool) -> None:
    """List accounts."""
    with workspace(ctx) as opened:
        found = opened.accounts.list()
    if as_json:
        print_json([as_dict(each) for each in found])
        return
    for each in found:
        click.echo(line(each))
    if not found:
        click.echo("No account is connected. Connect one: medvoice account connect x --client-id …")


@account.command("budget")
@click.argument("amount", required=False)
@json_option
@click.pass_context
def budget(ctx: click.Context, amount: str | None, as_json: bool) -> None:
    """Show or set what posts on X may cost in a month, in US dollars; 0 for no limit."""
    with workspace(ctx) as opened:
        spending = opened.queueing.spending
        if amount is not None:
            mills = read_dollars(amount)
            if mills is None:
                raise click.UsageError(f"“{amount}” is not an amount. Write it as 5 or 5.50.")
            spending.set_budget(mills)
        month = spending.month()
    if as_json:
        print_json(
            {
                "month": f"{month.first:%Y-%m}",
                "spent_usd": month.spent.mills / 1000,
                "planned_usd": month.planned.mills / 1000,
                "budget_usd": month.budget / 1000 if month.budget else None,
                "prices_of": X_PRICES.as_of.isoformat(),
            }
        )
        return
    limit = f" of {dollars(month.budget)}" if month.budget else ", no limit"
    spent, planned = dollars(month.spent.mills), dollars(month.planned.mills)
    click.echo(f"X in {month.first:%Y-%m}: {spent} spent, {planned} planned{limit}.")
    click.echo(f"By X's prices as of {X_PRICES.as_of}; X's own bill may differ.")


@account.command("disconnect")
@click.argument("account_id", metavar="ACCOUNT")
@click.pass_context
def disconnect(ctx: click.Context, account_id: str) -> None:
    """Sign out and forget the sign-in. Planned posts of this account are held."""
    with workspace(ctx) as opened:
        _changes, is_revoked = opened.connecting.disconnect(account_id)
    tail = "" if is_revoked else " The network did not confirm; you can also remove MedVoice in its settings."
    click.echo("Signed out. The sign-in was removed from this computer." + tail)
