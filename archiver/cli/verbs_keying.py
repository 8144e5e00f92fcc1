"""Verbs for the second reading of what must not be wrong: keying next, key, settle, report."""

from collections.abc import Iterable

import click

from archiver.cli.group import Call, lang_option, series_option, station_command, verb
from archiver.errors import RequestRefused
from archiver.i18n import N_, _, digits
from archiver.metadata.profiles import Profile
from archiver.model.casefile import CaseFile
from archiver.model.keying import MACHINE, ItemStatus
from archiver.workflow import key_report, keying, queries
from archiver.workflow.key_readings import differing, item_label, status, to_settle
from archiver.workflow.key_report import KeyingReport, Share
from archiver.workflow.profiles import profile_of, profiles_of
from archiver.workflow.station import Station
from archiver.workflow.vocabulary import label


class SeriesNotRead(RequestRefused):
    what = N_("The series was not read.")
    advice = N_("Say it as it stands on the paper: --series civil, or civil:99001/93.")


@station_command.group("keying", help=_("Read critical fields twice: next, key, settle, report."))
@lang_option
def keying_group(lang: str | None) -> None:
    """The second reader sees no first reading."""
    del lang  # main has seen to it


seconds_option = click.option("--seconds", type=float, default=0.0, help=_("How long it took."))
strokes_option = click.option("--keystrokes", type=int, default=0, help=_("How many keys it took."))
set_option = click.option(
    "--set", "said", multiple=True, metavar="FIELD=WORDS", help=_("Another critical field.")
)


@verb(
    "next",
    _("Name the next case file to key, and where on the paper to look; never what others read."),
    "  archiver keying next --as salma",
    group=keying_group,
)
def next_verb(call: Call) -> None:
    with call.station(write=False) as station:
        sheet = keying.next_sheet(station, call.actor(station))
        profile = profile_of(station, queries.case_by_id(station, sheet.case_id))
        rows = []
        for place in sheet.look_at:
            page = queries.page(station, place.page_id)
            path = queries.blob_path(station, page.access)
            rows.append((place.position, page.turn_deg, place.box, str(path)))
    asked = {name: str(found.label) for name in sheet.fields if (found := profile.field(name))}
    call.voice.say(_("Key {handle}: {fields}").format(
        handle=sheet.handle, fields=_(", ").join(asked.values())))  # fmt: skip
    for position, turn, _box, image in rows:
        words = _("Look at page {number}: {path}").format(number=digits(position), path=image)
        if turn:
            words += " · " + _("turn it by {angle}°").format(angle=digits(turn))
        call.voice.say(words)
    call.voice.result(
        {
            "verb": "keying next",
            "handle": sheet.handle,
            "fields": asked,
            "look_at": [
                {"page": position, "turn_deg": turn, "box": box, "image": image}
                for position, turn, box, image in rows
            ],
        }
    )


@verb(
    "key",
    _("Record what stands on the paper of the case file that “keying next” named."),
    "  archiver keying key 3f2a91c0 99001/93 --series civil --as salma\n"
    "  archiver keying key 3f2a91c0 '٩٩٠٠١ لسنة ٩٣' civil:99002/93 --series civil --as salma",
    group=keying_group,
)
@click.argument("handle")
@click.argument("numbers", nargs=-1, metavar="NUMBER/YEAR…")
@click.option("--series", default="", help=_("The docket series, as read."))
@set_option
@seconds_option
@strokes_option
def key_verb(
    call: Call,
    handle: str,
    numbers: tuple[str, ...],
    series: str,
    said: tuple[str, ...],
    seconds: float,
    keystrokes: int,
) -> None:
    with call.station(write=True) as station:
        sheet = keying.find_sheet(station, handle)
        case = queries.case_by_id(station, sheet.case_id)
        words = _said(profile_of(station, case), numbers, series, said)
        values = keying.typed_values(station, case, words, series)
        steps = keying.key(station, call.actor(station), case.id, values, seconds=seconds,
                           keystrokes=keystrokes)  # fmt: skip
        call.voice.done(call.voice.follow(steps))


@verb(
    "settle",
    _("Show where two readings differ, or say as a third person what stands on the paper."),
    "  archiver keying settle\n"
    "  archiver keying settle 99001/93\n"
    "  archiver keying settle 99001/93 99001/93 --series civil --as sami",
    group=keying_group,
)
@click.argument("case_text", metavar="CASE", required=False)
@click.argument("numbers", nargs=-1, metavar="NUMBER/YEAR…")
@series_option
@set_option
@seconds_option
@strokes_option
def settle_verb(
    call: Call,
    case_text: str | None,
    numbers: tuple[str, ...],
    series: str,
    said: tuple[str, ...],
    seconds: float,
    keystrokes: int,
) -> None:
    if not (numbers or said):
        with call.station(write=False) as station:
            wanted = [queries.find_case(station, case_text, series)] if case_text else None
            _differences(call, station, to_settle(station) if wanted is None else wanted)
        return
    with call.station(write=True) as station:
        case = queries.find_case(station, case_text or "", series)
        words = _said(profile_of(station, case), numbers, series, said)
        values = keying.typed_values(station, case, words, series)
        steps = keying.settle(station, call.actor(station, "supervisor"), case.id, values,
                              seconds=seconds, keystrokes=keystrokes)  # fmt: skip
        call.voice.done(call.voice.follow(steps))


