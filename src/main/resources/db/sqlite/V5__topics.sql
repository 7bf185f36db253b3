-- What a newsletter's topics made of a section. The scheme tells apart what was assigned under other topics; topics is a
-- JSON list, the main one first. An editor's word bears the moment of its giving and outlives every scheme.
create table assignment (
  newsletter text not null,
  section_id integer not null references section (id),
  scheme text not null,
  topics text not null,
  assignment text not null,
  corrected_at integer,
  unique (newsletter, section_id)
);

-- All that is asked of many sections at once, so that the explanations are not read for it; and by section.
create index assignment_topics on assignment (newsletter, section_id, scheme, corrected_at, topics);
create index assignment_section on assignment (section_id);

-- What an editor wants of a section in the next issue: PIN, LEAD or DROP.
create table choice (
  newsletter text not null,
  section_id integer not null references section (id),
  choice text not null,
  chosen_at integer not null,
  primary key (newsletter, section_id)
) without rowid;

create index choice_section on choice (section_id);

-- What an issue was made of, its candidates without their texts.
alter table issue add column draft text;
