import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { apiRedemption } from '#lib/redemptions/serialize';
import type { RedemptionStatus } from '#lib/redemptions/status';
import { eventually } from '#lib/testing/eventually';
import { seedCode, usesLeft } from '#lib/testing/redemptions';
import type { Answer } from '../api.ts';
import { exited, secondsUntil } from '../conditions.ts';
import type { Environment } from '../environment.ts';
import { preload } from '../preload.ts';
import type { Scenario } from '../scenario.ts';

// The invariants of every round say that the uses taken are those of the redemptions that count. These scenarios say how many there are.

const path = '/v2/promotions/redemptions';
const answered = z.object({ data: apiRedemption });
const refused = z.object({ errors: z.array(z.object({ reason: z.string().optional() })) });

const redemptionIn = ({ text }: Answer) => answered.parse(JSON.parse(text)).data;
const reasonIn = ({ text }: Answer) => refused.parse(JSON.parse(text)).errors[0]?.reason;

/** Repeats a call until the API answers, as a shop does: without an answer, and while the database is away or the first call is at work. */
function untilAnswered({ api, random }: Environment, at: string, more: Parameters<typeof api.call>[1]): Promise<Answer> {
  return eventually(
    'an answer of the web process',
    async () => {
      const answer = await api.call(at, more).catch(() => null);
      if (answer && ![409, 503].includes(answer.status)) return answer;
      await delay(1_000 * Number(answer?.retryAfter ?? 0) + random.below(500));
      return null;
    },
    180_000,
  );
}

type Redeeming = { hold_seconds?: number; headers?: Record<string, string> };

function redeem(environment: Environment, code: string, { headers, ...more }: Redeeming = {}): Promise<Answer> {
  const body = { codes: [{ code }], order: randomUUID(), ...more };
  return untilAnswered(environment, path, { body, headers: headers ?? { 'idempotency-key': randomUUID() } });
}

/** Starts one redemption for each client at once. Resolves with the last answer. */
function redeemAtOnce(environment: Environment, clients: number, codeOf: (client: number) => string): Promise<Answer[]> {
  return Promise.all(Array.from({ length: clients }, (_, client) => redeem(environment, codeOf(client))));
}

const countWith = (status: number, answers: readonly Answer[]) => answers.filter((answer) => answer.status === status).length;

function act(environment: Environment, id: string, verb: 'confirm' | 'rollback'): Promise<Answer> {
  return untilAnswered(environment, `${path}/${id}/${verb}`, { body: {} });
}

async function statusOf(environment: Environment, id: string): Promise<RedemptionStatus> {
  return redemptionIn(await untilAnswered(environment, `${path}/${id}`, {})).status;
}

/** How many redemptions of the code count. */
async function counting({ db }: Environment, code: string): Promise<number> {
  const { id } = await db.promotionCode.findFirstOrThrow({ where: { code }, select: { id: true } });
  const rows = await db.redemption.findMany({ where: { codeId: id }, select: { quantity: true, returned: true } });
  return rows.filter(({ quantity, returned }) => returned < quantity).length;
}

const limitedCode: Scenario = {
  name: 'redemption of one code with 50 uses by 200 clients at once',
  withinSeconds: 60,
  rounds: 2,
  async run(environment) {
    const clients = environment.size(200);
    const uses = environment.size(50);
    const { code } = await seedCode(environment.db, { uses });
    const calls = redeemAtOnce(environment, clients, () => code);
    const seconds = await secondsUntil(calls);
    const answers = await calls;
    const redeemed = countWith(201, answers);
    const usedUp = answers.filter((answer) => answer.status === 422 && reasonIn(answer) === 'used_up').length;
    assert(redeemed === uses && usedUp === clients - uses, `${redeemed} calls redeemed and ${usedUp} were refused; expected ${uses}`);
    assert((await usesLeft(environment.db, code)) === 0, 'the code has uses left');
    return [seconds];
  },
};

