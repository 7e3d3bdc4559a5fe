import { findBareCodes, findSpelledCodes } from '#lib/codes/find/find';
import { bareCode, type Line } from '#lib/codes/find/reading';
import type { Db } from '#lib/db';

/** A mention of a code in a text: its spelling there, and the folded codes that it can mean; empty when no promotion has one. */
export type Mention = { given: string; codes: string[] };

/** A word of the text. `codes` is undefined when the word is not the spelling of a code. */
type Word = { text: string; bare: string; codes: string[] | undefined };

// A prefix of a few words, and sixteen random characters in groups of four.
const mostWords = 8;

/**
 * The codes in a text, each once: whole lines and words that are the spelling of a code, and consecutive other words that form a
 * code together, as in `mail 4wfm w8xj`. A word without a code is a mention without codes.
 */
export async function findCodesInText(db: Db, lines: readonly Line[]): Promise<Mention[]> {
  const spelled = await findSpelledCodes(
    db,
    lines.flatMap(({ text, words }) => [text, ...words]),
  );
  const read = lines.map(({ text, words }) =>
    (spelled.has(text) ? [text] : words).map((word): Word => ({ text: word, bare: bareCode(word), codes: spelled.get(word) })),
  );
  const told = await findBareCodes(
    db,
    read.flatMap((words) => words.flatMap((_, from) => runsFrom(words, from).map(({ bare }) => bare))),
  );
  const seen = new Set<string>();
  return read
    .flatMap((words) => mentionsIn(words, (bare) => told.get(bare)))
    .filter(({ given, codes }) => seen.size < seen.add(codes.join('\n') || bareCode(given)).size);
}

/** The sequences of words without a code that begin at `from`, the shortest first. */
function runsFrom(words: readonly Word[], from: number): { given: string; bare: string; length: number }[] {
  const next = words.slice(from, from + mostWords);
  const known = next.findIndex(({ codes }) => codes);
  return (known === -1 ? next : next.slice(0, known)).map((_, i) => {
    const run = next.slice(0, i + 1);
    return { given: run.map(({ text }) => text).join(' '), bare: run.map(({ bare }) => bare).join(''), length: run.length };
  });
}

/** The mentions in one line. Of several sequences that form a code, the longest counts. */
function mentionsIn(words: readonly Word[], told: (bare: string) => string[] | undefined): Mention[] {
  const mentions: Mention[] = [];
  for (let from = 0; from < words.length; ) {
    const run = runsFrom(words, from).findLast(({ bare }) => told(bare));
    const word = words[from];
    if (run) mentions.push({ given: run.given, codes: told(run.bare) ?? [] });
    else if (word) mentions.push({ given: word.text, codes: word.codes ?? [] });
    from += run?.length ?? 1;
  }
  return mentions;
}
