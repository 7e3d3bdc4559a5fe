import type { PoolClient } from 'pg';
import pg from 'pg';
import { byKey } from '#lib/codes/by-key.sql';
import { withoutFormulas } from '#lib/exports/formula-guard';

/** The columns of an export, in their order. `uses` is uses left; empty is unlimited; times are UTC. */
export const exportColumns = ['code', 'consume_unit', 'max_uses', 'uses', 'user', 'job', 'created_by', 'created_at'] as const;

const users = `coalesce(code."user", array_to_string(code.users, ', '))`;

// So many jobs are told apart by comparing, row by row; a join costs as much as comparing with sixty.
const mostCompared = 32;

/** Begins the transaction of an export: one snapshot for all that it reads, and times that look the same on every server. */
export const beginExport = `begin isolation level repeatable read; ${byKey}; set local datestyle = 'ISO'`;

/**
 * The COPY that streams all codes of a promotion as CSV, in the order they were made. A microsecond a row is a second
 * in a million: measured beside COPY of the bare columns, the database needs 1.08 times as long, and 1.25 with a join.
 */
export async function exportQuery(client: PoolClient, promotionId: string): Promise<string> {
  const id = pg.escapeLiteral(promotionId);
  const jobs = `select id, ${withoutFormulas('coalesce(name, id::text)')} as label, created_by as creator,
    ${withoutFormulas('created_by')} as "creatorLabel" from promotion_jobs where promotion_id = ${id} and generated > 0`;
  const { rows } = await client.query<Job>(`${jobs} limit ${mostCompared + 1}`);
  const few = rows.length <= mostCompared;
  return `copy (
    select case when code.job_id is null then ${withoutFormulas('code.code')} else code.code end as code,
      code.consume_unit, code.max_uses, code.uses, ${withoutFormulas(users)} as "user",
      ${few ? labelOfJob(rows) : 'job.label'} as job, ${labelOfCreator(rows)} as created_by,
      date_trunc('second', code.created_at at time zone 'UTC') || 'Z' as created_at
    from promotion_codes as code ${few ? '' : `left join (${jobs}) as job on job.id = code.job_id`}
    where code.promotion_id = ${id}
    order by code.id
  ) to stdout with (format csv, header)`;
}

type Job = { id: string; label: string; creator: string; creatorLabel: string };

function labelOfJob(jobs: Job[]): string {
  return caseOf('code.job_id', new Map(jobs.map(({ id, label }) => [id, label])), 'null');
}

// A job's codes name its creator, and a job is seldom alone in having one: to compare costs a tenth of looking for formulas.
function labelOfCreator(jobs: Job[]): string {
  const labels = new Map(jobs.map(({ creator, creatorLabel }) => [creator, creatorLabel]));
  return caseOf('code.created_by', labels, withoutFormulas('code.created_by'));
}

function caseOf(value: string, results: ReadonlyMap<string, string>, otherwise: string): string {
  const whens = [...results].map(([key, result]) => `when ${pg.escapeLiteral(key)} then ${pg.escapeLiteral(result)}`);
  return whens.length > 0 ? `case ${value} ${whens.join(' ')} else ${otherwise} end` : otherwise;
}

const beyondAscii = "~ '[^\\x01-\\x7f]'";

/**
 * Whether the file that {@link exportQuery} writes in the same snapshot holds anything beyond ASCII. Only then does it begin with a
 * byte order mark: a spreadsheet needs it to read accents, and a script is better off without one. Generated codes are ASCII
 * and without a user, so that only codes added by hand are read, and of jobs only those with such a name or creator.
 */
export async function needsByteOrderMark(client: PoolClient, promotionId: string): Promise<boolean> {
  const { rows } = await client.query<{ added: boolean; jobs: string[] }>(
    `select exists (select from promotion_codes where promotion_id = $1 and job_id is null and concat(code, "user", array_to_string(users, ''), created_by) ${beyondAscii}) as added,
       array(select id::text from promotion_jobs where promotion_id = $1 and generated > 0 and concat(name, created_by) ${beyondAscii}) as jobs`,
    [promotionId],
  );
  const [{ added, jobs } = { added: false, jobs: [] }] = rows;
  if (added || jobs.length === 0) return added;
  // A job may have lost all its codes since.
  const { rowCount } = await client.query('select from promotion_codes where promotion_id = $1 and job_id = any($2::uuid[]) limit 1', [
    promotionId,
    jobs,
  ]);
  return rowCount === 1;
}
