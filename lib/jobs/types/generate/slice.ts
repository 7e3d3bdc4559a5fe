import { finished } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { codeSpace } from '#lib/codes/alphabet';
import { blockOf, type CodeBlock, codesOf } from '#lib/codes/block';
import { copyRows, copyStatement } from '#lib/codes/copy';
import { type Drawn, drawCodes, rememberCodes } from '#lib/codes/random';
import type { IsRepeat } from '#lib/codes/repeats';
import { faultPoint } from '#lib/jobs/engine/fault-point';
import { takenCode } from '#lib/jobs/engine/faults';
import type { Run } from '#lib/jobs/engine/run';
import type { ConsumeUnit, JobStatus } from '#prisma/enums';

/** The settings of a generating job, which a claim has already read. */
export type Settings = {
  numberOfCodes: number;
  consumeUnit: ConsumeUnit;
  maxUsesPerCode: number | null;
  codeLength: number;
  codePrefix: string | null;
};

/** Codes that go in by one COPY, with their rows as COPY reads them. */
type Batch = { codes: CodeBlock; rows: Buffer };

/**
 * The codes of one transaction. The first batch is made; the others are while the database is at work on the one before them. Repeats of codes
 * that the run made before, and what only looks like one, go around what exists, one by one.
 */
export type Slice = { count: number; first: Batch | undefined; others: Generator<Batch, undefined>; repeats: string[] };

/**
 * What a slice did: how far the job is now, how many codes it added, and how many of those it copied were taken. `null` when the fence held and
 * nothing was written.
 */
export type Written = { generated: number; status: JobStatus; inserted: number; taken: number } | null;

/** What a run has met so far: how many codes it offered, how many of them turned out to be taken, and which ones it drew. */
export type Met = { offered: number; taken: number; isRepeat: IsRepeat };

// The codes of one transaction: many enough to spread the cost of a commit and to meet each page of the index more than
// once, few enough to be cancelled in an instant.
const sliceSize = 50_000;
const [smallestBatch, largestBatch] = [1_000, 25_000];
// Measured: beginning and ending a COPY costs as much as so many rows of it.
const copyCost = 300;
// A job that fills a millionth of its space repeats one code in two million: less, and the copies it costs are not worth the memory.
const likelyFill = 1e-6;

/** A taken code has half its batch copied again, so that batches are the smaller the more there are: the square root is where both costs meet. */
function batchSize({ offered, taken }: Met): number {
  if (taken === 0) return largestBatch;
  return Math.min(largestBatch, Math.max(smallestBatch, Math.round(Math.sqrt((2 * copyCost * offered) / taken))));
}

/** What a run has met when it begins: nothing yet. */
export function metNothing({ numberOfCodes, codeLength }: Settings): Met {
  const repeatsAreLikely = numberOfCodes > codeSpace(codeLength) * likelyFill;
  const isRepeat = repeatsAreLikely ? rememberCodes(numberOfCodes, codeLength) : () => false;
  return { offered: 0, taken: 0, isRepeat };
}

/** The next codes to try: a slice of them, or what the job still needs. */
export function nextSlice(run: Run, settings: Settings, generated: number, met: Met): Slice {
  const count = Math.min(sliceSize, settings.numberOfCodes - generated);
  return sliceOf(run, settings, count, drawCodes(count, batchSize(met), settings.codeLength, settings.codePrefix, met.isRepeat));
}

/** A slice of these codes, which are sorted. */
export function sliceOf(run: Run, settings: Settings, count: number, { batches, repeats }: Drawn): Slice {
  const others = batchesOf(run, settings, batches);
  return { count, first: others.next().value, others, repeats };
}

function* batchesOf(run: Run, settings: Settings, codes: Iterable<CodeBlock>): Generator<Batch, undefined> {
  for (const each of codes) yield batchOf(run, settings, each);
}

function batchOf(run: Run, { consumeUnit, maxUsesPerCode }: Settings, codes: CodeBlock): Batch {
  const { promotionId, id, createdBy } = run;
  return { codes, rows: copyRows({ promotionId, jobId: id, consumeUnit, maxUses: maxUsesPerCode, createdBy }, codes) };
}

