import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { transitions } from '#lib/jobs/status';
import { markName } from '#lib/storage-owner';

/** One thing that must hold after every round, as the query that finds what breaks it. */
const rules: Record<string, string> = {
  'a completed job has exactly its codes': `
    select j.id, j.number_of_codes as asked, coalesce(c.n, 0) as rows, j.generated from promotion_jobs j left join counted c on c.job_id = j.id
    where j.status = 'completed' and j.job_type = 'code_generate'
      and (coalesce(c.n, 0) <> j.number_of_codes or j.generated <> j.number_of_codes)`,
  'a failed or cancelled job has no codes': `
    select j.id, j.status, c.n as rows from promotion_jobs j join counted c on c.job_id = j.id where j.status in ('failed', 'cancelled')`,
  'a failed or cancelled job says truly how many codes it took back': `
    select id, status, generated, deleted from promotion_jobs
    where status in ('failed', 'cancelled') and job_type = 'code_generate' and deleted is distinct from generated`,
  'no job is lost or stuck': `
    select id, status, attempts, crashes, run_seen_at from promotion_jobs where status in ('pending', 'processing', 'cancelling')`,
  'no code is without its job': `
    select c.job_id, c.n from counted c left join promotion_jobs j on j.id = c.job_id where c.job_id is not null and j.id is null`,
  "a promotion's count is the number of its codes": `
    select p.id, p.code_count, coalesce(sum(c.n), 0) as rows from promotions p left join counted c on c.promotion_id = p.id
    group by p.id having p.code_count <> coalesce(sum(c.n), 0)`,
  'no code is there twice': `select lower(code), count(*) from promotion_codes group by 1 having count(*) > 1 limit 5`,
  'nothing is left in the queue': `
    select id, data, state::text, retry_count from pgboss.job where name = 'promotion-jobs' and state in ('created', 'retry', 'active')`,
  'a job ends once': `
    select job_id, array_agg(before || ' to ' || after) as ends from job_history
    where after in ('completed', 'failed', 'cancelled') and before <> after group by 1 having count(*) > 1`,
};

/** What does not hold, in words; nothing when all is well. Asked when every job has settled. */
export async function brokenRules(pool: Pool, exportsFolder: string): Promise<string[]> {
  const broken: string[] = [];
  for (const [rule, query] of Object.entries(rules)) {
    const { rows } = await pool.query(
      `with counted as materialized (select promotion_id, job_id, count(*)::int as n from promotion_codes group by 1, 2) ${query}`,
    );
    if (rows.length > 0) broken.push(`not so: ${rule}: ${JSON.stringify(rows.slice(0, 5))}`);
  }
  return [...broken, ...(await wrongTransitions(pool)), ...(await brokenFiles(pool, exportsFolder))];
}

async function wrongTransitions(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ before: keyof typeof transitions; after: string }>(
    'select distinct before::text, after::text from job_history where before <> after',
  );
  const wrong = rows.filter(({ before, after }) => !transitions[before].some((status) => status === after));
  return wrong.map(({ before, after }) => `a job went from ${before} to ${after}`);
}

type Receipt = { id: string; fileKey: string; fileRows: number; fileBytes: string; fileSha256: string };

async function brokenFiles(pool: Pool, folder: string): Promise<string[]> {
  const { rows } = await pool.query<Receipt>(
    `select id, file_key as "fileKey", file_rows as "fileRows", file_bytes::text as "fileBytes", file_sha256 as "fileSha256"
     from promotion_jobs where job_type = 'code_export' and status = 'completed'`,
  );
  const wanted = new Set(rows.map(({ fileKey }) => fileKey));
  const strays = (await readdir(folder)).filter((name) => name !== markName && !wanted.has(name));
  const checked = await Promise.all(rows.map((receipt) => brokenFile(folder, receipt)));
  return [...strays.map((name) => `a stray file: ${name}`), ...checked.filter((problem) => problem !== null)];
}

async function brokenFile(folder: string, receipt: Receipt): Promise<string | null> {
  const content = await readFile(join(folder, receipt.fileKey)).catch(() => null);
  if (!content) return `the export ${receipt.id} has no file`;
  const lines = content.reduce((n, byte) => n + Number(byte === 0x0a), 0);
  const whole =
    content.length === Number(receipt.fileBytes) &&
    lines - 1 === receipt.fileRows &&
    createHash('sha256').update(content).digest('hex') === receipt.fileSha256;
  return whole ? null : `the file of export ${receipt.id} is not what its receipt says`;
}
