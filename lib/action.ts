import 'server-only';
import { headers } from 'next/headers';
import type { z } from 'zod';
import type { ActionResult, Created, Outcome } from '#lib/action-result';
import { requireUser } from '#lib/auth';
import { databaseRefusal } from '#lib/database/fault';
import { type Database, type Db, db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { isOwnOrigin } from '#lib/http/base-url';
import { idempotencyKey, idempotent } from '#lib/idempotency';
import { parseInput } from '#lib/input/parse';
import { log } from '#lib/log';
import type { Actor, Permission } from '#lib/users/permissions';

/** A verb of the domain: a function of the database, the actor and the parsed input. */
export type Verb<Input, T, D = Database> = (db: D, actor: Actor, input: Input) => Promise<T>;

/**
 * Creates a server action from a verb. The action returns a refusal by the domain as a value. It logs any other error and reports it
 * without details. A `poll` is a request that a page sends without user input; it does not extend an idle session.
 */
export function action<S extends z.ZodType, T>(
  permission: Permission,
  schema: S,
  verb: Verb<z.output<S>, T>,
  { poll = false } = {},
): (input: z.input<S>) => Promise<ActionResult<T>> {
  return (input) => answer({ permission, poll }, schema, input, (actor, parsed) => verb(db(), actor, parsed));
}

/**
 * Creates a server action from a verb that creates something. Each submission has an idempotency key: a second click, or a
 * repetition after a lost answer, returns the result of the first one, as far as `kept` describes it. `kept` must not contain
 * secrets.
 */
export function createAction<S extends z.ZodType, K extends z.ZodObject, T extends z.input<K>>(
  permission: Permission,
  schema: S,
  kept: K,
  verb: Verb<z.output<S>, T, Db>,
): (input: z.input<S>, submission: string) => Promise<ActionResult<Created<T, z.output<K>>>> {
  return (input, submission) =>
    answer({ permission, poll: false }, schema, input, async (actor, parsed) => {
      const request = { key: parseInput(idempotencyKey, submission), request: withoutPassword(parsed), whileBusy: 'wait' } as const;
      const first: { created?: T } = {};
      const { text } = await idempotent(db(), actor, request, async (tx) => {
        first.created = await verb(tx, actor, parsed);
        return { status: 200, text: JSON.stringify(kept.parse(first.created)) };
      });
      return first.created ? { repeated: false, ...first.created } : { repeated: true, ...kept.parse(JSON.parse(text)) };
    });
}

/** Removes passwords: the database stores a hash of the request, from which a password can be guessed. */
function withoutPassword(parsed: unknown): string {
  return JSON.stringify(parsed, (key, value: unknown) => (key === 'password' ? undefined : value));
}

/** Checks permission and origin, parses the input and runs the verb. The outcome of a failure is `unknown` when the verb may have begun. */
async function answer<S extends z.ZodType, T>(
  { permission, poll }: { permission: Permission; poll: boolean },
  schema: S,
  input: unknown,
  run: (actor: Actor, parsed: z.output<S>) => Promise<T>,
): Promise<ActionResult<T>> {
  let outcome: Outcome = 'refused';
  try {
    const actor = await requireUser(permission, { poll });
    await requireOwnOrigin();
    const parsed = parseInput(schema, input);
    outcome = 'unknown';
    return { ok: true, data: await run(actor, parsed) };
  } catch (error) {
    if (error instanceof DomainError) return { ok: false, outcome: 'refused', problems: error.problems };
    const refusal = databaseRefusal(error);
    if (refusal?.code === 'conflict') return { ok: false, outcome: 'refused', problems: refusal.problems };
    if (refusal) return { ok: false, outcome, problems: [{ detail: `${refusal.message}.` }] };
    log.error({ error }, 'action failed');
    return { ok: false, outcome, problems: [{ detail: 'Something went wrong on our side.' }] };
  }
}

/** Rejects a request without an `Origin`, which Next accepts: every browser sends one. */
async function requireOwnOrigin(): Promise<void> {
  const given = await headers();
  if (!isOwnOrigin(given.get('origin') ?? '', given)) {
    throw new DomainError('forbidden', 'This request came from another site and was not carried out.');
  }
}
