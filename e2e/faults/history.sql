-- Records every change of a job's status and every run that claims a job, with the database's clock. The harness
-- checks invariants and measures recovery times with these rows. Only the harness installs this table.
create table job_history (
  id bigint generated always as identity primary key,
  job_id uuid not null,
  before job_status,
  after job_status not null,
  run_token uuid,
  at timestamptz not null default clock_timestamp()
);

create function record_job_history() returns trigger language plpgsql as $$
begin
  insert into job_history (job_id, before, after, run_token)
  values (new.id, case when tg_op = 'UPDATE' then old.status end, new.status, new.run_token);
  return null;
end $$;

create trigger job_history_insert after insert on promotion_jobs for each row execute function record_job_history();
create trigger job_history_update after update on promotion_jobs for each row
  when (old.status <> new.status or old.run_token is distinct from new.run_token) execute function record_job_history();
