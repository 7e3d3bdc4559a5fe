/** Remembers a number. True when the number may have occurred before; false only when it has not. */
export type IsRepeat = (number: number) => boolean;

// At most 32 MB. Of a hundred million numbers, a third of the last ones is then mistaken for repeats.
const mostWords = 8_000_000;

/** Remembers `count` random whole numbers below `end`. One in a thousand new numbers is mistaken for a repeat; of ten million, one in 600. */
export function rememberNumbers(count: number, end: number): IsRepeat {
  // A Bloom filter: a number sets three bits of one word. Words are in the order of the numbers, so sorted numbers access them in order.
  const words = new Int32Array(Math.min(count, mostWords));
  const scale = words.length / end;
  return (number) => {
    const at = Math.floor(number * scale);
    const bits = (1 << number) | (1 << (number >>> 5)) | (1 << (number >>> 10));
    const before = words[at] ?? 0;
    words[at] = before | bits;
    return (before & bits) === bits;
  };
}
