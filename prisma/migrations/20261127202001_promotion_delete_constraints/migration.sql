-- A migration of its own: PostgreSQL cannot use a new value of an enum in the transaction that adds it.

-- Almost always empty: what adds or lists codes looks here whether some belong to a promotion that is being deleted.
CREATE INDEX "promotions_deleting_idx" ON "promotions" ("id") WHERE "deleting_at" IS NOT NULL;

ALTER TABLE "promotion_jobs"
  ADD CONSTRAINT "promotion_jobs_promotion_delete_keeps_name"
    CHECK (("job_type" = 'promotion_delete') = ("promotion_name" IS NOT NULL)),
  ADD CONSTRAINT "promotion_jobs_promotion_delete_must_complete"
    CHECK ("job_type" <> 'promotion_delete' OR "status" IN ('pending', 'processing', 'completed')),
  ADD CONSTRAINT "promotion_jobs_retries_not_negative" CHECK ("retries" >= 0);

-- A new job counts on its promotion, and none is added to a promotion that does not exist or is being deleted. This replaces the
-- foreign key, which the receipt of a deletion would violate.
CREATE OR REPLACE FUNCTION "promotion_jobs_counted"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "counted" BIGINT;
BEGIN
  UPDATE "promotions" SET "job_count" = "job_count" + CASE TG_OP WHEN 'INSERT' THEN "m"."n" ELSE -"m"."n" END
    FROM (SELECT "promotion_id", count(*) AS "n" FROM "moved" GROUP BY 1) AS "m"
    WHERE "promotions"."id" = "m"."promotion_id" AND (TG_OP = 'DELETE' OR "promotions"."deleting_at" IS NULL);
  GET DIAGNOSTICS "counted" = ROW_COUNT;
  IF TG_OP = 'INSERT' AND "counted" <> (SELECT count(DISTINCT "promotion_id") FROM "moved") THEN
    RAISE EXCEPTION 'a job of a promotion that does not exist'
      USING ERRCODE = 'foreign_key_violation', TABLE = 'promotion_jobs', CONSTRAINT = 'promotion_jobs_promotion_id_fkey';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION "promotion_jobs_moved"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a job cannot move to another promotion'
    USING ERRCODE = 'foreign_key_violation', TABLE = 'promotion_jobs', CONSTRAINT = 'promotion_jobs_promotion_id_fkey';
END $$;

CREATE TRIGGER "promotion_jobs_moved" BEFORE UPDATE OF "promotion_id" ON "promotion_jobs"
  FOR EACH ROW EXECUTE FUNCTION "promotion_jobs_moved"();

-- The receipt of its deletion is the only job that outlives a promotion.
CREATE OR REPLACE FUNCTION "promotions_removed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM "promotion_codes" WHERE "promotion_id" = OLD."id") THEN
    RAISE EXCEPTION 'the promotion still has codes'
      USING ERRCODE = 'foreign_key_violation', TABLE = 'promotion_codes', CONSTRAINT = 'promotion_codes_promotion_id_fkey';
  END IF;
  IF EXISTS (SELECT FROM "promotion_jobs" WHERE "promotion_id" = OLD."id" AND "job_type" <> 'promotion_delete') THEN
    RAISE EXCEPTION 'the promotion still has jobs'
      USING ERRCODE = 'foreign_key_violation', TABLE = 'promotion_jobs', CONSTRAINT = 'promotion_jobs_promotion_id_fkey';
  END IF;
  RETURN OLD;
END $$;

-- As before, but a promotion that is being deleted gets no codes.
CREATE OR REPLACE FUNCTION "promotion_codes_added"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "promotions_missing" BOOLEAN;
  "jobs_missing" BOOLEAN;
