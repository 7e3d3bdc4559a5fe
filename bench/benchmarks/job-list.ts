import type { Database } from '#lib/db';
import { listJobs } from '#lib/jobs/list/query';
import { listJobsInput } from '#lib/jobs/schema';
import { seedPromotion } from '#lib/testing/seed';
import type { Context } from '../context.ts';
import { type Measurement, percentile, timed } from '../measurement.ts';

const jobs = 100_000;
const promotions = 1_000;
const polls = 400;
const warmUp = 40;

/** Measures the query that the job table polls every second, with a hundred thousand jobs: all jobs, one status and one promotion. */
export async function measureJobList({ db, actor }: Context): Promise<Measurement[]> {
  const { id: promotionId } = await createJobs(db);
  const measurements: Measurement[] = [];
  for (const [filter, query] of [
    ['of all promotions', {}],
    ['with the status failed', { status: 'failed' }],
    ['of one promotion', { promotion_id: promotionId }],
  ] as const) {
    const input = listJobsInput.parse(query);
    const durations: number[] = [];
    for (let i = 0; i < warmUp + polls; i += 1) {
      const ms = await timed(() => listJobs(db, actor, input));
      if (i >= warmUp) durations.push(ms);
    }
    measurements.push({ name: `A page of jobs ${filter}, among 100,000, p95`, value: percentile(durations, 0.95), atMost: 10, unit: 'ms' });
  }
  return measurements;
}

async function createJobs(db: Database): Promise<{ id: string }> {
  const created = await Promise.all(Array.from({ length: promotions }, () => seedPromotion(db)));
  const ids = created.map(({ id }) => id);
  // One job in a hundred has failed, one in seven is an export, and each promotion has one pending job.
  await db.$executeRaw`
    insert into promotion_jobs (promotion_id, job_type, status, number_of_codes, generated, consume_unit, code_length,
      error, file_key, file_rows, file_bytes, file_sha256, created_by, created_at, started_at, finished_at, updated_at)
    select (${ids}::uuid[])[1 + i % ${promotions}], type::job_type, status::job_status,
      case type when 'code_generate' then 100 end, case when type = 'code_generate' and status = 'completed' then 100 else 0 end,
      case type when 'code_generate' then 'per_cart'::consume_unit end, case type when 'code_generate' then 8 end,
      case status when 'failed' then 'codes_limit_exceeded'::job_error end,
      case type when 'code_export' then i || '.csv' end, case type when 'code_export' then 100 end,
      case type when 'code_export' then 4096 end, case type when 'code_export' then repeat('a', 64) end,
      'bench@example.com', at, case when status <> 'pending' then at end, case when status <> 'pending' then at end, at
    from (
      select i, now() - i * interval '1 second' as at,
        case when i < ${promotions} or i % 7 > 0 then 'code_generate' else 'code_export' end as type,
        case when i < ${promotions} then 'pending' when i % 100 = 0 and i % 7 > 0 then 'failed' else 'completed' end as status
      from generate_series(0, ${jobs - 1}) as i
    ) as job`;
  await db.$executeRaw`vacuum analyze promotion_jobs`;
  const [first] = created;
  if (!first) throw new Error('no promotion was created');
  return first;
}
