// Once the index has more pages than a slice has codes, each code is written to a page of its own and takes longer. Measured over
// ten million codes: at most this much longer, and two thirds of that after this many codes.
const maxSlowdown = 0.9;
const slowdownCodes = 10_000_000;

/** The cost of the first `codes` codes of a store; the first code costs 1. */
function cost(codes: number): number {
  return codes + maxSlowdown * (codes - slowdownCodes * (1 - Math.exp(-codes / slowdownCodes)));
}

/** The work done by a job that generates, and the average cost of a remaining code. The unit is the cost of a store's first code. */
export function etaModel({ stored, generated, requested }: { stored: number; generated: number; requested: number }): {
  done: number;
  each: number;
} {
  const done = cost(stored + generated);
  return { done, each: generated < requested ? (cost(stored + requested) - done) / (requested - generated) : 1 };
}
