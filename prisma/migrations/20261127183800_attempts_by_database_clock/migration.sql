-- Counters last fifteen minutes; those that were counted by the clock of a web process are dropped.
DELETE FROM "rate_limits";

-- DropIndex
DROP INDEX "rate_limits_expire_idx";

-- AlterTable
ALTER TABLE "rate_limits" DROP COLUMN "expire",
ADD COLUMN     "expires_at" TIMESTAMPTZ(3) NOT NULL,
ALTER COLUMN "points" DROP DEFAULT;

-- CreateIndex
CREATE INDEX "rate_limits_expires_at_idx" ON "rate_limits"("expires_at");
