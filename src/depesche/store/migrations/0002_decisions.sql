-- People's decisions take effect: a finding knows the decision that stands on it, and whether that overruled it. A corrected
-- finding is a row of its own (made_by 'person/…') beside the machine's, which stays as it was.
create table decisions_new (
    id       integer primary key,
    article  text not null,                  -- articles.key: survives a rerun
    kind     text not null check (kind in ('event', 'figure', 'statement')),
    start    integer not null,
    end      integer not null,
    quote    text not null,                  -- the words at the time: a decision is re-attached by place and words
    was      text not null,                  -- what the machine had said there: "CONSULT", "killed", "direct"
    verdict  text not null check (verdict in ('accept', 'reject', 'correct', 'withdraw')),
    value    text,                           -- JSON of a correction
    person   text not null,
    note     text,
    decided  text not null
) strict;
insert into decisions_new (id, article, kind, start, end, quote, was, verdict, value, person, note, decided)
    select id, article, kind, start, end, quote, '', verdict, value, person, note, decided
    from decisions where kind in ('event', 'figure', 'statement') and verdict <> 'merge';
drop table decisions;
alter table decisions_new rename to decisions;
create index decisions_article on decisions (article);

alter table statements add column decision integer references decisions (id);
alter table statements add column overruled integer not null default 0;
alter table events add column decision integer references decisions (id);
alter table events add column overruled integer not null default 0;
alter table figures add column decision integer references decisions (id);
alter table figures add column overruled integer not null default 0;
create index statements_decision on statements (decision) where decision is not null;
create index events_decision on events (decision) where decision is not null;
create index figures_decision on figures (decision) where decision is not null;

-- A word found in the full-text index leads to its events without a detour over their reports.
alter table events add column sentence integer;            -- sentences.id
alter table figures add column sentence integer;            -- sentences.id
update events set sentence =
    (select s.id from sentences s where s.article = events.article and s.start = events.sentence_start);
update figures set sentence =
    (select s.id from sentences s where s.article = figures.article and s.start = figures.sentence_start);
create index events_sentence on events (sentence);
create index figures_sentence on figures (sentence);

-- One run of eight words in eight is kept, where it was two in five; the old ones would match only themselves. Reports get
-- the new ones when they are next read.
delete from shingles;
