"""The one tree of errors that people read.

Each says what happened, to what, what the person can do, and whether trying again helps.
An error is worded when it is shown, in the language of that moment, so it can be stored
as `code` and `facts` and come back years later. Bugs are not errors: they are not caught.
"""

import re
from typing import ClassVar, Final

from archiver.i18n import N_, _, digits

_OURS: Final = "“archiver "
_COMMAND: Final = re.compile(f"{_OURS}[^”]*|[^“]+|“")
"""A command, which people copy: nothing invisible stands in it; or what comes between commands."""


class ArchiverError(Exception):
    """`what` and `advice` are templates over `facts`; subclasses mark them with `N_`."""

    what: ClassVar[str] = N_("Something went wrong.")
    advice: ClassVar[str] = ""
    exit_code: ClassVar[int] = 1
    retry: ClassVar[bool] = False

    def __init__(self, **facts: object) -> None:
        super().__init__(facts)
        self.facts = {name: _plain(value) for name, value in facts.items()}

    def __reduce__(self) -> tuple[object, ...]:
        return (_revive, (type(self), self.facts))

    @property
    def code(self) -> str:
        return type(self).__name__

    def __str__(self) -> str:
        return _fill(self.what, self.facts)

    def way_out(self) -> str:
        """What the person can do; empty where there is nothing to do."""
        return _fill(self.advice, self.facts) if self.advice else ""


def _plain(value: object) -> str | int | float:
    return value if isinstance(value, str | int | float) else str(value)


def _fill(template: str, facts: dict[str, str | int | float]) -> str:
    shown = _Facts((name, _shown(name, value)) for name, value in facts.items())
    typed = _Facts((name, str(value)) for name, value in facts.items())
    return _COMMAND.sub(
        lambda part: part[0].format_map(typed if part[0].startswith(_OURS) else shown), _(template)
    )


def _shown(name: str, value: str | int | float) -> str:
    """Numbers in the reader's digits, those of case files too; file names as they are."""
    if isinstance(value, int | float):
        return digits(value)
    return f"\u2068{digits(value) if name == 'case' else value}\u2069"


class _Facts(dict[str, str]):
    """A record of an older station may lack a fact; its error is told all the same."""

    def __missing__(self, name: str) -> str:
        return "…"


def _revive(kind: type[ArchiverError], facts: dict[str, object]) -> ArchiverError:
    return kind(**facts)


def from_record(code: str, facts: dict[str, object]) -> ArchiverError:
    """The error that was stored as `code` and `facts`; a plain one where the code is gone."""
    kinds = {kind.__name__: kind for kind in _descendants(ArchiverError)}
    return kinds.get(code, ArchiverError)(**facts)


def _descendants(kind: type[ArchiverError]) -> list[type[ArchiverError]]:
    return [k for child in kind.__subclasses__() for k in (child, *_descendants(child))]


# --- what a person asked for cannot be done -------------------------------------------------


class RequestRefused(ArchiverError):
    exit_code = 2


class NoArchive(RequestRefused):
    what = N_("There is no archive in {path}.")
    advice = N_("Make one with “archiver init DIR”, or name another with --archive.")


class ArchiveExists(RequestRefused):
    what = N_("{path} already holds an archive; nothing was changed.")
    advice = N_("Use it as it is, or name an empty folder.")


class FolderNotEmpty(RequestRefused):
    what = N_("{path} is not empty; nothing was changed.")
    advice = N_("Name an empty folder, or one that does not exist yet.")


class NoSuchCase(RequestRefused):
    what = N_("There is no case file {case} in this archive.")
    advice = N_("“archiver status” lists the case files.")


class BadCaseNumber(RequestRefused):
    what = N_("{text} is not a case number.")
    advice = N_("Write the number and the judicial year, such as 99001/93.")


class BadQuery(RequestRefused):
    what = N_("The search could not be understood at place {place}: {expected}.")
    advice = N_("Mend the search there and try again.")


class NoSuchSearch(RequestRefused):
    what = N_("You have kept no search named {name}.")
    advice = N_("“archiver searches” lists those you have kept.")


class UnknownEngine(RequestRefused):
    what = N_("There is no search engine named {engine}.")
    advice = N_("The engines are: {known}.")


class UnknownSeries(RequestRefused):
    what = N_("{series} is not a docket series.")
    advice = N_("The series are: {known}.")


class OwnWork(RequestRefused):
    what = N_("{person} imported pages of {case} and so cannot check it.")
    advice = N_("Another person checks it: Ctrl L in the window, --as PERSON for a command.")


