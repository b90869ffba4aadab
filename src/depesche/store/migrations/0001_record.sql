-- The record of many reports. One row a finding; every finding can be followed to the characters it rests on:
-- `start` and `end` are code points of articles.text (kept compressed in documents.document).
-- Machine rows are replaced when a report is read again by a newer stage; a person's rows (decisions) never are.
-- The columns are explained in docs/data-dictionary.md; a test holds the two together.

create table articles (
    id            integer primary key,
    key           text not null unique,      -- content hash: same report, same key, in every run
    article_id    text not null,             -- the id in the record document
    origin        text not null,
    url           text,
    source        text,
    language      text not null,
    headline      text,
    kicker        text,
    standfirst    text,
    published     text,                      -- EDTF
    published_lo  text,                      -- first and last day it can be, for comparison
    published_hi  text,
    known_by      text not null,
    not_article   text,
    duplicate_of  integer references articles (id),   -- the first report with this text, whole or cut
    fingerprints  integer not null default 0,         -- how many hashes stand for its text
    made_by       text not null,             -- pipeline version
    first_seen    text not null,             -- UTC
    last_seen     text not null
) strict;
create index articles_published on articles (published_lo);
create index articles_article_id on articles (article_id);
create index articles_url on articles (url) where url is not null;
create index articles_duplicates on articles (duplicate_of) where duplicate_of is not null;

create table documents (
    article   integer primary key references articles (id) on delete cascade,
    document  blob not null                  -- the record document, JSON, zlib
) strict;

create table sentences (
    id       integer primary key,
    article  integer not null references articles (id) on delete cascade,
    start    integer not null,
    end      integer not null
) strict;
create index sentences_article on sentences (article, start);

-- Both indexes are contentless: the text itself lies in the documents, once. Rows go by the 'delete' command of FTS5
-- with the old text, which works in every SQLite that has FTS5.
create virtual table sentences_plain using fts5 (text, content = '', tokenize = "unicode61 remove_diacritics 2", detail = full);
create virtual table sentences_stemmed using fts5 (text, content = '', tokenize = "unicode61 remove_diacritics 0", detail = full);

create table actors (
    id       text primary key,               -- person/john-kerry
    name     text not null,
    name_de  text,
    kind     text not null,
    country  text,
    known    integer not null
) strict, without rowid;
create index actors_country on actors (country);

create table actor_mentions (
    article  integer not null references articles (id) on delete cascade,
    actor    text not null references actors (id),
    start    integer not null,
    end      integer not null,
    form     text not null,
    office   text,                           -- held on the date of the report
    made_by  text not null,
    why      text not null,
    primary key (article, start, end, actor)
) strict, without rowid;
create index actor_mentions_actor on actor_mentions (actor);

create table places (
    id       text primary key,
    name     text not null,
    name_de  text,
    country  text,
    lat      real not null,
    lon      real not null
) strict, without rowid;

create table place_mentions (
    article  integer not null references articles (id) on delete cascade,
    place    text not null references places (id),
    start    integer not null,
    end      integer not null,
    made_by  text not null,
    why      text not null,
    primary key (article, start, end, place)
) strict, without rowid;

create table times (
    article   integer not null references articles (id) on delete cascade,
    start     integer not null,
    end       integer not null,
    edtf      text,
    earliest  text,
    latest    text,
    type      text not null,
    value     text not null,
    approximate integer not null,
    made_by   text not null,
    why       text not null
) strict;
create index times_article on times (article);

create table statements (
    id           integer primary key,
    article      integer not null references articles (id) on delete cascade,
    speaker      text references actors (id),
    speaker_start integer,
    speaker_end  integer,
    start        integer not null,           -- of the first piece of content
    end          integer not null,           -- of the last
    content      text not null,              -- the words themselves, pieces joined by " … "
    spans        text not null,              -- all content spans, JSON
    mode         text not null,
    said_at      text,
    hedged       integer not null,
    confidence   real not null,
    made_by      text not null,
    why          text not null
) strict;
create index statements_article on statements (article);
create index statements_speaker on statements (speaker);

create table events (
    id          integer primary key,
    article     integer not null references articles (id) on delete cascade,
    event_id    text not null,               -- the id in the record document
    type        text not null,
    mode        text,
    start       integer not null,            -- of the trigger
    end         integer not null,
    trigger     text not null,
    sentence_start integer not null,
    sentence_end   integer not null,
    place       text references places (id),
    country     text,                        -- of the place
    happened    text,                        -- EDTF of the event itself
    happened_lo text,
    happened_hi text,
    day         text not null,               -- for ordering: when it happened, else when it was published, else ''
    status      text not null,
    source      text references actors (id),
    confidence  real not null,
    same_as     text,
    copy_of     integer references events (id) on delete set null,  -- the same sentence in an earlier copy of the report
    made_by     text not null,
    why         text not null,
    unique (article, event_id)
) strict;
create index events_day on events (day, id);
create index events_type on events (type, day, id);
create index events_status on events (status, day, id);
create index events_place on events (place, day, id);
create index events_country on events (country, day, id);
create index events_source on events (source, day, id) where source is not null;
create index events_copies on events (copy_of) where copy_of is not null;

create table event_actors (
    event  integer not null references events (id) on delete cascade,
    role   text not null check (role in ('agent', 'recipient')),
    n      integer not null,
    actor  text not null references actors (id),
    day    text not null,                    -- of the event, so that one index finds and orders
    primary key (event, role, n)
) strict, without rowid;
create index event_actors_actor on event_actors (actor, day, event);

create table figures (
    id          integer primary key,
    article     integer not null references articles (id) on delete cascade,
    figure_id   text not null,
    start       integer not null,
    end         integer not null,
    sentence_start integer not null,
    sentence_end   integer not null,
    what        text not null,
    low         integer,
    high        integer,
    approximate integer not null,
    who         text,
    place       text references places (id),
    country     text,
    happened    text,
    happened_lo text,
    happened_hi text,
    day         text not null,
    source      text references actors (id),
    status      text not null,
    part_of     text,
    made_by     text not null,
    why         text not null,
    unique (article, figure_id)
) strict;
create index figures_what on figures (what, day, id);
create index figures_day on figures (day, id);

create table shingles (
    hash     integer not null,               -- winnowed fingerprints of the text, for containment
    article  integer not null references articles (id) on delete cascade,
    primary key (hash, article)
) strict, without rowid;

create table decisions (
    id       integer primary key,
    article  text not null,                  -- articles.key: survives a rerun
    kind     text not null,                  -- event, figure, statement, actor …
    start    integer not null,
    end      integer not null,
    quote    text not null,                  -- the words at the time: a decision is re-attached by place and words
    verdict  text not null check (verdict in ('accept', 'reject', 'correct', 'merge')),
    value    text,                           -- JSON of a correction, or the id that is merged into
    person   text not null,
    note     text,
    decided  text not null
) strict;
create index decisions_article on decisions (article);

create table rejects (
    origin      text primary key,
    reason      text not null,
    first_seen  text not null,
    last_seen   text not null
) strict, without rowid;

create table inputs (
    digest  blob primary key,                -- of the bytes and the options: what has been read need not be read again
    origin  text not null,
    made_by text not null
) strict, without rowid;

create table visits (
    url            text primary key,         -- what a server said of a page, for conditional requests
    etag           text,
    last_modified  text
) strict, without rowid;
