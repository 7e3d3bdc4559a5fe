import fs from 'node:fs';

// Loaded before a worker by the harness alone, where no file system of its own can be mounted: after so many
// bytes every write ends as on a full disk, until the file that says there is room is there.
const roomFile = process.env.ROOM_FILE ?? '';
const roomBytes = 1_000_000;
let written = 0;

type Written = (error: NodeJS.ErrnoException | null, bytes: number, data: unknown) => void;

function limited(write: (...given: never[]) => void) {
  return (...given: never[]) => {
    const [, data] = given as unknown as [number, Buffer | Buffer[]];
    const done = given.at(-1) as unknown as Written;
    written += [data].flat().reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (written <= roomBytes || fs.existsSync(roomFile)) return write(...given);
    done(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }), 0, data);
  };
}

Object.assign(fs, { write: limited(fs.write.bind(fs) as never), writev: limited(fs.writev.bind(fs) as never) });
