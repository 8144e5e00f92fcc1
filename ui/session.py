"""What is open: the archive, the person at work, and the case file on the screen."""

from PySide6.QtCore import QObject, QTimerEvent, Signal

from archiver.errors import ArchiverError
from archiver.model.actor import Actor
from archiver.model.casefile import CaseSummary
from archiver.workflow import queries
from archiver.workflow.open_case import OpenCase, open_case
from archiver.workflow.rights import Right, roles_of, roles_with, signs_in
from archiver.workflow.station import Station
from ui.bridge import Bridge
from ui.images import Images
from ui.memory import Memory
from ui.roles import works

LOOK_EVERY_MS = 3000


class Session(QObject):
    """Screens ask it and listen to it; it holds rows and no widgets."""

    cases_listed = Signal()
    case_shown = Signal()  # another case file, or the same one changed
    page_asked = Signal(int, tuple)  # page id, indices of words to box
    told = Signal(object)  # ArchiverError, to be shown in a bar
    past = Signal(object)  # one that was told and holds no more
    person_changed = Signal()

    def __init__(
        self,
        station: Station,
        actor: Actor,
        parent: QObject | None = None,
        memory: Memory | None = None,
    ) -> None:
        super().__init__(parent)
        self.station, self.actor = station, actor
        self.roles, self._guarded = roles_of(station, actor.person), False
        self.memory = memory or Memory()
        self.bridge = Bridge(self)
        self.images = Images(lambda key: queries.blob_path(station, key), self)
        self.cases: tuple[CaseSummary, ...] = ()
        self.view: OpenCase | None = None
        self.bridge.finished.connect(self.refresh)
        # Where somebody else is at work it looks now and then.
        self._looking = 0 if station.lock else self.startTimer(LOOK_EVERY_MS)

    @property
    def writable(self) -> bool:
        """Whether this person changes anything here: the lock is ours and they do not only look."""
        return self.station.lock is not None and works(self.roles)

    def may(self, right: Right) -> bool:
        """Whether this person does that here; where nobody signs in everybody does."""
        mine = any(role in self.roles for role in roles_with(right))
        return self.writable and (mine or not self._guarded)

    def hand_to(self, actor: Actor) -> None:
        """What is done from now on carries this person's name."""
        self.actor, self.roles = actor, roles_of(self.station, actor.person)
        self.person_changed.emit()

    @property
    def summary(self) -> CaseSummary | None:
        """The row of the case file on the screen."""
        wanted = self.view.case.id if self.view else -1
        return next((row for row in self.cases if row.case.id == wanted), None)

    def refresh(self) -> None:
        """Ask for everything shown anew; rows that did not change stay as they are."""
        try:
            self._guarded = signs_in(self.station)
            self.cases = queries.list_cases(self.station)
            shown = self.view.case if self.view else self.cases[0].case if self.cases else None
            if shown:
                self.view = open_case(self.station, shown.id)
        except ArchiverError as error:
            self.told.emit(error)
            return
        self.cases_listed.emit()
        if self.view:
            self.case_shown.emit()

    def timerEvent(self, _event: QTimerEvent) -> None:
        self.refresh()

    def show_case(self, case_id: int) -> None:
        if self.view and self.view.case.id == case_id:
            return
        try:
            self.view = open_case(self.station, case_id)
        except ArchiverError as error:
            self.told.emit(error)
            return
        self.case_shown.emit()

    def open_page(self, case_id: int, page_id: int, words: tuple[int, ...] = ()) -> None:
        """Show that page with `words` boxed."""
        self.show_case(case_id)
        self.page_asked.emit(page_id, words)

    def close(self) -> None:
        """Nothing is asked of the archive after this."""
        if self._looking:
            self.killTimer(self._looking)
            self._looking = 0
        self.bridge.wait()
        self.images.stop()
