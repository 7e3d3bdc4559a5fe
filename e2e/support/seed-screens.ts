import { createClient } from '#lib/clients/create';
import { revokeClient } from '#lib/clients/revoke';
import { addSecret } from '#lib/clients/rotate';
import { createClientInput } from '#lib/clients/schema';
import type { Database } from '#lib/db';
import { createJob } from '#lib/jobs/create';
import { redeem } from '#lib/redemptions/redeem';
import { rollBackRedemption } from '#lib/redemptions/rollback';
import { redeemInput } from '#lib/redemptions/schema';
import { heldJob, jobIn } from '#lib/testing/jobs';
import { seedCodes, seedPromotion, seedUser } from '#lib/testing/seed';
import type { Actor } from '#lib/users/permissions';

const day = 86_400_000;

/** Creates promotions, jobs and API clients in every state, so that each screen shows all its variants. */
export async function seedScreens(db: Database): Promise<{ running: string; automatic: string; empty: string; code: string }> {
  const user = await seedUser(db);
  const now = Date.now();
  const running = await seedPromotion(db, { name: 'Newsletter welcome', maxCodes: 50_000, description: 'One code for each subscriber.' });
  const [automatic, empty] = await Promise.all([
    seedPromotion(db, { name: 'Seasonal clearance', automatic: true }),
    seedPromotion(db, { name: 'A name that is as long as a name gets when somebody writes a whole sentence into it, and then some' }),
    seedPromotion(db, { name: 'Next spring', start: new Date(now + 90 * day), end: new Date(now + 120 * day) }),
    seedPromotion(db, { name: 'Last year', start: new Date(now - 400 * day), end: new Date(now - 300 * day) }),
    seedPromotion(db, { name: 'Switched off', enabled: false }),
  ]);
  await seedCodes(db, running, 40, `screen-${running.id.slice(0, 8)}`);
  const generated = await createJob(db, user, running.id, {
    job_type: 'code_generate',
    name: 'Codes for May',
    parameters: { number_of_codes: 500, consume_unit: 'per_item', max_uses_per_code: 1, code_length: 8, code_prefix: 'May' },
  });
  await jobIn(db, generated.id, 'completed');
  const exported = await createJob(db, user, running.id, { job_type: 'code_export', name: '=File for May' });
  await jobIn(db, exported.id, 'completed');
  await db.promotionJob.createMany({
    data: (['failed', 'cancelled'] as const).map((status) => ({
      ...{ promotionId: running.id, jobType: 'code_generate', status, numberOfCodes: 60_000, consumeUnit: 'per_cart', codeLength: 8 },
      ...{ createdBy: user.name, error: status === 'failed' ? 'codes_limit_exceeded' : null, deleted: 412, finishedAt: new Date() },
    })),
  });
  await seedRedemptions(db, user, running.id);
  await heldJob(db, running.id, { name: 'Codes for June', createdBy: 'colleague@example.com', generated: 10_000 });
  await seedClients(db, user);
  const { code } = await db.promotionCode.findFirstOrThrow({ where: { jobId: generated.id } });
  return { running: running.id, automatic: automatic.id, empty: empty.id, code };
}

async function seedRedemptions(db: Database, user: Actor, promotionId: string): Promise<void> {
  const codes = await db.promotionCode.findMany({ where: { promotionId }, orderBy: { id: 'asc' }, take: 3 });
  const [redeemed, held, givenBack] = codes.map(({ code }) => [{ code }]);
  await redeem(db, user, redeemInput.parse({ codes: redeemed, order: '2026-11-27/1234567', customer: 'ann@example.com' }));
  await redeem(db, user, redeemInput.parse({ codes: held, hold_seconds: 86_400 }));
  const [row] = await redeem(db, user, redeemInput.parse({ codes: givenBack, order: '2026-11-27/1234568' }));
  if (row) await rollBackRedemption(db, user, row, {});
}

async function seedClients(db: Database, user: Actor): Promise<void> {
  const create = (name: string, given: object) => createClient(db, user, createClientInput.parse({ name: `${name} ${user.id}`, ...given }));
  const rotated = await create('Shop', { role: 'write', expires_in_days: 30 });
  await addSecret(db, user, rotated);
  await db.client.update({ where: { id: rotated.client_id }, data: { lastUsedAt: new Date() } });
  const { client_id: expired } = await create('Newsletter', { role: 'read', expires_in_days: 1 });
  await db.client.update({ where: { id: expired }, data: { expiresAt: new Date(Date.now() - day) } });
  await revokeClient(db, user, await create('Old shop', {}));
}
