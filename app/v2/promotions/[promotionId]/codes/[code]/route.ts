import { handle, route } from '#lib/api';
import { removeCode } from '#lib/api/endpoints/codes';
import { removeCodes } from '#lib/codes/remove';

const remove = handle(removeCode, ({ db, actor, params }) =>
  removeCodes(db, actor, params.promotionId, { codes: [{ code: params.code }] }),
);

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(remove);