class WrongState(RequestRefused):
    what = N_("{case} is {state}; this needs it to be {needed}.")
    advice = N_("“archiver show” tells what it is waiting for.")


class PagesUnread(RequestRefused):
    what = N_("{case} has pages that have not been read yet: {count}.")
    advice = N_("Run “archiver process”, then look at the pages that failed.")


class NothingToScore(RequestRefused):
    what = N_("{path} holds no image with its text beside it.")
    advice = N_("Put page.txt beside page.png; the text as it is printed, in UTF-8.")


class NoSuchTarget(RequestRefused):
    what = N_("There is no target named {target}.")
    advice = N_("Add it with “archiver target add NAME PLACE --centre-key FILE”.")


class NotAllowed(RequestRefused):
    what = N_("{person} may not do this here; it needs the role {role}.")
    advice = N_("A supervisor gives roles: “archiver person roles NAME ROLE…”.")


class NeedsAnother(RequestRefused):
    what = N_("{person} proposed this and so cannot confirm it.")
    advice = N_("Another person with the right confirms it: --as PERSON.")


class NoSuchProposal(RequestRefused):
    what = N_("Nothing was proposed for {subject}.")
    advice = N_("Propose it first; another person then confirms it.")


class NoReceipt(RequestRefused):
    what = N_("The centre has not signed for {case}; nothing was removed.")
    advice = N_("Send it and collect the receipt first: “archiver send”, “archiver collect”.")


class MastersGone(RequestRefused):
    what = N_("The masters of {case} were removed here after the centre had signed for them.")
    advice = N_("Ask the centre for the package {package}, or work with the access copy.")


class NoBackup(RequestRefused):
    what = N_("There is no whole backup in {path}: {detail}.")
    advice = N_("Name a folder that “archiver backup” has written to its end.")


# --- input that cannot be taken --------------------------------------------------------------


class InputError(ArchiverError):
    """One file of an import; the rest of the import goes on."""

    exit_code = 3


class FileMissing(InputError):
    what = N_("{name} is not there or cannot be opened.")
    advice = N_("Check the name and that you may read it.")


class EmptyFile(InputError):
    what = N_("{name} is empty (0 bytes).")
    advice = N_("Copy it again from where it came from.")


class UnknownFormat(InputError):
    what = N_("{name} is not a PDF, TIFF, JPEG, PNG or JPEG 2000 file, whatever its name says.")
    advice = N_("Export it in one of these formats and import that.")


class RawPhotograph(InputError):
    what = N_("{name} is a raw photograph (DNG), which needs to be developed first.")
    advice = N_("Develop it in the camera's own software to a 16-bit or 8-bit TIFF, import that.")


class DamagedFile(InputError):
    what = N_("{name} is damaged or cut short ({detail}).")
    advice = N_("Copy or scan it again; nothing of it was taken.")


class EncryptedPdf(InputError):
    what = N_("{name} is locked with a password.")
    advice = N_("Save it without the password and import that.")


class TooManyPages(InputError):
    what = N_("{name} has {pages} pages; the limit is {limit}.")
    advice = N_("Split it, or raise limits.pages_per_file in station.toml.")


class ImageTooLarge(InputError):
    what = N_("A page of {name} has {megapixels} megapixels; the limit is {limit}.")
    advice = N_("Scan it at a lower resolution, or raise limits.megapixels in station.toml.")


class FileTooLarge(InputError):
    what = N_("{name} has {megabytes} MB; the limit is {limit}.")
    advice = N_("Split it, or raise limits.file_megabytes in station.toml.")


class NotScored(InputError):
    what = N_("{name} could not be scored: {detail}.")
    advice = N_(
        "Look at the image and at its text, which must be UTF-8; take them out or mend them."
    )


class HostileName(InputError):
    what = N_("The name of a file holds hidden direction or control characters: {name}.")
    advice = N_("Rename it with plain letters and import it again.")


class AlreadyImported(InputError):
    what = N_("{name} is already in {case}; it was not taken a second time.")
    advice = N_("If the sheet really occurs twice, scan it again.")


class TooSlow(InputError):
    what = N_("Opening {name} took longer than {seconds} seconds and was stopped.")
    advice = N_("Look at the file: it may be damaged or made to do harm.")


# --- the machine and its tools ---------------------------------------------------------------


class EnvironmentProblem(ArchiverError):
    exit_code = 4
    retry = True


