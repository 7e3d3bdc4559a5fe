import { handle, route } from '#lib/api';
import * as endpoints from '#lib/api/endpoints/codes';
import { page, rowsOf } from '#lib/api/page';
import { addCodes } from '#lib/codes/add';
import { listCodesOfPromotion } from '#lib/codes/query';
import { removeCodes } from '#lib/codes/remove';
import { serializeCode } from '#lib/codes/serialize';
import { findPromotion } from '#lib/promotions/find';
import { serializePromotion } from '#lib/promotions/serialize';

const list = handle(endpoints.listCodes, async (call) => {
  const { db, actor, params, query } = call;
  const { rows, total } = await listCodesOfPromotion(db, actor, { ...params, ...query.filter, ...rowsOf(query) });
  return page(call, { rows: rows.map(serializeCode), total });
});

const add = handle(endpoints.addCodes, async ({ db, actor, params, body }) => {
  await addCodes(db, actor, params.promotionId, body);
  return { data: serializePromotion(await findPromotion(db, actor, params)) };
});

const remove = handle(endpoints.removeCodes, ({ db, actor, params, body }) => removeCodes(db, actor, params.promotionId, body));

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(list, add, remove);
