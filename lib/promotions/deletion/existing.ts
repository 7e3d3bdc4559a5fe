/**
 * A filter for Prisma: promotions that are not being deleted. A promotion that is being deleted exists only for the job that deletes
 * it. SQL uses `deleting_at is null`. Every reader of promotions and of their data follows this rule.
 */
export const existing = { deletingAt: null } as const;
