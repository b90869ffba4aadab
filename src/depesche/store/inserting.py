"""The SQL that inserts a row of each table, its columns in the order in which `preparing` gives their values."""

_INTO = {
    "articles": "articles (id, key, duplicate_of, fingerprints, made_by, first_seen, last_seen, article_id, origin, url, "
    "source, language, headline, kicker, standfirst, published, published_lo, published_hi, known_by, not_article)",
    "documents": "documents (article, document)",
    "sentences": "sentences (id, article, start, end)",
    "plain": "sentences_plain (rowid, text)",
    "stemmed": "sentences_stemmed (rowid, text)",
    "actors": "actors (id, name, name_de, kind, country, known)",
    "places": "places (id, name, name_de, country, lat, lon)",
    "mentions": "actor_mentions (article, actor, start, end, form, office, made_by, why)",
    "place_mentions": "place_mentions (article, place, start, end, made_by, why)",
    "times": "times (article, start, end, edtf, earliest, latest, type, value, approximate, made_by, why)",
    "statements": "statements (id, article, speaker, speaker_start, speaker_end, start, end, content, spans, mode, "
    "said_at, hedged, confidence, made_by, why)",
    "events": "events (id, article, sentence, copy_of, event_id, type, mode, start, end, trigger, sentence_start, "
    "sentence_end, place, country, happened, happened_lo, happened_hi, day, status, source, confidence, same_as, "
    "made_by, why)",
    "event_actors": "event_actors (event, role, n, actor, day)",
    "figures": "figures (id, article, sentence, figure_id, start, end, sentence_start, sentence_end, what, low, high, "
    "approximate, who, place, country, happened, happened_lo, happened_hi, day, source, status, part_of, made_by, why)",
}
"""Tables and columns, in the order in which they are written: a row comes after what it refers to."""

_IGNORED = frozenset({"places", "mentions", "place_mentions"})
"""Tables in which the same row may come again."""

_ACTOR_AGAIN = (
    "on conflict (id) do update set name = excluded.name, name_de = excluded.name_de, kind = excluded.kind, "
    "country = excluded.country, known = excluded.known"
)


def statement_for(table: str) -> str:
    """The SQL that inserts one row of a table."""
    columns = _INTO[table].count(",") + 1
    verb = "insert or ignore into" if table in _IGNORED else "insert into"
    return f"{verb} {_INTO[table]} values ({', '.join('?' * columns)}) {_ACTOR_AGAIN if table == 'actors' else ''}"


TABLES = tuple(_INTO)
"""Every table, in the order in which they are written."""
