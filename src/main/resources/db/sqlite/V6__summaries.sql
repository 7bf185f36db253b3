-- What a machine answered, by the digest of the question: endpoint, model, task and text.
create table summary (
  question text primary key,
  text text not null
) without rowid;
