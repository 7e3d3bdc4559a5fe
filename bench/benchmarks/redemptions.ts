import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import autocannon from 'autocannon';
import { required } from '#lib/config';
import { seedCodes, seedPromotion } from '#lib/testing/seed';
import { Prisma } from '#prisma/client';
import type { Context } from '../context.ts';
import { type Measurement, median } from '../measurement.ts';
import { apiHeaders, startWebServer } from '../web-server.ts';

const connections = 50;
const path = '/v2/promotions/redemptions';
// Codes are used far apart from each other, as customers do.
const stride = 7_919;

type Load = { perSecond: number; p99: number };

/**
 * Load on redemptions of one web process. Baseline of different codes: pgbench with one conditional UPDATE and one INSERT in a
 * transaction, on the same table of codes. Needs the program `pgbench` of PostgreSQL.
 */
export async function measureRedemptions(context: Context): Promise<Measurement[]> {
  const { quick } = context;
  const n = quick ? 200_000 : 10_000_000;
  const seconds = quick ? 3 : 10;
  const rounds = quick ? 1 : context.rounds;
  const store = await createStore(context, n);
  await using web = await startWebServer();
  const headers = { ...(await apiHeaders(context, web.address)), 'content-type': 'application/json' };
  const nextCode = codesOf(n);
  const load = (at: string, body: () => object, rate?: number) => post(`${web.address}${at}`, headers, body, { seconds, rate });
  const different = () => ({ codes: [{ code: nextCode() }], order: randomUUID(), customer: randomUUID() });
  // Warms up the web process.
  await load(path, different);
  const [floor, redeemed]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    floor.push(await pgbench(context, store, seconds));
    redeemed.push((await load(path, different)).perSecond);
  }
  const half = await load(path, different, 0.2 * median(floor));
  const hot = await load(path, () => ({ codes: [{ code: 'TV-SPOT' }], order: randomUUID(), customer: randomUUID() }));
  const checks = await load(`${path}/check`, () => ({ code: nextCode() }));
  const lists = await get(`${web.address}/v2/promotions/${store.promotionId}/codes`, headers, seconds);
  const [perSecond, baseline] = [median(redeemed), median(floor)];
  const bytes = await bytesPerUse(context);
  const name = `Redemptions of different codes of ${n.toLocaleString('en')}`;
  return [
    { name: `${name}, relative to pgbench`, atLeast: 0.4, value: perSecond / baseline, unit: '×', note: over(perSecond, baseline) },
    { name: `${name}, p99 at half of the target`, atMost: 60, value: half.p99, unit: 'ms', note: `${Math.round(half.perSecond)}/s` },
    { name: 'Redemptions of one code without a limit, all at once', atLeast: 500, value: hot.perSecond, unit: '/s' },
    { name: 'Redemptions of one code without a limit, p99', atMost: 200, value: hot.p99, unit: 'ms' },
    {
      name: 'Checks, relative to GET codes',
      atLeast: 1,
      value: checks.perSecond / lists.perSecond,
      unit: '×',
      note: over(checks.perSecond, lists.perSecond),
    },
    { name: 'Table of redemptions with its indexes, for each use', atMost: 160, value: bytes, unit: 'bytes' },
  ];
}

const over = (value: number, baseline: number) => `${Math.round(value)}/s, baseline ${Math.round(baseline)}/s`;

type Store = { promotionId: string; firstId: bigint; codes: number };

/** Creates a promotion with `n` codes of one use each and one code without a limit, and the table that pgbench inserts into. */
async function createStore({ db }: Context, n: number): Promise<Store> {
  const promotion = await seedPromotion(db, { maxCodes: n + 1 });
  await seedCodes(db, promotion, n, 'bench');
  const [first] = await db.promotionCode.findMany({ where: { promotionId: promotion.id }, orderBy: { id: 'asc' }, take: 1 });
  await db.promotionCode.create({ data: { promotionId: promotion.id, code: 'TV-SPOT', consumeUnit: 'per_cart', createdBy: 'bench' } });
  await db.$executeRaw`create table floor_uses (id bigserial primary key, code_id bigint not null, order_id text, customer_id text)`;
  await db.$executeRaw`create index on floor_uses (code_id)`;
  await db.$executeRaw`vacuum analyze promotion_codes`;
  return { promotionId: promotion.id, firstId: first?.id ?? 0n, codes: n };
}

/** Returns codes of the first half of the store, each once. pgbench uses the second half. */
function codesOf(n: number): () => string {
  let used = 0;
  return () => {
    used += 1;
    return `bench-${1 + ((used * stride) % Math.floor(n / 2))}`;
  };
}

/** Transactions per second of one conditional UPDATE and one INSERT. */
async function pgbench({ folder }: Context, { promotionId, firstId, codes }: Store, seconds: number): Promise<number> {
  const script = join(folder, 'floor.sql');
  await writeFile(
    script,
    `\\set code random(${firstId + BigInt(Math.ceil(codes / 2))}, ${firstId + BigInt(codes - 1)})
begin;
update promotion_codes set uses = uses - 1 where promotion_id = '${promotionId}' and id = :code and uses >= 1;
insert into floor_uses (code_id, order_id, customer_id) values (:code, gen_random_uuid()::text, gen_random_uuid()::text);
commit;
`,
  );
  const options = ['-n', '-M', 'prepared', '-c', String(connections), '-j', '2', '-T', String(seconds), '-f', script];
  const { stdout } = await promisify(execFile)('pgbench', [...options, required('databaseUrl')]);
  return Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
}

/** The size of a table of uses of different codes, with UUIDs of orders and customers, divided by the number of uses. */
async function bytesPerUse({ db, quick }: Context): Promise<number> {
  await db.$executeRaw`truncate redemptions, redemption_holds, redemption_changes`;
  const uuid = Prisma.sql`decode('ff' || replace(gen_random_uuid()::text, '-', ''), 'hex')`;
  for (let part = 0; part < 10; part += 1)
    await db.$executeRaw`
      insert into redemptions (code_id, promotion_number, quantity, order_id, customer_id)
      select (random() * 10000000)::bigint, 1 + i % 3, 1, ${uuid}, ${uuid} from generate_series(1, ${quick ? 10_000 : 100_000}) as i`;
  const [size] = await db.$queryRaw<{ bytes: number }[]>`
    select pg_total_relation_size('redemptions')::float8 / count(*) as bytes from redemptions`;
  return size?.bytes ?? Number.NaN;
}

type LoadOptions = { seconds: number; rate?: number | undefined };

async function post(url: string, headers: Record<string, string>, body: () => object, { seconds, rate }: LoadOptions): Promise<Load> {
  const requests = [{ method: 'POST' as const, setupRequest: (request: object) => ({ ...request, body: JSON.stringify(body()) }) }];
  return measured(url, await autocannon({ url, headers, connections, duration: seconds, requests, ...(rate && { overallRate: rate }) }));
}

async function get(url: string, headers: Record<string, string>, seconds: number): Promise<Load> {
  return measured(url, await autocannon({ url, headers, connections, duration: seconds }));
}

function measured(url: string, { requests, latency, non2xx, errors }: autocannon.Result): Load {
  if (non2xx > 0 || errors > 0) throw new Error(`${url}: ${non2xx} answers without success, ${errors} errors`);
  return { perSecond: requests.average, p99: latency.p99 };
}
