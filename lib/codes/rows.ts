import type { Uses } from '#lib/codes/status';
import type { Db } from '#lib/db';
import type { ConsumeUnit, Prisma } from '#prisma/client';

/** A code as the screens and the wire need it. */
export type CodeRow = Uses & {
  id: bigint;
  promotionId: string;
  code: string;
  consumeUnit: ConsumeUnit;
  /** The user, or the users, who alone may use it. */
  user: string | null;
  createdBy: string;
  createdAt: Date;
  /** The job that made it; null for a code added by hand. */
  job: { id: string; name: string | null } | null;
};

/** Reads the codes that `chosen`, a part of a `from`, calls `c`, in the order of what it calls `place`. */
export function readCodes(db: Db, chosen: Prisma.Sql): Promise<CodeRow[]> {
  return db.$queryRaw<CodeRow[]>`
    select c.id, c.promotion_id as "promotionId", c.code, c.consume_unit as "consumeUnit", c.max_uses as "maxUses", c.uses as "usesLeft",
      coalesce(c."user", array_to_string(c.users, ', ')) as "user", c.created_by as "createdBy", c.created_at as "createdAt",
      case when j.id is not null then json_build_object('id', j.id, 'name', j.name) end as job
    from ${chosen} left join promotion_jobs as j on j.id = c.job_id
    order by place`;
}
