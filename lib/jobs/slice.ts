import { finished } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { makeCodes } from '#lib/codes/random';
import { faultPoint } from '#lib/jobs/fault-point';
import { takenCode } from '#lib/jobs/faults';
import type { Run } from '#lib/jobs/run';
import type { ConsumeUnit, JobStatus } from '#prisma/enums';

/** The settings of a generating job, which a claim has already read. */
export type Settings = {
  numberOfCodes: number;
  consumeUnit: ConsumeUnit;
  maxUsesPerCode: number | null;
  codeLength: number;
  codePrefix: string | null;
};

/** Codes to be written in one transaction, in batches, each with its rows as COPY reads them. */
export type Slice = { codes: string[]; rows: Buffer }[];

/** What a slice did: how far the job is now. `null` when the fence held and nothing was written. */
export type Written = { generated: number; status: JobStatus; inserted: number } | null;

// Measured fastest between 10,000 and 50,000: large enough to spread a commit's cost, small enough to be cancelled in an instant.
const sliceSize = 25_000;
// What one code that exists already has copied again: of ten million codes of the least length, two slices in five meet one.
const batchSize = 12_500;

/** The next codes to try, at most a slice of them. */
export function nextSlice(run: Run, settings: Settings, generated: number): Slice {
  const count = Math.min(sliceSize, settings.numberOfCodes - generated);
  return sliceOf(run, settings, makeCodes(count, settings.codeLength, settings.codePrefix));
}

/** A slice of these codes, which are sorted. */
export function sliceOf(run: Run, settings: Settings, codes: string[]): Slice {
  const maxUses = settings.maxUsesPerCode ?? '\\N';
  const before = `${run.promotionId}\t${run.id}\t`;
  const after = `\t${settings.consumeUnit}\t${maxUses}\t${maxUses}\t${copyText(run.createdBy)}\n`;
  const batches: Slice = [];
  for (let from = 0; from < codes.length; from += batchSize) {
    const batch = codes.slice(from, from + batchSize);
    batches.push({ codes: batch, rows: Buffer.from(batch.map((code) => before + code + after).join('')) });
  }
  return batches;
}

// What COPY's text format would take for something else.
function copyText(value: string): string {
  return value.replace(/[\\\t\n\r]/g, (character) => `\\${{ '\t': 't', '\n': 'n', '\r': 'r' }[character] ?? character}`);
}

/**
 * Writes one slice of codes in one transaction that ends with the fence: the update that counts the codes
 * names the run and wants the job `processing`. It finishes the job with the last code. `whileBusy` is
 * called once the database has the first codes and is at work on them.
 */
export async function writeSlice(client: PoolClient, run: Run, settings: Settings, slice: Slice, whileBusy: () => void): Promise<Written> {
  const offered = slice.reduce((sum, { codes }) => sum + codes.length, 0);
  await client.query('begin');
  try {
    // Who adds codes takes the promotion first and the codes after it, in their order: so nobody waits in a circle.
    await client.query('select from promotions where id = $1 for no key update', [run.promotionId]);
    let inserted = 0;
    for (const [i, batch] of slice.entries()) inserted += await insert(client, run, settings, batch, i === 0 ? whileBusy : undefined);
    const { rows } = await client.query<{ generated: number; status: JobStatus }>(
      `update promotion_jobs set
         generated = generated + $3, duplicates_avoided = duplicates_avoided + $4,
         status = case when generated + $3 = number_of_codes then 'completed' else status end,
         finished_at = case when generated + $3 = number_of_codes then clock_timestamp() end,
         run_seen_at = clock_timestamp(), updated_at = clock_timestamp()
       where id = $1 and run_token = $2 and status = 'processing' and failing is null
       returning generated, status`,
      [run.id, run.token, inserted, offered - inserted],
    );
    faultPoint('slice-written');
    await client.query(rows[0] ? 'commit' : 'rollback');
    faultPoint('slice-committed');
    return rows[0] ? { ...rows[0], inserted } : null;
  } catch (error) {
    // The connection itself may be gone; then there is nothing to roll back.
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

/**
 * COPY is the fastest way in, but one code that exists stops it. Of random codes hardly ever more than one in a batch does: it is
 * left out, and the others are copied again. Where there are more, the batch takes the slower way around all of them.
 */
async function insert(
  client: PoolClient,
  run: Run,
  settings: Settings,
  batch: Slice[number],
  whileBusy?: () => void,
  copies = 2,
): Promise<number> {
  if (copies === 0) return insertNewCodes(client, run, settings, batch.codes);
  await client.query('savepoint batch');
  try {
    return await copyRows(client, batch, whileBusy);
  } catch (error) {
    const taken = takenCode(error);
    if (taken === null) throw error;
    await client.query('rollback to savepoint batch');
    const others = batch.codes.filter((code) => code.toLowerCase() !== taken);
    const [rest] = sliceOf(run, settings, others);
    return rest ? insert(client, run, settings, rest, undefined, copies - 1) : 0;
  }
}

async function copyRows(client: PoolClient, { codes, rows }: Slice[number], whileBusy?: () => void): Promise<number> {
  const into = client.query(
    copyFrom('copy promotion_codes (promotion_id, job_id, code, consume_unit, max_uses, uses, created_by) from stdin'),
  );
  const done = finished(into);
  into.write(rows, (error) => {
    if (error) return;
    into.end();
    // Not before the rows and the word that they are all have left: what is made meanwhile would hold them back.
    if (whileBusy) setImmediate(whileBusy);
  });
  await done;
  return codes.length;
}

async function insertNewCodes(client: PoolClient, run: Run, settings: Settings, codes: string[]): Promise<number> {
  const { rowCount } = await client.query(
    `insert into promotion_codes (promotion_id, job_id, code, consume_unit, max_uses, uses, created_by)
     select $1, $2, code, $4, $5, $5, $6 from unnest($3::text[]) with ordinality as new (code, position) order by position
     on conflict ((lower(code))) do nothing`,
    [run.promotionId, run.id, codes, settings.consumeUnit, settings.maxUsesPerCode, run.createdBy],
  );
  return rowCount ?? 0;
}
