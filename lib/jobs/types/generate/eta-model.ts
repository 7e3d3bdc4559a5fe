// A code goes to a page of its own in the index once there are more pages than a slice has codes, and then takes longer:
// measured over ten million codes, this much longer at most, and two thirds of that by so many.
const atMostLonger = 0.9;
const longerBy = 10_000_000;

/** What it takes to make the first so many codes of a store, in what its first code takes. */
function effort(codes: number): number {
  return codes + atMostLonger * (codes - longerBy * (1 - Math.exp(-codes / longerBy)));
}

/** What a generating job has done, and what each code still takes on average: both in what the first code of a store takes. */
export function effortOf({ stored, generated, asked }: { stored: number; generated: number; asked: number }): {
  done: number;
  each: number;
} {
  const done = effort(stored + generated);
  return { done, each: generated < asked ? (effort(stored + asked) - done) / (asked - generated) : 1 };
}
