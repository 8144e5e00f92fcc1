"""Before heritage images: target-card measure, target-card list, condition."""

import re
from pathlib import Path

import click

from archiver.cli.group import Call, lang_option, station_command, verb
from archiver.i18n import _, digits
from archiver.workflow import todays_card
from archiver.workflow.noting_condition import note_condition


@station_command.group(
    "target-card", help=_("The colour card at the start of a shift: measure, list.")
)
@lang_option
def card_group(lang: str | None) -> None:
    """Joined by its verbs."""
    del lang  # main has seen to it


@verb(
    "measure",
    _("Measure a photograph of the colour card: colours, grey steps, sharpness, light."),
    "  archiver target-card measure card.tif\n"
    "  archiver target-card measure card.tif --white sheet.tif --device stand-1",
    group=card_group,
)
@click.argument("image", type=click.Path(path_type=Path))
@click.option("--white", type=click.Path(path_type=Path),
              help=_("A photograph of a plain sheet, for the evenness of the light."))  # fmt: skip
@click.option("--device", default="", help=_("The camera or stand."))
def measure_verb(call: Call, image: Path, white: Path | None, device: str) -> None:
    from archiver.workflow.target_cards import measure  # noqa: PLC0415 - brings numpy

    with call.station(write=True) as station:
        steps = measure(station, call.actor(station), image, white=white, device=device)
        changed = call.voice.follow(steps)
    call.voice.done(changed)
    if not changed.facts["passed"]:
        raise SystemExit(5)


@verb(
    "list",
    _("Show what was measured, the newest first."),
    "  archiver target-card list\n  archiver target-card list --last 90 --json",
    group=card_group,
)
@click.option("--last", type=click.IntRange(1), default=30, show_default=True,
              help=_("How many."))  # fmt: skip
def list_verb(call: Call, last: int) -> None:
    with call.station(write=False) as station:
        found = todays_card.trend(station, last=last)
    rows = [
        (card.at[:16].replace("T", " "), card.person, card.device,
         *(digits(f"{card.figures[name]:g}") if name in card.figures else "–"
           for name in todays_card.NAMES),
         _("passes") if card.passed else _("does not pass"))
        for card in found
    ]  # fmt: skip
    heads = (_("At"), _("Person"), _("Device"), "ΔE", _("ΔE, largest"), "ΔL", "MTF50",
             _("Light, %"), "")  # fmt: skip
    call.voice.table(heads, rows)
    facts = [
        {"number": c.id, "at": c.at, "person": c.person, "device": c.device, "picture": c.picture,
         "figures": dict(c.figures), "limits": dict(c.limits), "passed": c.passed}
        for c in found
    ]  # fmt: skip
    call.voice.result({"verb": "target-card", "cards": facts})


@verb(
    "condition",
    _("Note the condition of a heritage item before it is scanned."),
    "  archiver condition H-0001 fair,damp,tear\n  archiver condition H-0002 critical",
)
@click.argument("reference", metavar="ITEM")
@click.argument("codes", metavar="CODE,CODE")
@click.option("--profile", default="heritage_item", show_default=True, metavar="NAME",
              help=_("Of an item that is not in the archive yet."))  # fmt: skip
@click.option("--title", default="", help=_("Of an item that is not in the archive yet."))
def condition_verb(call: Call, reference: str, codes: str, profile: str, title: str) -> None:
    words = [word.strip() for word in re.split("[,،]", codes) if word.strip()]
    with call.station(write=True) as station:
        steps = note_condition(
            station, call.actor(station), reference, words, profile=profile, title=title
        )
        call.voice.done(call.voice.follow(steps))
