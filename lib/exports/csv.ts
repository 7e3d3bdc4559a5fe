import type { PoolClient } from 'pg';
import pg from 'pg';

/** The columns of an export, in their order. `uses` is uses left; empty is unlimited; times are UTC. */
export const exportColumns = ['code', 'consume_unit', 'max_uses', 'uses', 'user', 'job', 'created_by', 'created_at'] as const;

// A cell that begins so is a formula to a spreadsheet: = + - @, tab, carriage return. An apostrophe before it makes it text.
const runnable = [...'=+-@\t\r'].map((character) => character.charCodeAt(0)).join(', ');
const asText = (value: string) => `case when ascii(${value}) in (${runnable}) then '''' || ${value} else ${value} end`;

/**
 * The COPY that streams all codes of a promotion as CSV, in the order they were made. What is the same for
 * every code of a job is worked out once a job; a million rows then cost little more than reading them.
 */
export function exportQuery(promotionId: string): string {
  const id = pg.escapeLiteral(promotionId);
  return `copy (
    with job as materialized (
      select id, ${asText('coalesce(name, id::text)')} as job, ${asText('created_by')} as created_by
      from promotion_jobs where promotion_id = ${id} and job_type = 'code_generate'
    )
    select
      case when code.job_id is null then ${asText('code.code')} else code.code end as code,
      code.consume_unit, code.max_uses, code.uses, ${asText('code."user"')} as "user", job.job,
      case when code.job_id is null then ${asText('code.created_by')} else job.created_by end as created_by,
      date_trunc('second', code.created_at at time zone 'UTC') as created_at
    from promotion_codes as code left join job on job.id = code.job_id
    where code.promotion_id = ${id}
    order by code.id
  ) to stdout with (format csv, header)`;
}

/**
 * Whether the export will hold anything beyond ASCII. Only then does it begin with a byte order mark: a
 * spreadsheet needs it to read accents, and a script is better off without one.
 */
export async function needsByteOrderMark(client: PoolClient, promotionId: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `select exists (select from promotion_jobs where promotion_id = $1 and (name || created_by) ~ '[^\\x01-\\x7f]')
         or exists (select from promotion_codes where promotion_id = $1 and job_id is null and concat("user", created_by) ~ '[^\\x01-\\x7f]') as found`,
    [promotionId],
  );
  return rows[0]?.found ?? false;
}
