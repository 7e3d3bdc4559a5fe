import { config } from '#lib/config';

/** The places where losing a worker could hurt: what is done by then, and not yet told to anybody. */
export type FaultPoint =
  | 'claimed'
  | 'between-slices'
  | 'slice-written'
  | 'slice-committed'
  | 'file-written'
  | 'file-named'
  | 'codes-removed'
  | 'files-removed'
  | 'job-ended';

let passed = 0;

/**
 * Does nothing, unless the fault harness named this place in `FAULT_POINT`: then the process gets the signal
 * asked for, here and now. The harness (`npm run test:faults`) is the only one that asks.
 */
export function faultPoint(place: FaultPoint): void {
  const { fault } = config();
  if (fault?.place !== place) return;
  passed += 1;
  if (passed === fault.time) process.kill(process.pid, fault.signal);
}
