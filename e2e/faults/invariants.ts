import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { transitions } from '#lib/jobs/status';
import { markName } from '#lib/storage-owner';

const promotionsWithRemovals = `select promotion_id from promotion_jobs where job_type = 'code_remove'`;

/** The invariants that hold after every round. Each query returns the rows that violate one. */
const invariants: Record<string, string> = {
  'a completed job has exactly the requested number of codes': `
    select j.id, j.number_of_codes as requested, coalesce(c.n, 0) as rows, j.generated from promotion_jobs j left join counted c on c.job_id = j.id
    where j.status = 'completed' and j.job_type = 'code_generate' and j.promotion_id not in (${promotionsWithRemovals})
      and (coalesce(c.n, 0) <> j.number_of_codes or j.generated <> j.number_of_codes)`,
  'a promotion with code_remove jobs has the codes that were generated and not removed': `
    select p.id, p.code_count, sum(j.generated) as generated, sum(j.deleted) as deleted from promotions p join promotion_jobs j on j.promotion_id = p.id
    where p.id in (${promotionsWithRemovals}) group by p.id having p.code_count <> sum(j.generated) - sum(coalesce(j.deleted, 0))`,
  'an ended code_remove job reports how many codes it has removed and kept': `
    select j.id, j.status, j.deleted, j.total, p.code_count from promotion_jobs j join promotions p on p.id = j.promotion_id
    where j.job_type = 'code_remove' and j.status in ('completed', 'cancelled') and j.total - j.deleted <> p.code_count`,
  'of a deleted promotion only the deletion is left': `
    select j.id, j.job_type, j.status from promotion_jobs j left join promotions p on p.id = j.promotion_id
    where (p.id is null) <> (j.job_type = 'promotion_delete' and j.status = 'completed')`,
  'every code has a promotion': `
    select c.promotion_id, c.n from counted c left join promotions p on p.id = c.promotion_id where p.id is null`,
  'a failed or cancelled job has no codes': `
    select j.id, j.status, c.n as rows from promotion_jobs j join counted c on c.job_id = j.id where j.status in ('failed', 'cancelled')`,
  'a failed or cancelled job reports as deleted every code that it generated': `
    select id, status, generated, deleted from promotion_jobs
    where status in ('failed', 'cancelled') and job_type = 'code_generate' and deleted is distinct from generated`,
  'every job has ended': `
    select id, status, attempts, crashes, run_seen_at from promotion_jobs where status in ('pending', 'processing', 'cancelling')`,
  'every code that names a job has this job': `
    select c.job_id, c.n from counted c left join promotion_jobs j on j.id = c.job_id where c.job_id is not null and j.id is null`,
  "a promotion's code_count equals the number of its codes": `
    select p.id, p.code_count, coalesce(sum(c.n), 0) as rows from promotions p left join counted c on c.promotion_id = p.id
    group by p.id having p.code_count <> coalesce(sum(c.n), 0)`,
  'no two codes are equal in lower case': `select lower(code), count(*) from promotion_codes group by 1 having count(*) > 1 limit 5`,
  'the queue has no unfinished entry': `
    select id, data, state::text, retry_count from pgboss.job where name = 'promotion-jobs' and state in ('created', 'retry', 'active')`,
  'the uses taken from a code are those of its redemptions': `
    select c.code, c.max_uses - c.uses as taken, coalesce(r.uses, 0) as redeemed from promotion_codes c
    left join (select code_id, sum(quantity - returned) as uses from redemptions group by 1) r on r.code_id = c.id
    where c.max_uses - c.uses <> coalesce(r.uses, 0)`,
  'the counted uses of a promotion are those of its redemptions': `
    select coalesce(n.promotion_number, r.promotion_number) as number, n.used, r.uses from
      (select promotion_number, sum(used) as used from redemption_counts group by 1) n full join
      (select promotion_number, sum(quantity - returned) as uses from redemptions group by 1) r using (promotion_number)
    where coalesce(n.used, 0) <> coalesce(r.uses, 0)`,
  'every redemption knows its code': `
    select r.id, r.code_id from redemptions r where not exists (select from promotion_codes c where c.id = r.code_id)
      and not exists (select from removed_codes c where c.id = r.code_id)`,
  'a job ends only once': `
    select job_id, array_agg(before || ' to ' || after) as ends from job_history
    where after in ('completed', 'failed', 'cancelled') and before <> after group by 1 having count(*) > 1`,
};

/** Returns a message for each violated invariant. Call it when every job has ended. */
export async function violatedInvariants(pool: Pool, exportsFolder: string): Promise<string[]> {
  const violations: string[] = [];
  for (const [invariant, query] of Object.entries(invariants)) {
    const { rows } = await pool.query(
      `with counted as materialized (select promotion_id, job_id, count(*)::int as n from promotion_codes group by 1, 2) ${query}`,
    );
    if (rows.length > 0) violations.push(`violated: ${invariant}: ${JSON.stringify(rows.slice(0, 5))}`);
  }
  return [...violations, ...(await wrongTransitions(pool)), ...(await wrongFiles(pool, exportsFolder))];
}

async function wrongTransitions(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ before: keyof typeof transitions; after: string }>(
    'select distinct before::text, after::text from job_history where before <> after',
  );
  const wrong = rows.filter(({ before, after }) => !transitions[before].some((status) => status === after));
  return wrong.map(({ before, after }) => `a job went from ${before} to ${after}`);
}

type ExportedFile = { id: string; fileKey: string; fileRows: number; fileBytes: string; fileSha256: string };

async function wrongFiles(pool: Pool, folder: string): Promise<string[]> {
  const { rows } = await pool.query<ExportedFile>(
    `select id, file_key as "fileKey", file_rows as "fileRows", file_bytes::text as "fileBytes", file_sha256 as "fileSha256"
     from promotion_jobs where job_type = 'code_export' and status = 'completed'`,
  );
  const expected = new Set(rows.map(({ fileKey }) => fileKey));
  const strays = (await readdir(folder)).filter((name) => name !== markName && !expected.has(name));
  const checked = await Promise.all(rows.map((file) => wrongFile(folder, file)));
  return [...strays.map((name) => `the export folder has a file of no job: ${name}`), ...checked.filter((problem) => problem !== null)];
}

async function wrongFile(folder: string, file: ExportedFile): Promise<string | null> {
  const content = await readFile(join(folder, file.fileKey)).catch(() => null);
  if (!content) return `the export ${file.id} has no file`;
  const lines = content.reduce((n, byte) => n + Number(byte === 0x0a), 0);
  const whole =
    content.length === Number(file.fileBytes) &&
    lines - 1 === file.fileRows &&
    createHash('sha256').update(content).digest('hex') === file.fileSha256;
  return whole ? null : `the file of export ${file.id} does not have the size, rows and SHA-256 of its job`;
}
