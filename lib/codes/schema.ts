import { z } from 'zod';
import { type Line, linesOf } from '#lib/codes/find/reading';
import { nullsLeftOut, resourceType } from '#lib/input/resource';
import { lineOfText } from '#lib/input/text';
import { wholeNumberWithin } from '#lib/input/whole-number';
import { jobLimits } from '#lib/jobs/limits';
import { ConsumeUnit } from '#prisma/enums';

/** The limits of codes. A list shows `pageSize` codes on a page, up to `maxOffset`. */
export const codeLimits = {
  length: 100,
  /** The length of a text in which a user searches for a code. */
  writtenLength: 1000,
  /** The users of one code. */
  users: 100,
  addedAtOnce: 10_000,
  removedAtOnce: 1000,
  lookedUpAtOnce: 500,
  pastedText: 64_000,
  pageSize: 25,
  maxOffset: 10_000,
} as const;

const noCode = 'Enter an object with the code in it';

// Characters that copying from mails and documents adds around a code: blanks, soft hyphens, zero-width spaces, a byte order mark.
const aroundCode = /^[\p{Zs}\u00ad\u200b-\u200d\u2060\ufeff]+|[\p{Zs}\u00ad\u200b-\u200d\u2060\ufeff]+$/gu;

/** A chosen code: a text that can be typed, read aloud, pasted in a list and stored in a CSV file unchanged. */
export const chosenCode = z
  .string({ error: 'Enter a code' })
  .overwrite((code) => code.replace(aroundCode, '').normalize('NFC'))
  .min(1, 'Enter a code')
  .max(codeLimits.length, `Enter at most ${codeLimits.length} characters`)
  .regex(
    /^[A-Za-z0-9][!#-&(-+\--:<-~]*$/,
    'Start with a letter or digit (A–Z, 0–9), then letters, digits and signs such as - _ . without spaces, commas, semicolons or quotes',
  );

const consumeUnit = z.enum(ConsumeUnit, { error: 'Choose per_cart or per_item' });
const user = lineOfText(codeLimits.length);

/** The only users of a code: one id, or a list of ids. */
const users = z.union([user, z.array(user).max(codeLimits.users, `Enter at most ${codeLimits.users} users`)], {
  error: 'Enter the id of a user, or a list of ids',
});

/**
 * Codes added by hand, with the field names of the API. `uses` is the number of uses of each code; without it, a code is unlimited.
 * `consume_unit` beside the list is the default for all its codes.
 */
export const addCodesInput = nullsLeftOut(
  z.object({
    type: resourceType('promotion_codes'),
    consume_unit: consumeUnit.optional(),
    codes: z
      .array(
        z.object(
          {
            code: chosenCode,
            uses: wholeNumberWithin(jobLimits.maxUses).nullish(),
            user: users.nullish(),
            consume_unit: consumeUnit.nullish(),
          },
          { error: noCode },
        ),
        { error: 'Enter a list of codes' },
      )
      .min(1, 'Enter at least one code')
      .max(codeLimits.addedAtOnce, `Add at most ${codeLimits.addedAtOnce} codes at once`),
  }),
).meta({ id: 'AddCodes' });

export type AddCodesInput = z.output<typeof addCodesInput>;

/** A code as a user writes it, which does not have to exist. */
const writtenCode = lineOfText(codeLimits.writtenLength);

/** Codes to remove, all or none. */
export const removeCodesInput = nullsLeftOut(
  z.object({
    type: resourceType('promotion_codes'),
    codes: z
      .array(z.object({ code: writtenCode }, { error: noCode }), { error: 'Enter a list of codes' })
      .min(1, 'Enter at least one code')
      .max(codeLimits.removedAtOnce, `Remove at most ${codeLimits.removedAtOnce} codes at once`),
  }),
).meta({ id: 'RemoveCodes' });

export type RemoveCodesInput = z.output<typeof removeCodesInput>;

const tooMany = (n: number) => `Paste at most ${codeLimits.lookedUpAtOnce} codes at a time, not ${n}`;

const tooLong = `Paste at most ${codeLimits.pastedText} characters at a time`;

/** A pasted list of codes, to look up in all promotions. */
export const lookUpInput = z.object({
  text: z
    .string({ error: 'Paste some codes' })
    // Some characters become 18 letters in plain form, so the limit applies to the plain form.
    .refine((text) => text.normalize('NFKC').length <= codeLimits.pastedText, tooLong)
    .transform((text, context): Line[] => {
      const lines = linesOf(text);
      const words = lines.flatMap((line) => line.words);
      if (words.length === 0) context.addIssue({ code: 'custom', message: 'Paste some codes' });
      if (words.length > codeLimits.lookedUpAtOnce) context.addIssue({ code: 'custom', message: tooMany(words.length) });
      if (words.some((word) => word.length > codeLimits.writtenLength))
        context.addIssue({ code: 'custom', message: `Enter at most ${codeLimits.writtenLength} characters a code` });
      return lines;
    }),
});

export const codeOrders = ['newest', 'code'] as const;

export type CodeOrder = (typeof codeOrders)[number];

/** The filters of a promotion's codes in the address. Invalid values count as absent. */
export const codesAddress = z.object({
  search: lineOfText(codeLimits.length).catch(''),
  order: z.enum(codeOrders).catch('newest'),
  page: z.coerce
    .number()
    .int()
    .min(1)
    .max(codeLimits.maxOffset / codeLimits.pageSize + 1)
    .catch(1),
});

export type CodesAddress = z.output<typeof codesAddress>;
