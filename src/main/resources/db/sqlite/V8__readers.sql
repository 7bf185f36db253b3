-- What is known of a subscriber beside the address; null where the newsletter's own is taken.
alter table subscriber add column language text;
alter table subscriber add column zone text;
alter table subscriber add column form text not null default 'HTML';

-- What a subscriber wants of a newsletter. Most have no row: they get each issue if they belong to its segment.
create table reader (
  newsletter text not null,
  subscriber_id integer not null references subscriber (id),
  joined_at integer, -- asked for by themselves
  left_at integer,
  topics text not null default '[]', -- JSON
  frequency text not null default 'EACH',
  hour integer,
  paused_until integer,
  primary key (newsletter, subscriber_id)
) without rowid;

create index reader_subscriber on reader (subscriber_id);

-- Up to which issue those who do not want each one have been written to, and what was here before the last of them.
create table coverage (
  newsletter text not null,
  subscriber_id integer not null references subscriber (id),
  until integer not null,
  due_at integer not null,
  issue_id integer references issue (id),
  until_before integer,
  due_before integer,
  primary key (newsletter, subscriber_id)
) without rowid;

create index coverage_subscriber on coverage (subscriber_id);
create index coverage_issue on coverage (issue_id) where issue_id is not null;

-- Messages, apart from the issues that use them: they are made before the issue is frozen, and not in its transaction.
create table message (
  sha256 text primary key,
  packed integer not null, -- whether the bytes are deflated
  bytes blob not null
);

insert into message (sha256, packed, bytes) select sha256, 0, message from variant group by sha256;

create table variant_of_message (
  issue_id integer not null references issue (id),
  number integer not null,
  name text not null,
  sha256 text not null references message (sha256),
  edition text, -- JSON; null where there was but one
  primary key (issue_id, number)
);

insert into variant_of_message (issue_id, number, name, sha256) select issue_id, number, name, sha256 from variant;

drop table variant;

alter table variant_of_message rename to variant;

create index variant_message on variant (sha256);

-- Which items stand in which variant, as far as all see them who get it.
create table variant_section (
  section_id integer not null references section (id),
  issue_id integer not null,
  number integer not null,
  primary key (section_id, issue_id, number),
  foreign key (issue_id, number) references variant (issue_id, number)
) without rowid;

create index variant_section_issue on variant_section (issue_id);

insert into variant_section (section_id, issue_id, number)
  select x.section_id, x.issue_id, v.number from issued_section x join variant v on v.issue_id = x.issue_id
  where true
  on conflict do nothing;

-- Which issues hold anything of their own is asked for each page of the archive.
create index issued_section_issue on issued_section (issue_id);

-- The same story is known by its address, or by its words.
create index section_heading on section (heading);
create index post_link on post (link) where link is not null;

-- What somebody asked for and has to confirm from their mailbox, and mails that follow from it. All is forgotten soon.
create table request (
  id integer primary key autoincrement, -- a link must not come to stand for another request
  kind text not null,
  newsletter text not null,
  address text not null,
  address_key text not null,
  subscriber_id integer references subscriber (id),
  language text,
  wording text not null,
  requested_at integer not null,
  requested_from text not null,
  block text not null, -- the network that the request came from
  mail text not null default 'READY', -- what became of it
  due_at integer not null,
  attempts integer not null default 0,
  mailed_at integer,
  answered_at integer
);

create index request_block on request (block, requested_at);
create index request_time on request (requested_at);
create index request_address on request (address_key);
create index request_mailed on request (address_key) where mail in ('SENDING', 'SENT', 'REFUSED');
create index request_due on request (newsletter, due_at) where mail in ('READY', 'SENDING');

-- How many went beyond which limit, hour by hour; nothing of whose requests they were.
create table turned_away (
  newsletter text not null,
  by_limit text not null,
  hour integer not null,
  times integer not null,
  primary key (newsletter, by_limit, hour)
) without rowid;

-- The proof: who agreed to what, when, from where, in which words.
create table consent (
  id integer primary key,
  subscriber_id integer not null references subscriber (id),
  newsletter text, -- null: whatever the file was for
  source text not null,
  wording text not null,
  requested_at integer,
  requested_from text,
  confirmed_at integer, -- null: whoever brought the list does not say
  confirmed_from text
);

create index consent_subscriber on consent (subscriber_id);

-- Salted hashes of the addresses of those whose data were erased.
create table erasure (
  hash text primary key,
  erased_at integer not null,
  cleaned integer not null -- whether no free part of the file can hold the address any more
) without rowid;

-- Salted hashes of the addresses that subscribers had before they changed to another.
create table former_address (
  hash text primary key,
  changed_at integer not null
) without rowid;

-- The links of issues whose newsletter counts clicks.
create table link (
  issue_id integer not null references issue (id),
  number integer not null,
  url text not null,
  clicks integer not null default 0,
  primary key (issue_id, number)
) without rowid;
