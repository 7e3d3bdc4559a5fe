import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

const sampleMs = 1_000;

/** Returns the processor load while the bench is idle. Other processes make measurements unreliable. */
export async function backgroundLoadPercent(): Promise<number> {
  const before = processorTimes();
  await delay(sampleMs);
  const after = processorTimes();
  return Math.round((100 * (after.busy - before.busy)) / (after.all - before.all));
}

function processorTimes(): { busy: number; all: number } {
  const times = cpus().map(({ times: { user, nice, sys, irq, idle } }) => ({ busy: user + nice + sys + irq, idle }));
  const busy = times.reduce((sum, each) => sum + each.busy, 0);
  return { busy, all: times.reduce((sum, each) => sum + each.idle, busy) };
}
