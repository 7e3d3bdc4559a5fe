import { measureApi } from './api.ts';
import { measureBusyServer } from './busy-server.ts';
import { measureCodesInMemory } from './codes-in-memory.ts';
import { measureExport } from './export.ts';
import { measureGenerate } from './generate.ts';
import type { Part } from './ground.ts';
import { measureManyPromotions } from './many-promotions.ts';
import { measurePolling } from './polling.ts';
import { measureRemove } from './remove.ts';
import { measureSignIn } from './sign-in.ts';
import { measureSmallJobs } from './small-jobs.ts';
import { measureStart } from './start.ts';
import { measureTenMillion } from './ten-million.ts';

/** What `npm run bench` measures, in this order; `--only` takes these names. */
export const parts: Record<string, Part> = {
  memory: measureCodesInMemory,
  start: measureStart,
  small: measureSmallJobs,
  generate: measureGenerate,
  export: measureExport,
  remove: measureRemove,
  many: measureManyPromotions,
  busy: measureBusyServer,
  polling: measurePolling,
  api: measureApi,
  'sign-in': measureSignIn,
  'ten-million': measureTenMillion,
};
