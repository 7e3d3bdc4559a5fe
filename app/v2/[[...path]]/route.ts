import { nowhere } from '#lib/api';

// Whatever no other route of the API answers.
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = nowhere();
