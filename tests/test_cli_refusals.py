"""Bad files in one import among good ones: each is told with its way out, the rest goes on."""

from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from archiver import app, i18n
from archiver.errors import (
    AlreadyImported,
    ArchiverError,
    DamagedFile,
    EmptyFile,
    EncryptedPdf,
    FileMissing,
    HostileName,
    ImageTooLarge,
    TooManyPages,
    UnknownFormat,
)
from archiver.workflow import queries
from archiver.workflow.verifying import verify
from tests.command_line import answer, archiver
from tests.papers import CASE, JUDGMENT, RECEIPT, bind, drawn, finish, save

LONG_NAME = "ملف" + "ب" * 122 + ".jpeg"  # 255 bytes in UTF-8, the most a file system takes
HIDDEN = "تقرير\u202egpj.pdf"
GOOD = ("a.jpg", LONG_NAME, "z.pdf")
BAD: dict[str, type[ArchiverError]] = {
    "cut.jpg": DamagedFile,
    "locked.pdf": EncryptedPdf,
    "empty.tif": EmptyFile,
    "letter.pdf": UnknownFormat,
    "huge.png": ImageTooLarge,
    "thick.tif": TooManyPages,
    HIDDEN: HostileName,
    "again.jpg": AlreadyImported,
    "lost.jpg": FileMissing,
}
ORDER = ("a.jpg", *BAD, LONG_NAME, "z.pdf")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Good and bad files, the good ones first, in the middle and last."""
    folder = tmp_path / "scans"
    folder.mkdir()
    good = save(folder / "a.jpg", JUDGMENT).read_bytes()
    save(folder / LONG_NAME, RECEIPT)
    bind(folder / "z.pdf", RECEIPT[1:], JUDGMENT[1:])
    (folder / "cut.jpg").write_bytes(good[: len(good) // 2])
    with pikepdf.open(bind(folder / "plain.pdf", JUDGMENT)) as pdf:
        pdf.save(folder / "locked.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    (folder / "empty.tif").touch()
    (folder / "letter.pdf").write_text("السيد رئيس المحكمة", "utf-8")
    Image.new("1", (2000, 1600)).save(folder / "huge.png")
    bind(folder / "thick.tif", *[(str(number),) for number in range(4)])
    drawn(RECEIPT[:1]).save(folder / HIDDEN, "PDF")
    (folder / "again.jpg").write_bytes(good)
    return [folder / name for name in ORDER]


@pytest.fixture
def strict_archive(archive: Path) -> Path:
    """An archive whose limits are low enough for small files to pass them."""
    path = archive / "station.toml"
    settings = path.read_text("utf-8")
    assert "megapixels = 200" in settings
    settings = settings.replace("megapixels = 200", "megapixels = 3")
    path.write_text(settings.replace("pages_per_file = 2000", "pages_per_file = 3"), "utf-8")
    return archive


def look(archive: Path) -> None:
    """The good files are there in their order, nothing else is, nothing is left over."""
    with app.open_station(archive, write=False) as station:
        view = queries.case_view(station, queries.find_case(station, CASE).id)
        assert [page.source_name for page in view.pages] == ["a.jpg", LONG_NAME, "z.pdf", "z.pdf"]
        assert list(station.incoming.iterdir()) == []
        assert finish(verify(station))[0].facts["problems"] == []
        kept = {key for p in view.pages for key in (p.master, p.access, p.thumbnail)}
        assert set(station.blobs.keys()) == kept


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_bad_files_are_told_in_words_and_the_rest_goes_on(
    strict_archive: Path, files: list[Path], language: str
) -> None:
    done = archiver(
        "import", *files, "--case", CASE, "--archive", strict_archive, "--lang", language
    )
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    i18n.set_language(language)
    told = done.stderr.replace("\n", " ")
    for name, kind in BAD.items():
        shown = name.replace("\u202e", "\\u202e")
        assert f"! {shown}: " in told
        assert i18n._(kind.advice).split("{")[0] in told, kind
    taken = i18n.ngettext(
        "{count} page was taken into {case}.", "{count} pages were taken into {case}.", 4
    )
    expected = taken.format(count=i18n.digits(4), case=i18n.digits(CASE))
    assert expected in done.stdout
    assert "\u202e" not in done.stdout + done.stderr
    look(strict_archive)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_bad_files_are_listed_for_scripts(
    strict_archive: Path, files: list[Path], language: str
) -> None:
    done = archiver(
        "import", *files, "--case", CASE, "--archive", strict_archive, "--lang", language, "--json"
    )
    assert done.returncode == 3
    assert done.stderr == ""
    found = answer(done)
    assert (found["verb"], found["case"], found["files"], found["pages"]) == ("import", CASE, 3, 4)
    assert [row["error"] for row in found["refused"]] == [kind.__name__ for kind in BAD.values()]
    notices = found["notices"]
    assert [notice["code"] for notice in notices] == [kind.__name__ for kind in BAD.values()]
    i18n.set_language(language)
    for notice, kind in zip(notices, BAD.values(), strict=True):
        error = kind(**notice["facts"])
        assert notice["message"] == str(error)
        assert notice["advice"] == error.way_out() != ""
        assert notice["subject"] in notice["message"]
    look(strict_archive)


def test_a_second_import_takes_what_was_mended(strict_archive: Path, files: list[Path]) -> None:
    words = ["--case", CASE, "--archive", str(strict_archive), "--lang", "en", "--json"]
    archiver("import", *files, *words)
    cut = next(path for path in files if path.name == "cut.jpg")
    save(cut, (*JUDGMENT, "كاملة"))
    found = answer(archiver("import", *files, *words))
    assert (found["files"], found["pages"]) == (1, 1)
    codes = [notice["code"] for notice in found["notices"]]
    assert codes.count("AlreadyImported") == 4
    assert "DamagedFile" not in codes
