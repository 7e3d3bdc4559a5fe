import { Paper, Text } from '@mantine/core';
import { CodeJob, CodeText, CodeUsage } from '#components/codes/CodeParts.tsx';
import { consumeUnitLabels } from '#components/jobs/labels.ts';
import { DateTime } from '#components/ui/DateTime.tsx';
import table from '#components/ui/ListTable.module.css';
import type { UsedCode } from '#lib/redemptions/query';
import classes from './codes.module.css';

/** A table of the codes of a promotion. On a phone, each row is a card. */
export function CodesTable({ codes }: { codes: readonly UsedCode[] }) {
  return (
    <Paper className={table.paper}>
      <table className={`${table.table} ${classes.list}`} aria-label="Codes">
        <thead>
          <tr>
            <th scope="col">Code</th>
            <th scope="col">Uses</th>
            <th scope="col">Counted</th>
            <th scope="col">Job</th>
            <th scope="col">Created</th>
          </tr>
        </thead>
        <tbody>
          {codes.map((code) => (
            <tr key={String(code.id)}>
              <th scope="row">
                <CodeText {...code} />
              </th>
              <td className={classes.uses}>
                <CodeUsage code={code} />
              </td>
              <td className={classes.counted}>{consumeUnitLabels[code.consumeUnit]}</td>
              <td>
                <CodeJob {...code} />
              </td>
              <td className={classes.created}>
                <DateTime value={code.createdAt} as="moment" />
                <Text size="xs" c="dimmed" className={`${table.wrapped} ${classes.createdBy}`}>
                  {code.createdBy}
                </Text>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Paper>
  );
}