/**
 * Writes one slice in one transaction that ends with the fence: the update that counts the codes names the run and wants
 * the job `processing`. It finishes the job with the last code. `whileBusy` is called once the database is at work on
 * the last batch.
 */
export async function writeSlice(client: PoolClient, run: Run, settings: Settings, slice: Slice, whileBusy: () => void): Promise<Written> {
  await client.query('begin');
  try {
    // The lock order of lib/transaction.ts: the promotion, then the codes in sorted order.
    await client.query('select from promotions where id = $1 for no key update', [run.promotionId]);
    const copied = await insertBatches(client, run, settings, slice, whileBusy);
    // These are out of order. Two jobs deadlock here only if each has drawn the other's code, and then the slice is written again.
    const inserted = copied + (await insertNewCodes(client, run, settings, slice.repeats));
    const { rows } = await client.query<{ generated: number; status: JobStatus }>(
      `update promotion_jobs set
         generated = generated + $3, duplicates_avoided = duplicates_avoided + $4,
         status = case when generated + $3 = number_of_codes then 'completed' else status end,
         finished_at = case when generated + $3 = number_of_codes then clock_timestamp() end,
         run_seen_at = clock_timestamp(), updated_at = clock_timestamp()
       where id = $1 and run_token = $2 and status = 'processing' and failing is null
       returning generated, status`,
      [run.id, run.token, inserted, slice.count - inserted],
    );
    faultPoint('slice-written');
    await client.query(rows[0] ? 'commit' : 'rollback');
    faultPoint('slice-committed');
    return rows[0] ? { ...rows[0], inserted, taken: slice.count - slice.repeats.length - copied } : null;
  } catch (error) {
    // The connection itself may be gone; then there is nothing to roll back.
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

async function insertBatches(client: PoolClient, run: Run, settings: Settings, slice: Slice, whileBusy: () => void): Promise<number> {
  let inserted = 0;
  let batch = slice.first;
  while (batch) {
    let following: Batch | undefined;
    inserted += await insert(client, run, settings, batch, () => {
      following = slice.others.next().value;
      if (!following) whileBusy();
    });
    // Nothing was made where the batch did not even get on its way.
    batch = following ?? slice.others.next().value;
  }
  return inserted;
}

/**
 * COPY is the fastest way in, but one code that exists stops it. Of random codes hardly ever more than one in a batch does: it is
 * left out, and the others are copied again. Where there are more, the batch takes the slower way around all of them.
 */
async function insert(client: PoolClient, run: Run, settings: Settings, batch: Batch, whileBusy: () => void, copies = 2): Promise<number> {
  if (copies === 0) return insertNewCodes(client, run, settings, codesOf(batch.codes));
  try {
    return await copyBatch(client, batch, whileBusy);
  } catch (error) {
    const taken = takenCode(error);
    if (taken === null) throw error;
    await client.query('rollback to savepoint batch');
    const others = codesOf(batch.codes).filter((code) => code.toLowerCase() !== taken);
    return others.length === 0 ? 0 : insert(client, run, settings, batchOf(run, settings, blockOf(others)), () => {}, copies - 1);
  }
}

async function copyBatch(client: PoolClient, { codes, rows }: Batch, whileBusy: () => void): Promise<number> {
  const into = client.query(copyFrom(`savepoint batch; ${copyStatement}`));
  const done = finished(into);
  into.write(rows, (error) => {
    if (error) return;
    into.end();
    // Not before the rows and the word that they are all have left: what is made meanwhile would hold them back.
    setImmediate(whileBusy);
  });
  await done;
  return codes.count;
}

async function insertNewCodes(client: PoolClient, run: Run, settings: Settings, codes: string[]): Promise<number> {
  if (codes.length === 0) return 0;
  const { rowCount } = await client.query(
    `insert into promotion_codes (promotion_id, job_id, code, consume_unit, max_uses, uses, created_by)
     select $1, $2, code, $4, $5, $5, $6 from unnest($3::text[]) with ordinality as new (code, position) order by position
     on conflict ((lower(code))) do nothing`,
    [run.promotionId, run.id, codes, settings.consumeUnit, settings.maxUsesPerCode, run.createdBy],
  );
  return rowCount ?? 0;
}
