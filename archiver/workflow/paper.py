"""Arabic on paper: HTML in, PDF out. Loads Pango, so it is imported where it is wanted."""

import html
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from PIL import ImageFile

from archiver.errors import ToolMissing
from archiver.settings import resource

_FONT: Final = "IBMPlexSansArabic-{weight}.ttf"
_WEIGHTS: Final = (("Regular", 400), ("SemiBold", 700))
_STYLE: Final = """
@page { size: A4; margin: 18mm 16mm 20mm;
  @bottom-center { content: counter(page) " / " counter(pages); font: 9pt Plex; color: #555; } }
html { font: 10pt/1.5 Plex; color: #111; }
h1 { font-size: 17pt; margin: 0; text-align: center; }
h2 { font-size: 12pt; margin: 6mm 0 2mm; border-bottom: 0.5pt solid #999; }
.house { text-align: center; color: #444; margin: 0 0 4mm; }
table { width: 100%; border-collapse: collapse; margin: 2mm 0; }
thead { display: table-header-group; } tr { break-inside: avoid; }
th, td { border: 0.4pt solid #888; padding: 1.2mm 1.6mm; text-align: start; vertical-align: top; }
th { background: #eee; font-weight: 700; }
.hash, .name { direction: ltr; font-size: 7.5pt; overflow-wrap: anywhere; }
td.count { text-align: center; }
.facts th, .facts td { border: 0; background: none; padding: 0.3mm 1mm; }
.facts th { color: #555; font-weight: 400; width: 38mm; }
.sign { margin-top: 10mm; break-inside: avoid; }
.sign td { height: 14mm; width: 33%; }
.light { display: inline-block; width: 3.2mm; height: 3.2mm; border-radius: 50%; }
.green { background: #1b7f3b; } .yellow { background: #e0a800; } .red { background: #b3261e; }
"""


def told(text: object) -> str:
    """`text` as it stands between tags, alone in its direction."""
    return f"<bdi>{html.escape(str(text))}</bdi>"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already; its heads are plain words.

    A row of one cell goes through the whole width.
    """
    top = "".join(f"<th>{html.escape(head)}</th>" for head in heads)
    body = "".join(f"<tr>{_cells(row, len(heads))}</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _cells(row: Sequence[str], width: int) -> str:
    if len(row) == 1:
        return f'<td colspan="{width}">{row[0]}</td>'
    return "".join(f"<td>{cell}</td>" for cell in row)


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    rows = "".join(
        f"<tr><th>{html.escape(name)}</th><td>{told(text)}</td></tr>" for name, text in pairs
    )
    return f'<table class="facts"><tbody>{rows}</tbody></table>'


def printed(title: str, body: str, *, language: str, direction: str, style: str = "") -> bytes:
    """A PDF of `body` (HTML), with `style` (CSS) beside the house's own.

    Raises ToolMissing where Pango is not there.
    """
    try:
        with _strict_pictures():
            import weasyprint  # noqa: PLC0415 - half a second, and Pango
    except OSError as error:
        raise ToolMissing(tool="pango", detail=error) from error
    faces = "".join(_face(name, weight) for name, weight in _WEIGHTS)
    head = f"<title>{html.escape(title)}</title><style>{faces}{_STYLE}{style}</style>"
    page = (
        f'<html lang="{language}" dir="{direction}"><head>{head}</head><body>{body}</body></html>'
    )
    # Nothing that stands in a title or a name makes us open a file or an address.
    inside = weasyprint.URLFetcher(allowed_protocols={"data"})
    return bytes(weasyprint.HTML(string=page, url_fetcher=inside).write_pdf())


@contextmanager
def _strict_pictures() -> Iterator[None]:
    """weasyprint makes Pillow fill up truncated pictures, for the whole process; we refuse them."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _face(name: str, weight: int) -> str:
    content = b64encode((resource("fonts") / _FONT.format(weight=name)).read_bytes()).decode()
    source = f"url(data:font/ttf;base64,{content})"
    return f"@font-face {{ font-family: Plex; font-weight: {weight}; src: {source}; }}"
