import { readCodesAddedByHand, readExistingCodes, readPrefixes, type Spelling } from '#lib/codes/find/find.sql';
import { bareCode, codeOfShape, type Shape, shapesOf, spellings } from '#lib/codes/find/reading';
import type { Db } from '#lib/db';

/** The codes that each text can mean, folded. Texts without a code have no entry. */
export type FoundCodes = ReadonlyMap<string, string[]>;

/**
 * The codes of all promotions that a text can mean, folded: the code with exactly this spelling, or else those that are equal to the
 * text without dashes, blanks and case.
 */
export async function findCodes(db: Db, text: string): Promise<string[]> {
  const spelled = (await findSpelledCodes(db, [text])).get(text);
  if (spelled) return spelled;
  const bare = bareCode(text);
  return (await findBareCodes(db, [bare])).get(bare) ?? [];
}

/** The codes with the spelling of these texts, in any case, also when a mail program or document replaced some characters. */
export async function findSpelledCodes(db: Db, texts: readonly string[]): Promise<FoundCodes> {
  const spellingsOf = new Map(texts.map((text) => [text, spellings(text)]));
  const existing = await readExistingCodes(db, [...spellingsOf.values()].flat());
  return withoutEmpty([...spellingsOf], (spellings) => spellings.filter((spelling) => existing.has(spelling)).slice(0, 1));
}

/**
 * The codes that are equal to these bare codes without their dashes. For generated codes this tries the dashes and prefixes that
 * jobs use and reads the unique index.
 */
export async function findBareCodes(db: Db, bareCodes: readonly string[]): Promise<FoundCodes> {
  const given = [...new Set(bareCodes)].filter(Boolean);
  const candidates = await candidatesOf(db, new Map(given.map((bare) => [bare, shapesOf(bare)])));
  const existing = await readExistingCodes(db, [...candidates.values()].flat());
  const byHand = grouped(given.length > 0 ? await readCodesAddedByHand(db, given) : []);
  return withoutEmpty([...candidates], (codes, bare) => [
    ...new Set([...codes.filter((code) => existing.has(code)), ...(byHand.get(bare) ?? [])]),
  ]);
}

function withoutEmpty(entries: readonly [string, string[]][], codesOf: (given: string[], key: string) => string[]): FoundCodes {
  return new Map(entries.map(([key, given]) => [key, codesOf(given, key)] as const).filter(([, codes]) => codes.length > 0));
}

async function candidatesOf(db: Db, shapes: ReadonlyMap<string, Shape[]>): Promise<ReadonlyMap<string, string[]>> {
  const prefixes = await prefixesOfJobs(db, [...new Set([...shapes.values()].flat().map(({ prefix }) => prefix))]);
  const candidates = (shape: Shape) => (prefixes.get(shape.prefix) ?? []).map((prefix) => codeOfShape(shape, prefix));
  return new Map([...shapes].map(([bare, of]) => [bare, of.flatMap(candidates)]));
}

/** The spellings of bare prefixes. An empty prefix needs no job. */
async function prefixesOfJobs(db: Db, bare: string[]): Promise<ReadonlyMap<string, string[]>> {
  if (bare.length === 0) return new Map();
  return grouped([{ bare: '', spelled: '' }, ...(await readPrefixes(db, bare))]);
}

function grouped(rows: readonly Spelling[]): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { bare, spelled } of rows) groups.set(bare, [...(groups.get(bare) ?? []), spelled]);
  return groups;
}
