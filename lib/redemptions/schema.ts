import { z } from 'zod';
import { codeLimits } from '#lib/codes/schema';
import { isTimeZone } from '#lib/format/dates';
import { readIpAddress } from '#lib/input/ip-address';
import { nullsLeftOut, resourceType } from '#lib/input/resource';
import { lineOfText } from '#lib/input/text';
import { wholeNumberWithin } from '#lib/input/whole-number';
import { readPublicId } from '#lib/redemptions/key';

/** The limits of redemptions. */
export const redemptionLimits = {
  codesAtOnce: 50,
  quantity: { min: 1, max: 10_000 },
  referenceLength: 100,
  holdSeconds: { min: 1, max: 86_400 },
  anonymizedAtOnce: 1000,
} as const;

const code = lineOfText(codeLimits.writtenLength).min(1, 'Enter a code');
const reference = lineOfText(redemptionLimits.referenceLength).min(1, 'Enter text');
const customer = reference.meta({ description: 'The id of the customer. A code of one user can be used by that customer only.' });
const shopperIp = z
  .string({ error: 'Enter an IP address' })
  .transform((text, context) => {
    const address = readIpAddress(text);
    if (address) return address;
    context.addIssue({ code: 'custom', message: 'Enter an IP address' });
    return z.NEVER;
  })
  .meta({ type: 'string', description: 'The address of the shopper. Addresses that try many unknown codes are refused.' });

/** A code at the cart. Nothing is written. */
export const checkInput = nullsLeftOut(
  z.object({
    type: resourceType('redemption_check'),
    code,
    customer: customer.optional(),
    shopper_ip: shopperIp.optional(),
  }),
).meta({ id: 'CheckRedemption' });
export type CheckInput = z.output<typeof checkInput>;

const quantity = wholeNumberWithin(redemptionLimits.quantity).meta({
  description: 'For codes that count items; a code that counts carts takes one use.',
});

const listOfCodes = <T extends z.ZodType<{ code: string }>>(item: T) =>
  z
    .array(item, { error: 'Enter a list of codes' })
    .min(1, 'Enter at least one code')
    .max(redemptionLimits.codesAtOnce, `Enter at most ${redemptionLimits.codesAtOnce} codes`);

/** The codes of one order. All of them are redeemed, or none. */
export const redeemInput = nullsLeftOut(
  z.object({
    type: resourceType('redemption'),
    codes: listOfCodes(nullsLeftOut(z.object({ code, quantity: quantity.default(1) }, { error: 'Enter an object with the code in it' }))),
    order: reference.optional().meta({ description: 'The id of the order.' }),
    customer: customer.optional(),
    hold_seconds: wholeNumberWithin(redemptionLimits.holdSeconds)
      .optional()
      .meta({ description: 'Holds the uses for so long, until they are confirmed. Without it they are redeemed at once.' }),
    shopper_ip: shopperIp.optional(),
  }),
).meta({ id: 'Redeem' });
export type RedeemInput = z.output<typeof redeemInput>;

/** The uses to give back. Without `codes`, all of them. */
export const rollbackInput = nullsLeftOut(
  z.object({
    type: resourceType('redemption'),
    codes: listOfCodes(z.object({ code, quantity }, { error: 'Enter an object with the code and the quantity in it' })).optional(),
  }),
).meta({ id: 'RollBackRedemption' });
export type RollbackInput = z.output<typeof rollbackInput>;

/** The id of a redemption or of a usage. Another text is not found. */
export const redemptionId = z.string().transform((text, context) => {
  const key = readPublicId(text);
  if (key) return key;
  context.addIssue({ code: 'custom', message: 'redemption not found' });
  return z.NEVER;
});

/** Usages whose customer is to be forgotten: some, or all of one customer. */
export const anonymizeInput = nullsLeftOut(
  z
    .object({
      usage_ids: z
        .array(z.string({ error: 'Enter the id of a usage' }).max(100, 'Enter the id of a usage'), { error: 'Enter a list of ids' })
        .min(1, 'Enter at least one id')
        .max(redemptionLimits.anonymizedAtOnce, `Enter at most ${redemptionLimits.anonymizedAtOnce} ids`)
        .optional(),
      customer: reference.optional().meta({ description: 'Anonymizes all usages of this customer.' }),
    })
    .refine(({ usage_ids, customer }) => usage_ids || customer, { error: 'Enter usage_ids or a customer', path: ['usage_ids'] }),
).meta({ id: 'AnonymizeUsages' });
export type AnonymizeInput = z.output<typeof anonymizeInput>;

/** All uses of one code in a redemption, to give them back. `quantity` is how many the redemption took. */
export const giveBackInput = z.object({ redemption_id: redemptionId, code, quantity });
export type GiveBackInput = z.output<typeof giveBackInput>;

export const usedByDayInput = z.object({
  promotion_id: z.uuid('No such promotion'),
  time_zone: z.string().refine(isTimeZone, 'No such time zone'),
});
export type UsedByDayInput = z.output<typeof usedByDayInput>;

/** A code and the page of its redemptions in the address. An invalid value counts as absent. */
export const usesAddress = z.object({ code: code.optional().catch(undefined), before: redemptionId.optional().catch(undefined) });
export type UsesAddress = Partial<z.output<typeof usesAddress>>;
