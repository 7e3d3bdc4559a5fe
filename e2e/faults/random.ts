/** Pseudo-random numbers. The same seed produces the same sequence. */
export type Random = {
  /** An integer from 0 to `limit` - 1. */
  below(limit: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
};

/** The mulberry32 generator, seeded from `seed` and `name`, so that a round does not depend on concurrent rounds. */
export function seededRandom(seed: number, name: string): Random {
  let state = [...name].reduce((sum, character) => Math.imul(sum ^ character.charCodeAt(0), 0x01000193), seed | 0);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { below, pick: (items) => items[below(items.length)] ?? items[0] };
}
