import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareDataFolder } from '#lib/server/data-folder';
import { keptSecrets } from '#lib/server/secrets';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'promint-folder-'));
});
afterAll(() => rm(folder, { recursive: true }));

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
const isRoot = process.getuid?.() === 0;

test('the data folder is created for its owner only', async () => {
  await prepareDataFolder(join(folder, 'a', 'b'), false);
  expect(await modeOf(join(folder, 'a', 'b'))).toBe(0o700);
});

test('a data folder that is open to other users is closed', async () => {
  const path = join(folder, 'open');
  await mkdir(path);
  await chmod(path, 0o777);
  await prepareDataFolder(path, false);
  expect(await modeOf(path)).toBe(0o700);
});

test('the user postgres can enter the data folder of root, and nobody can list it', async () => {
  await prepareDataFolder(join(folder, 'passed'), true);
  expect(await modeOf(join(folder, 'passed'))).toBe(isRoot ? 0o711 : 0o700);
});

test('a folder for all users is rejected as data folder and stays unchanged', async () => {
  const path = join(folder, 'everybody');
  await mkdir(path);
  await chmod(path, 0o1777);
  await expect(prepareDataFolder(path, false)).rejects.toThrow(
    `${path} is a folder for everybody: set DATA_DIR to a folder of Promint's own.`,
  );
  expect((await stat(path)).mode & 0o7777).toBe(0o1777);
});

test('simultaneous first starts agree on one set of secrets, which only the owner can read', async () => {
  const path = join(folder, 'secrets');
  await mkdir(path);
  const all = await Promise.all(Array.from({ length: 20 }, () => keptSecrets(path)));
  expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
  await chmod(join(path, 'secrets.json'), 0o644);
  expect(await keptSecrets(path)).toEqual(all[0]);
  expect(await modeOf(join(path, 'secrets.json'))).toBe(0o600);
});
