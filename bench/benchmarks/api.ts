import { spawnSync } from 'node:child_process';
import autocannon from 'autocannon';
import { startWeb } from '#lib/testing/web';
import type { Context } from '../context.ts';
import { type Measurement, median } from '../measurement.ts';
import { apiHeaders, createLargeLists, startWebServer } from '../web-server.ts';

const connections = 50;
const bareApp = `${import.meta.dirname}/../bare`;

type Load = { perSecond: number; p99: number };

/** Load on API lists of one web process. Baseline: a bare Next route behind the same server with a constant answer of the same size. */
export async function measureApi(context: Context): Promise<Measurement[]> {
  const { rounds, quick } = context;
  const [jobs, codes] = quick ? [10_000, 100_000] : [100_000, 1_000_000];
  const { ofJobs, ofCodes } = await createLargeLists(context, jobs, codes);
  const built = spawnSync('next', ['build', bareApp], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the build of the bare app failed:\n${built.stdout}${built.stderr}`);
  await using web = await startWebServer();
  await using bare = await startWeb({}, bareApp);
  const headers = await apiHeaders(context, web.address);
  const measurements: Measurement[] = [];
  for (const [name, path] of [
    [`GET jobs, 25 of ${jobs.toLocaleString('en')}`, `/v2/promotions/${ofJobs}/jobs`],
    [`GET codes, 25 of ${codes.toLocaleString('en')}`, `/v2/promotions/${ofCodes}/codes`],
  ] as const) {
    const { length } = await (await fetch(`${web.address}${path}`, { headers })).text();
    const measured: Load[] = [];
    const baseline: Load[] = [];
    const seconds = quick ? 2 : 8;
    for (let round = 0; round <= rounds; round += 1) {
      baseline.push(await load(`${bare.address}/${length}`, {}, seconds));
      measured.push(await load(`${web.address}${path}`, headers, seconds));
    }
    const [api, route] = [medianLoad(measured), medianLoad(baseline)];
    measurements.push(
      { name: `${name}: requests per second, relative to a bare route`, atLeast: 0.8, ...over(api.perSecond, route.perSecond, '/s') },
      { name: `${name}: p99 of a bare route, relative to the API`, atLeast: 0.5, ...over(route.p99, api.p99, ' ms') },
    );
  }
  return measurements;
}

/** Returns the medians without the first round, which warms up. */
function medianLoad([, ...loads]: Load[]): Load {
  return { perSecond: median(loads.map(({ perSecond }) => perSecond)), p99: median(loads.map(({ p99 }) => p99)) };
}

function over(value: number, baseline: number, unit: string): Pick<Measurement, 'value' | 'unit' | 'note'> {
  return { value: value / baseline, unit: '×', note: `${Math.round(value)}${unit}, baseline ${Math.round(baseline)}${unit}` };
}

async function load(url: string, headers: Record<string, string>, seconds: number): Promise<Load> {
  const { requests, latency, non2xx, errors } = await autocannon({ url, headers, connections, duration: seconds });
  if (non2xx > 0 || errors > 0) throw new Error(`${url}: ${non2xx} answers without success, ${errors} errors`);
  return { perSecond: requests.average, p99: latency.p99 };
}
