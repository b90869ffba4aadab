"""Who acts on whom, as a directed network (GraphML)."""

import xml.etree.ElementTree as ET
from pathlib import Path

from depesche.store.queries import OpenRecord

_SPACE = "http://graphml.graphdrawing.org/xmlns"
_KEYS = (
    ("name", "node", "string"),
    ("kind", "node", "string"),
    ("country", "node", "string"),
    ("type", "edge", "string"),
    ("count", "edge", "int"),
)
_EDGES = """
select a.actor, r.actor, e.type, count(*) from events e
join event_actors a on a.event = e.id and a.role = 'agent' join event_actors r on r.event = e.id and r.role = 'recipient'
where e.status in ('happened', 'ongoing') and e.copy_of is null and not e.overruled group by 1, 2, 3 order by 1, 2, 3
"""
_TOGETHER = """
select a.actor, b.actor, e.type, count(*) from events e
join event_actors a on a.event = e.id and a.role = 'agent' join event_actors b on b.event = e.id and b.role = 'agent'
where e.status in ('happened', 'ongoing') and e.copy_of is null and not e.overruled and a.actor < b.actor
  and e.type in ('CONSULT', 'AGREE', 'COOPERATE') group by 1, 2, 3 order by 1, 2, 3
"""


def write_network(record: OpenRecord, path: Path) -> None:
    """Actors as nodes; what happened between them as edges, one a type, with the number of events.

    Symmetric acts (CONSULT, AGREE, COOPERATE) join their agents, from the id that comes first in the alphabet.
    """
    ET.register_namespace("", _SPACE)
    root = ET.Element(f"{{{_SPACE}}}graphml")
    for name, scope, kind in _KEYS:
        ET.SubElement(root, f"{{{_SPACE}}}key", {"id": name, "for": scope, "attr.name": name, "attr.type": kind})
    graph = ET.SubElement(root, f"{{{_SPACE}}}graph", edgedefault="directed")
    edges = [*record.connection.execute(_EDGES), *record.connection.execute(_TOGETHER)]
    used = {actor for edge in edges for actor in edge[:2]}
    for actor, *values in record.connection.execute("select id, name, kind, country from actors order by id"):
        if actor in used:
            node = ET.SubElement(graph, f"{{{_SPACE}}}node", id=actor)
            _data(node, zip(("name", "kind", "country"), values, strict=True))
    for source, target, kind, count in edges:
        edge = ET.SubElement(graph, f"{{{_SPACE}}}edge", source=source, target=target)
        _data(edge, (("type", kind), ("count", count)))
    ET.indent(root)
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _data(parent: ET.Element, values: "zip[tuple[str, object]] | tuple[tuple[str, object], ...]") -> None:
    for key, value in values:
        if value is not None:
            ET.SubElement(parent, f"{{{_SPACE}}}data", key=key).text = _clean(str(value))


def _clean(text: str) -> str:
    """XML 1.0 has no place for control characters."""
    return "".join(c for c in text if c >= " " or c in "\t\n")
