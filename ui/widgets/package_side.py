"""One package: what is wrong with it, its way so far, and what the receipt says."""

import json

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy

from archiver.errors import from_record
from archiver.i18n import digits, isolate
from archiver.model.delivery import DeliveryState
from ui.deck import Deck
from ui.fonts import font
from ui.models.deliveries import PackageRow
from ui.theme import Shape
from ui.widgets.bars import NoticeBar
from ui.widgets.flow import Flow
from ui.widgets.keys import KeyButton
from ui.widgets.parts import Panel, rule, words, yielding
from ui.widgets.timeline import Moment, Timeline
from ui.words import moment, plate, size, translate


class PackageSide(Panel):
    def __init__(self, deck: Deck) -> None:
        super().__init__()
        self._title = yielding(words("", 15, 600))
        self._bar = NoticeBar(closing=False)
        self._again, self._pause = KeyButton(deck, "resend", primary=True), KeyButton(deck, "pause")
        self.timeline = Timeline()
        self._facts = QGridLayout()
        self._facts.setVerticalSpacing(7)
        self._facts.setHorizontalSpacing(14)
        self._facts.setColumnStretch(1, 1)
        mends = Flow(self._again, self._pause)
        papers = Flow(KeyButton(deck, "hand_over_record"), KeyButton(deck, "delivery_report"))
        self.add(self._title, self._bar, mends, self.timeline)
        self.column.addStretch(1)
        self.add(rule(), words(translate("Package", "Package and receipt"), 14, 600), self._facts)
        self.add(papers)

    def show_package(self, row: PackageRow | None) -> None:
        self.setVisible(row is not None)
        if row is None:
            return
        self._title.setText(plate(row.case).sentence)
        self.timeline.show_moments(moments(row))
        self._tell_trouble(row)
        self._again.setVisible(row.failed)
        going = row.state not in (DeliveryState.COMMITTED, DeliveryState.RECEIPTED)
        self._pause.setVisible(going and row.delivery is not None)
        paused = bool(row.delivery and row.delivery.paused)
        self._pause.set_words(
            translate("Package", "Resume") if paused else translate("Package", "Pause")
        )
        self._fill_facts(row)

    def _tell_trouble(self, row: PackageRow) -> None:
        self._bar.clear()
        receipt = receipt_facts(row)
        if row.delivery and row.delivery.error_code:
            facts = json.loads(row.delivery.error_facts or "{}")
            self._bar.refused(from_record(row.delivery.error_code, facts))
        elif row.state == DeliveryState.REFUSED:
            facts = {"name": row.seal.name, "detail": receipt.get("reason", "")}
            self._bar.refused(from_record("PackageRefused", facts))

    def _fill_facts(self, row: PackageRow) -> None:
        while self._facts.count():
            old = self._facts.takeAt(0).widget()
            if old:
                old.hide()
                old.deleteLater()
        for line, (label, value, latin) in enumerate(facts(row)):
            self._facts.addWidget(words(label, 13, tone="ink2"), line, 0)
            self._facts.addWidget(_latin(value) if latin else words(value, 13, 500), line, 1)


def _latin(value: str) -> QLabel:
    """A name or a hash: always from the left, cut in the middle, whole in the tooltip."""
    label = QLabel(_cut(value))
    label.setFont(font(12))
    face = QFont(label.font())
    face.setStyleHint(QFont.StyleHint.Monospace)
    label.setFont(face)
    label.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    label.setToolTip(value)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


def _cut(value: str) -> str:
    return value if len(value) <= 24 else f"{value[:14]}…{value[-9:]}"


def receipt_facts(row: PackageRow) -> dict[str, object]:
    """What the stored, verified receipt says; empty before there is one."""
    text = row.delivery.receipt if row.delivery else ""
    return dict(json.loads(text)["receipt"]) if text else {}


def facts(row: PackageRow) -> list[tuple[str, str, bool]]:
    """(label, value, whether it is Latin) of the package and its receipt."""
    seal, receipt = row.seal, receipt_facts(row)
    told = [
        (translate("Package", "Size"), size(seal.size), False),
        (translate("Package", "File"), seal.name, True),
        (translate("Package", "SHA-256"), seal.sha256, True),
        (translate("Package", "Station's key"), seal.key_id, True),
    ]
    if receipt:
        files = receipt.get("files", [])
        count = digits(len(files)) if isinstance(files, list) else ""
        told += [
            (translate("Package", "Files re-hashed"), count, False),
            (translate("Package", "Received by"), isolate(receipt.get("received_by", "")), False),
            (translate("Package", "Centre's key"), str(receipt.get("centre_key_id", "")), True),
        ]
    return told


def moments(row: PackageRow) -> list[Moment]:
    """The way of a package: what is done, what is at hand, what will follow."""
    receipt = receipt_facts(row)
    state = row.state
    there = state in (DeliveryState.COMMITTED, DeliveryState.RECEIPTED, DeliveryState.REFUSED)
    sealed = f"{moment(row.seal.sealed_at)} · {isolate(row.seal.sealed_by)}"
    sent = isolate(row.delivery.target) if row.delivery and there else ""
    received = moment(str(receipt.get("received_at", "")))
    ways = [Moment(Shape.OK, translate("Package", "Sealed and signed"), sealed)]
    sending = {
        DeliveryState.SENDING: Shape.SENDING,
        DeliveryState.STORED: Shape.SENDING,
        DeliveryState.HELD: Shape.DOUBTFUL,
    }
    shape = Shape.OK if there else sending.get(state, Shape.CURRENT)
    ways.append(Moment(shape, translate("Package", "Sent to the centre"), sent))
    again = translate("Package", "Hashed anew by the centre")
    if state == DeliveryState.REFUSED:
        reason = isolate(receipt.get("reason", ""))
        return [*ways, Moment(Shape.WRONG, translate("Package", "Refused by the centre"), reason)]
    signed = state == DeliveryState.RECEIPTED
    waiting = Shape.CURRENT if state == DeliveryState.COMMITTED else Shape.WAITING
    ways.append(Moment(Shape.OK if signed else waiting, again, received))
    by = isolate(receipt.get("received_by", "")) if signed else ""
    words_of = translate("Package", "Receipt signed and verified")
    ways.append(Moment(Shape.SIGNED if signed else Shape.WAITING, words_of, by))
    return ways
