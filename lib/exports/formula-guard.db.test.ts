import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { to as copyTo } from 'pg-copy-streams';
import { describe, expect, test } from 'vitest';
import { exportQuery } from '#lib/exports/csv.sql';
import { withoutFormulas } from '#lib/exports/formula-guard.sql';
import { db, pool } from '#lib/testing/database';
import { seedCodes, seedPromotion } from '#lib/testing/seed';

const separators = [',', ';', '\t', '|'];
const signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '−', '﹦'];
const skipped = ['', ' ', '\u00a0', '\u3000', '\u200b', '"', '""', ' "', '\t', '\r'];
const formula = new RegExp(`^[\\s"\\p{Cf}]*[${signs.join('').replace('-', '\\-')}]|^[\\t\\r]`, 'u');

async function withApostrophes(texts: string[]): Promise<string[]> {
  const { rows } = await pool.query<{ text: string }>(
    `select ${withoutFormulas('given')} as text from unnest($1::text[]) with ordinality as texts (given, position) order by position`,
    [texts],
  );
  return rows.map(({ text }) => text);
}

async function exportedFile(promotionId: string): Promise<string> {
  const client = await pool.connect();
  try {
    return (await client.query(copyTo(await exportQuery(client, promotionId))).toArray()).join('');
  } finally {
    client.release();
  }
}

describe('withoutFormulas', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['x;=HYPERLINK("https://example.com")', `x;'=HYPERLINK("https://example.com")`],
    ['＝1+1', "'＝1+1"],
    [' \u00a0=1', "' \u00a0=1"],
    ['\t=1', "'\t'=1"],
    ['Summer;"=1"', `Summer;'"'=1"`],
    ['a\r\n@a', "a\r'\n'@a"],
  ])('withoutFormulas inserts an apostrophe before the formula in %j', async (given, text) => {
    expect(await withApostrophes([given])).toEqual([text]);
  });

  test.each(['Summer, 10% off', 'ana+may@example.com', 'a - b', '5=5', 'Für; Köln', '夏 (2026)', ''])(
    'withoutFormulas leaves %j unchanged',
    async (text) => {
      expect(await withApostrophes([text])).toEqual([text]);
    },
  );

  test('withoutFormulas leaves no formula in any text and adds only apostrophes', async () => {
    const piece = fc.constantFrom(...separators, ...signs, ...skipped, '\n', '\u2028', 'a', '1', 'é');
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 200 }), async (texts) => {
        for (const [i, safe] of (await withApostrophes(texts)).entries()) {
          for (const cell of safe.split(/[,;|"\t\r\n\u2028]/)) expect(cell).not.toMatch(formula);
          expect(safe.replaceAll("'", '')).toBe(texts[i]);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('an exported file with formulas in all its texts', async () => {
  const promotion = await seedPromotion(db);
  const jobId = await seedCodes(db, promotion, 1, 'formulas');
  await db.promotionJob.update({ where: { id: jobId }, data: { name: 'May;=1+1', createdBy: '|@SUM(A1)' } });
  await db.promotionCode.updateMany({ where: { jobId }, data: { createdBy: '|@SUM(A1)' } });
  const texts = ['', 'x', ...separators.map((separator) => `x${separator}`)].flatMap((before) =>
    skipped.flatMap((between) => signs.map((sign) => `${before}${between}${sign}1`)),
  );
  await db.promotionCode.createMany({
    data: texts.map((text, i) => ({
      promotionId: promotion.id,
      code: `${text}-${i}`,
      consumeUnit: 'per_cart',
      user: text,
      createdBy: text,
    })),
  });
  const file = await exportedFile(promotion.id);

  test.each(separators.flatMap((delimiter) => [true, false].map((quotes) => ({ delimiter, quotes }))))(
    'an exported file has no formula when it is read with the delimiter $delimiter (quotes: $quotes)',
    ({ delimiter, quotes }) => {
      const read = {
        delimiter,
        quote: quotes ? '"' : false,
        relax_quotes: true,
        relax_column_count: true,
        record_delimiter: ['\n', '\r\n', '\r'],
      };
      const cells = parse(file, read).flat();
      expect(cells.length).toBeGreaterThan(texts.length);
      expect(cells.filter((cell) => formula.test(cell))).toEqual([]);
    },
  );
});
