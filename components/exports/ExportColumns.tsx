import { Code, Text } from '@mantine/core';
import type { ExportColumn } from '#lib/exports/schema';
import classes from './exports.module.css';

const columns = {
  code: 'The code as customers enter it.',
  consume_unit: 'How uses are counted: per_cart or per_item.',
  max_uses: 'The maximum number of uses. Empty is unlimited; 0 makes the code unusable.',
  uses: 'The number of uses left. Empty is unlimited.',
  user: 'The only customer who can use the code, if any.',
  job: 'The name or ID of the job that created the code. Empty for a code that was added manually.',
  created_by: 'The user or API client that created the code.',
  created_at: 'The time of creation in UTC, such as 2026-11-27 14:15:00Z.',
} as const satisfies Record<ExportColumn, string>;

/** Documents the format and the columns of an export file. */
export function ExportColumns() {
  return (
    <details className={classes.about}>
      <summary>File format</summary>
      <Text size="sm" mt="xs">
        A CSV file (RFC 4180, UTF-8, comma-separated) with one code per row, in order of creation. A value that a spreadsheet would run as a
        formula begins with an apostrophe. Import the code column as text, because a spreadsheet may read a code as a number.
      </Text>
      <dl className={classes.columns}>
        {Object.entries(columns).map(([name, meaning]) => (
          <div key={name}>
            <dt>
              <Code>{name}</Code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
