-- Which recipients share a pace; '' stands for those in no group.
alter table delivery add column domain_group text not null default '';

-- Of a delivery that is SENDING: null where nobody notes how far it got, else CONNECT, and DOT before its dot leaves.
alter table delivery add column phase text;

drop index delivery_open;

-- Only what still has to be done: it shrinks to nothing as an issue is sent. The order is that of claims.
create index delivery_open on delivery (issue_id, state, domain_group, due_at, subscriber_id)
  where state in ('READY', 'SENDING', 'DEFERRED', 'IN_DOUBT');

-- How mail flowed last: paces that limit a relay or a domain group, 0 a minute where the receivers have shown no limit.
create table pace (
  name text primary key,
  per_minute real not null,
  tokens real not null,
  at integer not null
) without rowid;

create table relay_failure (
  relay text primary key,
  failures integer not null,
  failed_at integer not null
) without rowid;
