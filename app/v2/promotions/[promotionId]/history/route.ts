import { handle, route } from '#lib/api';
import { listHistory } from '#lib/api/endpoints/promotions';
import { page, rowsOf } from '#lib/api/page';
import { serializeVersion } from '#lib/promotions/serialize';
import { listVersions } from '#lib/promotions/versions/list';

const list = handle(listHistory, async (call) => {
  const { db, actor, params, query } = call;
  const { rows, total } = await listVersions(db, actor, { ...params, ...rowsOf(query) });
  return page(call, { rows: rows.map(serializeVersion), total });
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(list);
