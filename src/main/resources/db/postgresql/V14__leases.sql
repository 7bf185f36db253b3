-- The rights to send some of an issue's deliveries, while they last: until is by the database's clock. What one lease
-- claimed, no other settles, so a number is never used twice.
create table lease (
  number bigint generated always as identity primary key,
  issue_id bigint not null references issue (id),
  first_subscriber bigint not null,
  last_subscriber bigint not null,
  holder text collate "C" not null,
  began_at bigint not null,
  until bigint not null,
  settled bigint not null default 0
);

-- Of a delivery that is SENDING: the number of the lease under which it was claimed; null: of the process lock's holder.
alter table delivery add column lease bigint;

-- Claims are asked for by ranges of subscribers. What is of another group is passed over, which costs no more than the
-- group's name in each entry would, and takes less room.
drop index delivery_open;
create index delivery_open on delivery (issue_id, state, subscriber_id)
  where state in ('READY', 'SENDING', 'DEFERRED', 'IN_DOUBT');

-- Each delivery is changed twice, so what is left of old versions is to be cleared away while an issue is sent.
alter table delivery set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.1);
