import { Anchor } from '@mantine/core';
import { useWatch } from 'react-hook-form';
import { NumberField } from '#components/forms/NumberField.tsx';
import { capacityProblem, codesLeft } from '#components/jobs/form/capacity.ts';
import type { JobFormControl } from '#components/jobs/form/form-fields.ts';
import { formatNumber } from '#lib/format/number';
import { jobLimits } from '#lib/jobs/limits';
import type { PromotionCapacity } from '#lib/jobs/list/job-row';

type Props = {
  control: JobFormControl;
  capacity: PromotionCapacity;
  /** Whether these codes have been requested, and so count as taken themselves. */
  done: boolean;
  /** Null for a role that may not raise the maximum. */
  onRaise: (() => void) | null;
};

/** How many codes, with what still fits said before it is broken, and who can make more fit after. */
export function NumberOfCodesField({ control, capacity, done, onRaise }: Props) {
  const asked = useWatch({ control, name: 'parameters.number_of_codes' });
  const left = codesLeft(capacity);
  const problem = !done && typeof asked === 'number' ? capacityProblem(capacity, asked) : undefined;
  return (
    <div>
      <NumberField
        control={control}
        name="parameters.number_of_codes"
        label="Number of codes"
        description={left === 0 ? 'This promotion is full' : `Up to ${formatNumber(left)} more fit in this promotion`}
        required
        limits={{ ...jobLimits.numberOfCodes, max: left || undefined }}
        problem={problem && `${problem}${onRaise ? '' : ' An administrator can raise the maximum.'}`}
      />
      {problem && onRaise && (
        <Anchor component="button" type="button" size="xs" mt={4} onClick={onRaise}>
          Raise the maximum
        </Anchor>
      )}
    </div>
  );
}
