-- CreateEnum
CREATE TYPE "role" AS ENUM ('viewer', 'merchandiser', 'administrator');

-- CreateEnum
CREATE TYPE "promotion_type" AS ENUM ('fixed_discount', 'percent_discount', 'item_fixed_discount', 'item_percent_discount', 'x_for_y', 'x_for_amount', 'bundle_fixed_discount', 'bundle_gift');

-- CreateEnum
CREATE TYPE "consume_unit" AS ENUM ('per_cart', 'per_item');

-- CreateEnum
CREATE TYPE "job_type" AS ENUM ('code_generate', 'code_export');

-- CreateEnum
CREATE TYPE "job_status" AS ENUM ('pending', 'processing', 'completed', 'failed', 'cancelling', 'cancelled');

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "password_hash" TEXT NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promotions" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "automatic" BOOLEAN NOT NULL DEFAULT false,
    "promotion_type" "promotion_type" NOT NULL,
    "schema" JSONB NOT NULL,
    "start" TIMESTAMPTZ(3) NOT NULL,
    "end" TIMESTAMPTZ(3) NOT NULL,
    "min_cart_value" JSONB,
    "max_discount_value" JSONB,
    "max_applications_per_cart" INTEGER,
    "max_codes" INTEGER NOT NULL DEFAULT 1000,
    "code_count" INTEGER NOT NULL DEFAULT 0,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "promotions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promotion_codes" (
    "promotion_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "job_id" UUID,
    "code" TEXT NOT NULL,
    "consume_unit" "consume_unit" NOT NULL,
    "max_uses" INTEGER,
    "uses" INTEGER,
    "user" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "promotion_codes_pkey" PRIMARY KEY ("promotion_id","id")
);

-- CreateTable
CREATE TABLE "promotion_jobs" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "promotion_id" UUID NOT NULL,
    "job_type" "job_type" NOT NULL,
    "name" TEXT,
    "status" "job_status" NOT NULL DEFAULT 'pending',
    "number_of_codes" INTEGER,
    "consume_unit" "consume_unit",
    "max_uses_per_code" INTEGER,
    "code_length" INTEGER,
    "code_prefix" TEXT,
    "created_by" TEXT NOT NULL,
    "generated" INTEGER NOT NULL DEFAULT 0,
    "deleted" INTEGER,
    "duplicates_avoided" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "run_token" UUID,
    "run_seen_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "crashes" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "file_key" TEXT,
    "file_rows" INTEGER,
    "file_bytes" BIGINT,
    "file_sha256" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "promotion_jobs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limits" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "sessions_expires_at_idx" ON "sessions"("expires_at");

