import type { Db } from '#lib/db';

/**
 * Whether the user or API client with this id may have the files of exports now: the one rule, for making a link and for
 * each time it is opened. False for a user who is switched off, whose downloads are turned off or whose password somebody
 * else set, and for a client that is revoked or expired.
 */
export async function mayDownload(db: Db, id: string): Promise<boolean> {
  const [answer] = await db.$queryRaw<{ allowed: boolean }[]>`
    select exists (
        select from users where id = ${id}::uuid and disabled_at is null and can_download_exports and not must_change_password
      ) or exists (
        select from clients where id = ${id}::uuid and revoked_at is null and (expires_at is null or expires_at > now())
      ) as allowed`;
  return answer?.allowed ?? false;
}
