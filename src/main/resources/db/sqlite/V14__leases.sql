-- The rights to send some of an issue's deliveries, while they last: until is by the database's clock. What one lease
-- claimed, no other settles, so a number is never used twice.
create table lease (
  number integer primary key autoincrement,
  issue_id integer not null references issue (id),
  first_subscriber integer not null,
  last_subscriber integer not null,
  holder text not null,
  began_at integer not null,
  until integer not null,
  settled integer not null default 0
);

-- Of a delivery that is SENDING: the number of the lease under which it was claimed; null: of the process lock's holder.
alter table delivery add column lease integer;
