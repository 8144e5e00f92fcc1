"""Where a case file stands: its sign, the track of its steps, and what comes next."""

from dataclasses import dataclass

from archiver.model.casefile import CaseState, CaseSummary
from archiver.model.delivery import DeliveryState
from ui import counts
from ui.theme import Shape
from ui.words import translate

DELIVERY_SHAPES = {
    "": Shape.WAITING,
    DeliveryState.SEALED: Shape.WAITING,
    DeliveryState.HASHED: Shape.WAITING,
    DeliveryState.SENDING: Shape.SENDING,
    DeliveryState.STORED: Shape.SENDING,
    DeliveryState.COMMITTED: Shape.WAITING,
    DeliveryState.RECEIPTED: Shape.SIGNED,
    DeliveryState.REFUSED: Shape.WRONG,
    DeliveryState.HELD: Shape.DOUBTFUL,
}

UNSENT = (
    "",
    DeliveryState.SEALED,
    DeliveryState.HASHED,
    DeliveryState.SENDING,
    DeliveryState.STORED,
    DeliveryState.HELD,
    DeliveryState.REFUSED,
)


def is_sealed(row: CaseSummary) -> bool:
    return row.case.state is CaseState.SEALED


def delivery_word(state: str) -> str:
    return {
        "": translate("Steps", "Sealed, not sent"),
        DeliveryState.SEALED: translate("Steps", "Sealed, not sent"),
        DeliveryState.HASHED: translate("Steps", "Being sent"),
        DeliveryState.SENDING: translate("Steps", "Being sent"),
        DeliveryState.STORED: translate("Steps", "Being sent"),
        DeliveryState.COMMITTED: translate("Steps", "Awaits the receipt"),
        DeliveryState.RECEIPTED: translate("Steps", "Signed for"),
        DeliveryState.REFUSED: translate("Steps", "Refused"),
        DeliveryState.HELD: translate("Steps", "Held"),
    }[state]


@dataclass(frozen=True, slots=True)
class Sign:
    shape: Shape
    word: str


def case_sign(row: CaseSummary) -> Sign:
    """The one sign that stands beside a case file in a list."""
    if is_sealed(row):
        return Sign(DELIVERY_SHAPES[row.delivery], delivery_word(row.delivery))
    if row.failed:
        return Sign(Shape.DOUBTFUL, counts.pages_set_aside(row.failed))
    if row.case.state is CaseState.REJECTED:
        return Sign(Shape.WRONG, translate("Steps", "Sent back"))
    if row.read < row.pages:
        return Sign(
            Shape.WAITING,
            counts.pages_to_read(row.pages - row.read),
        )
    if row.case.state is CaseState.ACCEPTED:
        return Sign(Shape.OK, translate("Steps", "Accepted"))
    words = translate("Steps", "To be checked") if row.pages else translate("Steps", "Empty")
    return Sign(Shape.WAITING, words)


def track(row: CaseSummary) -> tuple[Sign, ...]:
    """The six steps; those done are ticked, the one at hand is a half disc."""
    state, sent = row.case.state, row.delivery
    sealed = is_sealed(row)
    stored = sent in (DeliveryState.COMMITTED, DeliveryState.RECEIPTED, DeliveryState.REFUSED)
    steps = (
        (translate("Steps", "Received"), row.pages > 0),
        (translate("Steps", "Text"), 0 < row.pages == row.read),
        (translate("Steps", "Checked"), sealed or state is CaseState.ACCEPTED),
        (translate("Steps", "Sealed"), sealed),
        (translate("Steps", "Sent"), stored),
        (translate("Steps", "Receipt"), sent == DeliveryState.RECEIPTED),
    )
    done = [finished for _, finished in steps]
    at = done.index(False) if False in done else len(done)
    return tuple(Sign(_shape(row, place, at), words) for place, (words, _) in enumerate(steps))


def _shape(row: CaseSummary, place: int, at: int) -> Shape:
    if place < at:
        return Shape.SIGNED if place == 5 else Shape.OK
    if place > at:
        return Shape.WAITING
    if row.delivery == DeliveryState.REFUSED or (
        place == 2 and row.case.state is CaseState.REJECTED
    ):
        return Shape.WRONG
    return Shape.CURRENT


def next_verb(row: CaseSummary) -> str:
    """`process`, `check`, `seal`, `send`, `collect`, or "" when all is done."""
    if is_sealed(row):
        if row.delivery in UNSENT:
            return "send"
        return "collect" if row.delivery == DeliveryState.COMMITTED else ""
    if row.read + row.failed < row.pages:
        return "process"
    if row.case.state is CaseState.ACCEPTED:
        return "seal"
    return "check" if row.pages else ""
