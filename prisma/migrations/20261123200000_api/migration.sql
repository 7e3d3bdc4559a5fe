-- CreateEnum
CREATE TYPE "client_role" AS ENUM ('read', 'write');

-- CreateTable
CREATE TABLE "promotion_versions" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "promotion_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "fields" TEXT[] NOT NULL,
    "snapshot" JSONB NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "promotion_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clients" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "role" "client_role" NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "clients_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "client_secrets" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "client_id" UUID NOT NULL,
    "slot" SMALLINT NOT NULL,
    "sha256" BYTEA NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "client_secrets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "client_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "request_sha256" BYTEA NOT NULL,
    "status" SMALLINT NOT NULL,
    "answer" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("client_id","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "promotion_versions_promotion_id_version_key" ON "promotion_versions"("promotion_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "client_secrets_client_id_slot_key" ON "client_secrets"("client_id", "slot");

-- CreateIndex
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys"("created_at");

-- AddForeignKey
ALTER TABLE "promotion_versions" ADD CONSTRAINT "promotion_versions_promotion_id_fkey" FOREIGN KEY ("promotion_id") REFERENCES "promotions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_secrets" ADD CONSTRAINT "client_secrets_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AlterTable
ALTER TABLE "promotions" ADD COLUMN "job_count" INTEGER NOT NULL DEFAULT 0;

-- From here on: what a Prisma schema cannot say, and the database must hold all the same.

-- Two clients in use never have one name: `created_by` keeps nothing else of them.
CREATE UNIQUE INDEX "clients_name_key" ON "clients" (lower("name")) WHERE "revoked_at" IS NULL;

ALTER TABLE "client_secrets"
  ADD CONSTRAINT "client_secrets_two_at_most" CHECK ("slot" IN (1, 2)),
  ADD CONSTRAINT "client_secrets_sha256" CHECK (length("sha256") = 32);

ALTER TABLE "idempotency_keys"
  ADD CONSTRAINT "idempotency_keys_key_length" CHECK (length("key") BETWEEN 1 AND 255),
  ADD CONSTRAINT "idempotency_keys_request_sha256" CHECK (length("request_sha256") = 32);

ALTER TABLE "promotion_versions" ADD CONSTRAINT "promotion_versions_from_one" CHECK ("version" >= 1);

-- How many jobs a promotion has had: counting a hundred thousand of them takes longer than reading a page.
UPDATE "promotions" SET "job_count" = "j"."n"
  FROM (SELECT "promotion_id", count(*) AS "n" FROM "promotion_jobs" GROUP BY 1) AS "j"
  WHERE "promotions"."id" = "j"."promotion_id";

ALTER TABLE "promotions" ADD CONSTRAINT "promotions_job_count_not_negative" CHECK ("job_count" >= 0);

CREATE FUNCTION "promotion_jobs_counted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "promotions" SET "job_count" = "job_count" + CASE TG_OP WHEN 'INSERT' THEN "m"."n" ELSE -"m"."n" END
    FROM (SELECT "promotion_id", count(*) AS "n" FROM "moved" GROUP BY 1) AS "m"
    WHERE "promotions"."id" = "m"."promotion_id";
  RETURN NULL;
END $$;

CREATE TRIGGER "promotion_jobs_added_counted" AFTER INSERT ON "promotion_jobs"
  REFERENCING NEW TABLE AS "moved" FOR EACH STATEMENT EXECUTE FUNCTION "promotion_jobs_counted"();
CREATE TRIGGER "promotion_jobs_removed_counted" AFTER DELETE ON "promotion_jobs"
  REFERENCING OLD TABLE AS "moved" FOR EACH STATEMENT EXECUTE FUNCTION "promotion_jobs_counted"();

-- A promotion's history, written with the change itself. The counts of codes and jobs move by themselves, in
-- statements of their own, and are not history.
CREATE FUNCTION "promotions_versioned"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "changed" TEXT[] := '{}';
BEGIN
  IF TG_OP = 'UPDATE' THEN
    SELECT array_agg("key" ORDER BY "key") INTO "changed"
      FROM jsonb_each(to_jsonb(NEW)) AS "n" ("key", "now") JOIN jsonb_each(to_jsonb(OLD)) AS "o" ("key", "before") USING ("key")
      WHERE "now" IS DISTINCT FROM "before" AND "key" NOT IN ('code_count', 'job_count', 'updated_by', 'updated_at');
    IF "changed" IS NULL THEN
      RETURN NULL;
    END IF;
  END IF;
  INSERT INTO "promotion_versions" ("promotion_id", "version", "fields", "snapshot", "created_by")
    SELECT NEW."id", coalesce(max("version"), 0) + 1, "changed", to_jsonb(NEW) - 'code_count' - 'job_count', NEW."updated_by"
    FROM "promotion_versions" WHERE "promotion_id" = NEW."id";
  RETURN NULL;
END $$;

CREATE TRIGGER "promotions_made_versioned" AFTER INSERT ON "promotions" FOR EACH ROW EXECUTE FUNCTION "promotions_versioned"();
CREATE TRIGGER "promotions_changed_versioned" AFTER UPDATE ON "promotions"
  FOR EACH ROW WHEN (OLD."code_count" = NEW."code_count" AND OLD."job_count" = NEW."job_count") EXECUTE FUNCTION "promotions_versioned"();

-- The promotions there are begin their history as they are.
INSERT INTO "promotion_versions" ("promotion_id", "version", "fields", "snapshot", "created_by", "created_at")
  SELECT "id", 1, '{}', to_jsonb("promotions") - 'code_count' - 'job_count', "updated_by", "updated_at" FROM "promotions";
