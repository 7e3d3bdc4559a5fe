import type { Endpoint } from '#lib/api/endpoint';
import * as codes from '#lib/api/endpoints/codes';
import * as jobs from '#lib/api/endpoints/jobs';
import * as promotions from '#lib/api/endpoints/promotions';

/** Every call of the API but the one for a token, in the order of the documentation. */
export const endpoints: readonly Endpoint[] = [
  promotions.listPromotions,
  promotions.listAttributes,
  promotions.createPromotion,
  promotions.getPromotion,
  promotions.updatePromotion,
  promotions.deletePromotion,
  promotions.listHistory,
  jobs.listJobs,
  jobs.createJob,
  jobs.getJob,
  jobs.cancelJob,
  jobs.getJobFile,
  codes.listCodes,
  codes.addCodes,
  codes.removeCodes,
  codes.removeCode,
];
