import { makePerson, password } from '#lib/testing/seed';
import { authenticate } from '#lib/users/authenticate';
import type { Ground } from './ground.ts';
import { type Measurement, median, timed } from './measurement.ts';

const attempts = 60;

/** An unknown account must take as long as a wrong password, or the clock tells who has an account. */
export async function measureSignIn({ db }: Ground): Promise<Measurement[]> {
  const { name } = await makePerson(db);
  const wrong: number[] = [];
  const unknown: number[] = [];
  for (let i = 0; i < attempts; i += 1) {
    wrong.push(await timed(() => authenticate(db, name, `${password}${i}`)));
    unknown.push(await timed(() => authenticate(db, `nobody-${i}@example.com`, password)));
  }
  const [a, b] = [median(wrong), median(unknown)];
  const note = `${a.toFixed(1)} ms and ${b.toFixed(1)} ms`;
  return [{ name: 'Wrong password beside unknown account', value: Math.max(a, b) / Math.min(a, b), atMost: 1.1, unit: '×', note }];
}
