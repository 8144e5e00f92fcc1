"""Everything that is counted on the screen, in the plural that its number asks for.

They stand here, outside classes, because lupdate knows plurals only in `tr`, and gives a
`tr` outside a class the empty context.
"""

from archiver.i18n import digits
from ui.words import translate


def tr(source: str, comment: str, count: int) -> str:
    return digits(translate("", source, comment, count))


def pages(count: int) -> str:
    return tr("%n page(s)", "", count)


def of_pages(needy: int, count: int) -> str:
    """How many of the pages."""
    words = translate("Desk", "%1 of %2")
    return digits(words.replace("%1", str(needy)).replace("%2", str(count)))


def sound_pages(count: int) -> str:
    return tr("%n page(s) without a complaint", "of the checks", count)


def blank(count: int) -> str:
    return tr("%n blank", "backs of sheets", count)


def documents(count: int) -> str:
    return tr("%n document(s)", "", count)


def case_files(count: int) -> str:
    return tr("%n case file(s)", "", count)


def lots(count: int) -> str:
    return tr("%n lot(s)", "", count)


def images_to_judge(count: int) -> str:
    return tr("%n image(s) left to look at", "of a sample", count)


def sheets_missing(count: int) -> str:
    return tr("%n sheet(s) without an image", "of a lot", count)


def in_case_files(count: int) -> str:
    return tr("in %n case file(s)", "where the results are", count)


def files(count: int) -> str:
    return tr("%n file(s)", "on the disk", count)


def packages(count: int) -> str:
    return tr("%n package(s)", "", count)


def signed_for(count: int) -> str:
    return tr("%n signed for", "packages", count)


def need_you(count: int) -> str:
    return tr("%n need(s) you", "packages", count)


def without_receipt(count: int) -> str:
    return tr("%n without a receipt", "packages", count)


def results(count: int) -> str:
    return tr("%n result(s)", "", count)


def places(count: int) -> str:
    return tr("%n place(s)", "where the words stand on the page", count)


def of_doubts(count: int) -> str:
    return tr("of %n doubt(s)", "the one at hand is counted before it", count)


def lines(count: int) -> str:
    return tr("%n line(s)", "of text", count)


def look_again(count: int) -> str:
    return tr("%n correction(s) to look at again", "", count)


def pages_to_read(count: int) -> str:
    return tr("%n page(s) to read", "", count)


def pages_set_aside(count: int) -> str:
    return tr("%n page(s) set aside", "", count)


def pages_unread(count: int) -> str:
    return tr("%n page(s) have not been read yet.", "", count)


def not_taken(count: int) -> str:
    return tr("%n thing(s) were not taken; the rest went on.", "", count)


def seconds_left(count: int) -> str:
    return tr("about %n second(s) left", "", count)


def minutes_left(count: int) -> str:
    return tr("about %n minute(s) left", "", count)


def time_left(seconds: float | None) -> str:
    """About how long it still takes; "" where nobody knows."""
    if seconds is None:
        return ""
    return (
        seconds_left(max(1, round(seconds))) if seconds < 60 else minutes_left(round(seconds / 60))
    )


def keystrokes(count: int) -> str:
    return tr("%n key(s)", "pressed while describing", count)


def seconds(count: int) -> str:
    return tr("%n second(s)", "spent on a case file", count)


def days_of_room(count: int) -> str:
    return tr("The disk has room for about %n day(s)", "at the pace of the last days", count)


def fields(count: int) -> str:
    return tr("%n field(s)", "of a profile", count)


def days_of_work(count: int) -> str:
    return tr("%n day(s) of work", "in the period", count)


def days_unit(count: int) -> str:
    return tr("day(s)", "after their figure", count)


def images(count: int) -> str:
    return tr("%n image(s)", "", count)


def pages_left(count: int) -> str:
    return tr("%n page(s) left", "not sealed yet", count)
