/**
 * For Prisma: the promotions that exist for everybody. A promotion that is being deleted exists only for the job that deletes it; SQL
 * says `deleting_at is null`. Every reader of promotions, or of what belongs to them, keeps to this.
 */
export const existing = { deletingAt: null } as const;
