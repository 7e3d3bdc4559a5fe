import { finished } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { foldCode } from '#lib/codes/fold';
import { freeCodes } from '#lib/codes/free.sql';
import { codeSpace } from '#lib/codes/generator/alphabet';
import { blockOf, type CodeBlock, codesOf } from '#lib/codes/generator/block';
import { copyRows, copyStatement } from '#lib/codes/generator/copy-rows';
import { type Drawn, drawCodes, rememberCodes } from '#lib/codes/generator/random';
import type { IsRepeat } from '#lib/codes/generator/repeats';
import { faultPoint } from '#lib/jobs/engine/fault-point';
import { takenCode } from '#lib/jobs/engine/faults';
import type { Run } from '#lib/jobs/engine/run';
import type { GenerateSettings } from '#lib/jobs/types/generate/settings';
import type { JobStatus } from '#prisma/enums';

/** Codes for one COPY, with their rows in its format. */
type Batch = { codes: CodeBlock; rows: Buffer };

/**
 * The codes of one transaction. The first batch exists; each other one is generated while the database works on the batch before
 * it. `repeats` may be codes that the run generated before: they are inserted one by one, skipping those that exist.
 */
export type Slice = { count: number; first: Batch | undefined; others: Generator<Batch, undefined>; repeats: string[] };

/**
 * What a slice did: the progress of the job, how many codes it inserted, and how many of the copied ones existed already. `null`
 * when the write was fenced off and nothing was written.
 */
export type Written = { generated: number; status: JobStatus; inserted: number; taken: number } | null;

/** The collisions of a run so far: how many codes it offered, how many of them existed already, and which ones it drew. */
export type Collisions = { offered: number; taken: number; isRepeat: IsRepeat };

// Enough codes in one transaction to spread the cost of a commit and to visit each index page more than once; few enough to
// cancel at once.
const sliceSize = 50_000;
const [smallestBatch, largestBatch] = [1_000, 25_000];
// Measured: starting and ending a COPY costs as much as this many rows of it.
const copyCost = 300;
// A job that fills a millionth of its code space repeats one code in two million. Below that, remembering codes costs more than it saves.
const likelyFill = 1e-6;

/** A collision copies half of its batch again, so more collisions call for smaller batches; the square root balances both costs. */
function batchSize({ offered, taken }: Collisions): number {
  if (taken === 0) return largestBatch;
  return Math.min(largestBatch, Math.max(smallestBatch, Math.round(Math.sqrt((2 * copyCost * offered) / taken))));
}

/** The collisions of a run that has just started: none. */
export function noCollisions({ numberOfCodes, codeLength }: GenerateSettings): Collisions {
  const repeatsAreLikely = numberOfCodes > codeSpace(codeLength) * likelyFill;
  const isRepeat = repeatsAreLikely ? rememberCodes(numberOfCodes, codeLength) : () => false;
  return { offered: 0, taken: 0, isRepeat };
}

/** The next codes to try: a full slice, or as many as the job still needs. */
export function nextSlice(run: Run, settings: GenerateSettings, generated: number, collisions: Collisions): Slice {
  const count = Math.min(sliceSize, settings.numberOfCodes - generated);
  return sliceOf(
    run,
    settings,
    count,
    drawCodes(count, batchSize(collisions), settings.codeLength, settings.codePrefix, collisions.isRepeat),
  );
}

/** A slice of these codes, which must be sorted. */
export function sliceOf(run: Run, settings: GenerateSettings, count: number, { batches, repeats }: Drawn): Slice {
  const others = batchesOf(run, settings, batches);
  return { count, first: others.next().value, others, repeats };
}

function* batchesOf(run: Run, settings: GenerateSettings, codes: Iterable<CodeBlock>): Generator<Batch, undefined> {
  for (const each of codes) yield batchOf(run, settings, each);
}

function batchOf(run: Run, { consumeUnit, maxUsesPerCode }: GenerateSettings, codes: CodeBlock): Batch {
  const { promotionId, id, createdBy } = run;
  return { codes, rows: copyRows({ promotionId, jobId: id, consumeUnit, maxUses: maxUsesPerCode, createdBy }, codes) };
}

/**
 * Writes one slice in one transaction. Its last statement is the fence: the update that counts the codes names the run token and
 * requires the job to be `processing`. With the last code it completes the job. `whileBusy` is called once the database works on
 * the last batch.
 */
export async function writeSlice(
  client: PoolClient,
  run: Run,
  settings: GenerateSettings,
  slice: Slice,
  whileBusy: () => void,
): Promise<Written> {
  await client.query('begin');
  try {
    // The lock order of lib/database/transaction.ts: the promotion, then the codes in sorted order.
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
    // The connection itself may be gone, and with it the transaction.
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

async function insertBatches(
  client: PoolClient,
  run: Run,
  settings: GenerateSettings,
  slice: Slice,
  whileBusy: () => void,
): Promise<number> {
  let inserted = 0;
  let batch = slice.first;
  while (batch) {
    let following: Batch | undefined;
    inserted += await insert(client, run, settings, batch, () => {
      following = slice.others.next().value;
      if (!following) whileBusy();
    });
    // The callback was not called when the COPY failed before its rows were sent.
    batch = following ?? slice.others.next().value;
  }
  return inserted;
}

/**
 * COPY is the fastest insert, but one code that exists fails it. Hardly ever does more than one random code of a batch exist: it is
 * left out and the others are copied again, unless it could be freed. A batch with more collisions is inserted by `on conflict do
 * nothing`.
 */
async function insert(
  client: PoolClient,
  run: Run,
  settings: GenerateSettings,
  batch: Batch,
  whileBusy: () => void,
  copies = 2,
): Promise<number> {
  if (copies === 0) return insertNewCodes(client, run, settings, codesOf(batch.codes));
  try {
    return await copyBatch(client, batch, whileBusy);
  } catch (error) {
    const taken = takenCode(error);
    if (taken === null) throw error;
    await client.query('rollback to savepoint batch');
    const codes = codesOf(batch.codes);
    const freed = (await free(client, codes)) > 0;
    const others = freed ? codes : codes.filter((code) => foldCode(code) !== taken);
    return others.length === 0 ? 0 : insert(client, run, settings, batchOf(run, settings, blockOf(others)), () => {}, copies - 1);
  }
}

async function copyBatch(client: PoolClient, { codes, rows }: Batch, whileBusy: () => void): Promise<number> {
  const into = client.query(copyFrom(`savepoint batch; ${copyStatement}`));
  const done = finished(into);
  into.write(rows, (error) => {
    if (error) return;
    into.end();
    // Only after the rows and their end have been sent: generating codes would delay them.
    setImmediate(whileBusy);
  });
  await done;
  return codes.count;
}

async function insertNewCodes(client: PoolClient, run: Run, settings: GenerateSettings, codes: string[]): Promise<number> {
  if (codes.length === 0) return 0;
  await free(client, codes);
  const { rowCount } = await client.query(
    `insert into promotion_codes (promotion_id, job_id, code, consume_unit, max_uses, uses, created_by)
     select $1, $2, code, $4, $5, $5, $6 from unnest($3::text[]) with ordinality as new (code, position) order by position
     on conflict ((lower(code))) do nothing`,
    [run.promotionId, run.id, codes, settings.consumeUnit, settings.maxUsesPerCode, run.createdBy],
  );
  return rowCount ?? 0;
}

/** Frees the codes of promotions that are being deleted, and returns how many. */
async function free(client: PoolClient, codes: string[]): Promise<number> {
  const { rowCount } = await client.query(freeCodes, [codes.map(foldCode)]);
  return rowCount ?? 0;
}
