import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

// The harness loads this module into two workers. Both generate the same codes: one generates the blocks forwards, the other backwards.
const blocks = 16;
const perBlock = 8_192;
const numberBytes = 6;
const backwards = process.env.CODE_ORDER === 'backwards';
const random = crypto.randomInt.bind(crypto);
let generated = 0;
let bytes = bytesOf(0);

function predictableRandomInt(end: number): number {
  const [block, at] = [Math.floor(generated / perBlock), generated % perBlock];
  if (block >= blocks) return random(end);
  if (at === 0) bytes = bytesOf(backwards ? blocks - 1 - block : block);
  generated += 1;
  return bytes.readUIntBE(at * numberBytes, numberBytes) % end;
}

function bytesOf(block: number): Buffer {
  return crypto
    .createHash('shake256', { outputLength: perBlock * numberBytes })
    .update(String(block))
    .digest();
}

Object.assign(crypto, { randomInt: predictableRandomInt });
syncBuiltinESMExports();
