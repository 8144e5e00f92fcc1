"""The demonstration case: complete, seeded, every letter drawn, nothing outside its sheet."""

import hashlib
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageSequence

from archiver.demo.encode import write
from archiver.demo.layout import SMALLEST_PT, set_text
from archiver.demo.lettering import font, px, px_of_points
from archiver.demo.manifest import Face, faces, scan_files, typeface
from archiver.demo.render import DemoFile, draw_face, render_case, render_heritage
from archiver.demo.script import Style, blocks, source, truth

ALL_FACES = {face.name: face for _, face in faces()}
PRINTED = [face for face in ALL_FACES.values() if not face.back_of]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> tuple[DemoFile, ...]:
    return tuple(render_case(tmp_path_factory.mktemp("case")))


@pytest.fixture(scope="module")
def heritage(tmp_path_factory: pytest.TempPathFactory) -> tuple[DemoFile, ...]:
    return tuple(render_heritage(tmp_path_factory.mktemp("heritage")))


def pages(file: DemoFile) -> Iterator[Image.Image]:
    if file.path.suffix == ".pdf":
        with pikepdf.open(file.path) as pdf:
            for page in pdf.pages:
                (scan,) = page.get_images().values()
                yield pikepdf.PdfImage(scan).as_pil_image()
    else:
        with Image.open(file.path) as image:
            yield from (frame.copy() for frame in ImageSequence.Iterator(image))


def codes(vocabulary: str) -> set[str]:
    text = (files("resources") / "vocabularies" / f"{vocabulary}.json").read_text("utf-8")
    return {item["code"] for item in json.loads(text)["items"]}


def test_thirteen_faces_and_a_blank_back(case: tuple[DemoFile, ...]) -> None:
    names = [name for file in case for name in file.faces]
    assert len(names) == len(set(names)) == 14
    assert [name for name in names if not truth(name)] == ["04_receipt_back"]
    assert sum(len(list(pages(file))) for file in case) == 14


def test_two_heritage_pages(heritage: tuple[DemoFile, ...]) -> None:
    assert [(file.profile, file.language) for file in heritage] == [
        ("heritage_item", "ara"),
        ("heritage_item", "fra"),
    ]


def test_every_way_a_scanner_delivers(case: tuple[DemoFile, ...]) -> None:
    assert {file.path.suffix for file in case} == {".jpg", ".tif", ".pdf", ".png", ".jp2"}
    modes = {image.mode for file in case if file.path.suffix == ".jpg" for image in pages(file)}
    assert modes == {"L", "RGB"}
    assert not [path for path in case[0].path.parent.iterdir() if path.name.endswith(".part")]


def test_kinds_are_in_the_vocabulary(
    case: tuple[DemoFile, ...], heritage: tuple[DemoFile, ...]
) -> None:
    assert {file.kind for file in case + heritage} <= codes("document_kind")
    assert len({file.kind for file in case}) == 10


def test_pages_have_the_size_of_their_paper(case: tuple[DemoFile, ...]) -> None:
    for file in case:
        for name, page in zip(file.faces, pages(file), strict=True):
            width_mm, height_mm = ALL_FACES[name].size_mm
            assert page.size == (px(width_mm), px(height_mm))


def test_images_say_their_resolution(case: tuple[DemoFile, ...]) -> None:
    for file in case:
        if file.path.suffix != ".pdf":
            with Image.open(file.path) as image:
                assert image.info["dpi"] == pytest.approx((300, 300), abs=0.01)


def test_a_pdf_page_is_one_scan_over_the_whole_page(case: tuple[DemoFile, ...]) -> None:
    (judgment,) = (file for file in case if file.kind == "judgment")
    with pikepdf.open(judgment.path) as pdf:
        for page in pdf.pages:
            assert [float(side) for side in page.mediabox] == pytest.approx(
                [0, 0, 595.2, 841.9], abs=0.1
            )
            (scan,) = page.get_images().values()
            assert scan.Filter == pikepdf.Name.DCTDecode


@pytest.mark.parametrize("name", ["04_receipt", "09_service", "01_register"])
def test_a_face_is_the_same_every_time(name: str) -> None:
    first, second = (draw_face(ALL_FACES[name], colour=False) for _ in range(2))
    assert np.array_equal(first, second)


def test_files_are_the_same_every_time(case: tuple[DemoFile, ...], tmp_path: Path) -> None:
    again = next(iter(render_case(tmp_path)))
    assert again.path.name == case[0].path.name
    assert digest(again.path) == digest(case[0].path)


