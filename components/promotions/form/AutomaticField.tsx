'use client';

import { Radio } from '@mantine/core';
import type { ReactNode } from 'react';
import { Controller } from 'react-hook-form';
import { RadioCard, RadioCards } from '#components/forms/RadioCards.tsx';
import { FieldConflict } from '#components/promotions/form/FieldConflict.tsx';
import type { PromotionFormValues } from '#components/promotions/form/form-values.ts';

type Props = {
  /** The description of the choice with codes. */
  codesDescription: string;
  /** Why the promotion can't become automatic. */
  automaticProblem?: ReactNode;
};

/** The choice between a promotion with codes and an automatic one. */
export function AutomaticField({ codesDescription, automaticProblem }: Props) {
  return (
    <>
      <Controller<PromotionFormValues, 'automatic'>
        name="automatic"
        render={({ field: { value, onChange, onBlur }, fieldState }) => (
          <Radio.Group
            aria-label="How it's applied"
            value={value ? 'automatic' : 'code'}
            onChange={(chosen) => onChange(chosen === 'automatic')}
            onBlur={onBlur}
            description={automaticProblem}
            error={fieldState.error?.message}
          >
            <RadioCards>
              <RadioCard value="code" title="With a code" description={codesDescription} />
              <RadioCard
                value="automatic"
                title="Automatically"
                description="Applies to every cart; no code needed"
                disabled={Boolean(automaticProblem) && !value}
              />
            </RadioCards>
          </Radio.Group>
        )}
      />
      <FieldConflict name="automatic" />
    </>
  );
}
