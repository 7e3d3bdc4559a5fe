import type { ErrorExample } from '#lib/api/endpoint';

// Refusals that several endpoints have in common, in the words the domain has for them.

export const noPromotion: ErrorExample = { code: 'not_found', detail: 'promotion not found' };
export const noJob: ErrorExample = { code: 'not_found', detail: 'job not found' };
export const wrongPage: ErrorExample = { code: 'bad_request', detail: 'Enter a whole number from 1 to 100', source: 'page[limit]' };
export const wrongFilter: ErrorExample = { code: 'bad_request', detail: 'Could not parse the supplied filter', source: 'filter' };
export const noCodesAllowed: ErrorExample = { code: 'no_codes_allowed', detail: 'Cannot add codes to an automatic promotion' };
