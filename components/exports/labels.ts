import type { ExportColumn, ExtraExportColumn } from '#lib/exports/schema';

/** The meaning of each column of an export file. */
export const columnMeanings = {
  code: 'The code as customers enter it.',
  consume_unit: 'How uses are counted: per_cart or per_item.',
  max_uses: 'The maximum number of uses. Empty is unlimited; 0 makes the code unusable.',
  uses: 'The number of uses left. Empty is unlimited.',
  user: 'The only customer who can use the code, if any.',
  job: 'The name or ID of the job that created the code. Empty for a code that was added manually.',
  created_by: 'The user or API client that created the code.',
  created_at: 'The time of creation in UTC, such as 2026-11-27 14:15:00Z.',
  used: 'How often the code was used. Uses that were given back do not count.',
  last_used_at: 'The time of the latest use in UTC. Empty for an unused code.',
} as const satisfies Record<ExportColumn | ExtraExportColumn, string>;
