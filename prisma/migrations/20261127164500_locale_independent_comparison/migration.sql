-- Case is compared the same way on every server, whatever the locale of the database: in a Turkish one
-- lower('SIX') is not 'six'. Cheap on existing rows: the two tables whose index or check is built again are small,
-- and a change of collation alone rewrites no table.

-- Names of promotions are searched in any case, letters with accents included.
DO $$ BEGIN
  ALTER TABLE "promotions" ALTER COLUMN "name" TYPE TEXT COLLATE "und-x-icu";
EXCEPTION WHEN undefined_object THEN
  -- A PostgreSQL that was built without ICU: the search then knows the case of ASCII letters only.
  ALTER TABLE "promotions" ALTER COLUMN "name" TYPE TEXT COLLATE "C";
END $$;

DROP INDEX "clients_name_key";
CREATE UNIQUE INDEX "clients_name_key" ON "clients" (lower("name" COLLATE "C")) WHERE "revoked_at" IS NULL;

ALTER TABLE "users" DROP CONSTRAINT "users_email_lower_case",
  ADD CONSTRAINT "users_email_lower_case" CHECK ("email" = lower("email" COLLATE "C"));