const unlimitedCode: Scenario = {
  name: 'redemption of one unlimited code by 1,000 clients at once',
  withinSeconds: 60,
  rounds: 1,
  async run(environment) {
    const clients = environment.size(1_000);
    const { code } = await seedCode(environment.db);
    const calls = redeemAtOnce(environment, clients, () => code);
    const seconds = await secondsUntil(calls);
    assert(countWith(201, await calls) === clients, 'a call was refused');
    assert((await counting(environment, code)) === clients, 'the redemptions are not as many as the calls');
    return [seconds];
  },
};

const killedBeforeAnswer: Scenario = {
  name: 'redemption whose web process is killed between commit and answer, repeated by the client',
  withinSeconds: 5,
  rounds: 2,
  async run(environment) {
    const { code } = await seedCode(environment.db, { uses: 5 });
    const headers = { 'idempotency-key': randomUUID() };
    const doomed = await environment.restartWeb(preload('kill-before-response'));
    const body = { codes: [{ code }], order: '7' };
    const lost = await environment.api.call(path, { body, headers }).catch(() => null);
    assert(lost === null, `the killed web process answered: ${lost?.text}`);
    await exited(doomed);
    assert((await counting(environment, code)) === 1, 'the web process was killed before the commit');
    await environment.restartWeb();
    const repeated = untilAnswered(environment, path, { body, headers });
    const seconds = await secondsUntil(repeated);
    assert((await repeated).status === 201, `the repeated call was answered ${(await repeated).status}`);
    assert((await usesLeft(environment.db, code)) === 4, 'the repeated call took another use');
    return [seconds];
  },
};

const databaseKilled: Scenario = {
  name: 'redemption while the database is killed',
  withinSeconds: 30,
  rounds: 1,
  alone: true,
  async run(environment) {
    const clients = environment.size(200);
    const uses = environment.size(120);
    const { code } = await seedCode(environment.db, { uses });
    const calls = redeemAtOnce(environment, clients, () => code);
    const halfway = () => counting(environment, code).then((count) => count > uses / 4);
    await eventually('the first redemptions', halfway, 60_000);
    await environment.server.kill();
    await environment.server.start();
    const seconds = await secondsUntil(calls);
    const redeemed = countWith(201, await calls);
    assert(redeemed === uses, `${redeemed} calls redeemed; expected ${uses}`);
    assert((await counting(environment, code)) === uses, 'the redemptions are not as many as the uses');
    return [seconds];
  },
};

const holdsRunOut: Scenario = {
  name: 'redemption holds that run out while they are confirmed',
  withinSeconds: 60,
  rounds: 2,
  async run(environment) {
    await environment.worker();
    const clients = environment.size(120);
    const { code } = await seedCode(environment.db, { uses: clients });
    const confirmed = await Promise.all(
      Array.from({ length: clients }, async () => {
        const { id } = redemptionIn(await redeem(environment, code, { hold_seconds: 1 }));
        await delay(environment.random.below(2_000));
        return { id, redeemed: (await act(environment, id, 'confirm')).status === 200 };
      }),
    );
    const swept = async () => (await environment.db.redemptionHold.count()) === 0;
    const seconds = await secondsUntil(eventually('the end of all holds', swept, 60_000));
    for (const { id, redeemed } of confirmed) {
      const status = await statusOf(environment, id);
      assert(status === (redeemed ? 'redeemed' : 'expired'), `a redemption is ${status}, but its confirmation said otherwise`);
    }
    const kept = confirmed.filter(({ redeemed }) => redeemed).length;
    assert((await usesLeft(environment.db, code)) === clients - kept, 'the code does not have the uses of the holds that ran out');
    return [seconds];
  },
};

