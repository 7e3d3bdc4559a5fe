/**
 * What redemptions say of a code, as select expressions for statements that name the code `c` and its promotion `p`: for exports, which
 * COPY writes.
 */
export const codeUseColumns = {
  used: `coalesce(c.max_uses - c.uses,
    (select sum(n.used) from redemption_counts as n where n.promotion_number = p.number and n.code_id = c.id)::int, 0)`,
  last_used_at: `(select to_timestamp(((max(r.id) >> 20) + 1767225600000) / 1000.0) from redemptions as r
    where r.code_id = c.id and r.returned < r.quantity)`,
} as const;
