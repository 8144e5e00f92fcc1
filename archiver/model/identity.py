"""Who a case file is: docket series, appeal number, judicial year."""

from dataclasses import dataclass

from archiver.errors import BadCaseNumber
from index.arabic import find_case_numbers

DEFAULT_SERIES = "civil"


@dataclass(frozen=True, slots=True, order=True)
class CaseKey:
    """Number and year alone are ambiguous: each series counts its own appeals."""

    series: str
    number: int
    judicial_year: int

    @property
    def canonical(self) -> str:
        return f"{self.number}/{self.judicial_year}"

    @property
    def slug(self) -> str:
        """An ASCII name for files: `civil-99001-93`."""
        return f"{self.series}-{self.number}-{self.judicial_year}"

    def __str__(self) -> str:
        return self.canonical

    @classmethod
    def parse(cls, text: str, series: str = DEFAULT_SERIES) -> "CaseKey":
        """The key written in `text`, in any form and either digit set.

        `99001/93`, `٩٩٠٠١/٩٣`, `الطعن رقم ٩٩٠٠١ لسنة ٩٣ ق`. Raises BadCaseNumber where
        `text` holds no number, or several.
        """
        found = find_case_numbers(text)
        if len(found) != 1:
            raise BadCaseNumber(text=text)
        return cls(series, found[0].number, found[0].judicial_year)
