import { handle, route } from '#lib/api';
import * as endpoints from '#lib/api/endpoints/promotions';
import { page, rowsOf } from '#lib/api/page';
import { createPromotion } from '#lib/promotions/create';
import { findPromotions } from '#lib/promotions/find';
import { serializePromotion } from '#lib/promotions/serialize';

const list = handle(endpoints.listPromotions, async (call) => {
  const { db, actor, query } = call;
  const { rows, total } = await findPromotions(db, actor, { ...query.filter, ...rowsOf(query) });
  return page(call, { rows: rows.map(serializePromotion), total });
});

const create = handle(endpoints.createPromotion, async ({ db, actor, body }) => ({
  data: serializePromotion(await createPromotion(db, actor, body)),
}));

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(list, create);
