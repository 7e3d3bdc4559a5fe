import fs from 'node:fs';

// Loaded before a worker by the harness alone, where no file system of its own can be mounted. Until the file that says
// that all is well is there, a write ends as on a full disk after so many bytes, or a new file as in a read-only folder.
const { FOLDER_ERROR: code = 'ENOSPC', FOLDER_WELL: wellFile = '' } = process.env;
const roomBytes = 500_000;
let written = 0;

type Done = (error: NodeJS.ErrnoException, ...more: unknown[]) => void;
type Call = (...given: never[]) => void;

/** `call`, or an error in its place where `breaks` says so of what it is given. */
function breaking(call: Call, breaks: (given: unknown[]) => boolean): Call {
  return (...given) => {
    if (!breaks(given) || fs.existsSync(wellFile)) return call(...given);
    const done = given.at(-1) as unknown as Done;
    done(Object.assign(new Error(`${code}: stand-in for a broken folder`), { code }), 0, given[1]);
  };
}

/** The log, which is written as text, has room. */
function isTooMuch([, data]: unknown[]): boolean {
  for (const part of [data].flat()) if (Buffer.isBuffer(part)) written += part.byteLength;
  return code === 'ENOSPC' && typeof data !== 'string' && written > roomBytes;
}

const isNewFile = ([, flags]: unknown[]) => code === 'EROFS' && flags === 'wx';

Object.assign(fs, {
  open: breaking(fs.open.bind(fs) as never, isNewFile),
  write: breaking(fs.write.bind(fs) as never, isTooMuch),
  writev: breaking(fs.writev.bind(fs) as never, isTooMuch),
});
