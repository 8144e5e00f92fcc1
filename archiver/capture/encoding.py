"""In the limited child: a quick TIFF becomes a small one, proved to hold the same pixels."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from PIL import Image

from archiver.capture.sheets import Request
from archiver.capture.unpacking import main
from archiver.errors import DamagedFile
from archiver.i18n import N_

RESULT: Final = "encoded.tif"
_PREDICTOR, _HORIZONTAL = 317, 2  # TIFF revision 6.0, section 14: differences, not values
_FORMS: Final[dict[str, dict[str, Any]]] = {
    "lzw": {"compression": "tiff_lzw", "tiffinfo": {_PREDICTOR: _HORIZONTAL}},
    "deflate": {"compression": "tiff_adobe_deflate", "tiffinfo": {_PREDICTOR: _HORIZONTAL}},
    "g4": {"compression": "group4"},
}
FORMS: Final = ("lzw", "deflate")  # of grey and colour
LINEART_FORMS: Final = ("g4", "lzw", "deflate")


def encoded(request: Request) -> Iterator[dict[str, Any]]:
    """`media_type` of the request names the form for grey and colour, and that for lineart."""
    Image.MAX_IMAGE_PIXELS = None
    form, lineart_form = request.media_type.split()
    with Image.open(request.source, formats=["TIFF"]) as image:
        bilevel = image.mode == "1"
        options = dict(_FORMS[lineart_form if bilevel else form])
        if bilevel:
            options.pop("tiffinfo", None)  # differences of single bits are no TIFF
        image.save(RESULT, "TIFF", dpi=image.info["dpi"], **options)
        with Image.open(RESULT, formats=["TIFF"]) as made:
            same = (made.mode, made.size, made.info["dpi"]) == (
                image.mode, image.size, image.info["dpi"],
            )  # fmt: skip
            if not same or made.tobytes() != image.tobytes():
                raise DamagedFile(detail=N_("the encoded image is not the same"))
    yield {"bytes": Path(RESULT).stat().st_size}


if __name__ == "__main__":
    main(encoded)
