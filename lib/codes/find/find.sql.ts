import { z } from 'zod';
import { readRows } from '#lib/database/rows';
import type { Db } from '#lib/db';
import { Prisma } from '#prisma/client';

// Promotions are rarely being deleted. The database checks that once for a statement and not for each code.
const ofExistingPromotion = Prisma.sql`promotion_id not in (select id from promotions where deleting_at is not null)`;

/** Those of the folded codes that exist, in any promotion. */
export async function readExistingCodes(db: Db, folded: readonly string[]): Promise<ReadonlySet<string>> {
  if (folded.length === 0) return new Set();
  const rows = await readRows(
    db,
    z.object({ code: z.string() }),
    Prisma.sql`select lower(code) as code from promotion_codes where lower(code) = any(${folded}) and ${ofExistingPromotion}`,
  );
  return new Set(rows.map(({ code }) => code));
}

/** The promotions that have one of the folded codes. */
export async function readOwnersOfCodes(db: Db, folded: readonly string[]): Promise<string[]> {
  const rows = await readRows(
    db,
    z.object({ id: z.string() }),
    Prisma.sql`select promotion_id as id from promotion_codes where lower(code) = any(${folded})`,
  );
  return rows.map(({ id }) => id);
}

const spelling = z.object({ bare: z.string(), spelled: z.string() });

/** A text without case and dashes, and its spelling in the database. */
export type Spelling = z.output<typeof spelling>;

/** The spellings that jobs use for these bare prefixes. */
export function readPrefixes(db: Db, bare: readonly string[]): Promise<Spelling[]> {
  return readRows(
    db,
    spelling,
    Prisma.sql`
    select distinct translate(lower(code_prefix collate "C"), '-_', '') as bare, code_prefix as spelled from promotion_jobs
    where code_prefix is not null and translate(lower(code_prefix collate "C"), '-_', '') = any(${bare})`,
  );
}

/** The spellings of these bare codes among the codes that were added by hand, which have an index of their own. */
export function readCodesAddedByHand(db: Db, bare: readonly string[]): Promise<Spelling[]> {
  return readRows(
    db,
    spelling,
    Prisma.sql`
    select translate(lower(code), '-_', '') as bare, lower(code) as spelled from promotion_codes
    where job_id is null and translate(lower(code), '-_', '') = any(${bare}) and ${ofExistingPromotion} order by spelled`,
  );
}
