-- What editors changed in a newsletter's next issue: only ever added to. About is the number of a section, the id of a
-- topic, or '' for the issue as a whole. An edit counts until it is undone, or an issue that has it is frozen.
create table edit (
  number integer primary key autoincrement,
  newsletter text not null,
  kind text not null,
  about text not null,
  value text not null,
  at integer not null,
  editor text not null,
  undone integer not null default 0,
  issue_id integer references issue (id)
);

create index edit_newsletter on edit (newsletter, number);
create index edit_issue on edit (issue_id) where issue_id is not null;

-- Who let an issue be sent, and what they saw: the hash of what was frozen, and of each part of it (JSON). Withdrawn by
-- nobody: something of it had changed.
create table approval (
  number integer primary key,
  issue_id integer not null references issue (id),
  approver text not null,
  hash text not null,
  seal text not null,
  approved_at integer not null,
  withdrawn_at integer,
  withdrawn_by text
);

-- The key is the promise: nobody approves an issue twice.
create unique index approval_standing on approval (issue_id, approver) where withdrawn_at is null;

-- How many people must approve, and how long sending waits then, in milliseconds; the moment before which it does not
-- begin; and for whom it was made (JSON).
alter table issue add column approvers integer not null default 1;
alter table issue add column grace integer not null default 0;
alter table issue add column send_after integer;
alter table issue add column audience text;

-- Who approved these was not written down.
update issue set approvers = 0 where approved_at is not null;
