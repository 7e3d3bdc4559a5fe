'use server';

import { action } from '#lib/action';
import { giveBack } from '#lib/redemptions/give-back';
import { getUsedByDay } from '#lib/redemptions/query';
import { giveBackInput, usedByDayInput } from '#lib/redemptions/schema';

export const giveBackAction = action('redeem', giveBackInput, giveBack);
export const usedByDayAction = action('read', usedByDayInput, getUsedByDay);
