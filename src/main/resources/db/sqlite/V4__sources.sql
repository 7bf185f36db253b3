-- A post that was edited has a row for each text that was kept. item is its id within the source; source_id is that,
-- too, and from the second revision on ends in a line feed and the number of the revision.
alter table post add column item text not null default '';
alter table post add column revision integer not null default 1;
alter table post add column fingerprint text;
-- When the source held it last, and when the source had been read last before it was first seen.
alter table post add column last_seen integer not null default 0;
alter table post add column read_before integer;
-- Older than any newsletter, though it has no date.
alter table post add column archived integer not null default 0;

update post set item = source_id, last_seen = seen;

-- All that decides whether a post is new, so that its text is not read for it: there are many, and few are new.
create index post_item on post
  (source, item, revision, fingerprint, seen, last_seen, published, read_before, archived);

-- How a source answered so far. Instants are null where it never did.
create table source (
  key text primary key,
  standing text not null,
  moved_to text,
  etag text,
  last_modified text,
  looked integer,
  read integer,
  failures integer not null,
  problem text not null,
  next integer,
  entries integer not null
) without rowid;

-- Since when a newsletter reads a source.
create table subscription (
  newsletter text not null,
  source text not null,
  since integer not null,
  is_read integer not null, -- whether it was read as a whole since then
  primary key (newsletter, source)
) without rowid;

-- Posts that tell a story which another post of this or an earlier issue tells: they are no items of their own.
create table merged_post (
  newsletter text not null,
  post_id integer not null references post (id),
  issue_id integer not null references issue (id),
  into_post integer not null references post (id),
  reason text not null,
  primary key (newsletter, post_id)
) without rowid;

-- In how many issues in a row it did not fit.
alter table carried_over add column times integer not null default 1;

-- What an editor should know of the sources of an issue: those that could not be read for it.
alter table issue add column unread text not null default '[]';

-- Paths were known as typed, so two newsletters in different folders shared what was none of each other's. From now on
-- the newsletter's name stands before a path. The first to have issued anything of it keeps the rows, every further
-- one gets rows of its own, and what no newsletter ever issued is read again.
create temporary table reader as
  select distinct i.newsletter, p.source
  from (select newsletter, section_id from issued_section union select newsletter, section_id from carried_over) i
    join section s on s.id = i.section_id
    join post p on p.id = s.post_id
  where p.source not glob '[hH][tT][tT][pP]*://*';

insert into post (source, source_id, link, title, author, published, updated, seen, language, categories, form, content,
                  intro, tail, item, last_seen)
  select r.newsletter || ': ' || p.source, p.source_id, p.link, p.title, p.author, p.published, p.updated, p.seen,
         p.language, p.categories, p.form, p.content, p.intro, p.tail, p.item, p.last_seen
  from reader r join post p on p.source = r.source
  where r.newsletter > (select min(f.newsletter) from reader f where f.source = r.source)
  order by r.newsletter, p.id;

insert into section (post_id, position, heading, subheadings, text)
  select copy.id, s.position, s.heading, s.subheadings, s.text
  from reader r
    join post p on p.source = r.source
    join post copy on copy.source = r.newsletter || ': ' || p.source and copy.source_id = p.source_id
    join section s on s.post_id = p.id
  order by copy.id, s.position;

create temporary table moved as
  select r.newsletter, s.id as was, t.id as became
  from reader r
    join post p on p.source = r.source
    join post copy on copy.source = r.newsletter || ': ' || p.source and copy.source_id = p.source_id
    join section s on s.post_id = p.id
    join section t on t.post_id = copy.id and t.position = s.position;

update issued_section
  set section_id = (select m.became from moved m where m.newsletter = issued_section.newsletter and m.was = section_id)
  where exists (select 1 from moved m where m.newsletter = issued_section.newsletter and m.was = section_id);
update carried_over
  set section_id = (select m.became from moved m where m.newsletter = carried_over.newsletter and m.was = section_id)
  where exists (select 1 from moved m where m.newsletter = carried_over.newsletter and m.was = section_id);

update post
  set source = (select min(f.newsletter) from reader f where f.source = post.source) || ': ' || source
  where exists (select 1 from reader f where f.source = post.source);

drop table moved;
drop table reader;

-- Who issued anything of a source has read it since it was first kept.
insert into subscription (newsletter, source, since, is_read)
  select i.newsletter, p.source, (select min(q.seen) from post q where q.source = p.source), 1
  from (select newsletter, section_id from issued_section union select newsletter, section_id from carried_over) i
    join section s on s.id = i.section_id
    join post p on p.id = s.post_id
  group by i.newsletter, p.source;
