import { measureApi } from './benchmarks/api.ts';
import { measureBusyServer } from './benchmarks/busy-server.ts';
import { measureExport } from './benchmarks/export.ts';
import { measureGenerate } from './benchmarks/generate.ts';
import { measureJobList } from './benchmarks/job-list.ts';
import { measureJobStart } from './benchmarks/job-start.ts';
import { measureManyPromotions } from './benchmarks/many-promotions.ts';
import { measureRandomCodes } from './benchmarks/random-codes.ts';
import { measureRedemptions } from './benchmarks/redemptions.ts';
import { measureRemovalJobs } from './benchmarks/removal-jobs.ts';
import { measureRemoveCodes } from './benchmarks/remove-codes.ts';
import { measureSignIn } from './benchmarks/sign-in.ts';
import { measureSmallJobs } from './benchmarks/small-jobs.ts';
import { measureTenMillion } from './benchmarks/ten-million.ts';
import type { Benchmark } from './context.ts';

/** The benchmarks of `npm run bench` in their order. `--only` takes these names. */
export const benchmarks: Record<string, Benchmark> = {
  'random-codes': measureRandomCodes,
  'job-start': measureJobStart,
  'small-jobs': measureSmallJobs,
  generate: measureGenerate,
  export: measureExport,
  'remove-codes': measureRemoveCodes,
  'removal-jobs': measureRemovalJobs,
  'many-promotions': measureManyPromotions,
  'busy-server': measureBusyServer,
  'job-list': measureJobList,
  api: measureApi,
  redemptions: measureRedemptions,
  'sign-in': measureSignIn,
  'ten-million': measureTenMillion,
};
