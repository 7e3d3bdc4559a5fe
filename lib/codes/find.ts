import { bareCode, codeOfShape, type Shape, shapesOf, spellings } from '#lib/codes/reading';
import type { Db } from '#lib/db';

/** The codes that each text means, folded. A text that means none is not in it. */
export type FoundCodes = ReadonlyMap<string, string[]>;

/**
 * The codes that a text means, folded, over all promotions: the one that it spells, or else those that it means when dashes, blanks
 * and case carry no information.
 */
export async function findCodes(db: Db, text: string): Promise<string[]> {
  const spelled = (await findSpelledCodes(db, [text])).get(text);
  if (spelled) return spelled;
  const bare = bareCode(text);
  return (await findToldCodes(db, [bare])).get(bare) ?? [];
}

/** The codes that these texts spell, in any case, whatever mail programs and documents made of their characters. */
export async function findSpelledCodes(db: Db, texts: readonly string[]): Promise<FoundCodes> {
  const spellingsOf = new Map(texts.map((text) => [text, spellings(text)]));
  const existing = await existingOf(db, [...spellingsOf.values()].flat());
  return withoutEmpty([...spellingsOf], (spellings) => spellings.filter((spelling) => existing.has(spelling)).slice(0, 1));
}

/**
 * The codes that these bare codes mean. Generated codes are asked of the unique index, with dashes where the jobs there are put them;
 * codes that were added by hand have an index of their own.
 */
export async function findToldCodes(db: Db, bareCodes: readonly string[]): Promise<FoundCodes> {
  const asked = [...new Set(bareCodes)].filter(Boolean);
  const candidates = await candidatesOf(db, new Map(asked.map((bare) => [bare, shapesOf(bare)])));
  const existing = await existingOf(db, [...candidates.values()].flat());
  const byHand = await addedByHand(db, asked);
  return withoutEmpty([...candidates], (codes, bare) => [
    ...new Set([...codes.filter((code) => existing.has(code)), ...(byHand.get(bare) ?? [])]),
  ]);
}

function withoutEmpty(asked: readonly [string, string[]][], codesOf: (given: string[], key: string) => string[]): FoundCodes {
  return new Map(asked.map(([key, given]) => [key, codesOf(given, key)] as const).filter(([, codes]) => codes.length > 0));
}

async function existingOf(db: Db, folded: string[]): Promise<ReadonlySet<string>> {
  if (folded.length === 0) return new Set();
  const rows = await db.$queryRaw<{ code: string }[]>`select lower(code) as code from promotion_codes where lower(code) = any(${folded})`;
  return new Set(rows.map(({ code }) => code));
}

async function candidatesOf(db: Db, shapes: ReadonlyMap<string, Shape[]>): Promise<ReadonlyMap<string, string[]>> {
  const prefixes = await prefixesOfJobs(db, [...new Set([...shapes.values()].flat().map(({ prefix }) => prefix))]);
  const candidates = (shape: Shape) => (prefixes.get(shape.prefix) ?? []).map((prefix) => codeOfShape(shape, prefix));
  return new Map([...shapes].map(([bare, of]) => [bare, of.flatMap(candidates)]));
}

/** How jobs spell these bare prefixes. No prefix needs no job. */
async function prefixesOfJobs(db: Db, bare: string[]): Promise<ReadonlyMap<string, string[]>> {
  if (bare.length === 0) return new Map();
  const rows = await db.$queryRaw<{ bare: string; spelled: string }[]>`
    select distinct translate(lower(code_prefix collate "C"), '-_', '') as bare, code_prefix as spelled from promotion_jobs
    where code_prefix is not null and translate(lower(code_prefix collate "C"), '-_', '') = any(${bare})`;
  return grouped([{ bare: '', spelled: '' }, ...rows]);
}

async function addedByHand(db: Db, bare: string[]): Promise<ReadonlyMap<string, string[]>> {
  if (bare.length === 0) return new Map();
  const rows = await db.$queryRaw<{ bare: string; spelled: string }[]>`
    select translate(lower(code), '-_', '') as bare, lower(code) as spelled from promotion_codes
    where job_id is null and translate(lower(code), '-_', '') = any(${bare}) order by spelled`;
  return grouped(rows);
}

function grouped(rows: { bare: string; spelled: string }[]): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { bare, spelled } of rows) groups.set(bare, [...(groups.get(bare) ?? []), spelled]);
  return groups;
}
