"""Words for foreseen problems: what happened, what was kept safe, what to do next.

Errors carry a code and parameters (`medvoice.domain.errors`); this is where the window turns them into
sentences. Every sentence goes through Qt's translation; braces are filled from the parameters.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.domain.errors import (
    AccountError,
    FindingsBlock,
    MedVoiceError,
    PackError,
    RemoteError,
    StorageError,
)


@dataclass(frozen=True, slots=True)
class Words:
    """Up to three sentences. `safe` and `next` may be ""."""

    what: str
    safe: str = ""
    next: str = ""

    def sentence(self) -> str:
        """All of it, for a toast or a banner."""
        return " ".join(part for part in (self.what, self.safe, self.next) if part)


def words_for(problem: MedVoiceError) -> Words:
    """The words for a problem. An unknown code is named, so that it can be told to support. UI thread."""
    template = _table().get(problem.code)
    if template is None:
        template = _fallback(problem)
    params = _Params(_spoken(problem.params), code=problem.code)
    return Words(*(part.format_map(params) for part in (template.what, template.safe, template.next)))


def sentence_for(problem: MedVoiceError) -> str:
    """`words_for` as one line."""
    return words_for(problem).sentence()


def number(value: int) -> str:
    """A number as the person's language writes it, with separators of thousands: "3,000"."""
    locale = QLocale()
    if locale.language() == QLocale.Language.C:  # a bare environment: the C locale knows no separators
        locale = QLocale(QLocale.Language.English)
    return locale.toString(value)


def known_codes() -> frozenset[str]:
    """The codes that have words of their own."""
    return frozenset(_table())


def forget_words() -> None:
    """Read the table anew, after the language was changed."""
    _table.cache_clear()


