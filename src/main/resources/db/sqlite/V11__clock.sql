-- The due times of each newsletter that are done with, or in hand.
create table due_time (
  newsletter text not null,
  time integer not null,
  result text not null,
  began_at integer not null,
  before_issue text,
  issue text,
  words text not null default '',
  primary key (newsletter, time)
) without rowid;
