// When the index has more pages than a slice has codes, each code is written to a different page and takes longer. Measured over
// ten million codes: the cost grows by at most this factor, and by two thirds of it after this many codes.
const maxSlowdown = 0.9;
const slowdownCodes = 10_000_000;

/** Returns the cost of the first `codes` codes in the database. The first code costs 1. */
function cost(codes: number): number {
  return codes + maxSlowdown * (codes - slowdownCodes * (1 - Math.exp(-codes / slowdownCodes)));
}

/** Returns the work done by a `code_generate` job and the average cost of a remaining code, in units of the cost of the first code in the database. */
export function etaModel({ stored, generated, requested }: { stored: number; generated: number; requested: number }): {
  done: number;
  each: number;
} {
  const done = cost(stored + generated);
  return { done, each: generated < requested ? (cost(stored + requested) - done) / (requested - generated) : 1 };
}
