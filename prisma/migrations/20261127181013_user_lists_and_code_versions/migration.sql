-- A code can be for several users, and a call that adds or removes codes is a version of its promotion. Both columns are null in the
-- rows there are, so that no table is written anew.

-- AlterTable
ALTER TABLE "promotion_versions" ADD COLUMN     "codes" INTEGER;

-- AlterTable
ALTER TABLE "promotion_codes" ADD COLUMN     "users" TEXT[];