-- CreateIndex
CREATE INDEX "promotions_created_at_id_idx" ON "promotions"("created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "promotion_jobs_created_at_id_idx" ON "promotion_jobs"("created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "promotion_jobs_promotion_id_created_at_id_idx" ON "promotion_jobs"("promotion_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "promotion_jobs_status_created_at_id_idx" ON "promotion_jobs"("status", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "rate_limits_expire_idx" ON "rate_limits"("expire");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion_jobs" ADD CONSTRAINT "promotion_jobs_promotion_id_fkey" FOREIGN KEY ("promotion_id") REFERENCES "promotions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- From here on: what a Prisma schema cannot say, and the database must hold all the same.

-- Codes are compared byte by byte, so that every server orders and folds them alike.
ALTER TABLE "promotion_codes" ALTER COLUMN "code" TYPE TEXT COLLATE "C";

-- One code, whatever its case, over all promotions.
CREATE UNIQUE INDEX "promotion_codes_code_key" ON "promotion_codes" (lower("code"));

-- The few codes that no job made; a job's million costs this index nothing.
CREATE INDEX "promotion_codes_by_hand_idx" ON "promotion_codes" ("promotion_id", "id") WHERE "job_id" IS NULL;

-- One active job per promotion. It is also the list of jobs a worker may still have to do.
CREATE UNIQUE INDEX "promotion_jobs_one_active_key" ON "promotion_jobs" ("promotion_id")
  WHERE "status" IN ('pending', 'processing', 'cancelling');

ALTER TABLE "users" ADD CONSTRAINT "users_email_lower_case" CHECK ("email" = lower("email"));

ALTER TABLE "promotions"
  ADD CONSTRAINT "promotions_end_after_start" CHECK ("end" > "start"),
  ADD CONSTRAINT "promotions_code_count_not_negative" CHECK ("code_count" >= 0),
  ADD CONSTRAINT "promotions_codes_limit" CHECK ("code_count" <= "max_codes"),
  ADD CONSTRAINT "promotions_automatic_without_codes" CHECK (NOT "automatic" OR "code_count" = 0);

ALTER TABLE "promotion_codes"
  ADD CONSTRAINT "promotion_codes_uses_of_max" CHECK ("uses" >= 0 AND "max_uses" >= "uses");

ALTER TABLE "promotion_jobs"
  ADD CONSTRAINT "promotion_jobs_counts_not_negative"
    CHECK ("generated" >= 0 AND "deleted" >= 0 AND "duplicates_avoided" >= 0 AND "attempts" >= 0 AND "crashes" >= 0
           AND "file_rows" >= 0 AND "file_bytes" >= 0 AND "max_uses_per_code" >= 0),
  ADD CONSTRAINT "promotion_jobs_generate_asks_for_codes"
    CHECK (("job_type" = 'code_generate') = ("number_of_codes" IS NOT NULL AND "number_of_codes" >= 1
           AND "consume_unit" IS NOT NULL AND "code_length" IS NOT NULL)),
  -- Exactly N or none, said by the database itself.
  ADD CONSTRAINT "promotion_jobs_completed_is_whole"
    CHECK ("status" <> 'completed' OR CASE "job_type"
      WHEN 'code_generate' THEN "generated" = "number_of_codes"
      ELSE "file_key" IS NOT NULL AND "file_rows" IS NOT NULL AND "file_bytes" IS NOT NULL AND "file_sha256" IS NOT NULL END),
  ADD CONSTRAINT "promotion_jobs_failed_says_why" CHECK (("status" = 'failed') = ("error" IS NOT NULL)),
  ADD CONSTRAINT "promotion_jobs_finished" CHECK (("status" IN ('completed', 'failed', 'cancelled')) = ("finished_at" IS NOT NULL));

-- Codes belong to a promotion, and to a job of that promotion where they have one. Foreign keys would check
-- that for every row: measured, a COPY of a million codes then takes 17 s and not 5. These triggers check it
-- once a statement, and keep the promotion's count in the same breath: the update locks the promotion
-- against deletion, and its check constraints are the limits.
CREATE FUNCTION "promotion_codes_added"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "promotions_named" BIGINT;
  "promotions_moved" BIGINT;
  "jobs_named" BIGINT;
  "jobs_found" BIGINT;
BEGIN
  SELECT count(DISTINCT "promotion_id") INTO "promotions_named" FROM "added";
  UPDATE "promotions" SET "code_count" = "code_count" + "a"."n"
    FROM (SELECT "promotion_id", count(*) AS "n" FROM "added" GROUP BY 1) AS "a"
    WHERE "promotions"."id" = "a"."promotion_id";
  GET DIAGNOSTICS "promotions_moved" = ROW_COUNT;
  IF "promotions_moved" <> "promotions_named" THEN
    RAISE EXCEPTION 'codes of a promotion that does not exist'
      USING ERRCODE = 'foreign_key_violation', TABLE = 'promotion_codes', CONSTRAINT = 'promotion_codes_promotion_id_fkey';
  END IF;
  SELECT count(DISTINCT ("promotion_id", "job_id")) FILTER (WHERE "job_id" IS NOT NULL) INTO "jobs_named" FROM "added";
  PERFORM FROM "promotion_jobs" AS "j"
    WHERE ("j"."promotion_id", "j"."id") IN (SELECT DISTINCT "promotion_id", "job_id" FROM "added") FOR KEY SHARE;
  GET DIAGNOSTICS "jobs_found" = ROW_COUNT;
  IF "jobs_found" <> "jobs_named" THEN
    RAISE EXCEPTION 'codes of a job that the promotion does not have'
      USING ERRCODE = 'foreign_key_violation', TABLE = 'promotion_codes', CONSTRAINT = 'promotion_codes_job_id_fkey';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION "promotion_codes_removed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "promotions" SET "code_count" = "code_count" - "r"."n"
    FROM (SELECT "promotion_id", count(*) AS "n" FROM "removed" GROUP BY 1) AS "r"
    WHERE "promotions"."id" = "r"."promotion_id";
  RETURN NULL;
END $$;

-- A code stays with its promotion and its job for life; uses and user may change.
CREATE FUNCTION "promotion_codes_moved"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a code cannot move to another promotion or job' USING ERRCODE = 'foreign_key_violation', TABLE = 'promotion_codes';
END $$;

CREATE FUNCTION "promotions_removed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM "promotion_codes" WHERE "promotion_id" = OLD."id") THEN
    RAISE EXCEPTION 'the promotion still has codes'
      USING ERRCODE = 'foreign_key_violation', TABLE = 'promotion_codes', CONSTRAINT = 'promotion_codes_promotion_id_fkey';
  END IF;
  RETURN OLD;
END $$;

CREATE FUNCTION "promotion_jobs_removed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM "promotion_codes" WHERE "promotion_id" = OLD."promotion_id" AND "job_id" = OLD."id") THEN
    RAISE EXCEPTION 'the job still has codes'
      USING ERRCODE = 'foreign_key_violation', TABLE = 'promotion_codes', CONSTRAINT = 'promotion_codes_job_id_fkey';
  END IF;
  RETURN OLD;
END $$;

CREATE TRIGGER "promotion_codes_added" AFTER INSERT ON "promotion_codes"
  REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "promotion_codes_added"();
CREATE TRIGGER "promotion_codes_removed" AFTER DELETE ON "promotion_codes"
  REFERENCING OLD TABLE AS "removed" FOR EACH STATEMENT EXECUTE FUNCTION "promotion_codes_removed"();
CREATE TRIGGER "promotion_codes_moved" BEFORE UPDATE OF "promotion_id", "job_id" ON "promotion_codes"
  FOR EACH ROW EXECUTE FUNCTION "promotion_codes_moved"();
CREATE TRIGGER "promotions_removed" BEFORE DELETE ON "promotions"
  FOR EACH ROW EXECUTE FUNCTION "promotions_removed"();
CREATE TRIGGER "promotion_jobs_removed" BEFORE DELETE ON "promotion_jobs"
  FOR EACH ROW EXECUTE FUNCTION "promotion_jobs_removed"();
