-- An export can have parameters: the columns that were chosen in addition. A removal always has them.
ALTER TABLE "promotion_jobs" DROP CONSTRAINT "promotion_jobs_code_remove_has_filter";

ALTER TABLE "promotion_jobs"
  ADD CONSTRAINT "promotion_jobs_code_remove_has_filter" CHECK ("job_type" <> 'code_remove' OR "parameters" IS NOT NULL),
  ADD CONSTRAINT "promotion_jobs_parameters_of_kind" CHECK ("parameters" IS NULL OR "job_type" IN ('code_remove', 'code_export'));
