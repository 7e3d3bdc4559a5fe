/**
 * What redemptions say of a code, as SQL expressions for statements that name the code `c`. `promotionId` is an expression, too: the id of
 * the promotion whose codes the statement reads. For jobs, which have SQL texts of their own.
 */
export function codeUseColumns(promotionId: string): { used: string; last_used_at: string } {
  return {
    // A code with a maximum counts its uses itself. Others are counted in redemption_counts.
    used: `coalesce(c.max_uses - c.uses, (select sum(n.used) from redemption_counts as n
      where n.promotion_number = (select number from promotions where id = ${promotionId}) and n.code_id = c.id)::int, 0)`,
    last_used_at: `(select to_timestamp(((max(r.id) >> 20) + 1767225600000) / 1000.0) from redemptions as r
      where r.code_id = c.id and r.returned < r.quantity)`,
  };
}
