import { z } from 'zod';

/** The number of exports on one page of a list. */
export const exportsPageSize = 25;

const lastPage = 400;

/** The page of a promotion's exports in the URL. An invalid value counts as absent. */
export const exportsAddress = z.object({ page: z.coerce.number().int().min(1).max(lastPage).catch(1) });

export type ExportsAddress = z.output<typeof exportsAddress>;

/** The columns of an export in their order. `uses` is the number of remaining uses, or empty without a limit. Times are in UTC. */
export const exportColumns = ['code', 'consume_unit', 'max_uses', 'uses', 'user', 'job', 'created_by', 'created_at'] as const;

export type ExportColumn = (typeof exportColumns)[number];

/** The columns that somebody can choose in addition. They follow the others in this order. `last_used_at` is empty for an unused code. */
export const extraExportColumns = ['used', 'last_used_at'] as const;

export type ExtraExportColumn = (typeof extraExportColumns)[number];

/** The chosen columns, each once and in their order. */
export const extraColumns = z
  .array(z.enum(extraExportColumns, { error: 'Choose used or last_used_at' }), { error: 'Enter a list of columns' })
  .max(100, 'Enter each column once')
  .transform((chosen) => extraExportColumns.filter((column) => chosen.includes(column)))
  .meta({ description: 'Columns after the default ones: how often each code was used, and when last (UTC).' });
