import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { alphabet } from '#lib/codes/alphabet';

// Loaded before a worker by the harness alone: every character is one of two, so that 8 of them make 256 codes.
const random = crypto.randomInt.bind(crypto);

function one(end: number): number {
  let number = 0;
  for (let space = 1; space < end; space *= alphabet.length) number = number * alphabet.length + random(2);
  return number;
}

Object.assign(crypto, { randomInt: one });
syncBuiltinESMExports();
