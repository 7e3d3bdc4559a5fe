import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { alphabet } from '#lib/codes/generator/alphabet';

// The harness loads this module into a worker. Each character has only two values, so that 8 characters give 256 codes.
const random = crypto.randomInt.bind(crypto);

function smallRandomInt(end: number): number {
  let number = 0;
  for (let space = 1; space < end; space *= alphabet.length) number = number * alphabet.length + random(2);
  return number;
}

Object.assign(crypto, { randomInt: smallRandomInt });
syncBuiltinESMExports();
