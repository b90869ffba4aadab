"""Indexes that only questions need: they can be left out while a new record is loaded in bulk, and made in one go later.

Kept up row by row, they take half the time of loading a million events and five sixths of what is written to the disk: the rows
of one load belong to days, types and actors all over each of them. Made at the end they are sorted once. The record is complete
without them, and every question has its answer; those about a part of the events only wait longer.
"""

import sqlite3

import msgspec

QUESTIONS = (
    "articles_published", "articles_article_id", "articles_url", "actors_country", "actor_mentions_actor", "statements_speaker",
    "events_day", "events_type", "events_status", "events_place", "events_country", "events_source", "events_sentence",
    "event_actors_actor", "figures_what", "figures_day", "figures_sentence",
)  # fmt: skip
"""None of those that loading itself looks things up by, or that a foreign key is followed by when a report is taken out."""


def put_off(connection: sqlite3.Connection) -> None:
    """Leave these indexes out until `catch_up`; the file itself notes which, so that whoever opens it next can make them."""
    rows = connection.execute(
        "select name, sql from sqlite_schema where type = 'index' and name in (select value from json_each(?))",
        (msgspec.json.encode(QUESTIONS).decode(),),
    ).fetchall()
    connection.execute("begin immediate")
    try:
        connection.executemany("insert into put_off (name, sql) values (?, ?)", rows)
        for name, _ in rows:
            connection.execute(f"drop index {name}")
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def is_put_off(connection: sqlite3.Connection) -> bool:
    """Whether indexes are missing."""
    return bool(connection.execute("select exists (select 1 from put_off)").fetchone()[0])


def catch_up(connection: sqlite3.Connection) -> None:
    """Make what is missing, each in its own transaction: a stop costs one of them."""
    if not is_put_off(connection):
        return
    # A sort of some gigabytes belongs on the disk, not in memory as the small ones of questions.
    connection.execute("pragma temp_store = file")
    for name, sql in connection.execute("select name, sql from put_off").fetchall():
        connection.execute("begin immediate")
        try:
            # Whoever reads may have been quicker.
            if connection.execute("delete from put_off where name = ?", (name,)).rowcount:
                connection.execute(sql)
            connection.execute("commit")
        except BaseException:
            connection.execute("rollback")
            raise
    connection.execute("pragma temp_store = memory")
