import { api } from '#lib/api/app';

// The API under plain `next start`. The web process of the product answers it ahead of Next (lib/server/web/api.ts).

const answer = (request: Request) => api.fetch(request);

export { answer as DELETE, answer as GET, answer as HEAD, answer as OPTIONS, answer as PATCH, answer as POST, answer as PUT };
