import { spawnSync } from 'node:child_process';
import autocannon from 'autocannon';
import { startWeb } from '#lib/testing/web';
import type { Ground } from './ground.ts';
import { type Measurement, median } from './measurement.ts';
import { apiHeaders, makeLargeLists, startProduct } from './product.ts';

const connections = 50;
const bareApp = `${import.meta.dirname}/bare`;

type Load = { perSecond: number; p99: number };

/** What API clients get out of one web process, beside a bare route of Next behind the same server, constant and of the same size. */
export async function measureApi(ground: Ground): Promise<Measurement[]> {
  const { rounds, quick } = ground;
  const [jobs, codes] = quick ? [10_000, 100_000] : [100_000, 1_000_000];
  const { ofJobs, ofCodes } = await makeLargeLists(ground, jobs, codes);
  const built = spawnSync('next', ['build', bareApp], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the bare app was not built:\n${built.stdout}${built.stderr}`);
  await using product = await startProduct();
  await using bare = await startWeb({}, bareApp);
  const headers = await apiHeaders(ground, product.address);
  const figures: Measurement[] = [];
  for (const [name, path] of [
    [`GET jobs, 25 of ${jobs.toLocaleString('en')}`, `/v2/promotions/${ofJobs}/jobs`],
    [`GET codes, 25 of ${codes.toLocaleString('en')}`, `/v2/promotions/${ofCodes}/codes`],
  ] as const) {
    const { length } = await (await fetch(`${product.address}${path}`, { headers })).text();
    const ours: Load[] = [];
    const floor: Load[] = [];
    const seconds = quick ? 2 : 8;
    for (let round = 0; round <= rounds; round += 1) {
      floor.push(await load(`${bare.address}/${length}`, {}, seconds));
      ours.push(await load(`${product.address}${path}`, headers, seconds));
    }
    const [one, other] = [middle(ours), middle(floor)];
    figures.push(
      { name: `${name}: requests a second, over a bare route`, atLeast: 0.4, ...over(one.perSecond, other.perSecond, '/s') },
      { name: `${name}: p99 of a bare route, over ours`, atLeast: 0.4, ...over(other.p99, one.p99, ' ms') },
    );
  }
  return figures;
}

/** The first of all warms up. */
function middle([, ...loads]: Load[]): Load {
  return { perSecond: median(loads.map(({ perSecond }) => perSecond)), p99: median(loads.map(({ p99 }) => p99)) };
}

function over(value: number, floor: number, unit: string): Pick<Measurement, 'value' | 'unit' | 'note'> {
  return { value: value / floor, unit: '×', note: `${Math.round(value)}${unit} and ${Math.round(floor)}${unit}` };
}

async function load(url: string, headers: Record<string, string>, seconds: number): Promise<Load> {
  const { requests, latency, non2xx, errors } = await autocannon({ url, headers, connections, duration: seconds });
  if (non2xx > 0 || errors > 0) throw new Error(`${url}: ${non2xx} refusals, ${errors} errors`);
  return { perSecond: requests.average, p99: latency.p99 };
}
