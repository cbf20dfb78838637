"""Plain sentences for problems that the queue and the settings can meet: what happened, what helps.

Codes are those of the services; params fill the braces.
"""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.domain.errors import MedVoiceError
from medvoice.ui import strings
from medvoice.ui.models.moments import short_moment


def _tr(text: str) -> str:
    return QCoreApplication.translate("problems", text)


def queue_words() -> Mapping[str, str]:
    """Sentences for planning and steering posts."""
    return {
        "already_published": _tr("This text is already published on {channel}."),
        "already_scheduled": _tr("This post is already in the queue for {channel}."),
        "account_missing": _tr("No account is connected for {channel}. Connect one in Settings."),
        "ask_not_here": _tr("{channel} cannot be asked this way. Please look at your profile there."),
        "ask_too_late": _tr("More than eight minutes have passed. Please look at your profile instead."),
        "cannot_cancel": _tr("It cannot be taken back any more."),
        "cannot_move": _tr("It cannot be moved any more."),
        "clear_again": _tr("The text or the rules changed. Clear it again first."),
        "delivery_unknown": _tr("This post is no longer in the queue."),
        "draft_unknown": _tr("The draft of this post is no longer there."),
        "link_not_a_post": _tr("This is not the address of a post on {network}."),
        "not_clear": _tr("Some things are left before it can be cleared. Open the draft to see them."),
        "nothing_to_resolve": _tr("Nothing here waits for your word any more."),
        "resolve_first": _tr("This post may be live. Say first what you found."),
        "no_free_slot": _tr("Each of your times in the next {days} days has a post."),
        "sign_in_ends_before": _tr(
            "Your sign-in to {channel} ends {ends_wall}, before that moment. Sign in again first."
        ),
        "over_budget": _tr(
            "This would cost {cost} on X: of {budget} for {month}, {spent} are spent and {planned} planned."
        ),
        "under_embargo": _tr("“{title}” is under embargo until {wall}, {zone}. Choose a later time."),
        "embargo_unknown": _tr("When the embargo of “{title}” ends is not known. Nothing was moved."),
        "time_past": _tr("This time has passed. Choose a later one."),
        "time_skipped": _tr("The clocks skip that hour on this day. Choose another time."),
        "time_unreadable": _tr("This is not a time."),
    }


def account_words() -> Mapping[str, str]:
    """Sentences for connecting accounts."""
    return {
        "account_unknown": _tr("This account is no longer there."),
        "base_url_not_loopback": _tr(
            "A practice network runs on this computer only, such as http://127.0.0.1:8799."
        ),
        "client_id_missing": _tr("Enter the client ID of your app."),
        "client_secret_missing": _tr("Enter the client secret of your app."),
        "client_secret_not_wanted": _tr("{channel} needs no client secret here. Leave it empty."),
        "client_not_accepted": _tr(
            "The network does not know this client ID or secret. Please compare both."
        ),
        "clock_off": _tr("This computer's clock is off by {hours} hours. Set it right, then sign in again."),
        "code_not_accepted": _tr("The sign-in code was too old or used before. Start the sign-in again."),
        "identity_refused": _tr("The network did not say who signed in. Nothing was connected."),
        "keys_busy": _tr("Another MedVoice is using your sign-ins. Try again in a moment."),
        "keys_locked": _tr("Your keyring is locked or did not answer. Unlock it and try again."),
        "no_keyring": _tr(
            "No keyring was found to keep your sign-in safe. Install one (on Linux gnome-keyring or KWallet)"
            " or set MEDVOICE_PASSPHRASE_FILE to a file with a passphrase. Nothing was stored."
        ),
        "other_member": _tr("You signed in as somebody else. The account stays as it was."),
        "ports_in_use": _tr("Another program uses the sign-in ports {ports}. Close it and try again."),
        "redirect_not_accepted": _tr(
            "The network does not know the callback address. Register it in your app."
        ),
        "scope_missing": _tr("The sign-in lacks a permission that MedVoice needs to post."),
        "scope_refused": _tr("The network does not give your app a permission that MedVoice needs."),
        "seal_broken": _tr("Your stored sign-ins cannot be opened with this key. Sign in again."),
        "sign_in_declined": _tr("The sign-in was declined in the browser. Nothing was connected."),
        "sign_in_needed": _tr("The sign-in has ended. Sign in again."),
        "sign_in_no_answer": _tr("The network did not answer. Nothing was connected; try again."),
        "sign_in_no_code": _tr("There is no sign-in code in what you pasted."),
        "sign_in_refused": _tr("The network refused the sign-in. Nothing was connected."),
        "sign_in_timed_out": _tr("No answer came from the browser in time. Start the sign-in again."),
        "sign_in_wrong_state": _tr("This answer belongs to another sign-in. Nothing was connected."),
        "passphrase_file_unreadable": _tr("The file with your passphrase cannot be read."),
        "passphrase_too_short": _tr("Your passphrase is too short."),
    }


def profile_words() -> Mapping[str, str]:
    """Sentences for the fields of the profile."""
    return {
        "bad_field": _tr("This cannot be kept as it is. Please look at it again."),
        "product_without_name": _tr("A product needs a name."),
        "region_missing": _tr("Choose at least one place."),
        "region_unknown": _tr("MedVoice has no rules for {region}."),
        "zone_unknown": _tr("This is not a time zone. Use a name such as Europe/Berlin."),
        "late_limit_out_of_range": _tr("Choose 15 to 1,440 minutes."),
        "date_unreadable": _tr("Write the date as 2026-12-01."),
        "settings_unwritable": _tr("The settings file could not be written."),
        "disk_full": _tr("Not saved: the disk is full."),
        "workspace_locked": _tr("Not saved: another program holds the workspace. Try again."),
        "workspace_read_only": _tr("Not saved: the workspace is write-protected."),
    }


class _Params(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"


def sentence_for(problem: MedVoiceError) -> str:
    """The sentence for a problem; a plain one with the code, to be told to support, when it is new here."""
    words = {**queue_words(), **account_words(), **profile_words()}
    if problem.code not in words and problem.code in strings.known_codes():
        return strings.sentence_for(problem)
    params = dict(problem.params)
    for key in ("channel", "network"):
        if isinstance(params.get(key), str):
            params[key] = CHANNEL_NAMES.get(str(params[key]), params[key])
    ends_wall = params.get("ends_wall")
    if isinstance(ends_wall, str):
        params["ends_wall"] = short_moment(ends_wall, "", "")
    ports = params.get("ports")
    if isinstance(ports, (tuple, list)):
        params["ports"] = ", ".join(str(port) for port in ports)
    known = words.get(problem.code, _tr("That did not work ({code}). Nothing was changed."))
    return known.format_map(_Params(params, code=problem.code))
