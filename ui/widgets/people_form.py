"""Who works here, for those in charge; for everybody else their own password."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from archiver.i18n import isolate
from archiver.model.role import Role
from archiver.store.people import Person
from archiver.workflow.rights import role_name
from ui.widgets.parts import lead, words, wrapped
from ui.words import joined, translate


class PeopleForm(QWidget):
    added = Signal(str, list, str)  # name, roles, password
    roles_given = Signal(str, list)
    password_set = Signal(str, str)
    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setAccessibleName(translate("People", "People"))
        self.name, self.password = QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.roles = {role: QCheckBox(role_name(role)) for role in Role}
        self.add = QPushButton(translate("People", "Add"))
        self.give = QPushButton(translate("People", "Give these roles"))
        self.renew = QPushButton(translate("People", "Set the password"))
        self.remove = QPushButton(translate("People", "Works here no more"))
        self._hint = wrapped(words("", 13, tone="ink2"))
        self._known: dict[str, Person] = {}
        self._in_charge = False
        self._assemble()
        self.list.currentItemChanged.connect(lambda now, _: self._show(now))
        self.name.textChanged.connect(self._judge)
        self.add.clicked.connect(
            lambda: self.added.emit(self.name.text(), self._given(), self.password.text())
        )
        self.give.clicked.connect(lambda: self.roles_given.emit(self.name.text(), self._given()))
        self.renew.clicked.connect(
            lambda: self.password_set.emit(self.name.text(), self.password.text())
        )
        self.remove.clicked.connect(lambda: self.removed.emit(self.name.text()))

    def _assemble(self) -> None:
        fields = QGridLayout()
        fields.setHorizontalSpacing(14)
        fields.setVerticalSpacing(10)
        named = (
            (self.name, translate("People", "Name")),
            (self.password, translate("People", "New password")),
        )
        for line, (field, label) in enumerate(named):
            lead(field)
            field.setAccessibleName(label)
            fields.addWidget(words(label, 14, tone="ink2"), line, 0)
            fields.addWidget(field, line, 1)
        boxes = QGridLayout()
        boxes.setVerticalSpacing(8)
        for place, box in enumerate(self.roles.values()):
            boxes.addWidget(box, place // 3, place % 3)
        keys = QHBoxLayout()
        keys.setSpacing(10)
        for button in (self.add, self.give, self.renew, self.remove):
            keys.addWidget(button)
        keys.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 4, 10, 4)
        column.setSpacing(14)
        column.addWidget(self.list, 1)
        column.addLayout(fields)
        column.addLayout(boxes)
        column.addWidget(self._hint)
        column.addLayout(keys)

    def show_people(self, people: Sequence[Person], person: str, *, in_charge: bool) -> None:
        """`in_charge`: may add people and give roles; else one's own password is all."""
        self._known = {each.name: each for each in people}
        self._in_charge = in_charge
        chosen = self.name.text() if self.name.text() in self._known else person
        self.list.clear()
        for each in people:
            item = QListWidgetItem(_words(each), self.list)
            item.setSizeHint(QSize(0, 32))
            item.setData(Qt.ItemDataRole.UserRole, each.name)
            if each.name == chosen:
                self.list.setCurrentItem(item)
        self.password.clear()
        self._hint.setText(_hint(people, in_charge=in_charge))
        for box in self.roles.values():
            box.setEnabled(in_charge)
        self.name.setEnabled(in_charge)
        if not people or not in_charge:
            self.name.setText(person)
        self._judge()

    def _show(self, item: QListWidgetItem | None) -> None:
        if item and self._in_charge:
            person = self._known[item.data(Qt.ItemDataRole.UserRole)]
            self.name.setText(person.name)
            for role, box in self.roles.items():
                box.setChecked(role in person.roles)

    def _given(self) -> list[str]:
        """The roles that are ticked; those that the person had keep their order and come first."""
        ticked = [role for role, box in self.roles.items() if box.isChecked()]
        person = self._known.get(self.name.text())
        had = [role for role in (person.roles if person else ()) if role in ticked]
        return [*map(str, had), *(str(role) for role in ticked if role not in had)]

    def _judge(self) -> None:
        known = self.name.text() in self._known
        self.add.setVisible(not known and self._in_charge)
        self.give.setVisible(known and self._in_charge)
        self.remove.setVisible(known and self._in_charge)
        self.renew.setVisible(known)


def _words(person: Person) -> str:
    roles = joined(*map(role_name, person.roles))
    without = translate("People", "does not sign in")
    return f"{isolate(person.name)} — {roles}" + ("" if person.password else f" · {without}")


def _hint(people: Sequence[Person], *, in_charge: bool) -> str:
    if not people:
        return translate(
            "People",
            "Nobody was named yet. The first one is a supervisor or security officer;"
            " as soon as somebody has a password, everybody signs in.",
        )
    if not in_charge:
        return translate("People", "A supervisor or security officer adds people and gives roles.")
    return translate("People", "Every change is kept in the audit log, with your name.")
