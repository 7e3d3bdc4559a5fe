import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

// Loaded before a worker by the harness alone: the codes come out the same in each worker, the blocks of them
// forwards in one and backwards in the other.
const blocks = 16;
const backwards = process.env.SEEDED_CODES === 'backwards';
// No byte is thrown away, so that a block holds whole codes and gives the same ones wherever it comes.
const usedBelow = 252;
let made = 0;
const random = crypto.randomFillSync.bind(crypto);

function fill<T extends NodeJS.ArrayBufferView>(buffer: T): T {
  const block = backwards ? blocks - 1 - made : made;
  made += 1;
  if (made > blocks) return random(buffer);
  const bytes = crypto.createHash('shake256', { outputLength: buffer.byteLength }).update(String(block)).digest();
  new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).set(bytes.map((byte) => byte % usedBelow));
  return buffer;
}

Object.assign(crypto, { randomFillSync: fill });
syncBuiltinESMExports();
