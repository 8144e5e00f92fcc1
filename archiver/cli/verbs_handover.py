"""Verbs for the paper that goes with a delivery: handover, delivery-report."""

from pathlib import Path

import click

from archiver.cli.group import Call, verb
from archiver.i18n import _, digits, ngettext
from archiver.store.audit import now
from archiver.workflow.handing_over import (
    Light,
    delivery_report,
    hand_over,
    light_of,
    light_word,
    print_report,
)
from archiver.workflow.vocabulary import state_word

_COLOURS = {Light.GREEN: "✓", Light.YELLOW: "…", Light.RED: "✗"}


@verb(
    "handover",
    _("Write the hand-over record of a day's delivery as a PDF, to be signed."),
    "  archiver handover --to centre --out record.pdf --as mona\n"
    "  archiver handover --to centre --day 2026-11-20 --out record.pdf",
)
@click.option("--to", "target", required=True, metavar="TARGET", help=_("The name of the target."))
@click.option("--day", default=lambda: now()[:10], metavar="YYYY-MM-DD", help=_("Which day (UTC)."))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help=_("The PDF to write."),
)  # fmt: skip
def handover(call: Call, target: str, day: str, out: Path) -> None:
    with call.station(write=True) as station:
        steps = hand_over(station, call.actor(station), target, day, out)
        call.voice.done(call.voice.follow(steps))


@verb(
    "delivery-report",
    _("Say how every delivery stands: signed for, on its way, or in need of a person."),
    "  archiver delivery-report\n  archiver delivery-report --to centre --pdf report.pdf",
)
@click.option("--to", "target", metavar="TARGET", help=_("Only this target."))
@click.option(
    "--pdf", "out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help=_("Write it as a PDF, too."),
)  # fmt: skip
def report(call: Call, target: str | None, out: Path | None) -> None:
    with call.station(write=False) as station:
        rows = delivery_report(station, target)
        if out is not None:
            print_report(station, rows, out)
    call.voice.table(
        (_("State"), _("Case"), _("Package"), _("Target"), _("Since")),
        [
            (
                f"{_COLOURS[light_of(row)]} {light_word(light_of(row))}"
                f" ({state_word(row.delivery.state)})",
                row.case.reference,
                row.seal.name,
                row.delivery.target,
                row.delivery.updated_at[:16].replace("T", " "),
            )
            for row in rows
        ],
    )
    red = sum(light_of(row) is Light.RED for row in rows)
    words = ngettext("{count} needs a person.", "{count} need a person.", red)
    call.voice.result(
        {
            "verb": "delivery-report",
            "deliveries": [
                {
                    "light": light_of(row).value, "state": row.delivery.state.value,
                    "case": row.case.reference, "package": row.seal.name,
                    "target": row.delivery.target, "since": row.delivery.updated_at,
                }
                for row in rows
            ],
            **{light.value: sum(light_of(row) is light for row in rows) for light in Light},
        },
        words.format(count=digits(red)) if red else _("Nothing needs a person."),
    )  # fmt: skip
