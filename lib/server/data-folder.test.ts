import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareDataFolder } from '#lib/server/data-folder';
import { loadSecrets } from '#lib/server/secrets';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'promint-folder-'));
});
afterAll(() => rm(folder, { recursive: true }));

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
const isRoot = process.getuid?.() === 0;

test('prepareDataFolder creates the data folder with access for its owner only', async () => {
  await prepareDataFolder(join(folder, 'a', 'b'), false);
  expect(await modeOf(join(folder, 'a', 'b'))).toBe(0o700);
});

test('prepareDataFolder removes the access of other users to an existing data folder', async () => {
  const path = join(folder, 'open');
  await mkdir(path);
  await chmod(path, 0o777);
  await prepareDataFolder(path, false);
  expect(await modeOf(path)).toBe(0o700);
});

test('prepareDataFolder lets other users enter but not list the data folder when root runs the embedded database', async () => {
  await prepareDataFolder(join(folder, 'entered'), true);
  expect(await modeOf(join(folder, 'entered'))).toBe(isRoot ? 0o711 : 0o700);
});

test('prepareDataFolder rejects a folder that all users share and does not change it', async () => {
  const path = join(folder, 'shared');
  await mkdir(path);
  await chmod(path, 0o1777);
  await expect(prepareDataFolder(path, false)).rejects.toThrow(
    `${path} is shared by all users of this machine: set DATA_DIR to a folder that only Promint uses.`,
  );
  expect((await stat(path)).mode & 0o7777).toBe(0o1777);
});

test('loadSecrets returns the same secrets to 20 simultaneous first starts and makes the file readable by its owner only', async () => {
  const path = join(folder, 'secrets');
  await mkdir(path);
  const all = await Promise.all(Array.from({ length: 20 }, () => loadSecrets(path)));
  expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
  await chmod(join(path, 'secrets.json'), 0o644);
  expect(await loadSecrets(path)).toEqual(all[0]);
  expect(await modeOf(join(path, 'secrets.json'))).toBe(0o600);
});
