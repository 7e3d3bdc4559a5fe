import fs from 'node:fs';

// The harness loads this module into a worker on machines without permission to mount. Until the file FOLDER_REPAIRED exists, writes
// fail with ENOSPC after 500 kB, or new files fail with EROFS.
const { FOLDER_ERROR: code = 'ENOSPC', FOLDER_REPAIRED: repairedFile = '' } = process.env;
const capacityBytes = 500_000;
let written = 0;

type Done = (error: NodeJS.ErrnoException, ...more: unknown[]) => void;
type Call = (...given: never[]) => void;

/** Returns a function that calls `call`, or fails with the error when `fails` returns true for its arguments. */
function failing(call: Call, fails: (given: unknown[]) => boolean): Call {
  return (...given) => {
    if (!fails(given) || fs.existsSync(repairedFile)) return call(...given);
    const done = given.at(-1) as unknown as Done;
    done(Object.assign(new Error(`${code}: simulated fault`), { code }), 0, given[1]);
  };
}

/** Does not count text: the log is written as text. */
function exceedsCapacity([, data]: unknown[]): boolean {
  for (const part of [data].flat()) if (Buffer.isBuffer(part)) written += part.byteLength;
  return code === 'ENOSPC' && typeof data !== 'string' && written > capacityBytes;
}

const isNewFile = ([, flags]: unknown[]) => code === 'EROFS' && flags === 'wx';

Object.assign(fs, {
  open: failing(fs.open.bind(fs) as never, isNewFile),
  write: failing(fs.write.bind(fs) as never, exceedsCapacity),
  writev: failing(fs.writev.bind(fs) as never, exceedsCapacity),
});
