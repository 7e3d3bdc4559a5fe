import { insertChosenCodes, type NewCode } from '#lib/codes/change.sql';
import { repeatedPositions } from '#lib/codes/fold';
import type { AddCodesInput } from '#lib/codes/schema';
import { transaction } from '#lib/database/transaction';
import type { Db } from '#lib/db';
import { DomainError, type Problem } from '#lib/errors';
import { lockPromotion } from '#lib/promotions/lock';
import { checkLength } from '#lib/promotions/rules';
import { recordCodesChange } from '#lib/promotions/versions/record-codes-change.sql';
import type { Actor } from '#lib/users/permissions';
import type { ConsumeUnit, Promotion } from '#prisma/client';

type Codes = AddCodesInput['codes'];

/**
 * Adds chosen codes, all or none, and records a version in the history. Throws `not_found`, `no_codes_allowed`, `too_many_codes`,
 * `unprocessable`, and `conflict` with each code that a promotion already has.
 */
export function addCodes(db: Db, actor: Actor, promotionId: string, { codes, consume_unit }: AddCodesInput): Promise<void> {
  return transaction(
    db,
    async (tx) => {
      checkCapacity(await lockPromotion(tx, promotionId), codes.length);
      refuse(codes, repeatedPositions(codes), 'is in the list twice');
      refuse(codes, await insert(tx, actor, promotionId, codes.map(codeColumns(consume_unit))), 'exists already');
      await recordCodesChange(tx, actor, { promotionId, added: codes.length });
    },
    { maxWait: 10_000, timeout: 60_000 },
  );
}

// The promotion is locked, so that no job and no other call can use the capacity meanwhile.
function checkCapacity(promotion: Promotion, n: number): void {
  const { automatic, codeCount, maxCodes } = promotion;
  if (automatic) throw new DomainError('no_codes_allowed', 'Cannot add codes to an automatic promotion');
  if (codeCount + n > maxCodes) throw new DomainError('too_many_codes', `Only ${maxCodes} promotion codes are allowed per promotion`);
  checkLength(codeCount + n, promotion);
}

/** The columns of a code. One user and a list of users have columns of their own, because the API returns what the client sent. */
function codeColumns(defaultUnit: ConsumeUnit = 'per_cart') {
  return ({ code, uses = null, user, consume_unit }: Codes[number]): NewCode => {
    const users = Array.isArray(user) ? [...new Set(user)].filter(Boolean) : [];
    return {
      code,
      uses,
      consume_unit: consume_unit ?? defaultUnit,
      user: typeof user === 'string' ? user || null : null,
      users: users.length > 0 ? users : null,
    };
  };
}

/** Inserts the codes that are free and returns the positions of the others. */
async function insert(tx: Db, actor: Actor, promotionId: string, codes: NewCode[]): Promise<number[]> {
  const inserted = await insertChosenCodes(tx, { promotionId, codes, createdBy: actor.name });
  return codes.flatMap(({ code }, position) => (inserted.has(code) ? [] : [position]));
}

function refuse(codes: Codes, positions: number[], why: string): void {
  const [first, ...more] = positions.map(
    (position): Problem => ({ detail: `${codes[position]?.code} ${why}`, source: `codes.${position}.code` }),
  );
  if (first) throw new DomainError('conflict', first, ...more);
}
