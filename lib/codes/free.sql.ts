/**
 * Deletes those of the codes `$1` (folded, in any order) that belong to promotions which are being deleted, so that the transaction
 * can add them to another one. Every statement that adds codes runs after this one. The number of rows is the number of
 * such codes.
 *
 * Rows are locked in the order of the unique index on codes, which is the lock order. The job that deletes the promotion never waits
 * for these locks, and the promotion itself is not locked.
 */
export const freeCodes = `
  with existing as materialized (
    select promotion_id, id, lower(code) as folded from promotion_codes
    where lower(code) = any($1) and exists (select from promotions where deleting_at is not null)
  ), freed as materialized (
    select code.promotion_id, code.id
    from existing
    join promotions as promotion on promotion.id = existing.promotion_id and promotion.deleting_at is not null
    join promotion_codes as code on (code.promotion_id, code.id) = (existing.promotion_id, existing.id)
    order by existing.folded
    for update of code
  )
  delete from promotion_codes as code using freed where (code.promotion_id, code.id) = (freed.promotion_id, freed.id)`;
