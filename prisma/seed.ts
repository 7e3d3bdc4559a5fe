import { databaseNow } from '#lib/database/clock.sql';
import type { Db } from '#lib/db';

const day = 86_400_000;

/** Creates three promotions of different types as samples for the first visit. */
export async function seedSamplePromotions(db: Db): Promise<void> {
  const start = await databaseNow(db);
  const by = { createdBy: 'Promint', updatedBy: 'Promint', start };
  await db.promotion.createMany({
    data: [
      {
        ...by,
        name: 'Newsletter welcome',
        description: '10% off the first cart, one code for each subscriber.',
        enabled: true,
        promotionType: 'percent_discount',
        schema: { currencies: [{ percentage: '10', currency: 'USD' }] },
        end: new Date(start.getTime() + 180 * day),
        maxCodes: 50_000,
      },
      {
        ...by,
        name: 'Five off your order',
        description: 'A fixed amount off the cart, for vouchers in parcels.',
        enabled: true,
        promotionType: 'fixed_discount',
        schema: { currencies: [{ amount: 500, currency: 'USD' }] },
        end: new Date(start.getTime() + 90 * day),
      },
      {
        ...by,
        name: 'Seasonal clearance',
        description: 'Applies automatically to every item. An automatic promotion has no codes.',
        enabled: false,
        automatic: true,
        promotionType: 'item_percent_discount',
        schema: { targets: 'all', percent: '25' },
        end: new Date(start.getTime() + 30 * day),
      },
    ],
  });
}