class ArchiveBusy(EnvironmentProblem):
    what = N_("{holder} is working in this archive (process {pid}).")
    advice = N_("Wait until it has finished, or close the other window.")


class DiskFull(EnvironmentProblem):
    what = N_("The disk that holds {path} is full. Everything acknowledged so far is safe.")
    advice = N_("Make room and run the same command again: it goes on where it stopped.")


class NoRoomForCopy(EnvironmentProblem):
    what = N_(
        "A copy of the archive's database is kept before it is brought up to date: that wants"
        " {needed} MB in {path}, and {free} MB are free."
    )
    advice = N_("Make room and run the same command again; nothing was changed.")


class IndexBusyElsewhere(EnvironmentProblem):
    what = N_("Another process is writing the search index in {path}.")
    advice = N_("Wait until it has finished and run the same command again.")


class IndexLost(EnvironmentProblem):
    what = N_("The search index is missing, damaged or of another version.")
    advice = N_("Run “archiver index rebuild”: it makes the index again from the archive.")


class ArchiveTooNew(EnvironmentProblem):
    what = N_("This archive was written by a newer station (format {found}, known {known}).")
    advice = N_("Update this station.")
    retry = False


class ArchiveDamaged(EnvironmentProblem):
    what = N_("The archive is damaged: {detail}.")
    advice = N_("Stop working in it, keep it as it is, and restore a backup.")
    retry = False


class ToolMissing(EnvironmentProblem):
    what = N_("{tool} is not installed or does not work: {detail}.")
    advice = N_("“archiver doctor” tells how to install it.")


class SettingsWrong(EnvironmentProblem):
    what = N_("The settings in {path} are wrong: {detail}.")
    advice = N_("Mend that line in a text editor.")
    retry = False


class SettingGone(SettingsWrong):
    what = N_("The settings in {path} say keying.supervisors, which is the role supervisor now.")
    advice = N_("Take that line out, then give the role: “archiver person roles NAME supervisor”.")


class StorageFailed(EnvironmentProblem):
    what = N_("{path} could not be written or read: {detail}.")
    advice = N_("Check the disk and your rights, then run the same command again.")


class KeyUnusable(EnvironmentProblem):
    what = N_("The key {path} cannot be used: {detail}.")
    advice = N_("Only its owner may read it (chmod 600). If it is lost, tell the security officer.")
    retry = False


class PublicKeyUnusable(KeyUnusable):
    advice = N_("Name the file with the public key (PEM) as its owner handed it over.")


# --- scanners -----------------------------------------------------------------------------------


class ScannerProblem(ArchiverError):
    """What a scanner did. `safe`: pages it had handed over by then, all on the disk."""

    exit_code = 7
    retry = True


class NoScanner(ScannerProblem):
    what = N_("There is no scanner {device}.")
    advice = N_("Switch it on and look at its cable; “archiver devices” lists those that answer.")


class NoPaper(ScannerProblem):
    what = N_("The feeder of {device} is empty. Pages that are safe: {safe}.")
    advice = N_("Put the paper in as far as it goes and scan again.")


class PaperJam(ScannerProblem):
    what = N_("Paper is stuck in {device}. Pages that are safe: {safe}.")
    advice = N_(
        "Open the feeder, take the paper out without tearing it, put back every sheet after the"
        " last page shown and go on."
    )


class CoverOpen(ScannerProblem):
    what = N_("The cover of {device} is open. Pages that are safe: {safe}.")
    advice = N_("Close it, put back every sheet after the last page shown and go on.")


class ScannerBusy(ScannerProblem):
    what = N_("{device} is busy.")
    advice = N_("Wait until it has finished, or end the other program that scans.")


class ScannerGone(ScannerProblem):
    what = N_("The line to {device} is broken: {detail}. Pages that are safe: {safe}.")
    advice = N_(
        "Look at its cable and its power; put back every sheet after the last page shown and go on."
    )


class ScannerSilent(ScannerProblem):
    what = N_(
        "{device} did not answer for {seconds} seconds and was given up. Pages that are safe:"
        " {safe}."
    )
    advice = N_(
        "Switch it off and on; put back every sheet after the last page shown and go on. A slow"
        " scanner needs more time: [capture] in station.toml."
    )


class DriverStopped(ScannerProblem):
    what = N_("The driver of {device} stopped ({detail}). Pages that are safe: {safe}.")
    advice = N_("Put back every sheet after the last page shown and go on.")


