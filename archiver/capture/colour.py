"""How far a colour in an image is from what it should be, as people see it."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Lab = NDArray[np.float64]
"""(…, 3): L* 0..100, a*, b*, under D50."""

D50: Final = np.array([0.96422, 1.0, 0.82521])
# Linear sRGB to XYZ under D50, adapted by Bradford (ICC sRGB v4 appearance of IEC 61966-2-1).
_TO_XYZ: Final = np.array(
    [
        [0.4360747, 0.3850649, 0.1430804],
        [0.2225045, 0.7168786, 0.0606169],
        [0.0139322, 0.0971045, 0.7141733],
    ]
)


def lab(srgb: NDArray[np.float64]) -> Lab:
    """sRGB, 0..255, (…, 3), as CIE L*a*b* under D50. Source: IEC 61966-2-1; CIE 15."""
    share = np.asarray(srgb, np.float64) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    ratio = linear @ _TO_XYZ.T / D50
    low = ratio <= (6 / 29) ** 3
    f = np.where(low, ratio * (29 / 6) ** 2 / 3 + 4 / 29, np.cbrt(ratio))
    x, y, z = f[..., 0], f[..., 1], f[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def srgb(colours: Lab) -> NDArray[np.float64]:
    """The way back, 0..255, cut off where sRGB cannot show a colour."""
    y = (colours[..., 0] + 16) / 116
    f = np.stack([y + colours[..., 1] / 500, y, y - colours[..., 2] / 200], axis=-1)
    ratio = np.where(f > 6 / 29, f**3, (f - 4 / 29) * 3 * (6 / 29) ** 2)
    linear = np.clip(ratio * D50 @ np.linalg.inv(_TO_XYZ).T, 0, 1)
    share = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.asarray(share * 255, np.float64)


def difference(one: Lab, other: Lab) -> NDArray[np.float64]:
    """CIEDE2000, with all weights 1, of colours pair by pair.

    Source: CIE 142-2001; the steps and the test pairs of Sharma, Wu and Dalal 2005.
    """
    lightness = one[..., 0], other[..., 0]
    mean_chroma = (np.hypot(*_ab(one)) + np.hypot(*_ab(other))) / 2
    stretch = 1.5 - 0.5 * np.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7))
    (c1, h1), (c2, h2) = _chroma_hue(one, stretch), _chroma_hue(other, stretch)
    grey = c1 * c2 == 0
    turn = np.where(grey, 0.0, (h2 - h1 + 180) % 360 - 180)
    turn = np.where(~grey & (np.abs(h2 - h1) == 180), h2 - h1, turn)
    mean_l, mean_c = (lightness[0] + lightness[1]) / 2, (c1 + c2) / 2
    hue = np.where(grey, h1 + h2, _mean_hue(h1, h2))
    d_l, d_c = lightness[1] - lightness[0], c2 - c1
    d_h = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    t = (1 - 0.17 * _cos(hue - 30) + 0.24 * _cos(2 * hue) + 0.32 * _cos(3 * hue + 6)
         - 0.20 * _cos(4 * hue - 63))  # fmt: skip
    s_l = 1 + 0.015 * (mean_l - 50) ** 2 / np.sqrt(20 + (mean_l - 50) ** 2)
    s_c, s_h = 1 + 0.045 * mean_c, 1 + 0.015 * mean_c * t
    blue = 30 * np.exp(-(((hue - 275) / 25) ** 2))
    r_t = -2 * np.sqrt(mean_c**7 / (mean_c**7 + 25.0**7)) * np.sin(np.radians(2 * blue))
    parts = (d_l / s_l) ** 2 + (d_c / s_c) ** 2 + (d_h / s_h) ** 2
    return np.asarray(np.sqrt(parts + r_t * d_c / s_c * d_h / s_h))


def _ab(colours: Lab) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return colours[..., 1], colours[..., 2]


def _chroma_hue(
    colours: Lab, stretch: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    a, b = colours[..., 1] * stretch, colours[..., 2]
    return np.hypot(a, b), np.degrees(np.arctan2(b, a)) % 360


def _mean_hue(h1: NDArray[np.float64], h2: NDArray[np.float64]) -> NDArray[np.float64]:
    total = h1 + h2
    far = np.abs(h1 - h2) > 180
    return np.where(far, np.where(total < 360, total + 360, total - 360), total) / 2


def _cos(angle_deg: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.cos(np.radians(angle_deg)))