@pytest.mark.parametrize("name", ["page.jpg", "page.png", "page.tif", "page.jp2", "page.pdf"])
def test_every_format_is_the_same_every_time(name: str, tmp_path: Path) -> None:
    page = np.random.default_rng(1).integers(0, 255, (200, 150), np.uint8)
    digests = []
    for _ in range(2):
        write(tmp_path / name, [page])
        digests.append(digest(tmp_path / name))
    assert digests[0] == digests[1]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("face", PRINTED, ids=lambda face: face.name)
def test_every_letter_is_in_its_typeface(face: Face) -> None:
    """A letter that a font lacks is drawn as the box that stands for U+FFFF."""
    for file in {typeface(face.font).regular, typeface(face.font).bold}:
        letters = font(file, 60)
        box = bytes(letters.getmask("\uffff"))
        missing = [
            letter
            for letter in sorted(set(truth(face.name)) - {" ", "\n"})
            if bytes(letters.getmask(letter)) == box
        ]
        assert not missing


@pytest.mark.parametrize("face", PRINTED, ids=lambda face: face.name)
def test_no_word_leaves_its_sheet(face: Face) -> None:
    galley = set_text(face, source(face.name))
    assert galley.size >= px_of_points(SMALLEST_PT)
    for word in galley.words:
        assert galley.left - 1 <= word.x <= galley.right + 1
        assert galley.top < word.baseline < galley.bottom


@pytest.mark.parametrize("face", PRINTED, ids=lambda face: face.name)
def test_the_sheet_holds_the_whole_truth(face: Face) -> None:
    placed = " ".join(word.text for word in set_text(face, source(face.name)).words)
    assert sorted(placed.split()) == sorted(truth(face.name).split())


def test_truth_holds_no_marks() -> None:
    for face in PRINTED:
        assert not re.search(r"[|#^&<*]", truth(face.name))
    assert "محكمــة النقــض" in truth("01_cover")
    with pytest.raises(KeyError):
        truth("99_nothing")


def test_both_digit_sets_and_four_typefaces() -> None:
    case = [face for file in scan_files("case") for face in file.faces if not face.back_of]
    arabic_indic = [face for face in case if re.search("[٠-٩]", truth(face.name))]
    latin = [face for face in case if re.search("[0-9]", truth(face.name))]
    assert (len(arabic_indic), len(latin)) == (7, 6)
    assert len({face.font for face in ALL_FACES.values()}) >= 4


def test_the_case_number_is_on_every_paper_of_this_court() -> None:
    for file in scan_files("case"):
        if file.kind in ("contested_judgment", "power_of_attorney"):
            continue
        text = "".join(truth(face.name) for face in file.faces)
        assert re.search("99001 لسنة 93|٩٩٠٠١ لسنة ٩٣", text), file.name


def test_the_hard_pages_are_there() -> None:
    assert [face.name for face in ALL_FACES.values() if face.turn_deg] == [
        "07_contested_judgment_2"
    ]
    assert [face.name for face in ALL_FACES.values() if face.skew_deg == 3.0] == [
        "05_power_of_attorney"
    ]
    assert [face.name for face in ALL_FACES.values() if "uneven_light" in face.wear] == [
        "09_service"
    ]


def test_a_turned_face_is_the_upright_one_upside_down(case: tuple[DemoFile, ...]) -> None:
    """Holes are punched at the right, so at the left when turned."""
    (judgment,) = (file for file in case if file.kind == "contested_judgment")
    upright, turned = (np.asarray(page.convert("L")).astype(int) for page in pages(judgment))
    hole = np.s_[px(297 / 2 - 45) : px(297 / 2 - 35)]
    right, left = np.s_[hole, -px(16) : -px(6)], np.s_[hole, px(6) : px(16)]
    assert np.ptp(upright[right]) > 20 > np.ptp(upright[left])
    assert np.ptp(turned[left]) > 20 > np.ptp(turned[right])


def test_the_blank_back_is_nearly_blank(case: tuple[DemoFile, ...]) -> None:
    (receipt,) = (file for file in case if file.kind == "receipt_bail")
    front, back = (np.asarray(page.convert("L")) for page in pages(receipt))
    inner = np.s_[200:-200, 200:-200]
    assert front[inner].min() < 80
    assert back[inner].min() > 150


def test_line_styles() -> None:
    found = blocks("^ عنوان\n& يمين & يسار\n| ١ | ٢\n\n-\nنص – عادي")
    assert [block.style for block in found] == [
        Style.TITLE, Style.SPREAD, Style.ROW, Style.GAP, Style.RULE, Style.BODY,
    ]  # fmt: skip
    assert found[1].parts == ("يمين", "يسار")
    assert found[2].parts == ("١", "٢")
