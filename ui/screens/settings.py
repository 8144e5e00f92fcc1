"""Settings: language and look, people, and what the site's files say."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from archiver.errors import ArchiverError
from archiver.i18n import digits, isolate, language
from archiver.model.changes import Step
from archiver.workflow import people
from archiver.workflow.profiles import profiles_of
from archiver.workflow.rights import Right, roles_with
from archiver.workflow.vocabulary import label
from ui import counts
from ui.acts import SETTINGS
from ui.deck import Deck
from ui.delegates.section import ICON, SectionDelegate
from ui.look import Look, keep_look, look_of
from ui.screens.screen import Screen
from ui.session import Session
from ui.widgets.look_form import LookForm
from ui.widgets.look_preview import LookPreview
from ui.widgets.parts import Panel, between, rule, words, wrapped
from ui.widgets.people_form import PeopleForm
from ui.words import translate

LIST_PX, PREVIEW_PX = (174, 262), (330, 350)
PREVIEW_FROM_PX = 1180  # of the screen's width; below it the form has the room


class SettingsScreen(Screen):
    name = SETTINGS
    look_chosen = Signal(object, object)  # Look, the one before

    def __init__(self, session: Session, deck: Deck) -> None:
        super().__init__(session, deck)
        self.sections, self.stack = QListWidget(), QStackedWidget()
        self.sections.setProperty("bare", True)
        self.sections.setItemDelegate(SectionDelegate(self.sections))
        self.sections.setAccessibleName(translate("Settings", "Sections"))
        self.form = LookForm(look_of(session.memory, session.actor.person, Look(language())))
        self.people, self.preview = PeopleForm(), LookPreview(deck)
        self._filled = False
        self._assemble()
        self._connect()

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 8, 0, 2)
        head.setSpacing(14)
        head.addWidget(words(translate("Settings", "Settings"), 22, 600))
        hint = translate("Settings", "Every change takes effect at once.")
        head.addWidget(words(hint, 14, tone="ink2"))
        head.addStretch(1)
        sheet = Panel()
        sheet.add(self.stack)
        body = QHBoxLayout()
        body.setSpacing(10)
        listing = Panel(padding=6)
        listing.add(self.sections)
        body.addWidget(between(listing, LIST_PX), 27)
        body.addWidget(sheet, 73)
        body.addWidget(between(self.preview, PREVIEW_PX), 27)
        self.column.addLayout(head)
        self.column.addLayout(body, 1)

    def _fill(self) -> None:
        """The pages are made when somebody comes: the window stands sooner."""
        self._filled = True
        for icon, title, page in self._pages():
            QListWidgetItem(title, self.sections).setData(ICON, icon)
            self.stack.addWidget(page)
        self.sections.setCurrentRow(0)

    def _pages(self) -> Iterator[tuple[str, str, QWidget]]:
        """(icon, title, page)"""
        profiles, station = _facts(self._profiles()), _facts(self._station())
        yield "palette", translate("Settings", "Language and look"), self.form
        yield "users-three", translate("Settings", "People and roles"), self.people
        yield "paper-plane-tilt", translate("Settings", "Targets"), _facts(self._targets())
        yield "list-checks", translate("Settings", "Profiles of fields"), profiles
        yield "desktop-tower", translate("Settings", "This station"), station

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_preview()

    def _show_preview(self) -> None:
        wide = self.width() >= PREVIEW_FROM_PX
        self.preview.setVisible(wide and self.stack.currentWidget() is self.form)

    def _connect(self) -> None:
        self.sections.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.stack.currentChanged.connect(lambda _: self._show_preview())
        self.form.chosen.connect(self._look)
        self.session.cases_listed.connect(self._list_people)
        self.session.person_changed.connect(self._list_people)
        station = self.session.station
        self.people.added.connect(
            lambda name, roles, word: self._run(
                people.add_person(station, self.session.actor, name, roles, word)
            )
        )
        self.people.roles_given.connect(
            lambda name, roles: self._run(
                people.give_roles(station, self.session.actor, name, roles)
            )
        )
        self.people.password_set.connect(
            lambda name, word: self._run(
                people.set_password(station, self.session.actor, name, word)
            )
        )
        self.people.removed.connect(
            lambda name: self._run(people.remove_person(station, self.session.actor, name))
        )

    def _run(self, steps: Iterator[Step]) -> None:
        what = translate("Settings", "Changing who works here")
        self.session.bridge.run(what, lambda _cancel: steps, stoppable=False)

    def panes(self) -> list[QWidget]:
        return [self.sections]

    def arrive(self) -> None:
        if not self._filled:
            self._fill()
        super().arrive()
        self._list_people()

    def _list_people(self) -> None:
        if not self.isVisible():
            return
        found = people.people_of(self.session.station)
        charged = roles_with(Right.PEOPLE)
        nobody = not any(set(charged) & set(person.roles) for person in found)
        mine = nobody or bool(set(charged) & set(self.session.roles))
        person = self.session.actor.person
        self.people.show_people(found, person, in_charge=mine and bool(self.session.station.lock))

    def _look(self, look: Look) -> None:
        memory, person = self.session.memory, self.session.actor.person
        before = look_of(memory, person, Look(language()))
        keep_look(memory, person, look)
        memory.save()
        self.look_chosen.emit(look, before)

    def _targets(self) -> Iterator[tuple[str, str]]:
        for target in self.session.station.settings.targets.values():
            hours = target.hours or translate("Settings", "at any hour")
            yield isolate(target.name), f"{isolate(target.location)} · {isolate(digits(hours))}"

    def _profiles(self) -> Iterator[tuple[str, str]]:
        try:
            found = profiles_of(self.session.station).values()
        except ArchiverError as error:
            yield str(error), error.way_out()
            return
        for profile in found:
            yield str(profile.label), counts.fields(len(profile.fields))

    def _station(self) -> Iterator[tuple[str, str]]:
        here = self.session.station.settings
        minutes = here.window.lock_minutes
        yield translate("Settings", "Institution"), isolate(here.station.institution)
        yield translate("Settings", "Station"), isolate(here.station.name)
        yield translate("Settings", "Company"), isolate(here.station.company or "–")
        yield translate("Settings", "Usual series"), label("docket_series", here.station.series)
        yield translate("Settings", "Locks after minutes"), digits(minutes or "–")
        yield translate("Settings", "Archive"), isolate(self.session.station.root.resolve())


def _facts(rows: Iterator[tuple[str, str]] | Sequence[tuple[str, str]]) -> QWidget:
    """Label and value, one below the other; they are changed in station.toml and by verbs."""
    inner, area = QWidget(), QScrollArea()
    column = QVBoxLayout(inner)
    column.setSpacing(10)
    for name, value in rows:
        line = QHBoxLayout()
        title: QLabel = words(name, 14, 600)
        title.setFixedWidth(200)
        line.addWidget(title)
        line.addWidget(wrapped(words(value, 14, tone="ink2")), 1)
        column.addLayout(line)
        column.addWidget(rule())
    hint = translate("Settings", "IT staff changes this in station.toml and with the verbs.")
    column.addWidget(words(hint, 13, tone="ink3"))
    column.addStretch(1)
    area.setWidgetResizable(True)
    area.setWidget(inner)
    return area
