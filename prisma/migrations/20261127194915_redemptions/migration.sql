-- AlterEnum
ALTER TYPE "client_role" ADD VALUE 'redeem' BEFORE 'write';

-- AlterTable
ALTER TABLE "promotions" ADD COLUMN "number" SERIAL NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "promotions_number_key" ON "promotions"("number");

-- The id of a row of `redemptions`: milliseconds since 2026 by the clock of the database, then 20 bits of a sequence. It stands for the
-- time of the redemption as well, which saves a column and an index (lib/redemptions/key.ts reads it).
CREATE SEQUENCE "redemptions_seq";

CREATE FUNCTION "next_redemption_id"() RETURNS BIGINT LANGUAGE sql VOLATILE AS $$
  SELECT ((extract(epoch FROM clock_timestamp()) * 1000)::bigint - 1767225600000) << 20 | (nextval('redemptions_seq') & 1048575)
$$;

-- CreateTable. The columns stand by their width, because PostgreSQL pads a wide column after a narrow one.
CREATE TABLE "redemptions" (
    "id" BIGINT NOT NULL DEFAULT next_redemption_id(),
    "code_id" BIGINT NOT NULL,
    "first_id" BIGINT,
    "promotion_number" INTEGER NOT NULL,
    "quantity" SMALLINT NOT NULL,
    "returned" SMALLINT NOT NULL DEFAULT 0,
    "order_id" BYTEA,
    "customer_id" BYTEA,

    CONSTRAINT "redemptions_pkey" PRIMARY KEY ("promotion_number","id"),
    CONSTRAINT "redemptions_returned_of_quantity" CHECK ("quantity" >= 1 AND "returned" >= 0 AND "returned" <= "quantity")
);

-- CreateTable
CREATE TABLE "redemption_changes" (
    "promotion_number" INTEGER NOT NULL,
    "id" BIGINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_by" TEXT,
    "expired" BOOLEAN NOT NULL DEFAULT false,
    "anonymized" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "redemption_changes_pkey" PRIMARY KEY ("promotion_number","id")
);

-- CreateTable
CREATE TABLE "redemption_holds" (
    "id" BIGINT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "redemption_holds_pkey" PRIMARY KEY ("id")
);

-- CreateTable. Its rows change at every redemption: with free room in each page the index stays as it is.
CREATE TABLE "redemption_counts" (
    "promotion_number" INTEGER NOT NULL,
    "code_id" BIGINT NOT NULL,
    "job_id" UUID NOT NULL,
    "period" INTEGER NOT NULL,
    "slot" SMALLINT NOT NULL,
    "used" INTEGER NOT NULL,
    "usages" INTEGER NOT NULL,

    CONSTRAINT "redemption_counts_pkey" PRIMARY KEY ("promotion_number","code_id","job_id","period","slot")
) WITH (fillfactor = 50);

-- CreateTable
CREATE TABLE "removed_codes" (
    "id" BIGINT NOT NULL,
    "promotion_id" UUID NOT NULL,
    "job_id" UUID,
    "code" TEXT COLLATE "C" NOT NULL,
    "unlimited" BOOLEAN NOT NULL,

    CONSTRAINT "removed_codes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "redemptions_code_id_idx" ON "redemptions"("code_id");

-- CreateIndex
CREATE INDEX "redemption_changes_promotion_number_updated_at_idx" ON "redemption_changes"("promotion_number", "updated_at" DESC);

-- CreateIndex
CREATE INDEX "redemption_holds_expires_at_idx" ON "redemption_holds"("expires_at");

-- From here on: what a Prisma schema cannot express.

-- Redemptions of one code that were never held are not in it.
CREATE INDEX "redemptions_first_id_idx" ON "redemptions" ("first_id") WHERE "first_id" IS NOT NULL;

CREATE INDEX "removed_codes_code_idx" ON "removed_codes" (lower("code"));

-- A code is never used more often than its maximum allows, and a maximum stands on every code that counts its uses. Not checked for the
-- codes that exist, because that would read all of them.
ALTER TABLE "promotion_codes"
  ADD CONSTRAINT "promotion_codes_uses_with_max" CHECK (("uses" IS NULL) = ("max_uses" IS NULL)) NOT VALID;

-- Removed codes that were redeemed keep their text. Promotions without redemptions cost one look into an index for each statement.
CREATE OR REPLACE FUNCTION "promotion_codes_removed"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "numbers" INTEGER[];
BEGIN
  WITH "moved" AS (
    UPDATE "promotions" SET "code_count" = "code_count" - "r"."n"
      FROM (SELECT "promotion_id", count(*) AS "n" FROM "removed" GROUP BY 1) AS "r"
      WHERE "promotions"."id" = "r"."promotion_id"
      RETURNING "promotions"."number"
  ) SELECT array_agg("number") INTO "numbers" FROM "moved";
  IF EXISTS (SELECT FROM "redemptions" WHERE "promotion_number" = ANY("numbers")) THEN
    INSERT INTO "removed_codes" ("id", "promotion_id", "job_id", "code", "unlimited")
      SELECT "id", "promotion_id", "job_id", "code", "max_uses" IS NULL FROM "removed"
      WHERE EXISTS (SELECT FROM "redemptions" WHERE "code_id" = "removed"."id");
  END IF;
  RETURN NULL;
END $$;