@verb(
    "report",
    _("How often two readings agree, field by field and person by person, and what a file costs."),
    "  archiver keying report\n  archiver keying report --json",
    group=keying_group,
)
def report_verb(call: Call) -> None:
    with call.station(write=False) as station:
        made = key_report.report(station)
        profiles = profiles_of(station)
        names = {
            (field.id, part): str((field.part(part) or field).label)
            for profile in profiles.values()
            for field, part in profile.critical()
        }
    _show_report(call, made, names)
    call.voice.result({"verb": "keying report", **_facts(made)})


def _said(
    profile: Profile, numbers: Iterable[str], series: str, said: Iterable[str]
) -> list[tuple[str, str]]:
    words = []
    for text in said:
        name, sign, value = text.partition("=")
        if not sign:
            raise click.UsageError(_("Say --set FIELD=WORDS."))
        words.append((name.strip(), value))
    own = next((f.id for f, _part in profile.critical() if f.type == "case_key"), "case_key")
    for number in numbers:
        if not series and ":" not in number:
            raise SeriesNotRead
        words.append((own, number))
    return words


def _differences(call: Call, station: Station, found: Iterable[CaseFile]) -> None:
    facts = []
    for case in found:
        profile = profile_of(station, case)
        items = differing(station, case.id)
        call.voice.say(digits(case.reference))
        for item in items:
            said = _(", ").join(f"{who}: {_shown(item, value)}" for who, value in item.readings)
            call.voice.say(f"    {item_label(profile, item.item)}: {said}")
        for place in keying.look_at(station, case.id):
            path = queries.blob_path(station, queries.page(station, place.page_id).access)
            words = _("Look at page {number}: {path}")
            call.voice.say("    " + words.format(number=digits(place.position), path=path))
        facts.append(
            {
                "case": case.reference,
                "items": [
                    {
                        "field": item.item.field,
                        "part": item.item.part,
                        "position": item.item.position,
                        "readings": dict(item.readings),
                    }
                    for item in items
                ],
                "state": [item.state.value for item in status(station, case)],
            }
        )
    if not any(fact["items"] for fact in facts):
        call.voice.say(_("No readings differ."))
    call.voice.result({"verb": "keying settle", "cases": facts})


def _shown(item: ItemStatus, value: str) -> str:
    return label("docket_series", value) if item.item.part == "series" else digits(value or "–")


def _show_report(call: Call, made: KeyingReport, names: dict[tuple[str, str], str]) -> None:
    heads = (_("Field"), _("Read twice"), _("Agreed"), _("Share"), _("Surely between"))
    rows = [(names.get(part, part[1]), share.count, *_share(share))
            for part, share in made.agreement.items()]  # fmt: skip
    call.voice.table(heads, rows)
    call.voice.say()
    of_readers = (_("Reader"), _("Field"), _("Readings"), _("Right"), *heads[3:])
    people = [
        (_("the machine") if who == MACHINE else who, names.get(part, part[1]), share.count,
         *_share(share))
        for (who, part), share in sorted(made.readers.items())
    ]  # fmt: skip
    call.voice.table(of_readers, people)
    call.voice.say()
    works = {"describe": _("describing"), "key": _("keying"), "settle": _("settling")}
    heads = (_("Person"), _("Work"), _("Case files"), _("Seconds a file"), _("Keys a file"))
    costs = [(who, works[work], cases, round(seconds / cases, 1), round(keys / cases, 1))
             for who, work, cases, seconds, keys in made.effort]  # fmt: skip
    call.voice.table(heads, costs)
    call.voice.say(
        _("Waiting for a second reading: {waiting}. To be settled: {differing}.").format(
            waiting=digits(made.waiting), differing=digits(made.differing)
        )
    )


def _share(share: Share) -> tuple[object, ...]:
    low, high = share.interval
    return share.right, f"{share.rate:.1%}", f"{low:.1%} – {high:.1%}"


def _facts(made: KeyingReport) -> dict[str, object]:
    return {
        "fields": [
            {"field": f, "part": p, **_share_facts(share)}
            for (f, p), share in made.agreement.items()
        ],
        "readers": [
            {"reader": who, "field": f, "part": p, **_share_facts(share)}
            for (who, (f, p)), share in sorted(made.readers.items())
        ],
        "effort": [
            {
                "person": who,
                "work": work,
                "cases": cases,
                "seconds": round(seconds, 2),
                "keystrokes": keys,
            }
            for who, work, cases, seconds, keys in made.effort
        ],
        "waiting": made.waiting,
        "differing": made.differing,
    }


def _share_facts(share: Share) -> dict[str, object]:
    low, high = share.interval
    return {
        "count": share.count,
        "right": share.right,
        "share": round(share.rate, 4),
        "interval": [round(low, 4), round(high, 4)],
    }
