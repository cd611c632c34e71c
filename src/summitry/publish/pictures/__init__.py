"""Pictures of a set of encounters as accessible SVG, each with a table that says the same: bars, timeline, matrix, map.

All are pure functions of values; a web page and a static site draw the same ones. `stylesheet()` gives the colours.
"""

from summitry.publish.pictures.bars import bars, bars_table, tally
from summitry.publish.pictures.map import Places, Spot, Trip, credit, map_table, outline, places, world_map
from summitry.publish.pictures.matrix import matrix, matrix_table, pairs
from summitry.publish.pictures.svg import Cell, Look, Table, stylesheet, table_html
from summitry.publish.pictures.timeline import direction, timeline, timeline_table

__all__ = [
    "Cell", "Look", "Places", "Spot", "Table", "Trip", "bars", "bars_table", "credit", "direction", "map_table", "matrix",
    "matrix_table", "outline", "pairs", "places", "stylesheet", "table_html", "tally", "timeline", "timeline_table", "world_map",
]  # fmt: skip
