import { handle, route } from '#lib/api';
import * as endpoints from '#lib/api/endpoints/promotions';
import { deletePromotion } from '#lib/promotions/delete';
import { findPromotion } from '#lib/promotions/find';
import { serializePromotion } from '#lib/promotions/serialize';
import { updatePromotion } from '#lib/promotions/update';

const get = handle(endpoints.getPromotion, async ({ db, actor, params }) => ({
  data: serializePromotion(await findPromotion(db, actor, params)),
}));

const update = handle(endpoints.updatePromotion, async ({ db, actor, params, body }) => ({
  data: serializePromotion(await updatePromotion(db, actor, { ...body, ...params })),
}));

const remove = handle(endpoints.deletePromotion, async ({ db, actor, params }) => {
  await deletePromotion(db, actor, params);
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(get, update, remove);
