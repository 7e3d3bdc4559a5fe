-- Why a job fails, from the moment that is known: its codes are taken back some at a time, and whichever
-- worker finds the job meanwhile must go on taking back, not making.
-- AlterTable
ALTER TABLE "promotion_jobs" ADD COLUMN "failing" TEXT;
