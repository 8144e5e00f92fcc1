"""The divider tabs of the rail, one a screen, with their keys."""

from ui.acts import (
    CAPTURE,
    CASES,
    DELIVERY,
    DESCRIBE,
    OVERVIEW,
    PAGES,
    SAMPLE,
    SEARCH,
    SETTINGS,
    TEXT,
    TODAY,
)
from ui.widgets.rail import Tab
from ui.words import translate


def tabs() -> list[Tab]:
    screens = (
        (TODAY, translate("Rail", "Today"), "sun-horizon"),
        (CASES, translate("Rail", "Cases"), "folders"),
        (CAPTURE, translate("Rail", "Capture"), "scan"),
        (PAGES, translate("Rail", "Pages"), "files"),
        (TEXT, translate("Rail", "Text"), "text-aa"),
        (DESCRIBE, translate("Rail", "Describe"), "list-checks"),
        (SEARCH, translate("Rail", "Search"), "magnifying-glass"),
        (DELIVERY, translate("Rail", "Delivery"), "paper-plane-tilt"),
        (OVERVIEW, translate("Rail", "Overview"), "chart-bar"),
    )
    made = [Tab(*screen, f"Ctrl {place}") for place, screen in enumerate(screens, 1)]
    sample = Tab(SAMPLE, translate("Rail", "Sample"), "check-square", "Ctrl K")
    made.insert([tab.name for tab in made].index(SEARCH), sample)
    settings = translate("Rail", "Settings")
    return [*made, Tab(SETTINGS, settings, "sliders-horizontal", "Ctrl ,", low=True)]
