import { z } from 'zod';

/** The number of exports on one page of a list. */
export const exportsPageSize = 25;

const lastPage = 400;

/** The page of a promotion's exports in the address. An invalid value counts as absent. */
export const exportsAddress = z.object({ page: z.coerce.number().int().min(1).max(lastPage).catch(1) });

export type ExportsAddress = z.output<typeof exportsAddress>;

/** The columns of an export, in their order. `uses` is the number of uses left; an empty `uses` is unlimited; times are UTC. */
export const exportColumns = ['code', 'consume_unit', 'max_uses', 'uses', 'user', 'job', 'created_by', 'created_at'] as const;

export type ExportColumn = (typeof exportColumns)[number];
