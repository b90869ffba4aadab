"""The four families of events (the quad classes of PLOVER and CAMEO), by which the page colours them."""

from depesche.record import EventType

VERBAL_COOPERATION, MATERIAL_COOPERATION, VERBAL_CONFLICT, MATERIAL_CONFLICT = FAMILIES = (
    "verbal cooperation",
    "material cooperation",
    "verbal conflict",
    "material conflict",
)

_OF: dict[EventType, str] = {
    "AGREE": VERBAL_COOPERATION,
    "CONSULT": VERBAL_COOPERATION,
    "SUPPORT": VERBAL_COOPERATION,
    "CONCEDE": VERBAL_COOPERATION,
    "COOPERATE": MATERIAL_COOPERATION,
    "AID": MATERIAL_COOPERATION,
    "RETREAT": MATERIAL_COOPERATION,
    "REQUEST": VERBAL_CONFLICT,
    "ACCUSE": VERBAL_CONFLICT,
    "REJECT": VERBAL_CONFLICT,
    "THREATEN": VERBAL_CONFLICT,
    "PROTEST": MATERIAL_CONFLICT,
    "SANCTION": MATERIAL_CONFLICT,
    "MOBILIZE": MATERIAL_CONFLICT,
    "COERCE": MATERIAL_CONFLICT,
    "ASSAULT": MATERIAL_CONFLICT,
    "BREACH": MATERIAL_CONFLICT,
}


def family_of(kind: EventType) -> str:
    """The family as a CSS class.

    >>> family_of("AID")
    'material-cooperation'
    """
    return _OF[kind].replace(" ", "-")
