import { Input, SegmentedControl, SimpleGrid, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useController, useWatch } from 'react-hook-form';
import { NumberField } from '#components/forms/NumberField.tsx';
import { underLabel } from '#components/forms/under-label.ts';
import type { JobFormControl } from '#components/jobs/form/form-fields.ts';
import { jobLimits } from '#lib/jobs/limits';
import type { ConsumeUnit } from '#prisma/enums';

const { codeLength, prefixLength } = jobLimits;

/** The fields of a job that generates codes. `children` come first. */
export function GenerateFields({ control, children }: { control: JobFormControl; children: ReactNode }) {
  const maxUses = useWatch({ control, name: 'parameters.max_uses_per_code' });
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      {children}
      <NumberField
        control={control}
        name="parameters.code_length"
        label="Code length"
        description={`${codeLength.min}–${codeLength.max} random characters, not counting dashes`}
        limits={codeLength}
      />
      <PrefixField control={control} />
      <NumberField
        control={control}
        name="parameters.max_uses_per_code"
        label="Maximum uses"
        description={
          maxUses === 0 ? (
            <strong>With 0, these codes can't be used</strong>
          ) : (
            'Per code. Leave empty for unlimited; 0 makes the code unusable.'
          )
        }
        placeholder="Unlimited"
        limits={jobLimits.maxUses}
      />
      <ConsumeUnitField control={control} />
    </SimpleGrid>
  );
}

function PrefixField({ control }: { control: JobFormControl }) {
  const { field, fieldState } = useController({ control, name: 'parameters.code_prefix' });
  return (
    <TextInput
      {...field}
      value={field.value ?? ''}
      label="Prefix"
      placeholder="summer"
      {...underLabel(`Up to ${prefixLength} letters, digits, - and _. Optional.`, fieldState.error?.message)}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
    />
  );
}

const consumeUnitHints = {
  per_cart: 'One use per cart, whatever it contains',
  per_item: 'One use per discounted item',
} as const satisfies Record<ConsumeUnit, string>;

function ConsumeUnitField({ control }: { control: JobFormControl }) {
  const { field, fieldState } = useController({ control, name: 'parameters.consume_unit' });
  const value = field.value ?? 'per_cart';
  return (
    <Input.Wrapper
      label="Count uses per"
      labelElement="div"
      labelProps={{ id: 'consume-unit' }}
      {...underLabel(consumeUnitHints[value], fieldState.error?.message)}
    >
      <SegmentedControl
        {...field}
        value={value}
        aria-labelledby="consume-unit"
        data={[
          { value: 'per_cart', label: 'Cart' },
          { value: 'per_item', label: 'Item' },
        ]}
        fullWidth
        mt={5}
      />
    </Input.Wrapper>
  );
}
