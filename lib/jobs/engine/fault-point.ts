import { config } from '#lib/config';

/** The steps of a job after which the fault harness can end a worker. */
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
 * Sends this process the signal that the setting `FAULT_POINT` names for this place. Does nothing without the setting, which only
 * the fault harness (`npm run test:faults`) uses.
 */
export function faultPoint(place: FaultPoint): void {
  const { fault } = config();
  if (fault?.place !== place) return;
  passed += 1;
  if (passed === fault.time) process.kill(process.pid, fault.signal);
}
