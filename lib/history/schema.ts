import { z } from 'zod';

/** The number of entries on one page of a history. */
export const historyPageSize = 25;

const lastPage = 4000;

/** The page of a history in the URL. An invalid value counts as absent. */
export const historyAddress = z.object({ page: z.coerce.number().int().min(1).max(lastPage).catch(1) });

export type HistoryAddress = z.output<typeof historyAddress>;
