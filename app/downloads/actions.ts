'use server';

import { action } from '#lib/action';
import { exportLink } from '#lib/exports/download-link';
import { jobOfPromotion } from '#lib/jobs/schema';

export const exportLinkAction = action('read', jobOfPromotion, exportLink);
