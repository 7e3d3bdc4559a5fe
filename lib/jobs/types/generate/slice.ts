import type { PoolClient } from 'pg';
import { foldCode } from '#lib/codes/fold';
import { codeSpace } from '#lib/codes/generator/alphabet';
import { blockOf, type CodeBlock, codesOf } from '#lib/codes/generator/block';
import { copyRows } from '#lib/codes/generator/copy-rows';
import { type Drawn, drawCodes, rememberCodes } from '#lib/codes/generator/random';
import type { IsRepeat } from '#lib/codes/generator/repeats';
import { faultPoint } from '#lib/jobs/engine/fault-point';
import { takenCode } from '#lib/jobs/engine/faults';
import { fencedTransaction, lockPromotionFirst } from '#lib/jobs/engine/fenced.sql';
import type { Run } from '#lib/jobs/engine/run.sql';
import type { GenerateSettings } from '#lib/jobs/types/generate/settings';
import { copyBatch, countInserted, freeFromDeleted, insertNewCodes, rollbackBatch } from '#lib/jobs/types/generate/slice.sql';
import type { JobStatus } from '#prisma/enums';

/** Codes for one COPY, with their rows in its format. */
type Batch = { codes: CodeBlock; rows: Buffer };

/**
 * The codes of one transaction. The first batch exists; each other one is generated while the database works on the batch before
 * it. `repeats` may be codes that the run generated before: they are inserted one by one, skipping those that exist.
 */
export type Slice = { count: number; first: Batch | undefined; others: Generator<Batch, undefined>; repeats: string[] };

/**
 * The result of a slice: the progress of the job, how many codes it inserted, and how many of the copied ones existed already. `null`
 * when the fence rejected the write and nothing was written.
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
  const written = await fencedTransaction(client, async () => {
    await lockPromotionFirst(client, run.promotionId);
    const copied = await insertBatches(client, run, settings, slice, whileBusy);
    // These are out of order. Two jobs deadlock here only if each has drawn the other's code, and then the slice is written again.
    const inserted = copied + (await insertNewCodes(client, run, settings, slice.repeats));
    const counted = await countInserted(client, run, { inserted, avoided: slice.count - inserted });
    faultPoint('slice-written');
    return counted && { ...counted, inserted, taken: slice.count - slice.repeats.length - copied };
  });
  faultPoint('slice-committed');
  return written;
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
    await copyBatch(client, batch.rows, whileBusy);
    return batch.codes.count;
  } catch (error) {
    const taken = takenCode(error);
    if (taken === null) throw error;
    await rollbackBatch(client);
    const codes = codesOf(batch.codes);
    const freed = (await freeFromDeleted(client, codes)) > 0;
    const others = freed ? codes : codes.filter((code) => foldCode(code) !== taken);
    return others.length === 0 ? 0 : insert(client, run, settings, batchOf(run, settings, blockOf(others)), () => {}, copies - 1);
  }
}
