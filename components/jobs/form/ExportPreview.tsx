import { Code, Stack, Text } from '@mantine/core';
import { Fragment, useSyncExternalStore } from 'react';
import { sampleCharacters } from '#components/jobs/form/sample-characters.ts';
import { formatCode } from '#lib/codes/generator/alphabet';
import type { ExtraExportColumn } from '#lib/exports/schema';
import { jobLimits } from '#lib/jobs/limits';
import classes from './form.module.css';

/** A sample of an export file in a spreadsheet. The browser draws its codes at random; they do not exist. */
export function ExportPreview({ extra }: { extra: readonly ExtraExportColumn[] }) {
  const characters = useSyncExternalStore(sampleCharacters.subscribe, sampleCharacters.now, sampleCharacters.onServer);
  return (
    <Stack gap="sm" component="section" aria-label="Preview">
      <Text size="sm" fw={600} component="h3" m={0}>
        The file will look like this
      </Text>
      <div className={classes.sheet}>
        <table>
          <thead>
            <tr>
              <th scope="col">code</th>
              <th scope="col">max_uses</th>
              <th scope="col">uses</th>
            </tr>
          </thead>
          <tbody>
            {characters.map((drawn, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the rows are fixed, and their codes change
              <tr key={index}>
                <td>{formatCode(drawn ? drawn.slice(0, jobLimits.codeLength.default) : '·'.repeat(jobLimits.codeLength.default))}</td>
                <td>1</td>
                <td>1</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Text size="xs" c="dimmed">
        Comma-separated, UTF-8. If your spreadsheet expects semicolons, import the file and choose the comma. <Code>uses</Code> is the
        number of uses left; empty is unlimited. Further columns: <Code>consume_unit</Code>, <Code>user</Code>, <Code>job</Code>,{' '}
        <Code>created_by</Code>, <Code>created_at</Code>
        {extra.map((column) => (
          <Fragment key={column}>
            , <Code>{column}</Code>
          </Fragment>
        ))}
        .
      </Text>
    </Stack>
  );
}
