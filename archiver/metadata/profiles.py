"""What is known of a case file, its documents and its pages, field by field: data, not code.

A profile is a TOML file in `resources/profiles/` or in the archive's own `profiles/`; a new one
needs no code. A value is JSON in the form of its field's type:

    text, long_text   "…"
    integer           12
    boolean           true
    code              "civil", a code of the field's vocabulary
    case_key          {"series": "civil", "number": 99001, "judicial_year": 93}
    date              {"edtf": "2024-11-21", "calendar": "greg", "written": "…"}
    name              {"name_as_written": "…", "name_sort": "…", "role": "a code"}
    record            {part: value, …}, the parts declared in the profile

A field with several values holds them at positions 1, 2, …, each in this form.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from archiver.i18n import language

Level = Literal["case", "document", "page"]
Home = Literal["field", "case", "document", "page"]
LEVELS: Final[tuple[Level, ...]] = ("case", "document", "page")
HOMES: Final[tuple[Home, ...]] = ("field", "case", "document", "page")
SCALARS: Final = ("text", "long_text", "integer", "boolean", "code", "edtf")
COMPOSITES: Final = ("case_key", "date", "name", "record")
TYPES: Final = (*SCALARS, *COMPOSITES)
ALWAYS: Final = "always"
ROWS: Final[Mapping[Home, frozenset[str]]] = MappingProxyType(
    {  # what a field outside "field" may be: the rows of these know it
        "case": frozenset({"case_key", "ref_code", "title", "access_level"}),
        "document": frozenset(
            "doc_kind doc_title doc_date page_range original_or_copy".split()  # noqa: SIM905
        ),
        "page": frozenset(
            "page_no side marks image_master checksum dpi_colour ocr_text ocr_confidence"  # noqa: SIM905
            " blank".split()
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Label:
    ar: str
    en: str

    def __str__(self) -> str:
        return self.ar if language() == "ar" else self.en


@dataclass(frozen=True, slots=True)
class Part:
    """A named part of a composite value."""

    id: str
    label: Label
    type: str  # one of SCALARS
    vocabulary: str = ""
    open: bool = False  # a word that is not in the vocabulary is taken, with a warning
    required: bool = True
    least: int | None = None  # of an integer
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Field:
    id: str
    level: Level
    label: Label
    type: str  # one of TYPES
    least: int  # how many values: cardinality
    most: int | None  # None: as many as there are
    required: tuple[str, ...]  # case states that need it: "always", or codes of case_status
    parts: tuple[Part, ...]  # of a composite; one unnamed part of a scalar
    home: Home  # where its truth lives: "field" values, or the rows of cases, documents, pages
    access: str  # code of access_level: who may see it; "" as the case file
    critical: tuple[str, ...]  # the parts that are keyed twice; the field's id for a scalar
    crosswalk: Mapping[str, str]  # dc, mods, isadg, ric, ead -> where its value goes there
    default: str = ""  # what counts where nothing was said: a code

    @property
    def repeats(self) -> bool:
        return self.most is None or self.most > 1

    @property
    def composite(self) -> bool:
        return self.type in COMPOSITES

    @property
    def vocabulary(self) -> str:
        """The vocabulary of a scalar's code, or of the first coded part."""
        return next((part.vocabulary for part in self.parts if part.vocabulary), "")

    def part(self, name: str) -> Part | None:
        return next((part for part in self.parts if part.id == name), None)


@dataclass(frozen=True, slots=True)
class Profile:
    """The fields in the order of the form."""

    id: str
    version: int
    label: Label
    fields: tuple[Field, ...]
    shipped: bool = True

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.id == name), None)

    def of_level(self, level: Level) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.level == level)

    def critical(self) -> Iterator[tuple[Field, str]]:
        """What two people key: (field, part), the part being the field's id for a scalar."""
        return ((field, part) for field in self.fields for part in field.critical)


NO_CROSSWALK: Final[Mapping[str, str]] = MappingProxyType({})


def scalar_part(field_type: str, label: Label, vocabulary: str, *, is_open: bool) -> Part:
    return Part("", label, field_type, vocabulary, is_open)


def known_parts(field_type: str, vocabulary: str) -> tuple[Part, ...]:
    """The parts that a composite type brings with it; of a record, none."""
    match field_type:
        case "case_key":
            return (
                Part("series", Label("السلسلة", "Series"), "code", vocabulary),
                Part("number", Label("الرقم", "Number"), "integer", least=1, most=199_999),
                Part("judicial_year", Label("السنة القضائية", "Judicial year"), "integer",
                     least=1, most=199),
            )  # fmt: skip
        case "date":
            return (
                Part("edtf", Label("الميلادي", "Gregorian"), "edtf"),
                Part("calendar", Label("التقويم", "Calendar"), "code", "calendar"),
                Part("written", Label("كما ورد", "As written"), "text", required=False),
            )
        case "name":
            return (
                Part("name_as_written", Label("الاسم كما ورد", "Name as written"), "text"),
                Part(
                    "name_sort", Label("الاسم للترتيب", "Name for sorting"), "text", required=False
                ),
                Part("role", Label("الصفة", "Role"), "code", vocabulary, required=False),
            )
        case _:
            return ()
