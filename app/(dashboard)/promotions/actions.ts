'use server';

import { action } from '#lib/action';
import { createPromotion } from '#lib/promotions/create';
import { deletePromotion } from '#lib/promotions/delete';
import { duplicatePromotion } from '#lib/promotions/duplicate';
import { raisePromotion } from '#lib/promotions/raise';
import {
  createPromotionInput,
  deletePromotionInput,
  promotionReference,
  raisePromotionInput,
  updatePromotionInput,
} from '#lib/promotions/schema';
import { updatePromotion } from '#lib/promotions/update';

export const createPromotionAction = action('write', createPromotionInput, createPromotion);
export const updatePromotionAction = action('write', updatePromotionInput, updatePromotion);
export const duplicatePromotionAction = action('write', promotionReference, duplicatePromotion);
export const deletePromotionAction = action('write', deletePromotionInput, deletePromotion);
export const raisePromotionAction = action('administer', raisePromotionInput, raisePromotion);
