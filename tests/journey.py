"""The fictional case from paper to receipt in a real window, by keys alone, which are counted.

`python -m tests.journey FOLDER`, on the display that is there: makes an archive in FOLDER, scans
14 drawn faces behind a slip, sends to a drop box of OpenSSH, and ends with the centre's receipt.
One JSON object: the strokes of
each stage, the letters typed beside them, the state of the package. FOLDER/shots has a picture
of each stage.
"""

import io
import json
import sys
import time
from pathlib import Path

from PIL import Image
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from archiver.demo.description import DESCRIPTIONS
from archiver.demo.manifest import scan_files
from archiver.demo.render import draw_face
from archiver.model.casefile import CaseState
from archiver.model.delivery import DeliveryState
from archiver.workflow.describe_form import FormRow
from tests.command_line import archiver
from tests.hand import CTRL, Hand, Journey
from tests.servers.escl import scanner
from tests.servers.sshd import Sshd, sshd
from ui.acts import CAPTURE, CASES, DELIVERY, DESCRIBE, PAGES, TEXT, TODAY
from ui.start import start
from ui.window import Window

LOT, CASE, CENTRE = "118/2026", "99001/93", "centre"
OPERATOR, CHECKER = "منى", "سامي"
DPI = 300
PATIENCE_SECONDS = 300.0  # on a busy machine reading takes minutes
SURE = 0.9
Key = Qt.Key


def verb(folder: Path, *words: str | Path) -> str:
    done = archiver(*words, ARCHIVER_ARCHIVE=str(folder / "archive"), ARCHIVER_LANG="ar")
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout


def prepare(folder: Path, server: Sshd) -> None:
    """What is there before the paper comes: a lot, its slip, the centre, its drop box and key."""
    verb(folder, "init", "--station", "hall-2", "--company", "شركة الأرشفة")
    verb(folder, "lot", "open", LOT, "--box", "7")
    verb(folder, "lot", "declare", LOT, "--case", CASE, "--sheets", "13", "--faces", "14")
    verb(folder, "slip", "print", "--lot", LOT, "--pdf", folder / "slips.pdf")
    desk = folder / "centre"
    verb(folder, "receive", server.root, "--desk", desk, "--prepare")
    (folder / "station.pem").write_text(verb(folder, "key"))
    (folder / "host.pub").write_text(f"127.0.0.1 {server.host_key}\n")
    url = f"sftp://{server.place().user}@127.0.0.1:{server.port}{server.seen}"
    added = verb(folder, "target", "add", CENTRE, url, "--centre-key", desk / "centre.pem",
                 "--host-key", folder / "host.pub", "--json")  # fmt: skip
    (server.folder / "authorized").write_text(f"{json.loads(added)['ssh_key']}\n")


def paper(folder: Path) -> list[tuple[bytes, bytes]]:
    """The slip and the faces of the fictional case, as a feeder gives them."""
    with PdfDocument(folder / "slips.pdf") as slips:
        slip = slips[0].render(scale=DPI / 72).to_pil()
    kept = folder / "faces"
    kept.mkdir(exist_ok=True)
    for face in (face for file in scan_files("case") for face in file.faces):
        path = kept / f"{face.name}.jpg"
        if not path.exists():
            path.write_bytes(_jpeg(Image.fromarray(draw_face(face, True))))
    return [(_jpeg(slip), b""), *((path.read_bytes(), b"") for path in sorted(kept.iterdir()))]


def _jpeg(image: Image.Image) -> bytes:
    made = io.BytesIO()
    image.convert("RGB").save(made, "JPEG", quality=85, dpi=(DPI, DPI))
    return made.getvalue()


def use_scanner(folder: Path, url: str) -> None:
    with (folder / "archive" / "station.toml").open("a", encoding="utf-8") as file:
        file.write(
            f'\n[scanners.front-desk]\ndevice = "escl:{url}"\nsource = "feeder"\ndpi = {DPI}\n'
            'mode = "colour"\npaper = "a4"\n'
        )


def window() -> Window:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, Window))


def sure(row: FormRow) -> bool:
    """What is less likely is looked at, and typed here."""
    return row.proposal is not None and row.proposal.probability >= SURE


