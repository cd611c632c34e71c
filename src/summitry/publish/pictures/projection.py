"""The Equal Earth projection (Šavrič, Patterson and Jenny, 2018) that the frozen outline and the dots on it share."""

import math
from typing import Final

WIDTH: Final = 1000.0  # of the whole world, in units of the map
CENTRE: Final = 11.0  # central meridian: the seam runs through the Bering Strait, and no country is cut in two
_A: Final = (1.340264, -0.081106, 0.000893, 0.003796)
_M: Final = math.sqrt(3) / 2


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Degrees to units of the map, x to the right and y down.

    >>> [round(v) for v in project(0, 11)]
    [500, 243]
    """
    return onto_sheet(latitude, (longitude - CENTRE + 540) % 360 - 180)


def onto_sheet(latitude: float, east: float) -> tuple[float, float]:
    """The same for degrees east of the central meridian, beyond 180 for an island that lies across the seam."""
    x, y = _raw(math.radians(east), math.radians(latitude))
    return WIDTH / 2 + x * _SCALE, HEIGHT / 2 - y * _SCALE


def _raw(longitude: float, latitude: float) -> tuple[float, float]:
    theta = math.asin(_M * math.sin(latitude))
    square = theta * theta
    sixth = square**3
    a, b, c, d = _A
    x = longitude * math.cos(theta) / (_M * (a + 3 * b * square + sixth * (7 * c + 9 * d * square)))
    return x, theta * (a + b * square + sixth * (c + d * square))


_SCALE: Final = WIDTH / 2 / _raw(math.pi, 0)[0]
HEIGHT: Final = 2 * _SCALE * _raw(0, math.pi / 2)[1]
