import { z } from 'zod';

/** A list of exports shows so many a page. */
export const exportsPageSize = 25;

const lastPage = 400;

/** The list of a promotion's exports, from the address bar. What makes no sense there counts as not given. */
export const exportsAddress = z.object({ page: z.coerce.number().int().min(1).max(lastPage).catch(1) });

export type ExportsAddress = z.output<typeof exportsAddress>;

/** The columns of an export, in their order. `uses` is the number of uses left; an empty `uses` is unlimited; times are UTC. */
export const exportColumns = ['code', 'consume_unit', 'max_uses', 'uses', 'user', 'job', 'created_by', 'created_at'] as const;

export type ExportColumn = (typeof exportColumns)[number];
