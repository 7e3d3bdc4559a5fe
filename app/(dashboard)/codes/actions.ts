'use server';

import { action } from '#lib/action';
import { lookUpCodes } from '#lib/codes/query';
import { lookUpInput } from '#lib/codes/schema';

export const lookUpCodesAction = action('read', lookUpInput, lookUpCodes);
