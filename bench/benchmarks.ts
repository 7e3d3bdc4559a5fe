import { measureApi } from './api.ts';
import { measureBusyServer } from './busy-server.ts';
import type { Benchmark } from './context.ts';
import { measureExport } from './export.ts';
import { measureGenerate } from './generate.ts';
import { measureJobList } from './job-list.ts';
import { measureJobStart } from './job-start.ts';
import { measureManyPromotions } from './many-promotions.ts';
import { measureRandomCodes } from './random-codes.ts';
import { measureRedemptions } from './redemptions.ts';
import { measureRemovalJobs } from './removal-jobs.ts';
import { measureRemoveCodes } from './remove-codes.ts';
import { measureSignIn } from './sign-in.ts';
import { measureSmallJobs } from './small-jobs.ts';
import { measureTenMillion } from './ten-million.ts';

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
