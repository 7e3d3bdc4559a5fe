-- AlterEnum
ALTER TYPE "job_type" ADD VALUE 'code_remove';

-- AlterTable
ALTER TABLE "promotion_jobs" ADD COLUMN "parameters" JSONB;
ALTER TABLE "promotion_jobs" ADD COLUMN "code_id_limit" BIGINT DEFAULT pg_sequence_last_value('promotion_codes_id_seq'::regclass);
ALTER TABLE "promotion_jobs" ADD COLUMN "total" INTEGER;
