'use server';

import { z } from 'zod';
import { action, createAction } from '#lib/action';
import { createPromotion } from '#lib/promotions/creation/create';
import { duplicatePromotion } from '#lib/promotions/creation/duplicate';
import { deletePromotion } from '#lib/promotions/deletion/delete';
import {
  createPromotionInput,
  deletePromotionInput,
  promotionReference,
  setMaxCodesInput,
  updatePromotionInput,
} from '#lib/promotions/schema';
import { setMaxCodes } from '#lib/promotions/set-max-codes';
import { updatePromotion } from '#lib/promotions/update';

const created = z.object({ id: z.uuid(), name: z.string(), maxCodes: z.int() });

export const createPromotionAction = createAction('write', createPromotionInput, created, createPromotion);
export const updatePromotionAction = action('write', updatePromotionInput, updatePromotion);
export const duplicatePromotionAction = createAction('write', promotionReference, created, duplicatePromotion);
export const deletePromotionAction = action('write', deletePromotionInput, deletePromotion);
export const setMaxCodesAction = action('administer', setMaxCodesInput, setMaxCodes);