const rolledBackTwice: Scenario = {
  name: 'redemption rolled back several times at once, and confirmed meanwhile',
  withinSeconds: 60,
  rounds: 2,
  async run(environment) {
    const clients = environment.size(60);
    const { code } = await seedCode(environment.db, { uses: clients });
    const seconds = await secondsUntil(
      Promise.all(
        Array.from({ length: clients }, async () => {
          const { id } = redemptionIn(await redeem(environment, code, { hold_seconds: 600 }));
          const rollback = () => act(environment, id, 'rollback');
          const [first, second] = await Promise.all([rollback(), rollback(), act(environment, id, 'confirm')]);
          assert(first.status === 200 && second.status === 200, `a rollback was answered ${first.status} and ${second.status}`);
          assert((await statusOf(environment, id)) === 'rolled_back', 'the redemption was not rolled back');
        }),
      ),
    );
    assert((await usesLeft(environment.db, code)) === clients, 'the code does not have all of its uses again');
    return [seconds];
  },
};

/** The promotion is switched off and its code is removed while clients redeem it: each use was taken before or not at all. */
const removedMeanwhile: Scenario = {
  name: 'redemption of a code whose promotion is switched off and which is removed meanwhile',
  withinSeconds: 60,
  rounds: 2,
  async run(environment) {
    const clients = environment.size(200);
    const [off, gone] = [await seedCode(environment.db), await seedCode(environment.db, { uses: clients })];
    const calls = redeemAtOnce(environment, clients, (client) => (client % 2 ? off.code : gone.code));
    await delay(environment.random.below(100));
    await environment.db.promotion.update({ where: { id: off.promotionId }, data: { enabled: false } });
    await environment.db.promotionCode.deleteMany({ where: { promotionId: gone.promotionId } });
    const seconds = await secondsUntil(calls);
    const answers = await calls;
    const reasons = answers.filter(({ status }) => status !== 201).map(reasonIn);
    assert(
      reasons.every((reason) => reason === 'promotion_off' || reason === 'not_found'),
      `the refusals are ${reasons.join(', ')}`,
    );
    for (const answer of answers.filter(({ status }) => status === 201)) {
      const { id, codes } = redemptionIn(answer);
      const found = redemptionIn(await untilAnswered(environment, `${path}/${id}`, {}));
      assert(found.status === 'redeemed' && found.codes[0]?.code === codes[0]?.code, 'a redemption lost its code');
    }
    return [seconds];
  },
};

function wrongClock(direction: string, hours: number): Scenario {
  return {
    name: `redemption by a web process whose clock is one hour ${direction}`,
    withinSeconds: 60,
    rounds: 1,
    async run(environment) {
      await environment.worker();
      await environment.restartWeb({ ...preload('wrong-clock'), CLOCK_HOURS: String(hours) });
      const { code } = await seedCode(environment.db, { uses: 2 });
      const started = Date.now();
      const held = redemptionIn(await redeem(environment, code, { hold_seconds: 600 }));
      const offBy = Math.abs(Date.parse(held.held_until ?? '') - started - 600_000);
      assert(offBy < 300_000, `a hold of ten minutes ends at ${held.held_until}`);
      assert(Math.abs(Date.parse(held.meta.timestamps.created_at) - started) < 300_000, 'the redemption has the time of the wrong clock');
      const short = redemptionIn(await redeem(environment, code, { hold_seconds: 1 }));
      const ended = async () => (await statusOf(environment, short.id)) === 'expired';
      const seconds = await secondsUntil(eventually('the end of a hold of one second', ended, 60_000));
      assert((await act(environment, held.id, 'confirm')).status === 200, 'the hold of ten minutes could not be confirmed');
      return [seconds];
    },
  };
}

export const redemptionScenarios: Scenario[] = [
  limitedCode,
  unlimitedCode,
  killedBeforeAnswer,
  databaseKilled,
  holdsRunOut,
  rolledBackTwice,
  removedMeanwhile,
  wrongClock('ahead', 1),
  wrongClock('behind', -1),
];
