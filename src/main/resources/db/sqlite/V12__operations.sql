-- Which home folder this database belongs to, and how far it has come; outside it, courant.instance says the same.
create table instance (
  only_row integer primary key check (only_row = 1),
  id text not null,
  generation integer not null
);

-- An older database must be known by what it lacks. Sending moves the generation on, and so does whoever wants no mail.
create trigger instance_suppressed after insert on suppression begin
  update instance set generation = generation + 1;
end;
create trigger instance_erased after insert on erasure begin
  update instance set generation = generation + 1;
end;
create trigger instance_left after update of state on subscriber when new.state <> old.state begin
  update instance set generation = generation + 1;
end;
create trigger instance_reader_left after update of left_at on reader when new.left_at is not old.left_at begin
  update instance set generation = generation + 1;
end;
create trigger instance_reader_gone after insert on reader when new.left_at is not null begin
  update instance set generation = generation + 1;
end;
