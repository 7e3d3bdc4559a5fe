import type { ActionResult } from '#lib/action-result';
import type { CreatePromotionFields, DeletePromotionInput, RaisePromotionInput, UpdatePromotionFields } from '#lib/promotions/schema';

/** What the screens of promotions can have done; pages hand the server actions in. */
export type PromotionActions = {
  create(input: CreatePromotionFields): Promise<ActionResult<{ id: string }>>;
  update(input: UpdatePromotionFields): Promise<ActionResult<{ name: string }>>;
  duplicate(input: { promotionId: string }): Promise<ActionResult<{ id: string; name: string; maxCodes: number }>>;
  delete(input: DeletePromotionInput): Promise<ActionResult<{ name: string; codes: number }>>;
  raise(input: RaisePromotionInput): Promise<ActionResult<{ maxCodes: number }>>;
};
