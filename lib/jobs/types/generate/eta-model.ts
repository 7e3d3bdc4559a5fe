// A code goes to an index page of its own once there are more pages than a slice has codes, and then takes longer: measured
// over ten million codes, at most this much longer, and two thirds of that after this many codes.
const maxSlowdown = 0.9;
const slowdownCodes = 10_000_000;

/** The cost of the first `codes` codes of a store; the first code costs 1. */
function cost(codes: number): number {
  return codes + maxSlowdown * (codes - slowdownCodes * (1 - Math.exp(-codes / slowdownCodes)));
}

/** What a generating job has done, and what each remaining code costs on average, both in costs of a store's first code. */
export function etaModel({ stored, generated, requested }: { stored: number; generated: number; requested: number }): {
  done: number;
  each: number;
} {
  const done = cost(stored + generated);
  return { done, each: generated < requested ? (cost(stored + requested) - done) / (requested - generated) : 1 };
}
