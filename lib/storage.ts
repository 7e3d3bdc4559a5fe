import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { constants, createWriteStream } from 'node:fs';
import { access, type FileHandle, mkdir, open, readdir, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { config } from '#lib/config';

// All files are in one folder. A file gets its final name when it is complete, so that this name never refers to a partial file.
const keyShape = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;
const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
// The id of the job, the token of the run and, for an unfinished file, a random id.
const exportShape = new RegExp(`^(?<jobId>${uuid})\\.${uuid}\\.csv(?:\\.${uuid}\\.partial)?$`);
const chunkBytes = 65_536;

export type FileBeingWritten = {
  stream: Writable;
  /** Waits until the stream has ended and all data is on disk, then gives the file its final name. */
  commit(): Promise<void>;
  /** Removes the unfinished file. Has no effect after {@link commit}. */
  discard(): Promise<void>;
};

/** A range of bytes, both ends included. */
export type ByteRange = { start: number; end: number };

export type StoredFile = {
  size: number;
  /** Reads on demand. Closes the file at the end of the range, after an error and when cancelled. */
  stream(range: ByteRange): ReadableStream<Uint8Array>;
  close(): Promise<void>;
};

/** Creates the folder if it is missing. Call it only at the start of a process: a folder that disappears later is a fault. */
export async function createStorageFolder(): Promise<void> {
  await mkdir(config().storageDir, { recursive: true, mode: 0o700 });
}

/** True when files in the folder can be read and written. */
export async function isStorageWritable(): Promise<boolean> {
  return access(config().storageDir, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Starts a file under a unique temporary name, so that two runs of one job never write to the same file. */
export async function createFile(key: string): Promise<FileBeingWritten> {
  const folder = await realpath(config().storageDir);
  const path = pathIn(folder, key);
  const partial = `${path}.${randomUUID()}.partial`;
  const stream = createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true, highWaterMark: 16 * chunkBytes });
  await once(stream, 'open');
  // The stream and `commit` report errors to their callers. Without this listener an error would also end the process.
  stream.on('error', () => {});
  return {
    stream,
    async commit() {
      await finished(stream);
      await rename(partial, path);
      await syncFolder(folder);
    },
    async discard() {
      stream.destroy();
      await finished(stream).catch(() => {});
      await rm(partial, { force: true });
    },
  };
}

/** Opens a finished file. Returns `irregular` for anything but a regular file, such as a symbolic link. */
export async function openFile(key: string): Promise<StoredFile | 'missing' | 'irregular'> {
  const folder = await realpath(config().storageDir).catch(on('ENOENT', null));
  if (folder === null) return 'missing';
  // Without O_NONBLOCK this call would wait for a writer when the name is a named pipe.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(pathIn(folder, key), flags).catch(on('ENOENT', 'missing')).catch(on('ELOOP', 'irregular'));
  if (typeof handle === 'string') return handle;
  const stat = await handle.stat();
  if (stat.isFile()) return reader(handle, stat.size);
  await handle.close();
  return 'irregular';
}

/** Removes a finished file. Has no effect when there is none. */
export async function removeFile(key: string): Promise<void> {
  await rm(pathIn(config().storageDir, key), { force: true });
}

/** Removes all files, finished and unfinished, whose key starts with `prefix` and a dot, except the one named `keep`. */
export async function removeFilesOf(prefix: string, keep?: string): Promise<void> {
  const names = await readdir(config().storageDir).catch(on('ENOENT', []));
  await Promise.all(names.filter((name) => name.startsWith(`${prefix}.`) && name !== keep).map(removeFile));
}

/** The files in the folder whose names are names of exports, finished and unfinished. `ownsStorage` (storage-owner.ts) checks their owner. */
export async function exportNames(): Promise<{ name: string; jobId: string }[]> {
  const entries = await readdir(config().storageDir, { withFileTypes: true }).catch(on('ENOENT', []));
  return entries.flatMap((entry) => {
    const { jobId } = (entry.isFile() && exportShape.exec(entry.name)?.groups) || {};
    return jobId === undefined ? [] : [{ name: entry.name, jobId }];
  });
}

function pathIn(folder: string, key: string): string {
  if (!keyShape.test(key)) throw new Error('a storage key is a plain file name');
  return join(folder, key);
}

/** Flushes the folder to disk, so that the new name survives a power cut. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function reader(handle: FileHandle, size: number): StoredFile {
  let reading: Promise<unknown> = Promise.resolve();
  // Waits for the current read. A descriptor that is closed before the read runs could already belong to another file.
  const close = () => reading.then(() => handle.close());
  return {
    size,
    close,
    stream({ start, end }) {
      let position = start;
      return new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            const read = handle.read(Buffer.allocUnsafe(Math.min(chunkBytes, end - position + 1)), 0, undefined, position);
            reading = read.catch(() => {});
            const { bytesRead, buffer } = await read.catch(closeAndThrow);
            position += bytesRead;
            if (bytesRead === 0) await closeAndThrow(new Error('a file became shorter while it was read'));
            controller.enqueue(buffer.subarray(0, bytesRead));
            if (position <= end) return;
            await close();
            controller.close();
          },
          cancel: close,
        },
        { highWaterMark: 0 },
      );
    },
  };
  async function closeAndThrow(error: unknown): Promise<never> {
    await close();
    throw error;
  }
}

/** A handler for `catch` that returns `answer` for one error code and rethrows any other error. */
function on<const T>(code: string, answer: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === code) return answer;
    throw error;
  };
}
