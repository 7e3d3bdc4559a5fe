-- Every change of a job's state, and every run that took it up, by the database's clock: what the harness
-- judges and measures by. Installed in its own databases only.
create table job_history (
  id bigint generated always as identity primary key,
  job_id uuid not null,
  before job_status,
  after job_status not null,
  run_token uuid,
  at timestamptz not null default clock_timestamp()
);

create function job_history_keep() returns trigger language plpgsql as $$
begin
  insert into job_history (job_id, before, after, run_token)
  values (new.id, case when tg_op = 'UPDATE' then old.status end, new.status, new.run_token);
  return null;
end $$;

create trigger job_history_made after insert on promotion_jobs for each row execute function job_history_keep();
create trigger job_history_changed after update on promotion_jobs for each row
  when (old.status <> new.status or old.run_token is distinct from new.run_token) execute function job_history_keep();
