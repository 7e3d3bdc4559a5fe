-- AlterEnum
ALTER TYPE "job_type" ADD VALUE 'promotion_delete';

-- DropForeignKey
ALTER TABLE "promotion_jobs" DROP CONSTRAINT "promotion_jobs_promotion_id_fkey";

-- AlterTable
ALTER TABLE "promotions" ADD COLUMN     "deleting_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "promotion_jobs" ADD COLUMN     "promotion_name" TEXT,
ADD COLUMN     "retries" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "retry_at" TIMESTAMPTZ(3),
ADD COLUMN     "retry_error" "job_error";
