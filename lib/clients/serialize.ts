import type { ClientView } from '#lib/clients/query';

/** Serializes an API client for the output of `npm run client -- list`. */
export function serializeClient({ id, name, role, state, expiresAt, revokedAt, lastUsedAt, createdBy, createdAt, secrets }: ClientView) {
  return {
    client_id: id,
    name,
    role,
    state,
    secrets: secrets.length,
    expires_at: expiresAt,
    revoked_at: revokedAt,
    last_used_at: lastUsedAt,
    created_by: createdBy,
    created_at: createdAt,
  };
}
