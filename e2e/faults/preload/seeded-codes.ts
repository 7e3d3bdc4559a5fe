import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

// Loaded before a worker by the harness alone: the codes come out the same in each worker, the blocks of them
// forwards in one and backwards in the other.
const blocks = 16;
const perBlock = 8_192;
const numberBytes = 6;
const backwards = process.env.SEEDED_CODES === 'backwards';
const random = crypto.randomInt.bind(crypto);
let made = 0;
let bytes = bytesOf(0);

function one(end: number): number {
  const [block, at] = [Math.floor(made / perBlock), made % perBlock];
  if (block >= blocks) return random(end);
  if (at === 0) bytes = bytesOf(backwards ? blocks - 1 - block : block);
  made += 1;
  return bytes.readUIntBE(at * numberBytes, numberBytes) % end;
}

function bytesOf(block: number): Buffer {
  return crypto
    .createHash('shake256', { outputLength: perBlock * numberBytes })
    .update(String(block))
    .digest();
}

Object.assign(crypto, { randomInt: one });
syncBuiltinESMExports();
