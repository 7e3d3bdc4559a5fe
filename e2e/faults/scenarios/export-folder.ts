import assert from 'node:assert/strict';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { markName } from '#lib/storage-owner';
import { jobIn } from '#lib/testing/jobs';
import { seedCodes } from '#lib/testing/seed';
import type { Worker } from '#lib/testing/worker';
import type { JobError } from '#prisma/enums';
import { exportJob } from '../api.ts';
import { secondsUntil, suspended } from '../conditions.ts';
import type { Environment } from '../environment.ts';
import { preload } from '../preload.ts';
import type { Scenario } from '../scenario.ts';
import { canMount, mountVolume } from '../volume.ts';

const mounts = await canMount();
const nameOf = (name: string) => (mounts ? name : `${name} (simulated without a mount)`);

/** A worker whose export folder fails, and a function that repairs the folder. */
type Broken = { worker: Worker; repair(): Promise<unknown> };
type FolderFault = {
  name: string;
  error: JobError;
  worker(environment: Environment): Promise<Broken>;
  whileWriting?(broken: Broken, environment: Environment): Promise<void>;
};

/** The export fails with `error` and leaves no file. After the repair, the same worker completes the next export. */
function brokenFolder({ name, error: expected, worker, whileWriting }: FolderFault): Scenario {
  return {
    name,
    withinSeconds: 30,
    rounds: 2,
    async run(environment) {
      const promotionId = await environment.promotion();
      await seedCodes(environment.db, { id: promotionId }, 30_000, 'existing');
      const broken = await worker(environment);
      const failing = await environment.api.create(promotionId, exportJob);
      await whileWriting?.(broken, environment);
      const { error } = await jobIn(environment.db, failing, 'failed', 30_000);
      assert(error === expected, `the export failed with the error ${error}; expected ${expected}`);
      const left = (await readdir(environment.exportsFolder).catch(() => [])).filter((name) => name !== markName);
      assert(left.length === 0, `the failed export left files: ${left.join(', ')}`);
      await broken.repair();
      const again = await environment.api.create(promotionId, exportJob);
      return [await secondsUntil(jobIn(environment.db, again, 'completed', 30_000))];
    },
  };
}

async function simulate(environment: Environment, code: 'ENOSPC' | 'EROFS'): Promise<Broken> {
  const repairedFile = join(environment.server.folder, `${code}-repaired-${environment.random.below(1e9)}`);
  const worker = await environment.worker({ ...preload('failing-folder'), FOLDER_ERROR: code, FOLDER_REPAIRED: repairedFile });
  return { worker, repair: () => writeFile(repairedFile, '') };
}

async function onVolume(environment: Environment, broken: string, repaired: string): Promise<Broken> {
  const volume = await mountVolume(environment.exportsFolder, 'size=100m');
  environment.onCleanUp(volume.remove);
  await volume.remount(broken);
  return { worker: await environment.worker(), repair: () => volume.remount(repaired) };
}

async function removedFolder(environment: Environment): Promise<Broken> {
  const worker = await environment.worker();
  await rm(environment.exportsFolder, { recursive: true });
  return { worker, repair: () => mkdir(environment.exportsFolder) };
}

async function suspendedWhileWriting(environment: Environment): Promise<Broken> {
  const worker = await environment.worker({ FAULT_POINT: 'file-written:1:SIGSTOP' });
  return { worker, repair: () => mkdir(environment.exportsFolder) };
}

async function removeFolder({ worker }: Broken, environment: Environment): Promise<void> {
  await suspended(worker);
  await rm(environment.exportsFolder, { recursive: true });
  worker.process.kill('SIGCONT');
}

export const exportFolderScenarios: Scenario[] = [
  brokenFolder({
    name: nameOf('export folder full'),
    error: 'storage_full',
    worker: (environment) => (mounts ? onVolume(environment, 'size=500k', 'size=100m') : simulate(environment, 'ENOSPC')),
  }),
  brokenFolder({
    name: nameOf('export folder read-only'),
    error: 'storage_read_only',
    worker: (environment) => (mounts ? onVolume(environment, 'ro', 'rw') : simulate(environment, 'EROFS')),
  }),
  brokenFolder({ name: 'export folder removed', error: 'storage_missing', worker: removedFolder }),
  brokenFolder({
    name: 'export folder removed while a worker writes a file',
    error: 'storage_missing',
    worker: suspendedWhileWriting,
    whileWriting: removeFolder,
  }),
];
