import { Code, Text } from '@mantine/core';
import { columnMeanings } from '#components/exports/labels.ts';
import classes from './exports.module.css';

/** Documents the format and the columns of an export file. */
export function ExportColumns() {
  return (
    <details className={classes.about}>
      <summary>File format</summary>
      <Text size="sm" mt="xs">
        A CSV file (RFC 4180, UTF-8, comma-separated) with one code per row, in order of creation. A value that a spreadsheet would run as a
        formula begins with an apostrophe. Import the code column as text, because a spreadsheet may read a code as a number. A file has the
        columns used and last_used_at only if they were chosen.
      </Text>
      <dl className={classes.columns}>
        {Object.entries(columnMeanings).map(([name, meaning]) => (
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
