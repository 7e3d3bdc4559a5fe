import { Paper } from '@mantine/core';
import { jobHref } from '#components/codes/hrefs.ts';
import { jobLabel } from '#components/codes/labels.ts';
import { AnchorLink } from '#components/ui/AnchorLink.tsx';
import table from '#components/ui/ListTable.module.css';
import { formatNumber } from '#lib/format/number';
import type { PromotionUses } from '#lib/redemptions/query';

/** The uses of a promotion by the job that generated the codes. */
export function UsesByJob({ promotionId, byJob }: { promotionId: string; byJob: PromotionUses['byJob'] }) {
  return (
    <Paper className={table.paper}>
      <table className={table.table} aria-label="Uses by job">
        <thead>
          <tr>
            <th scope="col">Job</th>
            <th scope="col" className={table.number}>
              Codes generated
            </th>
            <th scope="col" className={table.number}>
              Uses
            </th>
          </tr>
        </thead>
        <tbody>
          {byJob.map(({ jobId, name, generated, used }) => (
            <tr key={jobId}>
              <th scope="row">
                {jobId === null ? (
                  'Added manually'
                ) : (
                  <AnchorLink href={jobHref(promotionId, jobId)} prefetch={false} size="sm" className={table.wrapped}>
                    {jobLabel({ id: jobId, name })}
                  </AnchorLink>
                )}
              </th>
              <td data-label="Generated" className={table.number}>
                {generated === null ? '–' : formatNumber(generated)}
              </td>
              <td data-label="Uses" className={table.number}>
                {formatNumber(used)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Paper>
  );
}
