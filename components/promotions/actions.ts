import type { ActionResult, Created } from '#lib/action-result';
import type {
  CreatePromotionFields,
  DeletedPromotion,
  DeletePromotionInput,
  SetMaxCodesInput,
  UpdatePromotionFields,
} from '#lib/promotions/schema';

/** The server actions of promotions. Pages pass them to components. */
export type PromotionActions = {
  create(input: CreatePromotionFields, submission: string): Promise<ActionResult<Created<{ id: string }>>>;
  update(input: UpdatePromotionFields): Promise<ActionResult<{ name: string }>>;
  duplicate(
    input: { promotionId: string },
    submission: string,
  ): Promise<ActionResult<Created<{ id: string; name: string; maxCodes: number }>>>;
  delete(input: DeletePromotionInput): Promise<ActionResult<DeletedPromotion>>;
  setMaxCodes(input: SetMaxCodesInput): Promise<ActionResult<{ maxCodes: number }>>;
};
