"""What a person does with the image of a page: errands, but for files, which are opened first."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from archiver.errors import ArchiverError
from archiver.model.casefile import Page
from archiver.model.changes import Changed, Step
from archiver.workflow import arranging, cropping, desk
from archiver.workflow.came import from_file
from archiver.workflow.cropping import Margins
from ui.acts import KIND_ACTS
from ui.deck import Handlers
from ui.session import Session
from ui.words import translate

OfPage = Callable[[Callable[[Page], None]], Callable[[], None]]
Told = Callable[[Changed | ArchiverError], None]


class DeskActs:
    """Each act is worked out on the command thread, from what stands there then."""

    def __init__(self, session: Session, told: Told) -> None:
        self._session, self._told = session, told

    def _errand(self, act: Callable[..., Iterator[Step]], *words: object, **said: object) -> None:
        station, actor = self._session.station, self._session.actor
        self._session.bridge.errand(lambda: act(station, actor, *words, **said), self._told)

    def turn(self, page: Page, by_deg: int) -> None:
        self._errand(desk.turn, page.case_id, page.position, by_deg)

    def split(self, page: Page) -> None:
        self._errand(desk.split, page.case_id, page.position)

    def join(self, page: Page) -> None:
        self._errand(desk.join, page.case_id, page.position)

    def crop(self, page: Page, margins: Margins) -> None:
        self._errand(cropping.crop, page.case_id, page.position, margins)

    def blank(self, page: Page) -> None:
        """The other way round than it is."""
        self._errand(arranging.describe_page, page.case_id, page.position, blank=not page.blank)

    def set_kind(self, page: Page, kind: str) -> None:
        """Of the document that the page lies in."""
        known = self._session.view.documents if self._session.view else ()
        number = next((d.position for d in known if d.id == page.document_id), 0)
        self._errand(arranging.describe_document, page.case_id, number, kind=kind)

    def kinds(self, page: OfPage) -> Handlers:
        """By digits; `page` gives an act the page that is chosen."""
        return {
            name: page(lambda now, kind=kind: self.set_kind(now, kind))
            for name, kind in KIND_ACTS.items()
        }

    def mark(self, page: Page, marks: list[str]) -> None:
        self._errand(arranging.describe_page, page.case_id, page.position, marks=marks)

    def reject(self, page: Page, reason: str) -> None:
        self._errand(desk.reject, page.case_id, page.position, reason)

    def let_stand(self, page: Page, reason: str) -> None:
        self._errand(desk.accept, page.case_id, page.position, reason)

    def undo(self, case_id: int) -> None:
        self._errand(arranging.undo, case_id)

    def redo(self, case_id: int) -> None:
        self._errand(arranging.redo, case_id)

    def rescan(self, page: Page, file: Path, reason: str) -> None:
        def steps(_cancel: threading.Event) -> Iterator[Step]:
            session = self._session
            came = from_file(session.station, file)
            yield from desk.rescan(
                session.station, session.actor, page.case_id, page.position, came, reason
            )

        self._run(steps)

    def insert(self, page: Page, file: Path, *, before: bool) -> None:
        place = {"before" if before else "after": page.position}

        def steps(_cancel: threading.Event) -> Iterator[Step]:
            session = self._session
            came = from_file(session.station, file)
            yield from desk.insert(session.station, session.actor, page.case_id, came, **place)

        self._run(steps)

    def _run(self, steps: Callable[[threading.Event], Iterator[Step]]) -> None:
        title = translate("Verbs", "Taking the image in")
        self._session.bridge.run(title, steps, stoppable=False)


def marks_said(told: str) -> list[str]:
    """Several are parted by commas."""
    return [mark.strip() for mark in re.split("[,،]", told)]


def marks_of(page: Page) -> list[str]:
    return [str(mark) for mark in json.loads(page.marks)]
