import type { PoolClient } from 'pg';
import { foldCode } from '#lib/codes/fold';
import { codeSpace } from '#lib/codes/generator/alphabet';
import { blockOf, type CodeBlock, codesOf } from '#lib/codes/generator/block';
import { copyRows } from '#lib/codes/generator/copy-rows';
import { type Drawn, drawCodes, rememberCodes } from '#lib/codes/generator/random';
import type { IsRepeat } from '#lib/codes/generator/repeats';
import { faultPoint } from '#lib/jobs/engine/fault-point';
import { conflictingCode } from '#lib/jobs/engine/faults';
import { fencedTransaction, lockPromotionFirst } from '#lib/jobs/engine/fenced.sql';
import type { Run } from '#lib/jobs/engine/run.sql';
import type { GenerateSettings } from '#lib/jobs/types/generate/settings';
import { copyBatch, countInserted, freeFromDeleted, insertNewCodes, rollbackBatch } from '#lib/jobs/types/generate/slice.sql';
import type { JobStatus } from '#prisma/enums';

/** Codes for one COPY, with their rows in the format of COPY. */
type Batch = { codes: CodeBlock; rows: Buffer };

/**
 * The codes of one transaction. The first batch is ready; each other batch is generated while the database works on the previous one.
 * `repeats` are codes that the run may have generated before. They are inserted with `on conflict do nothing`.
 */
export type Slice = { count: number; first: Batch | undefined; others: Generator<Batch, undefined>; repeats: string[] };

/**
 * The result of a slice: the progress of the job, the number of inserted codes, and the number of copied codes that already
 * existed. Null when the fence rejected the slice, which then wrote nothing.
 */
export type Written = { generated: number; status: JobStatus; inserted: number; existing: number } | null;

/** The collisions of a run: the number of codes that it tried, how many of them already existed, and the check for repeats. */
export type Collisions = { offered: number; existing: number; isRepeat: IsRepeat };

// Enough codes in one transaction to spread the cost of a commit and to write more than one code to each index page. Few enough that
// a cancellation takes effect at once.
const sliceSize = 50_000;
const [smallestBatch, largestBatch] = [1_000, 25_000];
// Measured: the start and end of a COPY cost as much as this many rows.
const copyCost = 300;
// A job that fills a millionth of its code space repeats one code in two million. Below that, a check for repeats costs more than it saves.
const likelyFill = 1e-6;

/** Returns the number of codes in a batch. A collision copies half of its batch again, so more collisions need smaller batches. The square root balances both costs. */
function batchSize({ offered, existing }: Collisions): number {
  if (existing === 0) return largestBatch;
  return Math.min(largestBatch, Math.max(smallestBatch, Math.round(Math.sqrt((2 * copyCost * offered) / existing))));
}

/** Returns the collisions of a run at its start: none. */
export function startCollisions({ numberOfCodes, codeLength }: GenerateSettings): Collisions {
  const repeatsAreLikely = numberOfCodes > codeSpace(codeLength) * likelyFill;
  const isRepeat = repeatsAreLikely ? rememberCodes(numberOfCodes, codeLength) : () => false;
  return { offered: 0, existing: 0, isRepeat };
}

/** Returns the next slice: a full one, or as many codes as the job still needs. */
export function nextSlice(run: Run, settings: GenerateSettings, generated: number, collisions: Collisions): Slice {
  const count = Math.min(sliceSize, settings.numberOfCodes - generated);
  return sliceOf(
    run,
    settings,
    count,
    drawCodes(count, batchSize(collisions), settings.codeLength, settings.codePrefix, collisions.isRepeat),
  );
}

/** Returns a slice of these codes, which must be sorted. */
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
 * Writes one slice in one transaction. Its last statement is the fence: the update that counts the codes requires the run token and
 * the status `processing`. The last code completes the job. Calls `whileBusy` when the database works on the last batch.
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
    // These codes are not sorted. Two jobs deadlock here only if each has generated a code of the other. The slice is then retried.
    const inserted = copied + (await insertNewCodes(client, run, settings, slice.repeats));
    const counted = await countInserted(client, run, { inserted, avoided: slice.count - inserted });
    faultPoint('slice-written');
    return counted && { ...counted, inserted, existing: slice.count - slice.repeats.length - copied };
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
    // A COPY that fails before its rows are sent does not call the callback.
    batch = following ?? slice.others.next().value;
  }
  return inserted;
}

/**
 * Inserts one batch and returns the number of new codes. COPY is the fastest insert, but fails when one code already exists. The
 * batch is then copied again, without the existing code unless it could be freed. After a second collision, which is rare, the
 * batch is inserted with `on conflict do nothing`.
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
    const conflicting = conflictingCode(error);
    if (conflicting === null) throw error;
    await rollbackBatch(client);
    const codes = codesOf(batch.codes);
    const freed = (await freeFromDeleted(client, codes)) > 0;
    const others = freed ? codes : codes.filter((code) => foldCode(code) !== conflicting);
    return others.length === 0 ? 0 : insert(client, run, settings, batchOf(run, settings, blockOf(others)), () => {}, copies - 1);
  }
}
