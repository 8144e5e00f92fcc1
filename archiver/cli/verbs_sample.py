"""Verbs on the sample of a lot: sample draw, show, judge, close."""

import click

from archiver.cli.group import Call, lang_option, station_command, verb
from archiver.i18n import _
from archiver.model.sample import DRAWN
from archiver.workflow import queries, sampling
from archiver.workflow.lot_samples import sample_of
from archiver.workflow.lots import find_lot
from archiver.workflow.page_reasons import REASONS, reason_word


@station_command.group("sample", help=_("A lot is checked by a sample: draw, show, judge, close."))
@lang_option
def sample_group(lang: str | None) -> None:
    """Joined by its verbs."""
    del lang  # main has seen to it


@verb(
    "draw",
    _("Draw images of a lot by a seed that is on record, and all that something complains of."),
    "  archiver sample draw 118/2026 --as sami",
    group=sample_group,
)
@click.argument("name", metavar="LOT")
def draw_verb(call: Call, name: str) -> None:
    with call.station(write=True) as station:
        steps = sampling.draw(station, call.actor(station, "checker"), find_lot(station, name))
        call.voice.done(call.voice.follow(steps))


@verb(
    "show",
    _("Show a lot's sample: its images, and what was said of them."),
    "  archiver sample show 118/2026\n  archiver sample show 118/2026 --json",
    group=sample_group,
)
@click.argument("name", metavar="LOT")
def show_verb(call: Call, name: str) -> None:
    with call.station(write=False) as station:
        view = sample_of(station, find_lot(station, name))
        known = {i.case_id: queries.case_by_id(station, i.case_id).reference for i in view.images}
        paths = {
            i.number: str(queries.blob_path(station, queries.page(station, i.page_id).access))
            for i in view.images
        }
    heads = (_("Image"), _("Case file"), _("Page"), _("Why"), _("Verdict"), _("Checker"))
    why = {True: _("drawn"), False: _("flagged")}
    call.voice.table(
        heads,
        (
            (i.number, known[i.case_id], i.position, why[i.why == DRAWN],
             (reason_word(i.defect) or _("good")) if i.judged else "–", i.judged_by)
            for i in view.images
        ),
    )  # fmt: skip
    call.voice.result(
        {
            "verb": "sample",
            "lot": view.lot.name,
            "seed": view.sample.seed,
            "outcome": view.sample.outcome,
            "images": [
                {"number": i.number, "case": known[i.case_id], "page": i.position, "why": i.why,
                 "judged_by": i.judged_by, "defect": i.defect, "image": paths[i.number]}
                for i in view.images
            ],
        }
    )  # fmt: skip


@verb(
    "judge",
    _("Say that an image of the sample is good, or what is wrong with it."),
    "  archiver sample judge 118/2026 3 --good --as sami\n"
    "  archiver sample judge 118/2026 4 --defect dark --as sami",
    group=sample_group,
)
@click.argument("name", metavar="LOT")
@click.argument("number", type=int)
@click.option("--good", is_flag=True, help=_("Nothing is wrong with it."))
@click.option("--defect", default="", help=_("One of: {known}.").format(known=", ".join(REASONS)))
def judge_verb(call: Call, name: str, number: int, good: bool, defect: str) -> None:
    if good == bool(defect):
        raise click.UsageError(_("Say either --good or --defect CODE."))
    with call.station(write=True) as station:
        actor = call.actor(station, "checker")
        steps = sampling.judge(station, actor, find_lot(station, name), number, defect)
        call.voice.done(call.voice.follow(steps))


@verb(
    "close",
    _("End the sample: the lot passes, or goes back with the list of its pages."),
    "  archiver sample close 118/2026 --as sami",
    group=sample_group,
)
@click.argument("name", metavar="LOT")
def close_verb(call: Call, name: str) -> None:
    with call.station(write=True) as station:
        steps = sampling.close(station, call.actor(station, "checker"), find_lot(station, name))
        call.voice.done(call.voice.follow(steps))
