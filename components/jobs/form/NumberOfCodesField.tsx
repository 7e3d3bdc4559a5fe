import { Anchor } from '@mantine/core';
import { useWatch } from 'react-hook-form';
import { NumberField } from '#components/forms/NumberField.tsx';
import { capacityError, freeCapacity } from '#components/jobs/form/capacity.ts';
import type { JobFormControl } from '#components/jobs/form/form-fields.ts';
import { formatNumber } from '#lib/format/number';
import { jobLimits } from '#lib/jobs/limits';
import type { PromotionCapacity } from '#lib/jobs/list/job-row';

type Props = {
  control: JobFormControl;
  promotion: PromotionCapacity;
  /** True after these codes were requested. They are part of the used capacity then. */
  submitted: boolean;
  /** Opens the dialog for the maximum; null for a role that cannot change it. */
  onSetMaxCodes: (() => void) | null;
};

/** The number of codes, with the free capacity as its hint and a way to raise the maximum when it is exceeded. */
export function NumberOfCodesField({ control, promotion, submitted, onSetMaxCodes }: Props) {
  const numberOfCodes = useWatch({ control, name: 'parameters.number_of_codes' });
  const free = freeCapacity(promotion);
  const problem = !submitted && typeof numberOfCodes === 'number' ? capacityError(promotion, numberOfCodes) : undefined;
  return (
    <div>
      <NumberField
        control={control}
        name="parameters.number_of_codes"
        label="Number of codes"
        description={free === 0 ? 'This promotion is full' : `Up to ${formatNumber(free)} more fit in this promotion`}
        required
        limits={{ ...jobLimits.numberOfCodes, max: free || undefined }}
        problem={problem && `${problem}${onSetMaxCodes ? '' : ' An administrator can raise the maximum.'}`}
      />
      {problem && onSetMaxCodes && (
        <Anchor component="button" type="button" size="xs" mt={4} onClick={onSetMaxCodes}>
          Raise the maximum
        </Anchor>
      )}
    </div>
  );
}
