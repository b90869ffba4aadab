"""The closed vocabularies of the record, as the codebook defines them."""

from typing import Literal

PartLabel = Literal[
    "headline", "kicker", "standfirst", "byline", "date", "caption", "subheading", "body", "teaser", "comment", "chrome"
]
REPORT_LABELS: frozenset[PartLabel] = frozenset({"headline", "kicker", "standfirst", "caption", "subheading", "body"})
"""The parts whose sentences are evidence for this report's record (codebook section 1)."""

KnownBy = Literal["given", "metadata", "url", "text", "inferred", "unknown"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
ActorKind = Literal[
    "person", "state", "government", "military", "police", "rebel", "opposition", "party", "judiciary", "legislature",
    "igo", "ngo", "population", "media", "business", "other",
]  # fmt: skip
Mode = Literal["direct", "indirect", "mixed", "reported"]
Status = Literal["happened", "ongoing", "planned", "proposed", "threatened", "possible", "not_happened"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "BREACH",
]  # fmt: skip
FigureKind = Literal["killed", "injured", "missing", "displaced", "detained", "abducted", "released", "in_need"]
NameKind = Literal["person", "place", "organisation", "other"]
Voice = Literal["active", "passive"]
Tense = Literal["present", "past", "perfect", "pluperfect", "future", "none"]
Mood = Literal["indicative", "konjunktiv1", "konjunktiv2", "imperative", "none"]
ClauseKind = Literal["main", "complement", "relative", "adverbial", "infinitive", "participle", "nominal"]
