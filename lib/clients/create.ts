import type { CreateClientInput } from '#lib/clients/schema';
import { generateSecret, secretSha256 } from '#lib/clients/secret';
import { databaseNow } from '#lib/database/clock.sql';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { addDays } from '#lib/format/dates';
import type { Actor } from '#lib/users/permissions';
import { Prisma } from '#prisma/client';

/** The credentials of a client. The secret cannot be read again. */
export type Credentials = { client_id: string; client_secret: string };

/** Creates an API client with its first secret. Throws `invalid_input` when an active client has the name. */
export async function createClient(
  db: Db,
  actor: Actor,
  { name, role, expires_in_days, time_zone = 'UTC' }: CreateClientInput,
): Promise<Credentials> {
  const secret = generateSecret();
  try {
    const { id } = await db.client.create({
      data: {
        name,
        role,
        expiresAt: expires_in_days === undefined ? null : addDays(await databaseNow(db), expires_in_days, time_zone),
        createdBy: actor.name,
        secrets: { create: { slot: 1, sha256: secretSha256(secret), createdBy: actor.name } },
      },
      select: { id: true },
    });
    return { client_id: id, client_secret: secret };
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')) throw error;
    throw new DomainError('invalid_input', { detail: 'Another client has this name: enter a different one', source: 'name' });
  }
}
