-- CreateTable
CREATE TABLE "installation" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "jobs_swept_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "users" ALTER COLUMN "updated_at" SET DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "promotions" ALTER COLUMN "updated_at" SET DEFAULT CURRENT_TIMESTAMP;

-- From here on: what a Prisma schema cannot say.

-- A database is one installation.
CREATE UNIQUE INDEX "installation_one_row_key" ON "installation" ((true));
INSERT INTO "installation" DEFAULT VALUES;

-- The database's clock says when a row was changed, because the clocks of web processes may differ. The counts of codes and
-- jobs move by themselves, in statements of their own, and are no change that somebody made.
CREATE FUNCTION "set_updated_at"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."updated_at" := CURRENT_TIMESTAMP;
  RETURN NEW;
END $$;

CREATE TRIGGER "users_set_updated_at" BEFORE UPDATE ON "users" FOR EACH ROW EXECUTE FUNCTION "set_updated_at"();
CREATE TRIGGER "promotions_set_updated_at" BEFORE UPDATE ON "promotions"
  FOR EACH ROW WHEN (OLD."code_count" = NEW."code_count" AND OLD."job_count" = NEW."job_count") EXECUTE FUNCTION "set_updated_at"();
