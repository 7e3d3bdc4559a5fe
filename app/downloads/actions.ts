'use server';

import { action } from '#lib/action';
import { exportLink } from '#lib/exports/hand-out';
import { jobOfPromotion } from '#lib/jobs/schema';

export const exportLinkAction = action('read', jobOfPromotion, exportLink);
