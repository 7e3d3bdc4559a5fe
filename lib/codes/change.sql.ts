import { z } from 'zod';
import { foldCode } from '#lib/codes/fold';
import { freeCodes } from '#lib/codes/free.sql';
import { readRows } from '#lib/database/rows';
import type { Db } from '#lib/db';
import { type ConsumeUnit, Prisma } from '#prisma/client';

/** A code that a client or user chose, as it is inserted. */
export type NewCode = { code: string; consume_unit: ConsumeUnit; uses: number | null; user: string | null; users: string[] | null };

const codeRow = z.object({ code: z.string() });

/**
 * Inserts the codes that no existing promotion has, and returns those it inserted. Ids keep the order of the list. Rows are inserted in the
 * order of the unique index, which is the lock order.
 */
export async function insertChosenCodes(
  tx: Db,
  { promotionId, codes, createdBy }: { promotionId: string; codes: readonly NewCode[]; createdBy: string },
): Promise<ReadonlySet<string>> {
  await tx.$executeRawUnsafe(
    freeCodes,
    codes.map(({ code }) => foldCode(code)),
  );
  const inserted = await readRows(
    tx,
    codeRow,
    Prisma.sql`
    with given as materialized (
      select nextval('promotion_codes_id_seq') as id, code, consume_unit, uses, "user", users
      from json_to_recordset(${JSON.stringify(codes)}::json) as listed (code text, consume_unit text, uses int, "user" text, users text[])
    )
    insert into promotion_codes (id, promotion_id, code, consume_unit, max_uses, uses, "user", users, created_by)
    select id, ${promotionId}::uuid, code, consume_unit::consume_unit, uses, uses, "user", users, ${createdBy}
    from given order by lower(code collate "C")
    on conflict do nothing returning code`,
  );
  return new Set(inserted.map(({ code }) => code));
}

/** Deletes those of the folded codes that the promotion has, and returns them. */
export async function deleteCodes(tx: Db, promotionId: string, folded: readonly string[]): Promise<ReadonlySet<string>> {
  const deleted = await readRows(
    tx,
    codeRow,
    Prisma.sql`
        delete from promotion_codes where promotion_id = ${promotionId}::uuid
          and lower(code) = any(${folded})
        returning lower(code) as code`,
  );
  return new Set(deleted.map(({ code }) => code));
}
