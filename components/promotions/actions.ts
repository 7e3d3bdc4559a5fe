import type { ActionResult, Created } from '#lib/action-result';
import type { CreatePromotionFields, DeletePromotionInput, SetMaxCodesInput, UpdatePromotionFields } from '#lib/promotions/schema';

/** What the screens of promotions can have done; pages hand the server actions in. */
export type PromotionActions = {
  create(input: CreatePromotionFields, submission: string): Promise<ActionResult<Created<{ id: string }>>>;
  update(input: UpdatePromotionFields): Promise<ActionResult<{ name: string }>>;
  duplicate(
    input: { promotionId: string },
    submission: string,
  ): Promise<ActionResult<Created<{ id: string; name: string; maxCodes: number }>>>;
  delete(input: DeletePromotionInput): Promise<ActionResult<{ name: string; codes: number; files_left: number }>>;
  raise(input: SetMaxCodesInput): Promise<ActionResult<{ maxCodes: number }>>;
};
