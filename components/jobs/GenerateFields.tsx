import { Input, SegmentedControl, SimpleGrid, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useController, useWatch } from 'react-hook-form';
import { announced, type JobFormControl } from '#components/jobs/form-fields';
import { NumberField } from '#components/jobs/NumberField';
import { jobLimits } from '#lib/jobs/schema';

const { codeLength, prefixLength } = jobLimits;

/** How the codes will be. */
export function GenerateFields({ control, children }: { control: JobFormControl; children: ReactNode }) {
  const maxUses = useWatch({ control, name: 'parameters.max_uses_per_code' });
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      {children}
      <NumberField
        control={control}
        name="parameters.code_length"
        label="Code length"
        description={`${codeLength.min} to ${codeLength.max} random characters, dashes not counted`}
        min={codeLength.min}
        max={codeLength.max}
      />
      <Prefix control={control} />
      <NumberField
        control={control}
        name="parameters.max_uses_per_code"
        label="Maximum uses"
        description={maxUses === 0 ? 'With 0, nobody can use these codes.' : 'Of each code; empty is unlimited, 0 is unusable'}
        placeholder="Unlimited"
        min={0}
        max={jobLimits.maxUses}
      />
      <UsageLimitType control={control} />
    </SimpleGrid>
  );
}

function Prefix({ control }: { control: JobFormControl }) {
  const { field, fieldState } = useController({ control, name: 'parameters.code_prefix' });
  return (
    <TextInput
      {...field}
      value={field.value ?? ''}
      label="Prefix"
      description={`Up to ${prefixLength} letters, digits, - and _; optional`}
      placeholder="summer"
      error={fieldState.error?.message}
      errorProps={announced}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
    />
  );
}

const unitWords = {
  per_cart: 'A cart takes one use, whatever is in it',
  per_item: 'Each discounted item takes one use',
} as const;

function UsageLimitType({ control }: { control: JobFormControl }) {
  const { field, fieldState } = useController({ control, name: 'parameters.consume_unit' });
  const value = field.value ?? 'per_cart';
  return (
    <Input.Wrapper
      label="Usage limit type"
      labelElement="div"
      labelProps={{ id: 'consume-unit' }}
      description={unitWords[value]}
      error={fieldState.error?.message}
      errorProps={announced}
    >
      <SegmentedControl
        {...field}
        value={value}
        aria-labelledby="consume-unit"
        data={[
          { value: 'per_cart', label: 'Per cart' },
          { value: 'per_item', label: 'Per item' },
        ]}
        fullWidth
        mt={5}
      />
    </Input.Wrapper>
  );
}
