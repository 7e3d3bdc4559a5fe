import { z } from 'zod';
import { readRow } from '#lib/database/rows';
import type { Db } from '#lib/db';
import { Prisma } from '#prisma/client';

/**
 * Returns true when the user or API client with this id may download exports now. Checked when a link is created and each time it is
 * opened. Returns false for a user who is disabled, has downloads turned off or must change the password, and for a revoked or
 * expired client.
 */
export async function mayDownload(db: Db, id: string): Promise<boolean> {
  const { allowed } = await readRow(
    db,
    z.object({ allowed: z.boolean() }),
    Prisma.sql`
    select exists (
        select from users where id = ${id}::uuid and disabled_at is null and can_download_exports and not must_change_password
      ) or exists (
        select from clients where id = ${id}::uuid and revoked_at is null and (expires_at is null or expires_at > now())
      ) as allowed`,
  );
  return allowed;
}
