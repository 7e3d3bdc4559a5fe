import { z } from 'zod';

/** A list of exports shows so many a page. */
export const exportsPageSize = 25;

const lastPage = 400;

/** The list of a promotion's exports, from the address bar. What makes no sense there counts as not given. */
export const exportsAddress = z.object({ page: z.coerce.number().int().min(1).max(lastPage).catch(1) });

export type ExportsAddress = z.output<typeof exportsAddress>;
