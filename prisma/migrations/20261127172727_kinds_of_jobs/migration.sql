-- AlterTable
ALTER TABLE "promotion_jobs" ADD COLUMN "large" BOOLEAN NOT NULL DEFAULT false;

-- From here on: what a Prisma schema cannot express.

-- Until now the number of codes decided it wherever it was read.
UPDATE "promotion_jobs" SET "large" = true WHERE "number_of_codes" > 100000;

-- One constraint for each kind of job; its definition (lib/jobs/types) names it.
ALTER TABLE "promotion_jobs"
  DROP CONSTRAINT "promotion_jobs_completed_is_whole",
  ADD CONSTRAINT "promotion_jobs_code_generate_is_whole"
    CHECK ("job_type" <> 'code_generate' OR "status" <> 'completed' OR "generated" = "number_of_codes"),
  ADD CONSTRAINT "promotion_jobs_code_export_is_whole"
    CHECK ("job_type" <> 'code_export' OR "status" <> 'completed' OR
      ("file_key" IS NOT NULL AND "file_rows" IS NOT NULL AND "file_bytes" IS NOT NULL AND "file_sha256" IS NOT NULL));
