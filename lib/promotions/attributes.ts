import { z } from 'zod';
import type { CreatePromotionFields } from '#lib/promotions/schema';
import { PromotionType } from '#prisma/enums';

/** A field of a promotion, as clients of the vendor's API request it to render a form. */
export const promotionAttribute = z
  .object({
    label: z.string(),
    value: z.string().meta({ description: 'The name of the field.' }),
    type: z.enum(['string', 'boolean', 'integer', 'date', 'object', 'array']),
    required: z.boolean().meta({ description: 'When a promotion is created.' }),
    options: z.array(z.string()).optional(),
    description: z.string().optional(),
  })
  .meta({ id: 'PromotionAttribute' });

type Attribute = Omit<z.output<typeof promotionAttribute>, 'value'>;

const attributes = {
  name: { label: 'Name', type: 'string', required: true },
  description: { label: 'Description', type: 'string', required: false },
  enabled: { label: 'Enabled', type: 'boolean', required: false },
  automatic: { label: 'Automatic', type: 'boolean', required: false, description: 'An automatic promotion has no codes.' },
  promotion_type: { label: 'Promotion type', type: 'string', required: true, options: Object.values(PromotionType) },
  schema: { label: 'Schema', type: 'object', required: true, description: 'The discount, by the promotion type.' },
  start: { label: 'Start', type: 'date', required: true },
  end: { label: 'End', type: 'date', required: true },
  min_cart_value: { label: 'Minimum cart value', type: 'array', required: false },
  max_discount_value: { label: 'Maximum discount value', type: 'array', required: false },
  max_applications_per_cart: { label: 'Maximum applications per cart', type: 'integer', required: false },
} satisfies Record<Exclude<keyof CreatePromotionFields, 'type'>, Attribute>;

/** The fields that a client can set when it creates a promotion. */
export const promotionAttributes = Object.entries<Attribute>(attributes).map(([value, attribute]) => ({ ...attribute, value }));
