-- Loading must not slow down as a record grows: what would touch a page of the file for nearly every row is gathered first.

-- The hash of a run of words lies anywhere among those of all other reports. New ones are kept by report, and filed among the
-- others many at a time, in order.
create table unfiled (
    article  integer primary key references articles (id) on delete cascade,
    hashes   blob not null                   -- 8 bytes each, little-endian
) strict;

-- Without a reference to articles: to take one report out, SQLite would look through the hashes of all (there is no index by
-- article, and one would be as large as the table). The loader takes them out one by one.
create table shingles_new (
    hash     integer not null,               -- winnowed fingerprints of the text, for containment
    article  integer not null,
    primary key (hash, article)
) strict, without rowid;
insert into shingles_new select hash, article from shingles order by hash, article;
drop table shingles;
alter table shingles_new rename to shingles;

-- Indexes that only questions need, left out while a new record is loaded in bulk and made in one go when that is over.
create table put_off (
    name  text primary key,
    sql   text not null
) strict, without rowid;
