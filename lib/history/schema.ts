import { z } from 'zod';

/** A history shows so many entries a page. */
export const historyPageSize = 25;

const lastPage = 4000;

/** The history of a promotion, from the address bar. What makes no sense there counts as not given. */
export const historyAddress = z.object({ page: z.coerce.number().int().min(1).max(lastPage).catch(1) });

export type HistoryAddress = z.output<typeof historyAddress>;
