import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { markName } from '#lib/storage-owner';
import { jobIn } from '#lib/testing/jobs';
import { makeCodes } from '#lib/testing/seed';
import type { Worker } from '#lib/testing/worker';
import type { JobError } from '#prisma/enums';
import { anExport } from '../api.ts';
import { type Fault, promise } from '../fault.ts';
import { preload } from '../preload.ts';
import type { Stage } from '../stage.ts';
import { canMount, mountVolume } from '../volume.ts';
import { secondsUntil, stopped } from '../watch.ts';

const mounts = await canMount();
const withStandIn = (name: string) => (mounts ? name : `${name} (by a stand-in: this machine mounts nothing)`);

/** A worker whose export folder is broken, and what makes the folder well again. */
type Broken = { worker: Worker; mend(): Promise<unknown> };
type Play = {
  name: string;
  error: JobError;
  worker(stage: Stage): Promise<Broken>;
  whileWriting?(broken: Broken, stage: Stage): Promise<void>;
};

/** The export fails with `error` and leaves nothing behind; once the folder is well, the next one goes well in the same worker. */
function brokenFolder({ name, error: expected, worker, whileWriting }: Play): Fault {
  return {
    name,
    withinSeconds: 30,
    rounds: 2,
    async play(stage) {
      const promotionId = await stage.promotion();
      await makeCodes(stage.db, { id: promotionId }, 30_000, 'made-before');
      const broken = await worker(stage);
      const failing = await stage.api.create(promotionId, anExport);
      await whileWriting?.(broken, stage);
      const { error } = await jobIn(stage.db, failing, 'failed', 30_000);
      promise(error === expected, `it failed and said: ${error}`);
      const left = (await readdir(stage.exportsFolder).catch(() => [])).filter((name) => name !== markName);
      promise(left.length === 0, `it left ${left.join(', ')}`);
      await broken.mend();
      const again = await stage.api.create(promotionId, anExport);
      return [await secondsUntil(jobIn(stage.db, again, 'completed', 30_000))];
    },
  };
}

async function standIn(stage: Stage, code: 'ENOSPC' | 'EROFS'): Promise<Broken> {
  const well = join(stage.server.folder, `${code}-is-over-${stage.random.below(1e9)}`);
  const worker = await stage.worker({ ...preload('broken-folder'), FOLDER_ERROR: code, FOLDER_WELL: well });
  return { worker, mend: () => writeFile(well, '') };
}

async function onVolume(stage: Stage, broken: string, well: string): Promise<Broken> {
  const volume = await mountVolume(stage.exportsFolder, 'size=100m');
  stage.afterwards(volume.remove);
  await volume.change(broken);
  return { worker: await stage.worker(), mend: () => volume.change(well) };
}

async function missing(stage: Stage): Promise<Broken> {
  const worker = await stage.worker();
  await rm(stage.exportsFolder, { recursive: true });
  return { worker, mend: () => mkdir(stage.exportsFolder) };
}

async function heldWhileWriting(stage: Stage): Promise<Broken> {
  const worker = await stage.worker({ FAULT_POINT: 'file-written:1:SIGSTOP' });
  return { worker, mend: () => mkdir(stage.exportsFolder) };
}

async function removeFolder({ worker }: Broken, stage: Stage): Promise<void> {
  await stopped(worker);
  await rm(stage.exportsFolder, { recursive: true });
  worker.process.kill('SIGCONT');
}

export const exportFaults: Fault[] = [
  brokenFolder({
    name: withStandIn('export folder full'),
    error: 'storage_full',
    worker: (stage) => (mounts ? onVolume(stage, 'size=500k', 'size=100m') : standIn(stage, 'ENOSPC')),
  }),
  brokenFolder({
    name: withStandIn('export folder read-only'),
    error: 'storage_read_only',
    worker: (stage) => (mounts ? onVolume(stage, 'ro', 'rw') : standIn(stage, 'EROFS')),
  }),
  brokenFolder({ name: 'export folder removed', error: 'storage_missing', worker: missing }),
  brokenFolder({
    name: 'export folder removed while a file is written',
    error: 'storage_missing',
    worker: heldWhileWriting,
    whileWriting: removeFolder,
  }),
];
