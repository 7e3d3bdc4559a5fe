import 'server-only';
import { headers } from 'next/headers';
import type { z } from 'zod';
import type { ActionResult } from '#lib/action-result';
import { requireUser } from '#lib/auth';
import { isOwnOrigin } from '#lib/base-url';
import { databaseFault, databaseRefusal } from '#lib/database-fault';
import { type Database, db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { parseInput } from '#lib/input';
import { log } from '#lib/log';
import type { Actor, Permission } from '#lib/users/permissions';

const away: ActionResult<never> = {
  ok: false,
  title: 'Service Unavailable',
  problems: [{ detail: 'The database cannot be reached at the moment. Nothing was changed. Try again in a few seconds.' }],
};

/** A verb of the domain: `db`, who asks, and the parsed input. */
export type Verb<Input, T> = (db: Database, actor: Actor, input: Input) => Promise<T>;

/**
 * Makes a server action of a verb: own origin → signed in and allowed → parse → run → answer.
 * Whatever the domain refuses comes back as a value; anything else is logged and answered without detail.
 * `poll` is for what a page asks by itself: it keeps no idle session alive.
 */
export function action<S extends z.ZodType, T>(
  permission: Permission,
  schema: S,
  verb: Verb<z.output<S>, T>,
  { poll = false } = {},
): (input: z.input<S>) => Promise<ActionResult<T>> {
  return async (input) => {
    try {
      const actor = await requireUser(permission, { poll });
      await requireOwnOrigin();
      return { ok: true, data: await verb(db(), actor, parseInput(schema, input)) };
    } catch (error) {
      if (databaseFault(error) === 'unreachable') return away;
      const refusal = error instanceof DomainError ? error : databaseRefusal(error);
      if (refusal) return { ok: false, title: refusal.title, problems: refusal.problems };
      log.error({ error }, 'an action failed');
      return {
        ok: false,
        title: 'Something went wrong',
        problems: [{ detail: 'Something went wrong on the server. Nothing was changed. Try again.' }],
      };
    }
  };
}

/** Next lets a request without an Origin pass; no browser of ours sends one, so here it does not run. */
async function requireOwnOrigin(): Promise<void> {
  const given = await headers();
  if (!isOwnOrigin(given.get('origin') ?? '', given)) {
    throw new DomainError('forbidden', 'This request came from another site and was not carried out.');
  }
}
