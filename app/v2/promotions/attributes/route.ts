import { handle, route } from '#lib/api';
import { listAttributes } from '#lib/api/endpoints/promotions';
import { promotionAttributes } from '#lib/promotions/attributes';

const list = handle(listAttributes, async () => ({ data: promotionAttributes }));

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(list);
