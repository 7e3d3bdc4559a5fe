import { codeSpace, maxFill } from '#lib/codes/alphabet';
import { DomainError } from '#lib/errors';
import type { CreateJobInput } from '#lib/jobs/schema';
import { checkLength } from '#lib/promotions/rules';

type PromotionFacts = { automatic: boolean; maxCodes: number; start: Date; end: Date };
type Generate = Extract<CreateJobInput, { job_type: 'code_generate' }>;

/** Refuses codes that the promotion may not have. The texts are those that existing clients know. */
export function checkGenerate(promotion: PromotionFacts, { parameters }: Generate): void {
  if (promotion.automatic) throw new DomainError('no_codes_allowed', 'Cannot add codes to an automatic promotion');
  if (parameters.number_of_codes > promotion.maxCodes) {
    throw new DomainError('too_many_codes', {
      detail: `Only ${promotion.maxCodes} promotion codes are allowed per promotion`,
      source: 'parameters.number_of_codes',
    });
  }
  checkLength(parameters.number_of_codes, promotion, 'parameters.number_of_codes');
  if (parameters.number_of_codes > codeSpace(parameters.code_length) * maxFill) {
    throw new DomainError('unprocessable', {
      detail: `${parameters.number_of_codes} codes of length ${parameters.code_length} could be guessed: use a longer code`,
      source: 'parameters.code_length',
    });
  }
}
