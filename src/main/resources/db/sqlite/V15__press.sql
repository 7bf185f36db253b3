-- What several machines print together, for as long as that takes: all that it is printed from, and the editions; of
-- each of those that is printed, what came of it.
create table press_run (
  id integer primary key autoincrement,
  begun_at integer not null,
  forme text not null
);

create table sheet (
  press_run integer not null references press_run (id) on delete cascade,
  number integer not null,
  edition text not null,
  print text,
  primary key (press_run, number)
) without rowid;
