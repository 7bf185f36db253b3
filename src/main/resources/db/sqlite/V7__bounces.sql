-- What came back. Events are added, never changed; the key is the promise that none is counted twice.
create table bounce (
  id integer primary key,
  newsletter text not null,
  message text not null, -- what identifies the mail, or the refusal
  position integer not null,
  subscriber_id integer references subscriber (id),
  issue_id integer references issue (id),
  at integer not null,
  kind text not null,
  status text not null,
  reply text not null,
  feedback text not null,
  evidence text not null,
  trust text not null,
  consequence text not null,
  unique (newsletter, message, position)
);

create index bounce_subscriber on bounce (subscriber_id) where subscriber_id is not null;
create index bounce_issue on bounce (issue_id) where issue_id is not null;

-- Few are refused for good, among all that needed more than one attempt.
create index delivery_refused on delivery_attempt (issue_id) where outcome = 'REJECTED';

-- What was refused before this was watched has no consequence any more.
insert into bounce (newsletter, message, position, subscriber_id, issue_id, at, kind, status, reply, feedback, evidence,
                    trust, consequence)
  select i.newsletter, 'smtp:' || i.name || ':' || a.subscriber_id || ':' || a.attempt, 0, a.subscriber_id, i.id, a.at,
         'UNKNOWN', '', '', '', a.reply, 'SMTP', 'NONE'
  from issue i join delivery_attempt a on a.issue_id = i.id
  where a.outcome = 'REJECTED' and a.phase in ('RCPT', 'DATA', 'DOT') and i.state in ('FINISHED', 'CANCELLED');
