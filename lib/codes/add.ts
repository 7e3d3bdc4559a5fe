import { foldCode } from '#lib/codes/fold';
import { freeCodes } from '#lib/codes/free.sql';
import type { AddCodesInput } from '#lib/codes/schema';
import { transaction } from '#lib/database/transaction';
import type { Db } from '#lib/db';
import { DomainError, type Problem } from '#lib/errors';
import { lockPromotion } from '#lib/promotions/lock';
import { checkLength } from '#lib/promotions/rules';
import { recordCodesChange } from '#lib/promotions/versions/record-codes-change';
import type { Actor } from '#lib/users/permissions';
import type { ConsumeUnit, Promotion } from '#prisma/client';

type Codes = AddCodesInput['codes'];

/**
 * Adds codes that somebody chose, all or none, which is a version in the history. Throws `not_found`, `no_codes_allowed`, `too_many_codes`,
 * `unprocessable`, and `conflict` naming each code that some promotion has already.
 */
export function addCodes(db: Db, actor: Actor, promotionId: string, { codes, consume_unit }: AddCodesInput): Promise<void> {
  return transaction(
    db,
    async (tx) => {
      checkRoom(await lockPromotion(tx, promotionId), codes.length);
      refuse(codes, repeated(codes), 'is in the list twice');
      await tx.$executeRawUnsafe(
        freeCodes,
        codes.map(({ code }) => foldCode(code)),
      );
      refuse(codes, await insert(tx, actor, promotionId, codes.map(codeColumns(consume_unit))), 'exists already');
      await recordCodesChange(tx, actor, { promotionId, added: codes.length });
    },
    { maxWait: 10_000, timeout: 60_000 },
  );
}

// Under the lock: a job or somebody else cannot take the room meanwhile.
function checkRoom(promotion: Promotion, n: number): void {
  const { automatic, codeCount, maxCodes } = promotion;
  if (automatic) throw new DomainError('no_codes_allowed', 'Cannot add codes to an automatic promotion');
  if (codeCount + n > maxCodes) throw new DomainError('too_many_codes', `Only ${maxCodes} promotion codes are allowed per promotion`);
  checkLength(codeCount + n, promotion);
}

type CodeColumns = { code: string; consume_unit: ConsumeUnit; uses: number | null; user: string | null; users: string[] | null };

/** The columns of a code. One user and a list of users are kept apart, because clients get back what they sent. */
function codeColumns(defaultUnit: ConsumeUnit = 'per_cart') {
  return ({ code, uses = null, user, consume_unit }: Codes[number]): CodeColumns => {
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

/**
 * Inserts what is free and returns the places of what is not. The ids keep the order of the list; the rows go in by the
 * order of the unique index, which is the lock order.
 */
async function insert(tx: Db, actor: Actor, promotionId: string, codes: CodeColumns[]): Promise<number[]> {
  const added = await tx.$queryRaw<{ code: string }[]>`
    with given as materialized (
      select nextval('promotion_codes_id_seq') as id, code, consume_unit, uses, "user", users
      from json_to_recordset(${JSON.stringify(codes)}::json) as listed (code text, consume_unit text, uses int, "user" text, users text[])
    )
    insert into promotion_codes (id, promotion_id, code, consume_unit, max_uses, uses, "user", users, created_by)
    select id, ${promotionId}::uuid, code, consume_unit::consume_unit, uses, uses, "user", users, ${actor.name}
    from given order by lower(code collate "C")
    on conflict do nothing returning code`;
  const done = new Set(added.map(({ code }) => code));
  return codes.flatMap(({ code }, place) => (done.has(code) ? [] : [place]));
}

function repeated(codes: Codes): number[] {
  const seen = new Set<string>();
  return codes.flatMap(({ code }, place) => (seen.size === seen.add(foldCode(code)).size ? [place] : []));
}

function refuse(codes: Codes, places: number[], why: string): void {
  const [first, ...more] = places.map((place): Problem => ({ detail: `${codes[place]?.code} ${why}`, source: `codes.${place}.code` }));
  if (first) throw new DomainError('conflict', first, ...more);
}
