"""What the index is told of a page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """One page as it is searched."""

    page_id: int
    case_id: int
    text: str
    keys: tuple[str, ...] = ()  # canonical case numbers of its file: "1234/56"
    series: str = ""  # docket series code of those numbers
    kind: str = ""  # document kind code
    title: str = ""  # of its case file or document
    access: str = ""  # access level code
    year: int | None = None  # a further year to be found by, beside those of the keys
    parties: tuple[str, ...] = ()  # names as written, of the file and of this page's heading
    judges: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()  # hearings and documents: 1951-12-04, 1951-12, 1951
    circuit: str = ""  # circuit code
    subjects: tuple[str, ...] = ()  # subject headings, as written
    lot: str = ""
    box: str = ""
    station: str = ""  # where it was scanned
    checked: bool = False  # a second person checked its file
    position: int = 0  # in its case file, from 1: the order of a file's pages
