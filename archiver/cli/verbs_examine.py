"""Verbs that look for faults: verify in the archive, doctor on the machine."""

from pathlib import Path

import click

from archiver.cli.group import Call, verb
from archiver.i18n import _, digits, ngettext
from archiver.workflow.doctor import examine
from archiver.workflow.verifying import verify


@verb(
    "verify",
    _("Hash every stored byte and every sealed package again, and check the audit log."),
    "  archiver verify\n  archiver verify --json",
)
def verify_verb(call: Call) -> None:
    with call.station(write=False) as station:
        changed = call.voice.follow(verify(station))
    call.voice.done(changed)
    if changed.facts["problems"]:
        raise SystemExit(7)


@verb(
    "doctor",
    _("Examine tools, models, fonts and disk, or a target, and say how to mend what is wrong."),
    "  archiver doctor\n  archiver doctor centre --lang ar",
)
@click.argument("target", required=False, default="", metavar="[TARGET]")
def doctor(call: Call, target: str) -> None:
    if target:
        from archiver.workflow.target_doctor import examine_target  # noqa: PLC0415 - boto3

        with call.station(write=False) as station:
            findings = examine_target(station, target)
    else:
        findings = examine(call.archive if call.archive.is_dir() else Path())
    for finding in findings:
        call.voice.say(f"{'✓' if finding.sound else '✗'} {finding.what}: {finding.found}")
        if not finding.sound:
            call.voice.say(f"    {finding.mend}")
    bad = sum(not finding.sound for finding in findings)
    words = ngettext("{count} thing to mend.", "{count} things to mend.", bad)
    call.voice.result(
        {
            "verb": "doctor",
            "sound": not bad,
            "findings": [
                {"what": f.what, "found": f.found, "sound": f.sound, "mend": f.mend}
                for f in findings
            ],
        },
        words.format(count=digits(bad)) if bad else _("All is well."),
    )
    if bad:
        raise SystemExit(4)
