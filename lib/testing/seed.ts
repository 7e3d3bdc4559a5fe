import { randomUUID } from 'node:crypto';
import type { Database, Db } from '#lib/db';
import { hashPassword } from '#lib/users/password/hash';
import type { Actor } from '#lib/users/permissions';
import type { Promotion } from '#prisma/client';
import type { Role } from '#prisma/enums';
import type { PromotionCreateInput } from '#prisma/models/Promotion';

const day = 86_400_000;

/** Creates a running promotion of 10% off; `given` overrides its fields. */
export function seedPromotion(db: Database, given: Partial<PromotionCreateInput> = {}): Promise<Promotion> {
  const start = given.start ? new Date(given.start) : new Date();
  return db.promotion.create({
    data: {
      name: `Promotion ${randomUUID().slice(0, 8)}`,
      enabled: true,
      promotionType: 'percent_discount',
      schema: { currencies: [{ percentage: '10', currency: 'USD' }] },
      start,
      end: new Date(start.getTime() + 30 * day),
      createdBy: 'seed@example.com',
      updatedBy: 'seed@example.com',
      ...given,
    },
  });
}

/** Creates the codes `prefix-1` to `prefix-n` of a promotion, in that order, with a completed job; returns the id of the job. */
export async function seedCodes(db: Db, promotion: { id: string }, n: number, prefix: string): Promise<string> {
  const by = 'seed@example.com';
  const [job] = await db.$queryRaw<{ id: string }[]>`
    insert into promotion_jobs (promotion_id, job_type, status, number_of_codes, generated, consume_unit, code_length, created_by, started_at, finished_at)
    values (${promotion.id}::uuid, 'code_generate', 'completed', ${n}, ${n}, 'per_cart', 8, ${by}, now(), now())
    returning id`;
  if (!job) throw new Error('no job was inserted');
  await db.$executeRaw`
    insert into promotion_codes (promotion_id, job_id, code, consume_unit, max_uses, uses, created_by)
    select ${promotion.id}::uuid, ${job.id}::uuid, ${`${prefix}-`} || i, 'per_cart', 1, 1, ${by} from generate_series(1, ${n}) as i`;
  return job.id;
}

/** The password of all users created here. */
export const password = 'correct-horse-battery';

let passwordHash: Promise<string> | undefined;

/** Creates a user with {@link password}. `name` is the email address. */
export async function seedUser(db: Database, role: Role = 'merchandiser'): Promise<Actor> {
  passwordHash ??= hashPassword(password);
  const email = `${role}-${randomUUID().slice(0, 8)}@example.com`;
  const { id } = await db.user.create({
    data: { email, name: 'Test Person', role, passwordHash: await passwordHash },
    select: { id: true },
  });
  return { id, name: email, role };
}
