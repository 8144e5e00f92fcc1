"""What the pages of a case file propose for its fields, kept with its places on the page.

`process` proposes when it has read pages, `describe` when words were corrected since. It is cheap
and nothing depends on it: it can be done again at any time.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Final

from archiver.i18n import digits, isolate, ngettext
from archiver.metadata.extraction.case_file import extract
from archiver.metadata.extraction.kinds import page_kind
from archiver.metadata.extraction.page import PageText as ReadPage
from archiver.metadata.extraction.proposal import Proposal
from archiver.metadata.mistakes import ProfileWrong, VocabularyWrong
from archiver.metadata.values import ValueRefused, checked
from archiver.model.actor import Actor
from archiver.model.casefile import CaseFile, Page
from archiver.model.changes import Changed, Notice, Progress, Step
from archiver.model.description import FieldProposal
from archiver.store import audit, cases, fields, pages
from archiver.workflow.faults import storage_faults
from archiver.workflow.profiles import NoSuchProfile, profile_of, vocabularies_of
from archiver.workflow.queries import case_by_id, page_text
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station
from ocr.alto import AltoUnreadable
from ocr.page import Box, Word

VERSION: Final = "1"  # another one where the same text gives other proposals
UNSORTED: Final = "unsorted"
_OTHER: Final = "other"
_BLANK: Final = "blank"


@guarded(Right.READ)
def propose(station: Station, actor: Actor, case_id: int, *, again: bool = False) -> Iterator[Step]:
    """Find anew what the pages say, where their words or kinds changed since; always with `again`.

    Raises DiskFull, StorageFailed.
    """
    case = case_by_id(station, case_id)
    state = state_of(station, case_id)
    connection = station.database.connection
    if again or fields.proposed_from(connection, case_id) != state:
        found = tuple(_found(station, case))
        with storage_faults(station.root), station.database.transaction() as connection:
            fields.replace_proposals(connection, case_id, found, state)
            audit.append(connection, actor, "propose", case_id=case_id, proposals=len(found),
                         made_from=state)  # fmt: skip
    count = len(fields.proposals(station.database.connection, case_id))
    words = ngettext("{count} proposal for {case}.", "{count} proposals for {case}.", count)
    yield Changed(
        "propose",
        cases=(case_id,),
        facts={"case": case.reference, "proposals": count},
        sentence=words.format(count=digits(count), case=isolate(digits(case.reference))),
    )


def propose_for(station: Station, actor: Actor, case_ids: Sequence[int]) -> Iterator[Step]:
    """Propose for case files whose pages were just read; a site's own mistake is told, no more."""
    for done, case_id in enumerate(case_ids, 1):
        try:
            for step in propose(station, actor, case_id):
                if isinstance(step, Changed):
                    yield Progress(done, len(case_ids), step.sentence)
        except (ProfileWrong, VocabularyWrong, NoSuchProfile) as error:
            yield Notice(error, digits(case_by_id(station, case_id).reference))


def is_fresh(station: Station, case_id: int) -> bool:
    """Whether the proposals are those of the words as they stand."""
    return fields.proposed_from(station.database.connection, case_id) == state_of(station, case_id)


def kinds_of(station: Station, case_id: int, read: Sequence[ReadPage]) -> tuple[str, ...]:
    """The kind of each page: of its document where somebody named it, else what its words say."""
    connection = station.database.connection
    named = {document.id: document.kind for document in cases.documents(connection, case_id)}
    by_position = {page.position: page for page in pages.of_case(connection, case_id)}
    kinds: list[str] = []
    for page in read:
        kind = named.get(by_position[page.position].document_id, UNSORTED)
        if kind == UNSORTED:
            guess = page_kind(page)[0]
            kind = guess.kind
            if guess.continues and kind == _OTHER:  # a blank back between two pages says nothing
                kind = next((before for before in reversed(kinds) if before != _BLANK), kind)
        kinds.append(kind)
    return tuple(kinds)


def state_of(station: Station, case_id: int) -> str:
    """Changes whenever a word, a kind or the order of the pages does."""
    connection = station.database.connection
    kinds = {document.id: document.kind for document in cases.documents(connection, case_id)}
    rows = [
        f"{position} {alto} {kinds.get(document_id, '')}"
        for position, alto, document_id in pages.words_of(connection, case_id)
    ]
    return hashlib.sha256("\n".join([VERSION, *rows]).encode()).hexdigest()


def _found(station: Station, case: CaseFile) -> Iterator[FieldProposal]:
    """The proposals for fields of the case file's profile that hold what a field may hold."""
    known, words = {}, {}
    for page in pages.of_case(station.database.connection, case.id):
        known[page.position], words[page.position] = page, _words(station, page)
    read = [_read(page, words[place]) for place, page in sorted(known.items())]
    kinds = kinds_of(station, case.id, read)
    series = case.keys[0].series if case.keys else station.settings.station.series
    profile, vocabularies = profile_of(station, case), vocabularies_of(station)
    places: dict[str, int] = {}
    for proposal in extract(tuple(zip(read, kinds, strict=True)), series):
        field = profile.field(proposal.field)
        if field is None or proposal.page not in known:
            continue
        try:
            value = checked(field, proposal.value, vocabularies)
        except ValueRefused:  # OCR can make anything out of a number or a date
            continue
        places[field.id] = places.get(field.id, 0) + 1
        boxes = _boxes(proposal, words[proposal.page])
        yield FieldProposal(
            id=0,
            case_id=case.id,
            page_id=known[proposal.page].id,
            page=proposal.page,
            field=field.id,
            position=places[field.id],
            value=value,
            as_written=proposal.as_written,
            probability=proposal.probability,
            rule=proposal.rule,
            pages=proposal.pages or (proposal.page,),
            words=proposal.words,
            boxes=boxes,
        )


def _words(station: Station, page: Page) -> Sequence[Word]:
    """None where the record of the words is lost or damaged: `verify` tells that."""
    try:
        text = page_text(station, page)
    except (FileNotFoundError, AltoUnreadable):
        return ()
    return text.words if text else ()


def _read(page: Page, words: Sequence[Word]) -> ReadPage:
    chances = tuple(1.0 if word.probability is None else word.probability for word in words)
    return ReadPage(page.position, page.text, chances)


def _boxes(proposal: Proposal, words: Sequence[Word]) -> tuple[Box, ...]:
    return tuple(words[number].box for number in proposal.words if number < len(words))
