import { password, seedUser } from '#lib/testing/seed';
import { authenticate } from '#lib/users/sign-in/authenticate';
import type { Context } from '../context.ts';
import { type Measurement, median, timed } from '../measurement.ts';

const attempts = 60;

/** Compares a sign-in with a wrong password and with an unknown account. The duration must not reveal which accounts exist. */
export async function measureSignIn({ db }: Context): Promise<Measurement[]> {
  const { name } = await seedUser(db);
  const wrong: number[] = [];
  const unknown: number[] = [];
  for (let i = 0; i < attempts; i += 1) {
    wrong.push(await timed(() => authenticate(db, name, `${password}${i}`)));
    unknown.push(await timed(() => authenticate(db, `nobody-${i}@example.com`, password)));
  }
  const [a, b] = [median(wrong), median(unknown)];
  const note = `${a.toFixed(1)} ms, unknown account ${b.toFixed(1)} ms`;
  return [
    {
      name: 'Sign-in with a wrong password, time relative to an unknown account',
      value: Math.max(a, b) / Math.min(a, b),
      atMost: 1.1,
      unit: '×',
      note,
    },
  ];
}
