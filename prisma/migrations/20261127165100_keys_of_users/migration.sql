-- Users have idempotency keys as well: each submission of a form carries one.
ALTER TABLE "idempotency_keys" DROP CONSTRAINT "idempotency_keys_client_id_fkey";
ALTER TABLE "idempotency_keys" RENAME COLUMN "client_id" TO "actor_id";
