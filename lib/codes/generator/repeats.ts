/** Whether a number may have come before; when it says no, it did not. Remembers the number. */
export type IsRepeat = (number: number) => boolean;

// 32 MB, whatever is asked: of a hundred million numbers, a third of the last ones is taken for repeats.
const mostWords = 8_000_000;

/** Remembers `count` random whole numbers below `end`. Of those that are new, one in a thousand is taken for a repeat; of ten million, one in 600. */
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
