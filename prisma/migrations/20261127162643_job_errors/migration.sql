-- Why a job failed is stored as a code; screens and the API word it. Texts of earlier jobs become their code.
CREATE TYPE "job_error" AS ENUM ('codes_limit_exceeded', 'automatic_promotion', 'no_new_codes_left', 'worker_died', 'storage_full', 'storage_read_only', 'storage_forbidden', 'storage_missing', 'storage_not_a_folder', 'database_full', 'database_refused', 'internal');

CREATE FUNCTION "job_error_of"("text" TEXT) RETURNS "job_error" LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN "text" IS NULL THEN NULL
    WHEN "text" = 'codes limit exceeded' THEN 'codes_limit_exceeded'
    WHEN "text" = 'Cannot add codes to an automatic promotion' THEN 'automatic_promotion'
    WHEN "text" LIKE 'No new codes are left%' THEN 'no_new_codes_left'
    WHEN "text" LIKE 'The worker died%' THEN 'worker_died'
    WHEN "text" LIKE 'The export folder is full%' THEN 'storage_full'
    WHEN "text" LIKE 'The export folder is read-only%' THEN 'storage_read_only'
    WHEN "text" LIKE 'The export folder may not be written%' THEN 'storage_forbidden'
    WHEN "text" LIKE 'The export folder is missing%' THEN 'storage_missing'
    WHEN "text" LIKE 'The export folder is not a folder%' THEN 'storage_not_a_folder'
    WHEN "text" LIKE 'The database is out of disk space%' THEN 'database_full'
    WHEN "text" LIKE 'The database refused%' THEN 'database_refused'
    ELSE 'internal'
  END::"job_error"
$$;

ALTER TABLE "promotion_jobs"
  ALTER COLUMN "error" TYPE "job_error" USING "job_error_of"("error"),
  ALTER COLUMN "failing" TYPE "job_error" USING "job_error_of"("failing");

DROP FUNCTION "job_error_of"(TEXT);
