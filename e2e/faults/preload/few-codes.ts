import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

// Loaded before a worker by the harness alone: every character is one of two, so that 8 of them make 256 codes.
const random = crypto.randomFillSync.bind(crypto);

function fill<T extends NodeJS.ArrayBufferView>(buffer: T): T {
  random(buffer);
  const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  for (const [at, byte] of bytes.entries()) bytes[at] = byte & 1;
  return buffer;
}

Object.assign(crypto, { randomFillSync: fill });
syncBuiltinESMExports();
