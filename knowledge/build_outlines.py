"""Country outlines for the map of `depesche show`, from Natural Earth (public domain) as the npm package world-atlas packs it.

npm pack world-atlas && tar xzf world-atlas-*.tgz
python -m knowledge.build_outlines package/countries-110m.json > src/depesche/web/outlines.tsv
"""

import json
import sys
from pathlib import Path


def main() -> None:
    """Print one line a ring: tenths of a degree, longitude and latitude in turn."""
    atlas = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round((x * sx + tx) * 10), round((y * sy + ty) * 10)))
        arcs.append(points)
    print(
        "# Country outlines, tenths of a degree. Source: Natural Earth 4.1, 1:110m (public domain), by way of world-atlas 2.0.2 (ISC)."
    )
    print("ring")
    for country in atlas["objects"]["countries"]["geometries"]:
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        for polygon in polygons:
            for ring in polygon:
                points = [p for arc in ring for p in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])]
                thinned = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
                print("|".join(f"{x} {y}" for x, y in thinned))


if __name__ == "__main__":
    main()
