-- Instants are epoch milliseconds. Lists and explanations that are only ever read whole are JSON.

create table post (
  id integer primary key,
  source text not null,
  source_id text not null,
  link text,
  title text not null,
  author text,
  published integer not null,
  updated integer,
  seen integer not null,
  language text,
  categories text not null,
  form text not null,
  content text not null,
  intro text not null,
  tail text,
  unique (source, source_id)
);

create table section (
  id integer primary key,
  post_id integer not null references post (id),
  position integer not null,
  heading text not null,
  subheadings text not null,
  text text not null,
  unique (post_id, position)
);

create table subscriber (
  id integer primary key autoincrement, -- an id is never used twice: links in old mails carry it
  address text not null,
  address_key text not null unique,
  name text not null,
  state text not null,
  joined integer not null,
  left_at integer
);

create table subscriber_tag (
  tag text not null,
  subscriber_id integer not null references subscriber (id),
  primary key (tag, subscriber_id)
) without rowid;

create index subscriber_tag_of on subscriber_tag (subscriber_id);

create table suppression (
  address_key text primary key,
  reason text not null,
  suppressed_at integer not null
) without rowid;

create table issue (
  id integer primary key,
  name text not null unique,
  newsletter text not null,
  state text not null,
  subject text not null,
  candidates integer not null,
  content text not null,
  imprint text not null,
  frozen_at integer not null,
  approved_at integer,
  finished_at integer
);

create index issue_newsletter on issue (newsletter, id);

-- The key is the promise: no item stands in two issues of a newsletter.
create table issued_section (
  newsletter text not null,
  section_id integer not null references section (id),
  issue_id integer not null references issue (id),
  primary key (newsletter, section_id)
) without rowid;

-- What was new but did not fit, with the last issue that said so.
create table carried_over (
  newsletter text not null,
  section_id integer not null references section (id),
  issue_id integer not null references issue (id),
  primary key (newsletter, section_id)
) without rowid;

create table variant (
  issue_id integer not null references issue (id),
  number integer not null,
  name text not null,
  sha256 text not null,
  message blob not null,
  primary key (issue_id, number)
);

-- The key is the promise: one delivery per issue and subscriber.
create table delivery (
  issue_id integer not null references issue (id),
  subscriber_id integer not null references subscriber (id),
  variant integer not null,
  state text not null,
  attempt integer not null default 0,
  in_doubt integer not null default 0,
  due_at integer,
  primary key (issue_id, subscriber_id)
) without rowid;

-- Only what still has to be done: it shrinks to nothing as an issue is sent.
create index delivery_open on delivery (issue_id, state, subscriber_id)
  where state in ('READY', 'SENDING', 'DEFERRED', 'IN_DOUBT');

create table delivery_attempt (
  issue_id integer not null,
  subscriber_id integer not null,
  attempt integer not null,
  at integer not null,
  phase text not null,
  reply text not null,
  outcome text not null,
  primary key (issue_id, subscriber_id, attempt),
  foreign key (issue_id, subscriber_id) references delivery (issue_id, subscriber_id)
) without rowid;