class _Params(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"


def _spoken(params: Mapping[str, object]) -> dict[str, object]:
    spoken: dict[str, object] = {}
    for key, value in params.items():
        if key in ("channel", "network") and isinstance(value, str):
            spoken[key] = CHANNEL_NAMES.get(value, value)
        elif key.endswith("_wall") and isinstance(value, str):
            at = QDateTime.fromString(value, "yyyy-MM-dd HH:mm")
            spoken[key] = QLocale().toString(at, "ddd d MMM, HH:mm")
        elif isinstance(value, (tuple, list)):
            spoken[key] = ", ".join(str(one) for one in value)
        elif (
            isinstance(value, int) and not isinstance(value, bool) and key not in ("line", "column", "status")
        ):
            spoken[key] = number(value)
        else:
            spoken[key] = value
    return spoken


def _tr(text: str) -> str:
    return QCoreApplication.translate("strings", text)


def _fallback(problem: MedVoiceError) -> Words:
    if isinstance(problem, StorageError):
        return Words(
            _tr("Your workspace could not be used ({code})."),
            _tr("What is on the screen is still there."),
            _tr("Copy your text before you close the window."),
        )
    if isinstance(problem, AccountError):
        return Words(
            _tr("There is a problem with the sign-in ({code})."),
            _tr("Nothing was posted."),
            _tr("Open Settings, Accounts."),
        )
    if isinstance(problem, RemoteError):
        return Words(
            _tr("The network gave an answer MedVoice does not know ({code})."),
            _tr("Your text is unchanged."),
            _tr("Look at the post in the Queue."),
        )
    if isinstance(problem, PackError):
        return Words(
            _tr("A rule file has a mistake ({code})."),
            _tr("The last good rules stay in force."),
            _tr("Open Settings, Rules."),
        )
    if isinstance(problem, FindingsBlock):
        return Words(
            _tr("Some things are left before it can be cleared ({code})."),
            "",
            _tr("Open the draft to see them."),
        )
    return Words(_tr("That did not work ({code})."), _tr("Nothing was changed."))


@lru_cache(maxsize=1)
def _table() -> dict[str, Words]:
    return {
        **_draft_words(),
        **_queue_words(),
        **_congress_words(),
        **_outside_words(),
        **_account_words(),
        **_connect_words(),
        **_profile_words(),
        **_storage_words(),
    }


def _draft_words() -> dict[str, Words]:
    look_again = _tr("Open it again from the list.")
    return {
        "draft_unknown": Words(_tr("This draft is no longer there."), "", _tr("Look in the archive.")),
        "draft_changed_elsewhere": Words(_tr("The draft was changed in another place meanwhile."), _tr("Your text here was not lost and not saved over it."), look_again),
        "draft_has_records": Words(_tr("This draft was published, so its record stays."), _tr("It can be archived.")),
        "draft_in_queue": Words(_tr("This draft waits in the queue."), _tr("Nothing was changed."), _tr("Unschedule it first.")),
        "archived_too_recently": Words(_tr("Archived drafts are kept for 30 days."), "", _tr("It can be deleted after {until}.")),
        "not_archived": Words(_tr("Only archived drafts can be deleted for good."), "", _tr("Archive it first.")),
        "version_unknown": Words(_tr("This version is no longer there."), _tr("Your text is unchanged.")),
        "text_empty": Words(_tr("There is no text for {channel} yet."), "", _tr("Write something first.")),
        "text_unreadable": Words(_tr("The text has characters that cannot be sent to {channel}."), _tr("Your text is unchanged."), _tr("Take out the marked characters.")),
        "characters_broken": Words(_tr("The text has characters that cannot be kept or sent."), _tr("Your text is unchanged."), _tr("Take out the marked characters.")),
        "text_too_long": Words(_tr("The text is longer than {channel} takes."), _tr("Your text is unchanged.")),
        "channel_off": Words(_tr("{channel} is switched off for this draft."), "", _tr("Switch it on above the text.")),
        "channel_unknown": Words(_tr("MedVoice does not know the channel {channel}.")),
        "channel_has_no_threads": Words(_tr("{channel} has no threads."), "", _tr("Join the parts into one post.")),
        "finding_unknown": Words(_tr("This finding is no longer in the text."), "", _tr("The list is read again.")),
        "cannot_dismiss_block": Words(_tr("A must-fix finding cannot be dismissed."), "", _tr("Change the wording, or use the way out the card names.")),
        "cannot_route": Words(_tr("This finding does not go to safety."), _tr("Nothing was changed.")),
        "reason_too_short": Words(_tr("Your reason needs at least ten characters.")),
        "reference_missing": Words(_tr("The safety team's reference is missing.")),
        "aware_in_future": Words(_tr("The moment you knew lies in the future."), "", _tr("Please look at the date.")),
        "tick_unknown": Words(_tr("This check is no longer asked for."), "", _tr("The list is read again.")),
        "clearance_unknown": Words(_tr("This clearance is no longer there."), "", _tr("Clear the post again.")),
        "not_clear": Words(_tr("Some things are left before it can be cleared."), "", _tr("Open the draft to see them.")),
        "topic_exists": Words(_tr("There is a topic named {name} already.")),
        "topic_unknown": Words(_tr("This topic is no longer there.")),
        "topic_without_name": Words(_tr("A topic needs a name.")),
        "topics_full": Words(_tr("Six topics are the most there are."), "", _tr("Rename one instead.")),
        "slot_taken": Words(_tr("Another topic has this colour and shape.")),
        "slot_unknown": Words(_tr("This colour and shape is not one of the six.")),
        "cadence_unreadable": Words(_tr("This is not a number of days."), "", _tr("Write a number from 0 to {most}.")),
        "topic_into_itself": Words(_tr("A topic cannot be joined with itself.")),
        "share_unreadable": Words(_tr("The target is not a share."), "", _tr("Write a number from 0 to 100.")),
    }  # fmt: skip


def _queue_words() -> dict[str, Words]:
    safe = _tr("Nothing was posted. Your text is unchanged.")
    return {
        "already_published": Words(_tr("This text is already published on {channel}."), "", _tr("Duplicate the draft to post again.")),
        "already_scheduled": Words(_tr("This post is already in the queue for {channel}.")),
        "account_missing": Words(_tr("No account is connected for {channel}."), _tr("Nothing was scheduled."), _tr("Connect one in Settings, or post by hand.")),
        "ask_not_here": Words(_tr("{channel} cannot be asked this way."), "", _tr("Please look at your profile there.")),
        "ask_too_late": Words(_tr("More than eight minutes have passed, so LinkedIn no longer tells."), "", _tr("Please look at your profile instead.")),
        "cannot_cancel": Words(_tr("It cannot be taken back any more.")),
        "cannot_move": Words(_tr("It cannot be moved any more.")),
        "clear_again": Words(_tr("The text or the rules changed since it was cleared."), safe, _tr("Schedule it again: that clears it anew.")),
        "delivery_unknown": Words(_tr("This post is no longer in the queue.")),
        "part_unknown": Words(_tr("This part is no longer in the queue.")),
        "parent_unknown": Words(_tr("The post before it in the thread is not known."), safe, _tr("Say first whether that one is live.")),
        "link_not_a_post": Words(_tr("This is not the address of a post on {network}.")),
        "no_free_slot": Words(_tr("Each of your times in the next {days} days has a post."), _tr("Nothing was scheduled."), _tr("Choose a time yourself.")),
        "nothing_to_resolve": Words(_tr("Nothing here waits for your word any more.")),
        "resolve_first": Words(_tr("This post may be live."), _tr("It is not sent again by itself."), _tr("Say first what you found.")),
        "sign_in_ends_before": Words(_tr("Your sign-in to {channel} ends {ends_wall}, before that moment."), _tr("Nothing was scheduled."), _tr("Sign in again, then schedule.")),
        "over_budget": Words(_tr("This would cost {cost} on X. In {month} {spent} are spent and {planned} planned, of {budget}."), _tr("Nothing was scheduled."), _tr("Take links out, choose another month, or raise your budget in Settings, Accounts.")),
        "time_past": Words(_tr("This time has passed."), "", _tr("Choose a later one.")),
        "time_skipped": Words(_tr("The clocks skip that hour on this day."), "", _tr("Choose another time.")),
        "time_unreadable": Words(_tr("This is not a time."), "", _tr("Write it as 2026-12-01 08:10.")),
        "date_unreadable": Words(_tr("This is not a date."), "", _tr("Write it as 2026-12-01.")),
        "zone_unknown": Words(_tr("This is not a time zone."), "", _tr("Use a name such as Europe/Berlin.")),
        "another_agent": Words(_tr("Another MedVoice already publishes for this workspace.")),
        "lease_refused": Words(_tr("Another MedVoice publishes at this moment."), safe, _tr("Try again in a moment.")),
        "late_limit_out_of_range": Words(_tr("Choose 15 to 1,440 minutes.")),
    }  # fmt: skip


def _outside_words() -> dict[str, Words]:
    return {
        "dav_elsewhere": Words(_tr("The server says that the calendar is at another address: {detail}"), "", _tr("Give that address instead.")),
        "dav_no_answer": Words(_tr("The server of the calendar did not answer."), _tr("The plan itself is safe."), _tr("It is tried again later.")),
        "dav_no_collection": Words(_tr("There is no calendar at this address."), _tr("The plan itself is safe."), _tr("Look at the address.")),
        "dav_not_calendar": Words(_tr("What is at this address is not a calendar."), "", _tr("Look at the address.")),
        "dav_server": Words(_tr("The server did not take the plan ({detail})."), _tr("The plan itself is safe."), _tr("It is tried again later.")),
        "dav_sign_in": Words(_tr("The server did not accept the name and password."), _tr("The plan itself is safe."), _tr("Give them again.")),
        "dav_not_https": Words(_tr("This is not an address of a calendar."), "", _tr("It begins with https://.")),
        "dav_off": Words(_tr("The plan is published nowhere yet."), "", _tr("Give an address first.")),
        "entry_unknown": Words(_tr("This entry is no longer there.")),
        "feed_known": Words(_tr("You follow this feed already: {name}.")),
        "feed_not_https": Words(_tr("This is not an address of a feed."), "", _tr("It begins with https://.")),
        "feed_private": Words(_tr("This address is on your computer or its own network."), "", _tr("Feeds come from the public internet only.")),
        "feed_unknown": Words(_tr("This feed is no longer there.")),
        "feeds_full": Words(_tr("{most} feeds are the most."), "", _tr("Remove one first.")),
    }  # fmt: skip


def _congress_words() -> dict[str, Words]:
    kept = _tr("Nothing was changed.")
    return {
        "under_embargo": Words(_tr("“{title}” ({event}) is under embargo until {wall}, {zone}."), _tr("Nothing was scheduled."), _tr("Choose a later time.")),
        "embargo_unknown": Words(_tr("When the embargo of “{title}” ({event}) ends is not known."), _tr("Nothing was scheduled."), _tr("Add its day or session first.")),
        "idea_empty": Words(_tr("An idea needs a few words or a link.")),
        "file_empty": Words(_tr("{name} holds no words.")),
        "file_not_text": Words(
            _tr("{name} is no plain text."), "", _tr("Save it as plain text or Markdown and try again.")
        ),
        "file_too_large": Words(_tr("{name} is too large."), "", _tr("{megabytes} megabytes are the most.")),
        "file_unreadable": Words(_tr("{name} cannot be read: {reason}.")),
        "too_many_drafts": Words(_tr("{name} holds more than {most} drafts."), "", _tr("Part the file.")),
        "draft_too_long": Words(_tr("{name} holds a draft of more than {most} characters."), "", _tr("Part it with a line ---.")),
        "word_old": Words(_tr("{name} is of an old Word."), "", _tr("Save it as .docx and try again.")),
        "word_locked": Words(_tr("{name} opens with a password only."), "", _tr("Save a copy without it and try again.")),
        "word_unreadable": Words(_tr("{name} is damaged or no Word file."), "", _tr("Save it again as .docx from Word and try again.")),
        "word_unsafe": Words(_tr("{name} is built in a way that could harm this computer, so it was not opened."), "", _tr("Copy its words into a new document.")),
        "nothing_out": Words(_tr("Nothing of this post is out yet.")),
        "not_published": Words(_tr("Only a post that is out can return.")),
        "weeks_unreadable": Words(
            _tr("This is not a number of weeks."), "", _tr("Write a number from {least} to {most}.")
        ),
        "prompt_unknown": Words(_tr("This prompt is no longer there.")),
        "prompts_full": Words(_tr("{limit} prompts are the most there are."), "", _tr("Remove one first.")),
        "recurrence_unreadable": Words(
            _tr("“{text}” is no day that comes back."), "", _tr("Choose a weekday or a day of the month.")
        ),
        "link_unreadable": Words(_tr("This is not the address of a page."), "", _tr("It begins with https://.")),
        "pause_ends_before": Words(_tr("The pause would end before it starts."), "", _tr("Choose a later end.")),
        "pause_unknown": Words(_tr("This pause is no longer there.")),
        "calendar_too_large": Words(_tr("This calendar file is too large."), _tr("Nothing was taken from it."), _tr("Choose a smaller one.")),
        "calendar_unreadable": Words(_tr("This file cannot be read as a calendar."), _tr("Nothing was taken from it.")),
        "calendar_unwritable": Words(_tr("{path} cannot be written: {reason}."), _tr("Your plan itself is safe."), _tr("Choose another place.")),
        "table_unreadable": Words(_tr("Line {line} of the table cannot be read: {reason}."), _tr("Nothing was taken from it.")),
        "table_too_large": Words(_tr("The table is too large; {most} rows at most."), _tr("Nothing was taken from it.")),
        "row_unfit": Words(_tr("Row {line} of the table cannot be taken."), _tr("Nothing was taken from it.")),
        "event_unknown": Words(_tr("This event is no longer there.")),
        "rule_unknown": Words(_tr("There is no such rule in force.")),
        "session_unknown": Words(_tr("This session is no longer there.")),
        "abstract_unknown": Words(_tr("This abstract is no longer there.")),
        "event_without_name": Words(_tr("An event needs a name.")),
        "session_without_title": Words(_tr("A session needs a title.")),
        "abstract_without_title": Words(_tr("An abstract needs a title.")),
        "event_ends_before": Words(_tr("The event would end on {ends}, before it starts on {starts}."), kept),
        "day_unreadable": Words(_tr("This is not a day of a congress."), "", _tr("Write it as 2026-12-01.")),
        "session_outside": Words(_tr("{wall} is not within the days of {event}."), kept),
        "event_in_use": Words(_tr("Drafts draw on abstracts of this event."), kept, _tr("Take the abstracts off those drafts first.")),
        "abstract_in_use": Words(_tr("Drafts draw on this abstract."), kept, _tr("Take it off those drafts first.")),
    }  # fmt: skip


def _account_words() -> dict[str, Words]:
    kept = _tr("Nothing was stored.")
    return {
        "account_unknown": Words(_tr("This account is no longer there.")),
        "account_in_use": Words(_tr("Posts in the queue use this account."), _tr("Nothing was changed."), _tr("Unschedule them first.")),
        "sign_in_needed": Words(_tr("The sign-in has ended."), _tr("Nothing was posted. Your text is unchanged."), _tr("Sign in again.")),
        "keys_busy": Words(_tr("Another MedVoice is using your sign-ins."), "", _tr("Try again in a moment.")),
        "keys_locked": Words(_tr("Your keyring is locked or did not answer."), _tr("Nothing was sent."), _tr("Unlock it and try again.")),
        "no_keyring": Words(_tr("No keyring was found to keep your sign-in safe."), kept, _tr("Install one (on Linux gnome-keyring or KWallet), set MEDVOICE_PASSPHRASE_FILE to a file with a passphrase, or stay signed in for this session only.")),
        "seal_broken": Words(_tr("Your stored sign-ins cannot be opened with this key."), _tr("Drafts and queue are untouched."), _tr("Sign in again, or use the right passphrase.")),
        "passphrase_file_unreadable": Words(_tr("The file with your passphrase cannot be read."), kept, _tr("Look at {path}.")),
        "passphrase_too_short": Words(_tr("Your passphrase needs at least {least} characters."), kept),
        "linkedin_terms_unread": Words(_tr("LinkedIn stays by hand until you have read what its terms say about automated posting."), "", _tr("Read the note in Settings, Accounts.")),
        "pack_meaning": Words(_tr("{file}, line {line}: {rule} {key}: {reason}."), _tr("The rules in force stay as they were.")),
        "no_display": Words(_tr("There is no display here for the window to open on.")),
        "clock_override_refused": Words(_tr("The clock can be moved only where all accounts are on the practice network.")),
        "clock_override_unreadable": Words(_tr("MEDVOICE_CLOCK is not a time."), "", _tr("Write it as 2026-12-01T08:10:00Z.")),
    }  # fmt: skip


def _connect_words() -> dict[str, Words]:
    nothing = _tr("Nothing was connected.")
    again = _tr("Start the sign-in again.")
    return {
        "base_url_not_loopback": Words(_tr("A practice network runs on this computer only."), nothing, _tr("Use an address such as http://127.0.0.1:8799.")),
        "client_id_missing": Words(_tr("The client ID of your app is missing."), "", _tr("Copy it from the network's developer page.")),
        "client_secret_missing": Words(_tr("The client secret of your app is missing."), "", _tr("Copy it from the network's developer page.")),
        "client_secret_not_wanted": Words(_tr("{network} needs no client secret here."), "", _tr("Leave it empty.")),
        "client_not_accepted": Words(_tr("The network does not know this client ID or secret."), nothing, _tr("Please compare both.")),
        "clock_off": Words(_tr("This computer's clock is off by {hours} hours."), nothing, _tr("Set it right, then sign in again.")),
        "code_not_accepted": Words(_tr("The sign-in code was too old or used before."), nothing, again),
        "identity_refused": Words(_tr("The network did not say who signed in."), nothing, again),
        "other_member": Words(_tr("You signed in as somebody else."), _tr("The account stays as it was.")),
        "ports_in_use": Words(_tr("Another program uses the sign-in ports {ports}."), nothing, _tr("Close it and try again, or paste the code by hand.")),
        "browser_absent": Words(_tr("No browser could be opened."), "", _tr("Copy the address shown and open it yourself.")),
        "nothing_listens": Words(_tr("This sign-in no longer waits for an answer."), nothing, again),
        "redirect_not_accepted": Words(_tr("The network does not know the callback address."), nothing, _tr("Register it in your app, exactly as shown.")),
        "scope_missing": Words(_tr("The sign-in lacks a permission that MedVoice needs to post: {missing}."), nothing, _tr("Allow it when you sign in.")),
        "scope_refused": Words(_tr("The network does not give your app a permission that MedVoice needs."), nothing, _tr("Look at the products of your app there.")),
        "sign_in_cancelled": Words(_tr("You stopped the sign-in."), nothing),
        "sign_in_declined": Words(_tr("The sign-in was declined in the browser."), nothing),
        "sign_in_no_answer": Words(_tr("The network did not answer."), nothing, _tr("Try again.")),
        "sign_in_no_code": Words(_tr("There is no sign-in code in what you pasted."), "", _tr("Paste the whole address of the page.")),
        "sign_in_refused": Words(_tr("The network refused the sign-in."), nothing, again),
        "sign_in_timed_out": Words(_tr("No answer came from the browser in time."), nothing, again),
        "sign_in_wrong_state": Words(_tr("This answer belongs to another sign-in."), nothing, again),
    }  # fmt: skip


def _profile_words() -> dict[str, Words]:
    return {
        "bad_field": Words(_tr("This cannot be kept as it is."), "", _tr("Please look at it again.")),
        "name_missing": Words(_tr("Your name is missing.")),
        "product_without_name": Words(_tr("A product needs a name.")),
        "region_missing": Words(_tr("Choose at least one place.")),
        "region_unknown": Words(_tr("MedVoice has no rules for {region}.")),
        "record_unknown": Words(_tr("There is no such record.")),
        "pack_syntax": Words(_tr("The rule file {file} cannot be read at line {line}, column {column}: {reason}."), _tr("The last good rules stay in force.")),
        "rule_meaning": Words(_tr("Rule {rule} is set aside: {key}, line {line}."), _tr("All other rules are in force.")),
    }  # fmt: skip


def _storage_words() -> dict[str, Words]:
    on_screen = _tr("What is on the screen is still there.")
    return {
        "disk_full": Words(_tr("Not saved, the disk is full."), on_screen, _tr("Make room, then go on writing: it is saved again by itself.")),
        "workspace_locked": Words(_tr("Not saved, another program holds the workspace."), on_screen, _tr("It is tried again by itself.")),
        "workspace_read_only": Words(_tr("Not saved, the workspace is write-protected."), on_screen, _tr("Copy your text before you close the window.")),
        "workspace_damaged": Words(_tr("The workspace file cannot be read."), _tr("It was kept as it is: {path}."), _tr("The last backup is {backup}.")),
        "newer_workspace": Words(_tr("This workspace was written by a newer MedVoice."), _tr("Nothing was changed."), _tr("Update MedVoice.")),
        "not_a_workspace": Words(_tr("This file is not a MedVoice workspace: {path}."), _tr("It was left as it is.")),
        "backup_damaged": Words(_tr("The backup cannot be read: {path}."), _tr("It was left as it is."), _tr("Choose an earlier one.")),
        "record_broken": Words(_tr("The record was changed outside MedVoice: entry {number} does not fit the one before."), _tr("Nothing was changed.")),
        "home_unusable": Words(_tr("MedVoice cannot use its folder: {path}."), "", _tr("Look at the rights of this folder.")),
        "settings_unreadable": Words(_tr("The settings file cannot be read: {path}."), _tr("It was left as it is.")),
        "settings_unwritable": Words(_tr("The settings file could not be written: {path}."), _tr("Your choices hold until you close the window.")),
    }  # fmt: skip
