import { tokenRoute } from '#lib/api/token';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = tokenRoute;