class Walk:
    """The journey, stage by stage."""

    def __init__(self, hand: Hand, folder: Path, drop: Path) -> None:
        self.hand, self.folder, self.drop = hand, folder, drop

    def whole(self) -> Journey:
        for stage in (self.scan, self.look, self.read, self.describe, self.check, self.seal,
                      self.deliver):  # fmt: skip
            yield from stage()
            self.hand.stage(stage.__name__)
        self.hand.press(Key.Key_Q, CTRL)
        yield lambda: True

    def shot(self, name: str) -> None:
        shots = self.folder / "shots"
        shots.mkdir(exist_ok=True)
        window().grab().save(str(shots / f"{len(list(shots.iterdir())) + 1:02}-{name}.png"))

    def idle(self) -> bool:
        return not window().session.bridge.busy and not window().session.images.busy

    def on(self, name: str) -> bool:
        return window().screen_name == name

    def scan(self) -> Journey:
        yield lambda: window().isActiveWindow() and window().screens[TODAY].shown
        self.shot("today")
        self.hand.press(Key.Key_Return)
        screen = window().screens[CAPTURE]
        yield lambda: self.on(CAPTURE) and window().deck.actions["scan"].isEnabled()
        self.hand.press(Key.Key_Space)
        yield lambda: window().session.bridge.busy
        yield lambda: screen.rows.rowCount() == 15 and self.idle()
        self.shot("capture")

    def look(self) -> Journey:
        self.hand.press(Key.Key_4, CTRL)
        screen = window().screens[PAGES]
        yield lambda: self.on(PAGES) and screen.rows.rowCount() == 14 and self.idle()
        self.shot("pages")

    def read(self) -> Journey:
        self.hand.press(Key.Key_Return, CTRL)
        yield lambda: window().session.bridge.busy
        yield lambda: self.idle() and window().session.summary.read == 14
        self.hand.press(Key.Key_5, CTRL)
        screen = window().screens[TEXT]
        yield lambda: self.on(TEXT) and screen.read is not None and self.idle()
        self.shot("text")

    def describe(self) -> Journey:
        self.hand.press(Key.Key_6, CTRL)
        screen = window().screens[DESCRIBE]
        told = list(DESCRIPTIONS["case"])
        yield lambda: self.on(DESCRIBE) and screen.form.current and self.idle()
        yield lambda: not screen.descriptions.waiting
        self.shot("describe")
        seen: set[tuple[str, int]] = set()
        while (row := screen.form.current.row).key not in seen:
            seen.add(row.key)
            words = next((words for field, words in told if field == row.field.id), "")
            if row.source is None and words and not sure(row):
                told.remove((row.field.id, words))
                self.hand.write(words)
                yield lambda: True
            moves_on = row.source is None and (row.proposal or words)
            self.hand.press(Key.Key_Return if moves_on else Key.Key_F3)
            yield lambda: True
            yield lambda: not screen.descriptions.waiting and screen.form.current
        self.shot("described")
        for _ in range(2):  # to the documents, past the first field
            self.hand.press(Key.Key_F6)
        yield screen.tree.hasFocus
        self.hand.press(Key.Key_P)
        yield lambda: not screen.descriptions.waiting and len(window().session.view.documents) > 1
        self.shot("sorted")

    def person(self, name: str) -> Journey:
        """Without a pause: the letters follow the key at once."""
        self.hand.press(Key.Key_L, CTRL)
        self.hand.write(name)
        self.hand.press(Key.Key_Return)
        yield lambda: window().session.actor.person == name

    def check(self) -> Journey:
        yield from self.person(CHECKER)
        self.hand.press(Key.Key_2, CTRL)
        yield lambda: self.on(CASES)
        self.hand.press(Key.Key_Return, CTRL)
        yield lambda: window().session.view.case.state is CaseState.ACCEPTED and self.idle()
        self.shot("checked")

    def seal(self) -> Journey:
        yield from self.person(OPERATOR)
        self.hand.press(Key.Key_Return, CTRL)
        yield lambda: isinstance(QApplication.activeWindow(), QMessageBox)
        self.hand.press(Key.Key_Return)
        yield lambda: window().session.view.case.state is CaseState.SEALED and self.idle()
        self.shot("sealed")

    def deliver(self) -> Journey:
        self.hand.press(Key.Key_Return, CTRL)
        screen = window().screens[DELIVERY]
        yield lambda: self.on(DELIVERY) and self.idle()
        self.hand.press(Key.Key_D)
        yield lambda: screen.packages.rows[0].state == DeliveryState.COMMITTED and self.idle()
        self.shot("sent")
        desk, key = self.folder / "centre", self.folder / "station.pem"
        verb(self.folder, "receive", self.drop, "--desk", desk, "--trust", key,
             "--as", "هدى")  # fmt: skip
        self.hand.press(Key.Key_V)
        yield lambda: screen.packages.rows[0].state == DeliveryState.RECEIPTED and self.idle()
        self.shot("receipt")
        self.state = screen.packages.rows[0].state


def main() -> None:
    folder = Path(sys.argv[1])
    hand = Hand(PATIENCE_SECONDS)
    application = QApplication(sys.argv[:1])
    with sshd() as box:
        box.start()
        prepare(folder, box)
        with scanner(paper(folder)) as feeder:
            use_scanner(folder, feeder.url)
            walk = Walk(hand, folder, box.root)
            hand.go(walk.whole())
            began = time.monotonic()
            start(["--archive", str(folder / "archive"), "--as", OPERATOR, "--lang", "ar"])
        box.kill()
    told = {
        "keystrokes": hand.keys,
        "stages": hand.stages,
        "letters": hand.typed,
        "state": getattr(walk, "state", ""),
        "seconds": round(time.monotonic() - began, 1),
        "failed": hand.failed,
    }
    print(json.dumps(told, ensure_ascii=False))
    del application


if __name__ == "__main__":
    main()
