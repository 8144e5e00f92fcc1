"""The site's settings: every mistake is told with its line, every text survives."""

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import SettingsWrong
from archiver.settings import (
    FILE_NAME,
    Identity,
    Limits,
    Settings,
    TargetSettings,
    Work,
    first_settings,
    read_settings,
    resource,
    target_table,
    with_hours,
)

TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


def read(folder: Path, text: str) -> Settings:
    (folder / FILE_NAME).write_text(text, "utf-8", newline="")
    return read_settings(folder)


def test_nothing_said_means_the_defaults(tmp_path: Path) -> None:
    assert read(tmp_path, "") == Settings()


def test_the_first_settings_are_the_defaults(tmp_path: Path) -> None:
    identity = Identity("محطة ١", "شركة", "محكمة النقض", "civil")
    assert read(tmp_path, first_settings(identity)) == Settings(station=identity)


@given(name=TEXT, company=TEXT, location=TEXT)
def test_every_text_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, name: str, company: str, location: str
) -> None:
    folder = tmp_path_factory.mktemp("settings")
    target = TargetSettings("centre", "folder", location, "-----BEGIN\nKEY-----\n")
    text = first_settings(Identity(name, company)) + target_table(target)
    found = read(folder, text)
    assert (found.station.name, found.station.company) == (name, company)
    assert found.targets["centre"] == target


def test_a_figure_that_is_changed_counts(tmp_path: Path) -> None:
    found = read(tmp_path, "[limits]\nmegapixels = 50\n[work]\nworkers = 3\n")
    assert found.limits == dataclasses.replace(Limits(), megapixels=50)
    assert found.work == dataclasses.replace(Work(), workers=3)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[limits\n", "line 1"),
        ("[limit]", "[limit]"),
        ("[limits]\nmegapixel = 5", "megapixel"),
        ("[limits]\nmegapixels = -1", "megapixels = -1"),
        ("[limits]\nmegapixels = 0", "megapixels = 0"),
        ("[limits]\nmegapixels = true", "megapixels = True"),
        ("[limits]\nmegapixels = 2.5", "megapixels = 2.5"),
        ('[limits]\nmegapixels = "5"', "megapixels = '5'"),
        ("[work]\npage_seconds = 0", "page_seconds = 0"),
        ("[work]\nworkers = -1", "workers = -1"),
        ("[station]\nname = 5", "name = 5"),
        ("limits = 5", "5"),
        ("targets = 5", "[targets]"),
        ("[targets]\ncentre = 5", "[targets.centre]"),
        ('[targets.centre]\nname = "x"', "[targets.centre]"),
        ("[targets.centre]\nplace = 5", "place"),
    ],
)
def test_a_mistake_is_named_with_its_file(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(SettingsWrong) as wrong:
        read(tmp_path, text)
    assert named in str(wrong.value)
    assert str(tmp_path / FILE_NAME) in str(wrong.value)


def test_settings_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsWrong):
        read_settings(tmp_path)
    (tmp_path / FILE_NAME).write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsWrong):
        read_settings(tmp_path)


def test_resources_are_real_files() -> None:
    assert resource("tessdata/station_ara.traineddata").is_file()
    assert resource("fonts").is_dir()


def test_hours_of_a_target_are_changed_and_nothing_else() -> None:
    target = TargetSettings("centre", location="/mnt")
    text = '# ours\n[targets.centre]  # the disk\nlocation = "/mnt"\n\n[work]\nworkers = 2\n'
    night = with_hours(text, target, "20:00-06:00")
    assert 'hours = "20:00-06:00"' in night
    assert night.replace('\nhours = "20:00-06:00"', "") == text
    again = with_hours(night, target, "")
    assert again.count("hours = ") == 1
    assert 'hours = ""' in again
    with pytest.raises(SettingsWrong):
        with_hours("[work]\n", target, "")
