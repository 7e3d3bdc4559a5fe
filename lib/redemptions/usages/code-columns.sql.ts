import { firstMs, sequenceBits } from '#lib/redemptions/key';

/**
 * Returns SQL expressions for the uses of the code `c` and the time of its last use. `promotionId` is an expression, too: the id of the
 * promotion whose codes the statement reads. For the statements of jobs, which are texts.
 */
export function codeUseColumns(promotionId: string): { used: string; last_used_at: string } {
  return {
    // A code with a maximum counts its uses itself. Others are counted in redemption_counts.
    used: `coalesce(c.max_uses - c.uses, (select sum(n.used) from redemption_counts as n
      where n.promotion_number = (select number from promotions where id = ${promotionId}) and n.code_id = c.id)::int, 0)`,
    last_used_at: `(select to_timestamp(((max(r.id) >> ${sequenceBits}) + ${firstMs}) / 1000.0) from redemptions as r
      where r.code_id = c.id and r.returned < r.quantity)`,
  };
}
