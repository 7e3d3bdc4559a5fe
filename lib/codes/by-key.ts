/**
 * For the rest of a transaction: read a promotion's codes by their key, which has them in order, and join row by row. Where the database
 * has not looked at the codes since they came, it would rather read and sort all there are: a removal then took seven times the work
 * of one DELETE, and an export wrote no row for a third of its time.
 */
export const byKey = ['sort', 'seqscan', 'bitmapscan', 'hashjoin', 'mergejoin'].map((way) => `set local enable_${way} = off`).join('; ');