BEGIN
  WITH "groups" AS MATERIALIZED (
    SELECT "promotion_id", "job_id", count(*) AS "n" FROM "added" GROUP BY 1, 2
  ), "promotions_moved" AS (
    UPDATE "promotions" SET "code_count" = "code_count" + "a"."n"
      FROM (SELECT "promotion_id", sum("n") AS "n" FROM "groups" GROUP BY 1) AS "a"
      WHERE "promotions"."id" = "a"."promotion_id" AND "promotions"."deleting_at" IS NULL
      RETURNING 1
  ), "jobs_held" AS (
    SELECT FROM "promotion_jobs" AS "j" JOIN "groups" AS "g" ON ("j"."promotion_id", "j"."id") = ("g"."promotion_id", "g"."job_id")
      FOR KEY SHARE OF "j"
  )
  SELECT (SELECT count(*) FROM "promotions_moved") <> count(DISTINCT "promotion_id"),
         (SELECT count(*) FROM "jobs_held") <> count("job_id")
    INTO "promotions_missing", "jobs_missing" FROM "groups";
  IF "promotions_missing" THEN
    RAISE EXCEPTION 'codes of a promotion that does not exist'
      USING ERRCODE = 'foreign_key_violation', TABLE = 'promotion_codes', CONSTRAINT = 'promotion_codes_promotion_id_fkey';
  END IF;
  IF "jobs_missing" THEN
    RAISE EXCEPTION 'codes of a job that the promotion does not have'
      USING ERRCODE = 'foreign_key_violation', TABLE = 'promotion_codes', CONSTRAINT = 'promotion_codes_job_id_fkey';
  END IF;
  RETURN NULL;
END $$;

-- The count of a promotion that is being deleted stays as it was. Otherwise each transaction that takes one of its codes would wait
-- for the slice that the deletion is at, and for all the others.
CREATE OR REPLACE FUNCTION "promotion_codes_removed"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "numbers" INTEGER[];
BEGIN
  UPDATE "promotions" SET "code_count" = "code_count" - "r"."n"
    FROM (SELECT "promotion_id", count(*) AS "n" FROM "removed" GROUP BY 1) AS "r"
    WHERE "promotions"."id" = "r"."promotion_id" AND "promotions"."deleting_at" IS NULL;
  SELECT array_agg("number") INTO "numbers" FROM "promotions" WHERE "id" IN (SELECT "promotion_id" FROM "removed");
  IF EXISTS (SELECT FROM "redemptions" WHERE "promotion_number" = ANY("numbers")) THEN
    INSERT INTO "removed_codes" ("id", "promotion_id", "job_id", "code", "unlimited")
      SELECT "id", "promotion_id", "job_id", "code", "max_uses" IS NULL FROM "removed"
      WHERE EXISTS (SELECT FROM "redemptions" WHERE "code_id" = "removed"."id");
  END IF;
  RETURN NULL;
END $$;

-- A deletion is not a change of the promotion: nobody reads the history of a promotion that goes.
CREATE OR REPLACE FUNCTION "promotions_versioned"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "changed" TEXT[] := '{}';
BEGIN
  IF TG_OP = 'UPDATE' THEN
    SELECT array_agg("key" ORDER BY "key") INTO "changed"
      FROM jsonb_each(to_jsonb(NEW)) AS "n" ("key", "now") JOIN jsonb_each(to_jsonb(OLD)) AS "o" ("key", "before") USING ("key")
      WHERE "now" IS DISTINCT FROM "before" AND "key" NOT IN ('code_count', 'job_count', 'deleting_at', 'updated_by', 'updated_at');
    IF "changed" IS NULL THEN
      RETURN NULL;
    END IF;
  END IF;
  INSERT INTO "promotion_versions" ("promotion_id", "version", "fields", "snapshot", "created_by")
    SELECT NEW."id", coalesce(max("version"), 0) + 1, "changed", to_jsonb(NEW) - 'code_count' - 'job_count' - 'deleting_at', NEW."updated_by"
    FROM "promotion_versions" WHERE "promotion_id" = NEW."id";
  RETURN NULL;
END $$;
