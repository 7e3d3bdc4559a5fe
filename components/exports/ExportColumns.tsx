import { Code, Text } from '@mantine/core';
import type { ExportColumn } from '#lib/exports/query';
import classes from './exports.module.css';

const columns = {
  code: 'The code, as customers type it.',
  consume_unit: 'What a use is counted against: per_cart or per_item.',
  max_uses: 'How often the code may be used. Empty is unlimited, 0 is never.',
  uses: 'How often it can still be used. Empty is unlimited.',
  user: 'Who alone may use it. Mostly empty.',
  job: 'The job that made it, by its name or else its id. Empty where it was added by hand.',
  created_by: 'Who asked for it.',
  created_at: 'When it was created, in UTC, such as 2026-11-27 14:15:00Z.',
} as const satisfies Record<ExportColumn, string>;

/** What is in the file, for whoever reads it into something else. */
export function ExportColumns() {
  return (
    <details className={classes.about}>
      <summary>What is in the file</summary>
      <Text size="sm" mt="xs">
        A CSV file (RFC 4180, UTF-8, comma-separated) with one code per row, in the order they were created. A place that a spreadsheet
        would run as a formula begins with an apostrophe. Import the code column as text: a spreadsheet may read a code as a number.
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
