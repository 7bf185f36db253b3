-- Who works at the desk. Nobody is deleted, since the audit log names them.
create table editor (
  id integer primary key autoincrement,
  name text not null unique,
  role text not null,
  disabled integer not null default 0,
  password text, -- bcrypt
  made_at integer not null,
  seen_at integer,
  epoch integer not null default 0, -- grows when sessions must end
  link text unique, -- SHA-256 of a one-time link
  link_until integer,
  secret text, -- of one-time codes that are asked for
  offered text, -- of one-time codes that are to be confirmed
  step integer -- of the last code that was used
);

create table recovery_code (
  editor_id integer not null references editor (id),
  hash text not null,
  used_at integer,
  primary key (editor_id, hash)
) without rowid;

create table api_token (
  id integer primary key autoincrement, -- a number must not come to stand for another token
  editor_id integer not null references editor (id),
  label text not null,
  scopes text not null, -- JSON
  hash text not null unique,
  made_at integer not null,
  expires_at integer,
  used_on integer, -- days since 1970: more would be a record of somebody's habits
  revoked_at integer
);

create table login_attempt (
  counter text primary key, -- a hash: people type passwords where a name should stand
  failures integer not null,
  last_at integer not null
) without rowid;

create index login_attempt_last on login_attempt (last_at);

-- Who did what. Rows are added at the end; nothing else can be done to them.
create table act (
  number integer primary key,
  at integer not null,
  who text not null,
  origin text not null,
  what text not null,
  subject text not null,
  detail text not null,
  before text not null, -- the seal of the row before
  seal text not null
);

create index act_subject on act (subject);
create index act_who on act (who);
create index act_at on act (at);

create trigger act_stays before update on act begin
  select raise(abort, 'the audit log is never changed');
end;

create trigger act_remains before delete on act begin
  select raise(abort, 'nothing is deleted from the audit log');
end;

-- Also keeps "insert or replace" from deleting, which fires no trigger.
create trigger act_follows before insert on act
when new.number is not (select coalesce(max(number), 0) + 1 from act)
  or new.before is not coalesce((select seal from act order by number desc limit 1), '0000000000000000000000000000000000000000000000000000000000000000')
begin
  select raise(abort, 'an act is added at the end of the audit log only');
end;
