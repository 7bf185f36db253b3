-- What several machines print together, for as long as that takes: all that it is printed from, and the editions; of
-- each of those that is printed, what came of it.
create table press_run (
  id bigint generated always as identity primary key,
  begun_at bigint not null,
  forme text collate "C" not null
);

create table sheet (
  press_run bigint not null references press_run (id) on delete cascade,
  number bigint not null,
  edition text collate "C" not null,
  print text collate "C",
  primary key (press_run, number)
);
