import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

// These tests enforce docs/decisions/041-prisma-for-rows-sql-for-sets.md.
const root = join(import.meta.dirname, '../..');
const files = globSync('{app,components,lib}/**/*.{ts,tsx}', { cwd: root }).filter(
  (file) => !/\.test\.tsx?$/.test(file) && !file.startsWith('lib/testing/') && !file.startsWith('lib/server/'),
);
const filesWith = (pattern: RegExp, among: readonly string[]) =>
  among.filter((file) => pattern.test(readFileSync(join(root, file), 'utf8')));

// The only other file that runs SQL.
const wrappers = 'lib/database/rows.ts';
const sql = /\$queryRaw|\$executeRaw|\.query[(<]|Prisma\.(sql|raw|join)\b/;
const prismaModel = /\b(db|tx)\.[a-z]\w*\.(find|create|update|delete|count|upsert|aggregate|groupBy)/;

test('only files named *.sql.ts contain SQL', () => {
  const others = files.filter((file) => !file.endsWith('.sql.ts') && file !== wrappers);
  expect(others.length).toBeGreaterThan(100);
  expect(filesWith(sql, others)).toEqual([]);
});

test('files named *.sql.ts call no method of a Prisma model', () => {
  const sqlFiles = files.filter((file) => file.endsWith('.sql.ts'));
  expect(sqlFiles.length).toBeGreaterThan(20);
  expect(filesWith(prismaModel, sqlFiles)).toEqual([]);
});

test('files named *.sql.ts parse the rows they read', () => {
  const sqlFiles = files.filter((file) => file.endsWith('.sql.ts'));
  expect(filesWith(/(=|return|=>)\s[^;]*\$queryRaw|\.query<|\{ rows\b[^}]*\} = await [^;]*\.query\(/, sqlFiles)).toEqual([]);
});
