-- What programs were answered to a request with an Idempotency-Key; without an answer, it is being done.
create table kept_answer (
  token_id integer not null references api_token (id),
  word text not null,
  request text not null,
  claimed_at integer not null,
  status integer,
  type text,
  location text,
  body text,
  primary key (token_id, word)
) without rowid;

-- What programs elsewhere may want to hear of, written with what happened; gone once each webhook has its message.
create table happening (
  id integer primary key,
  event text not null,
  newsletter text, -- null: all
  issue text,
  subscriber_id integer,
  kind text,
  at integer
);

create trigger happening_approved after update of state on issue
  when old.state = 'AWAITING_APPROVAL' and new.state = 'APPROVED' begin
  insert into happening (event, newsletter, issue, at)
  values ('issue.approved', new.newsletter, new.name, new.approved_at);
end;
create trigger happening_sent after update of state on issue
  when new.state = 'FINISHED' and old.state <> 'FINISHED' begin
  insert into happening (event, newsletter, issue, at) values ('issue.sent', new.newsletter, new.name, new.finished_at);
end;
create trigger happening_bounced after insert on bounce when new.kind in ('HARD', 'SOFT', 'COMPLAINT') begin
  insert into happening (event, newsletter, issue, subscriber_id, kind, at)
  values (
    iif(new.kind = 'COMPLAINT', 'complaint', 'bounce'),
    new.newsletter,
    (select name from issue where id = new.issue_id),
    new.subscriber_id,
    lower(new.kind),
    new.at);
end;
create trigger happening_left_all after update of state on subscriber
  when new.state = 'UNSUBSCRIBED' and old.state <> 'UNSUBSCRIBED' begin
  insert into happening (event, subscriber_id, at) values ('subscriber.unsubscribed', new.id, new.left_at);
end;
create trigger happening_left after update of left_at on reader
  when new.left_at is not null and old.left_at is null begin
  insert into happening (event, newsletter, subscriber_id, at)
  values ('subscriber.unsubscribed', new.newsletter, new.subscriber_id, new.left_at);
end;
create trigger happening_never_read after insert on reader when new.left_at is not null begin
  insert into happening (event, newsletter, subscriber_id, at)
  values ('subscriber.unsubscribed', new.newsletter, new.subscriber_id, new.left_at);
end;

-- A message for one webhook, until that has taken it or it is given up. No address stands here.
create table webhook_message (
  number integer primary key,
  id text not null unique,
  newsletter text not null,
  url text not null,
  event text not null,
  body text not null,
  subscriber_id integer,
  state text not null default 'WAITING',
  made_at integer not null,
  due_at integer not null,
  tries integer not null default 0,
  tried_at integer,
  answer text not null default ''
);

create index webhook_message_waiting on webhook_message (due_at) where state = 'WAITING';
