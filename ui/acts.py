"""The one table of what can be done: menu, tooltip, key map and key strip are made of it."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from archiver.i18n import digits
from archiver.workflow.page_reasons import reason_word
from ui.words import document_name, translate

TODAY, CASES, TEXT, DESCRIBE = "today", "cases", "text", "describe"
SEARCH, DELIVERY = "search", "delivery"
SETTINGS, PAGES, OVERVIEW = "settings", "pages", "overview"
CAPTURE: Final = "capture"
SAMPLE, KEYING = "sample", "keying"
SCREENS: Final = (
    TODAY,
    CASES,
    CAPTURE,
    PAGES,
    TEXT,
    DESCRIBE,
    SAMPLE,
    KEYING,
    SEARCH,
    DELIVERY,
    OVERVIEW,
    SETTINGS,
)
STATION, CASE_FILE, PAGE, PACKAGE, VIEW, HELP = range(6)

# The letter that the same physical key writes in the Arabic layout.
_ARABIC: Final = (*"ضصثقفغعهخحشسيبلاتنمئءؤر", "لا", "ى", "ة")
ARABIC_KEYS: Final = dict(zip("QWERTYUIOPASDFGHJKLZXCVBNM", _ARABIC, strict=True))

# The kinds that digits give, wherever a document has one.
KINDS: Final = {
    "1": "cover", "2": "appeal_statement", "3": "power_of_attorney", "4": "receipt_bail",
    "5": "contested_judgment", "6": "exhibit_list", "7": "service", "8": "prosecution_memo",
    "9": "minutes", "0": "judgment",
}  # fmt: skip

KIND_ACTS: Final = {f"kind_{digit}": code for digit, code in KINDS.items()}

# What a checker says of an image by one key.
DEFECT_KEYS: Final = {
    "1": "folded", "2": "cut", "3": "dark", "4": "blurred", "5": "skewed", "6": "two_sheets",
    "7": "duplicate", "8": "spoilt", "9": "text", "0": "fields",
}  # fmt: skip

# What the strip of a screen begins with, its main act first; the rest follows as in the table.
LEADS: Final = {
    CAPTURE: ("scan",),
    PAGES: ("rescan", "keep_page", "next_problem"),
    TEXT: ("accept_word", "next_doubt", "illegible", "take_back", "next_page"),
    DESCRIBE: ("accept_field", "next_field", "carry", "next_problem", "list_words", "undo_act"),
    DELIVERY: ("send", "resend", "pause", "collect"),
    OVERVIEW: ("export_overview",),
}  # fmt: skip

# Other keys of an act, by its key or its name.
_TWINS: Final = {
    "Return": ("Enter",),
    "Z": ("Ctrl+Z",),
    "Ctrl+Y": ("Ctrl+Shift+Z",),
    "next_doubt": ("F3",),
    "last_doubt": ("Shift+F3",),
    "open_job": ("Ctrl+Return",),
    "next_scanned": ("PgDown",),
    "last_scanned": ("PgUp",),
}


@dataclass(frozen=True, slots=True)
class Act:
    """`key` is a Qt key sequence; a single letter acts by place and only outside editors."""

    name: str
    text: str
    key: str
    menu: int
    screens: tuple[str, ...] = SCREENS
    strip: bool = True

    @property
    def keys(self) -> tuple[str, ...]:
        """The sequences that call it: Enter is two keys, and F3 goes to problems everywhere."""
        return (self.key, *_TWINS.get(self.key, ()), *_TWINS.get(self.name, ()))

    @property
    def letter(self) -> str:
        return self.key if len(self.key) == 1 else ""

    @property
    def bare(self) -> bool:
        """Acts outside editors and buttons only, as they have their own use for the key."""
        return bool(self.letter) or self.key == "Space"

    @property
    def cap(self) -> str:
        """What is written on the key."""
        if self.letter in ARABIC_KEYS:
            return f"{self.key} {ARABIC_KEYS[self.key]}"
        if self.letter:
            return digits(self.key)
        return caps().get(self.key, self.key.replace("+", " "))


def caps() -> dict[str, str]:
    return {
        "Return": "Enter",
        "PgDown": "PgDn",
        "Left": "←",
        "Right": "→",
        "Up": "↑",
        "Down": "↓",
        "Space": translate("Keys", "Space"),
        "Ctrl+Return": "Ctrl Enter",
        "Ctrl++": "Ctrl +",
        "Ctrl+-": "Ctrl −",
        "Alt+Up": "Alt ↑",
        "Alt+Down": "Alt ↓",
    }


def menus() -> tuple[str, ...]:
    return (
        translate("Menu", "&Station"),
        translate("Menu", "&Case file"),
        translate("Menu", "&Page"),
        translate("Menu", "P&ackage"),
        translate("Menu", "&View"),
        translate("Menu", "&Help"),
    )


def _kind_words(digit: str) -> str:
    return document_name(KINDS[digit], "")


def _reading_words(digit: str) -> str:
    return digits(translate("Acts", "Reading %1").replace("%1", digit))


def acts() -> tuple[Act, ...]:
    """Every act, in the order of menus, strip and key map."""
    case = (CASES, TEXT, DESCRIBE)
    reading = (PAGES, TEXT, DESCRIBE, SAMPLE, KEYING, SEARCH)
    here = (DESCRIBE,)  # most of its acts
    desk, feed = (PAGES,), (CAPTURE,)
    rtl = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    ahead, behind = ("Left", "Right") if rtl else ("Right", "Left")  # as the language runs
    return (
        Act(
            "next_step",
            translate("Acts", "Next step"),
            "Ctrl+Return",
            CASE_FILE,
            (*case, *feed, *desk),
        ),
        Act("open_job", translate("Acts", "Open the next job"), "Return", STATION, (TODAY,)),
        Act("open", translate("Acts", "Open"), "Return", PAGE, (CASES, PAGES, SEARCH)),
        Act("next_place", translate("Acts", "Next place"), ahead, PAGE, (SEARCH,)),
        Act("last_place", translate("Acts", "Previous place"), behind, PAGE, (SEARCH,), False),
        Act("accept_image", translate("Acts", "Good, next"), "Return", PAGE, (SAMPLE,)),
        Act("reject_image", translate("Acts", "Defect"), "X", PAGE, (SAMPLE,)),
        Act("next_doubt", translate("Acts", "Next doubt"), "Tab", PAGE, (TEXT,)),
        Act("accept_word", translate("Acts", "Accept the reading"), "Return", PAGE, (TEXT,)),
        Act("last_doubt", translate("Acts", "Previous doubt"), "Shift+Tab", PAGE, (TEXT,), False),
        Act("illegible", translate("Acts", "Illegible"), "F8", PAGE, (TEXT,)),
        Act("take_back", translate("Acts", "Take back"), "Ctrl+Z", PAGE, (TEXT,)),
        Act("make_again", translate("Acts", "Make again"), "Ctrl+Y", PAGE, (TEXT,), False),
        *(Act(f"pick_{n}", _reading_words(n), f"Alt+{n}", PAGE, (TEXT,), False) for n in "1234"),
        Act("accept_field", translate("Acts", "Accept and next"), "Return", PAGE, here),
        Act("next_field", translate("Acts", "Next field"), "Tab", PAGE, here),
        Act(
            "last_field", translate("Acts", "Previous field"), "Shift+Tab", PAGE, (DESCRIBE,), False
        ),
        Act("carry", translate("Acts", "As the last file"), "F2", PAGE, here),
        Act(
            "next_problem",
            translate("Acts", "Next problem"),
            "F3",
            PAGE,
            (PAGES, DESCRIBE, SAMPLE, DELIVERY),
        ),
        Act("list_words", translate("Acts", "List"), "F4", PAGE, here),
        Act("add_value", translate("Acts", "One more"), "Insert", PAGE, here, False),
        Act("undo_act", translate("Acts", "Take back"), "Ctrl+Z", PAGE, here),
        Act("redo_act", translate("Acts", "Make again"), "Ctrl+Y", PAGE, here, False),
        Act("split", translate("Acts", "Split here"), "S", PAGE, here, False),
        Act("join", translate("Acts", "Join to the one before"), "J", PAGE, here, False),
        Act("kind", translate("Acts", "Kind of document"), "K", PAGE, here, False),
        Act("earlier", translate("Acts", "Move up"), "Alt+Up", PAGE, here, False),
        Act("later", translate("Acts", "Move down"), "Alt+Down", PAGE, here, False),
        Act(
            "sort_pages", translate("Acts", "Documents as proposed"), "P", PAGE, (DESCRIBE,), False
        ),
        *(
            Act(f"defect_{n}", reason_word(code), n, PAGE, (SAMPLE,), False)
            for n, code in DEFECT_KEYS.items()
        ),
        Act("draw_sample", translate("Acts", "Draw a sample"), "D", CASE_FILE, (SAMPLE,)),
        Act(
            "close_sample", translate("Acts", "End the sample"), "Ctrl+Return", CASE_FILE, (SAMPLE,)
        ),
        Act("keep_reading", translate("Acts", "Keep the reading"), "Return", PAGE, (KEYING,)),
        Act("add_number", translate("Acts", "One more"), "Insert", PAGE, (KEYING,)),
        Act(
            "key_blind",
            translate("Acts", "Second keying"),
            "Ctrl+B",
            CASE_FILE,
            (TODAY, DESCRIBE),
            False,
        ),
        Act("import", translate("Acts", "Import"), "N", STATION, (TODAY, CASES)),
        Act(
            "measure_card",
            translate("Acts", "Measure the colour card"),
            "M",
            STATION,
            (TODAY,),
            False,
        ),
        Act("process", translate("Acts", "Read the pages"), "P", CASE_FILE, (CASES,)),
        Act("accept", translate("Acts", "Accept"), "A", CASE_FILE, case),
        Act("reject", translate("Acts", "Send back"), "X", CASE_FILE, case),
        Act("seal", translate("Acts", "Seal"), "O", CASE_FILE, (CASES,)),
        Act("send_again", translate("Acts", "Send again"), "R", PACKAGE, (TODAY,)),
        Act("resend", translate("Acts", "Send again"), "R", PACKAGE, (DELIVERY,)),
        Act("pause", translate("Acts", "Pause or resume"), "Space", PACKAGE, (DELIVERY,)),
        Act("send", translate("Acts", "Send"), "D", PACKAGE, (DELIVERY,)),
        Act("collect", translate("Acts", "Collect the receipts"), "V", PACKAGE, (DELIVERY,)),
        Act(
            "hand_over_record",
            translate("Acts", "Hand-over record"),
            "Ctrl+P",
            PACKAGE,
            (DELIVERY,),
        ),
        Act("delivery_report", translate("Acts", "Report"), "Ctrl+E", PACKAGE, (DELIVERY,)),
        Act("examine", translate("Acts", "Examine the target"), "E", PACKAGE, (DELIVERY,)),
        Act(
            "pause_all",
            translate("Acts", "Pause or resume all"),
            "Ctrl+Space",
            PACKAGE,
            (DELIVERY,),
            False,
        ),
        Act("sooner", translate("Acts", "More urgent"), "Alt+Up", PACKAGE, (DELIVERY,), False),
        Act("less_soon", translate("Acts", "Less urgent"), "Alt+Down", PACKAGE, (DELIVERY,), False),
        Act("set_hours", translate("Acts", "Hours of sending"), "H", PACKAGE, (DELIVERY,), False),
        Act("add_target", translate("Acts", "Add a target"), "N", PACKAGE, (DELIVERY,), False),
        Act("scan", translate("Acts", "Scan, or stop"), "Space", PAGE, feed),
        Act("turn_captured", translate("Acts", "Turn"), "T", PAGE, feed),
        Act("blank_captured", translate("Acts", "Blank back"), "B", PAGE, feed),
        Act("mark_captured", translate("Acts", "Mark"), "M", PAGE, feed),
        Act("split_captured", translate("Acts", "Split in two"), "S", PAGE, feed, False),
        Act("join_captured", translate("Acts", "Join the halves"), "J", PAGE, feed, False),
        Act("crop_captured", translate("Acts", "Crop"), "C", PAGE, feed, False),
        Act("reject_captured", translate("Acts", "Reject"), "X", PAGE, feed),
        Act("rescan_captured", translate("Acts", "Scan anew"), "R", PAGE, feed),
        Act("insert_captured", translate("Acts", "Scan behind"), "I", PAGE, feed),
        Act("insert_first", translate("Acts", "Scan before"), "Shift+I", PAGE, feed, False),
        Act("undo_captured", translate("Acts", "Take back"), "Z", PAGE, feed),
        Act("redo_captured", translate("Acts", "Make again"), "Ctrl+Y", PAGE, feed, False),
        Act("next_scanned", translate("Acts", "Next page"), ahead, PAGE, feed, False),
        Act("last_scanned", translate("Acts", "Previous page"), behind, PAGE, feed, False),
        Act("find_scanners", translate("Acts", "Look for scanners"), "F5", STATION, feed),
        *(Act(f"kind_{n}", _kind_words(n), n, PAGE, (CAPTURE, PAGES), False) for n in KINDS),
        Act("note_condition", translate("Acts", "Note the condition"), "H", CASE_FILE, feed, False),
        Act("all_kinds", translate("Acts", "All kinds"), "K", PAGE, (*feed, *desk), False),
        Act("rescan", translate("Acts", "Another image"), "R", PAGE, desk),
        Act(
            "rescan_file",
            translate("Acts", "Another image, from a file"),
            "Shift+R",
            PAGE,
            desk,
            False,
        ),
        Act("keep_page", translate("Acts", "Let stand, next"), "Space", PAGE, desk),
        Act("turn_page", translate("Acts", "Turn"), "T", PAGE, desk),
        Act("turn_back", translate("Acts", "Turn back"), "Shift+T", PAGE, desk, False),
        Act("split_page", translate("Acts", "Split in two"), "S", PAGE, desk),
        Act("join_halves", translate("Acts", "Join the halves"), "J", PAGE, desk),
        Act("crop_page", translate("Acts", "Crop"), "C", PAGE, desk),
        Act("insert_page", translate("Acts", "Insert behind"), "I", PAGE, desk),
        Act("insert_before", translate("Acts", "Insert before"), "Shift+I", PAGE, desk, False),
        Act("insert_file", translate("Acts", "Insert a file behind"), "Ctrl+I", PAGE, desk, False),
        Act("blank_page", translate("Acts", "Blank back"), "B", PAGE, desk),
        Act("mark_page", translate("Acts", "Mark"), "M", PAGE, desk),
        Act("reject_page", translate("Acts", "Reject"), "X", PAGE, desk),
        Act("undo_desk", translate("Acts", "Take back"), "Z", PAGE, desk),
        Act("redo_desk", translate("Acts", "Make again"), "Ctrl+Y", PAGE, desk, False),
        Act("next_page", translate("Acts", "Next page"), "PgDown", PAGE, reading),
        Act("last_page", translate("Acts", "Previous page"), "PgUp", PAGE, reading, False),
        Act("magnify", translate("Acts", "Enlarge"), "F7", VIEW, desk),
        Act("boxes", translate("Acts", "Boxes"), "F9", VIEW, (TEXT, DESCRIBE, SAMPLE, SEARCH)),
        Act("zoom_in", translate("Acts", "Larger"), "Ctrl++", VIEW, reading, False),
        Act("zoom_out", translate("Acts", "Smaller"), "Ctrl+-", VIEW, reading, False),
        Act("fit", translate("Acts", "Fit the width"), "Ctrl+0", VIEW, reading, False),
        Act("save_search", translate("Acts", "Keep the search"), "Ctrl+S", PAGE, (SEARCH,)),
        Act("export_hits", translate("Acts", "Export"), "Ctrl+E", PAGE, (SEARCH,)),
        Act("copy", translate("Acts", "Copy the citation"), "Ctrl+Shift+C", PAGE, (SEARCH,)),
        Act("find", translate("Acts", "Search"), "Ctrl+F", VIEW),
        Act("next_pane", translate("Acts", "Next pane"), "F6", VIEW, SCREENS, False),
        Act("export_overview", translate("Acts", "Export"), "Ctrl+E", STATION, (OVERVIEW,)),
        Act("full_screen", translate("Acts", "Full screen"), "F11", VIEW, SCREENS, False),
        Act("dark", translate("Acts", "Dark"), "Ctrl+D", VIEW, SCREENS, False),
        Act(
            "hand_over", translate("Acts", "Lock, change person"), "Ctrl+L", STATION, SCREENS, False
        ),
        Act("quit", translate("Acts", "Quit"), "Ctrl+Q", STATION, SCREENS, False),
        Act("key_map", translate("Acts", "All keys"), "F1", HELP, SCREENS, False),
    )