class ShortPage(ScannerProblem):
    what = N_(
        "{device} broke off in the middle of page {page}: {rows} of {expected} rows. Pages that"
        " are safe: {safe}."
    )
    advice = N_("That page was not taken. Put its sheet and those after it back and go on.")


class PageDamaged(ScannerProblem):
    what = N_("Page {page} came damaged from {device}. Pages that are safe: {safe}.")
    advice = N_("That page was not taken. Put its sheet and those after it back and go on.")


class SamePageAgain(ScannerProblem):
    what = N_("{device} gave the same image {times} times and was stopped at page {page}.")
    advice = N_(
        "Compare the pages with the paper, reject those that are too many, switch the scanner off"
        " and on, and go on."
    )


class DuplexLost(ScannerProblem):
    what = N_("Both faces were asked for, but {device} gave {pages} pages for {sheets} sheets.")
    advice = N_("Compare the pages with the paper: backs may be missing. Scan those sheets again.")


class SheetsMissing(ScannerProblem):
    what = N_("The feeder of {device} ended after {sheets} of {expected} sheets.")
    advice = N_("Look whether paper is left in the feeder or two sheets went through as one.")


class ScannerRefuses(ScannerProblem):
    what = N_("{device} cannot do this: {detail}.")
    advice = N_("“archiver devices --device NAME” tells what it can.")
    retry = False


class ScannerFault(ScannerProblem):
    what = N_("{device} reports a fault: {detail}. Pages that are safe: {safe}.")
    advice = N_("Look at its display; put back every sheet after the last page shown and go on.")


class NoSuchDriver(ScannerProblem):
    what = N_("{device} names no driver this station has.")
    advice = N_("Names begin with sane: or escl:; “archiver devices” lists them.")
    retry = False


# --- reading pages ---------------------------------------------------------------------------


class PageUnreadable(ArchiverError):
    """One page could not be read; it is set aside and shown, the rest goes on."""

    what = N_("The page could not be read: {detail}.")
    advice = N_("Look at the page and run “archiver process --again”.")
    exit_code = 5


class PageKillsWorker(PageUnreadable):
    what = N_("Reading the page stopped the reader {times} times; it was set aside.")


# --- packages, delivery, receipts ------------------------------------------------------------


class DeliveryError(ArchiverError):
    exit_code = 6


class TargetUnreachable(DeliveryError):
    what = N_("The target {target} cannot be reached: {detail}.")
    advice = N_("Nothing is lost. Check the disk or the line and send again.")
    retry = True


class TargetRefusesKey(DeliveryError):
    what = N_("The target {target} refuses our key: {detail}.")
    advice = N_(
        "Ask the centre whether it was revoked; then “archiver target credential {target}”."
    )


class TargetNotTrusted(DeliveryError):
    what = N_("The target {target} is not what it should be: {detail}.")
    advice = N_("Nothing was sent. Ask the centre whether its certificate or host key has changed.")


class TargetFull(DeliveryError):
    what = N_("The target {target} is full: {detail}.")
    advice = N_("Ask the centre to make room, then send again: it goes on where it stopped.")


class TargetReadOnly(DeliveryError):
    what = N_("We may not write to the target {target}: {detail}.")
    advice = N_("Ask the centre for the right to write there, then send again.")


class TargetGone(DeliveryError):
    what = N_("The target {target} is no longer where it was: {detail}.")
    advice = N_("Ask the centre where it is now, then “archiver target move {target} PLACE”.")


class ClockWrong(DeliveryError):
    what = N_("The clock of this machine and that of the target {target} differ too much.")
    advice = N_("Set this machine's clock (timedatectl), then send again.")


class TargetConflict(DeliveryError):
    what = N_("The target already holds another file under the name {name}.")
    advice = N_("Tell the information centre; nothing was overwritten.")


class PackageInvalid(DeliveryError):
    what = N_("The package {name} is not sound: {detail}.")
    advice = N_("It was not accepted. The station keeps its own copy and can send it again.")


class StationUnknown(DeliveryError):
    what = N_("The package {name} was sealed with a key that is not known here: {key}.")
    advice = N_("Compare the key with the station by another way, then pin it and receive again.")


class ReceiptInvalid(DeliveryError):
    what = N_("The receipt for {name} cannot be trusted: {detail}.")
    advice = N_("Keep the masters. Tell the security officer and the information centre.")


class PackageRefused(DeliveryError):
    what = N_("The information centre refused {name}: {detail}.")
    advice = N_("Look at the reason, mend it and send again.")
