import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createFile, createStorageFolder, exportNames, openFile, removeFile, removeFilesOf } from '#lib/storage';

let root: string;
let folder: string;
const inFolder = (name: string) => join(folder, name);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'promint-storage-'));
  folder = join(root, 'exports');
  process.env.STORAGE_DIR = folder;
});
afterAll(() => rm(root, { recursive: true }));
beforeEach(async () => {
  await rm(folder, { recursive: true, force: true });
  await createStorageFolder();
});

async function written(key: string, text: string) {
  const file = await createFile(key);
  await pipeline([text], file.stream);
  await file.commit();
}

async function opened(key: string) {
  const file = await openFile(key);
  if (typeof file === 'string') throw new Error(`${key} is ${file}`);
  return file;
}

/** The number of open file descriptors of this process in the folder. */
async function openDescriptors(): Promise<number> {
  const links = (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''));
  return (await Promise.all(links)).filter((path) => path.startsWith(folder)).length;
}

test('createFile names a file only when it is complete, and makes it readable by its owner only', async () => {
  const file = await createFile('a.csv');
  file.stream.write('half');
  expect(await openFile('a.csv')).toBe('missing');
  file.stream.end('whole');
  await file.commit();
  expect(await readdir(folder)).toEqual(['a.csv']);
  expect((await stat(inFolder('a.csv'))).mode & 0o777).toBe(0o600);
  const finished = await opened('a.csv');
  expect(finished.size).toBe(9);
  await finished.close();
});

test('discard removes the unfinished file, also during a write', async () => {
  const file = await createFile('a.csv');
  file.stream.write(Buffer.alloc(5_000_000));
  await file.discard();
  expect(await readdir(folder)).toEqual([]);
  expect(await openDescriptors()).toBe(0);
});

test('createFile keeps the files of two runs with the same key separate', async () => {
  const [first, second] = await Promise.all([createFile('a.csv'), createFile('a.csv')]);
  first.stream.end('first');
  second.stream.end('second');
  await first.commit();
  await second.discard();
  expect(await readFile(inFolder('a.csv'), 'utf8')).toBe('first');
});

test('stream reads exactly the bytes of a range, and closes the descriptor', async () => {
  await written('a.csv', `${'x'.repeat(70_000)}end`);
  const file = await opened('a.csv');
  const text = await new Response(file.stream({ start: 69_999, end: 70_001 })).text();
  expect(text).toBe('xen');
  expect((await new Response((await opened('a.csv')).stream({ start: 0, end: 70_002 })).text()).length).toBe(70_003);
  expect(await openDescriptors()).toBe(0);
});

test('stream closes the descriptor when it is cancelled', async () => {
  await written('a.csv', 'x'.repeat(1_000_000));
  await (await opened('a.csv')).stream({ start: 0, end: 999_999 }).cancel();
  const reader = (await opened('a.csv')).stream({ start: 0, end: 999_999 }).getReader();
  await reader.read();
  await Promise.all([reader.read(), reader.cancel()]);
  expect(await openDescriptors()).toBe(0);
});

test('stream fails when the file becomes shorter while it is read', async () => {
  await written('a.csv', 'x'.repeat(200_000));
  const reader = (await opened('a.csv')).stream({ start: 0, end: 199_999 }).getReader();
  await reader.read();
  await truncate(inFolder('a.csv'), 65_536);
  await expect(reader.read()).rejects.toThrow('shorter');
  expect(await openDescriptors()).toBe(0);
});

test('openFile rejects links, folders, pipes and files outside the folder', async () => {
  await written('a.csv', 'text');
  await writeFile(join(root, 'secret.txt'), 'secret');
  await symlink(join(root, 'secret.txt'), inFolder('link.csv'));
  execFileSync('mkfifo', [inFolder('pipe.csv')]);
  execFileSync('mkdir', [inFolder('folder.csv')]);
  expect(await openFile('link.csv')).toBe('irregular');
  expect(await openFile('pipe.csv')).toBe('irregular');
  expect(await openFile('folder.csv')).toBe('irregular');
  for (const key of ['../secret.txt', '/etc/passwd', '..', '', 'a.csv\0', 'folder.csv/x', 'x'.repeat(300)]) {
    await expect(openFile(key)).rejects.toThrow('plain file name');
  }
  expect(await openDescriptors()).toBe(0);
});

test('exportNames lists only regular files with the full name of an export', async () => {
  const [jobId, run] = [randomUUID(), randomUUID()];
  const key = `${jobId}.${run}.csv`;
  const otherNames = [
    '-'.repeat(36),
    `${'-'.repeat(36)}.csv`,
    `${jobId}.csv`,
    `${key}.zip`,
    `${key.toUpperCase()}`,
    `${jobId}.${'-'.repeat(36)}.csv`,
    'ü.csv',
    '.csv',
  ];
  for (const name of otherNames) await writeFile(inFolder(name), '');
  await mkdir(inFolder(`${jobId}.${randomUUID()}.csv`));
  await symlink('/etc/passwd', inFolder(`${jobId}.${randomUUID()}.csv`));
  await written(key, 'whole');
  const begun = await createFile(`${jobId}.${randomUUID()}.csv`);
  const found = await exportNames();
  expect(found.map((file) => file.jobId)).toEqual([jobId, jobId]);
  expect(found.map(({ name }) => name.replace(/.*\.csv/, '…'))).toEqual(expect.arrayContaining(['…', expect.stringMatching(/\.partial$/)]));
  expect(found).toContainEqual({ name: key, jobId });
  await begun.discard();
});

test('removeFile removes one file, and removeFilesOf all files of one prefix', async () => {
  expect(await openFile('none.csv')).toBe('missing');
  await removeFilesOf('none');
  for (const key of ['a.1.csv', 'a.2.csv', 'ab.1.csv', 'b.csv']) await written(key, key);
  const begun = await createFile('a.3.csv');
  await removeFilesOf('a', 'a.2.csv');
  expect(await readdir(folder)).toEqual(['a.2.csv', 'ab.1.csv', 'b.csv']);
  await removeFilesOf('a');
  await begun.discard();
  await removeFile('b.csv');
  await removeFile('b.csv');
  expect(await readdir(folder)).toEqual(['ab.1.csv']);
});
