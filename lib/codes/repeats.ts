/** Whether a number may have come before; when it says no, it did not. Remembers the number. */
export type IsRepeat = (number: number) => boolean;

// 40 MB. Of more numbers than words, new ones are taken for repeats more often: a quarter of a hundred million, at the end.
const mostWords = 10_000_000;

/** Remembers `count` random whole numbers below `end`. Of those that are new, one in a thousand is taken for a repeat. */
export function rememberNumbers(count: number, end: number): IsRepeat {
  // A Bloom filter: a number sets three bits of one word. The words are in the order of the numbers, so that sorted ones go through them once.
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
