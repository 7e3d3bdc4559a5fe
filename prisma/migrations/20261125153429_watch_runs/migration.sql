-- What interrupted the work on a job, for its receipt, and how fast its run gets on, for the time left.
-- AlterTable
ALTER TABLE "promotion_jobs" ADD COLUMN     "interruptions" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "rate" DOUBLE PRECISION;
