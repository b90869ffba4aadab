-- A rerun with nothing new must cost nothing: it neither opens files that have not changed nor loads the code that reads reports.
create table files (
    path     text primary key,               -- absolute
    size     integer not null,               -- bytes
    changed  integer not null,               -- modification time, nanoseconds since 1970
    options  text not null,                  -- what the caller said of it: date and language
    inputs   integer not null,               -- how many pages or rows it holds
    made_by  text not null
) strict, without rowid;

create table code (
    digest   blob primary key,               -- of names, sizes and times of the package's modules
    made_by  text not null                   -- names and versions of the stages that this code has
) strict, without rowid;
