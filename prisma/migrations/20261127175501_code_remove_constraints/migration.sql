-- A migration of its own: PostgreSQL cannot use a new value of an enum in the transaction that adds it.
ALTER TABLE "promotion_jobs" ADD CONSTRAINT "promotion_jobs_code_remove_has_filter"
  CHECK (("job_type" = 'code_remove') = ("parameters" IS NOT NULL));
