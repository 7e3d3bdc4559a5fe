'use client';

import { ActionIcon, Button, Group, Input, Stack } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useId } from 'react';
import { Controller, useFieldArray, useFormContext } from 'react-hook-form';
import { MoneyField } from '#components/forms/MoneyField.tsx';
import { NumberField } from '#components/forms/NumberField.tsx';
import { CurrencySelect } from '#components/promotions/form/CurrencySelect.tsx';
import { type CurrencyRow, emptyRow, type PromotionFormValues } from '#components/promotions/form/form-values.ts';
import { currencies, withoutTrailingZeros } from '#lib/format/money';
import { readMoney } from '#lib/input/money';
import { discountLimits } from '#lib/promotions/discounts';
import classes from './form.module.css';

type Props = {
  name: 'schema.currencies' | 'min_cart_value' | 'max_discount_value';
  of: 'amount' | 'percentage';
  legend: string;
  description: string;
  /** The label of the button that adds the first amount, if the list can be empty. */
  addFirst?: string;
};

/** The limits of a percentage as text. */
export const percentageLimits = `Between ${discountLimits.percent.min} and ${discountLimits.percent.max} (up to ${discountLimits.percent.decimals} decimals)`;

/** A list of amounts or percentages, one per currency. */
export function CurrencyRows({ name, of, legend, description, addFirst }: Props) {
  const { control, getFieldState, formState, getValues } = useFormContext<PromotionFormValues>();
  const id = useId();
  const { fields, append, remove } = useFieldArray({ control, name });
  const { error } = getFieldState(name, formState);
  const listError = error?.root?.message ?? error?.message;
  const nextCurrency = () => {
    const used = getValues(name).map(({ currency }) => currency);
    const discountCurrencies = getValues('schema.currencies').map(({ currency }) => currency);
    return [...discountCurrencies, 'USD', 'EUR', ...currencies].find((currency) => !used.includes(currency)) ?? '';
  };
  return (
    <fieldset className={classes.rows} aria-labelledby={`${id}-label`} aria-describedby={`${id}-description`}>
      <Input.Label labelElement="div" id={`${id}-label`}>
        {legend}
      </Input.Label>
      <Input.Description id={`${id}-description`}>{description}</Input.Description>
      <Stack gap="xs" mt={fields.length > 0 ? 8 : 0}>
        {fields.map((field, index) => (
          <Group key={field.id} gap="xs" wrap="nowrap" align="flex-start">
            {of === 'amount' ? <AmountField name={`${name}.${index}`} /> : <PercentageField name={`${name}.${index}.percentage`} />}
            <CurrencyField name={`${name}.${index}`} />
            {(addFirst || fields.length > 1) && (
              <ActionIcon variant="subtle" color="gray" size={36} aria-label={`Remove ${field.currency}`} onClick={() => remove(index)}>
                <IconX size={18} aria-hidden="true" />
              </ActionIcon>
            )}
          </Group>
        ))}
      </Stack>
      {listError && (
        <Input.Error mt={6} role="alert">
          {listError}
        </Input.Error>
      )}
      <Button
        variant="subtle"
        size="compact-sm"
        mt={8}
        ml={-8}
        leftSection={<IconPlus size={15} aria-hidden="true" />}
        onClick={() => append(emptyRow(nextCurrency()))}
      >
        {fields.length === 0 && addFirst ? addFirst : 'Add currency'}
      </Button>
    </fieldset>
  );
}

type RowName = `${Props['name']}.${number}`;

function AmountField({ name }: { name: RowName }) {
  const { control, watch } = useFormContext<PromotionFormValues>();
  return <MoneyField control={control} name={`${name}.amount`} currency={watch(`${name}.currency`)} className={classes.amount} />;
}

/** A percentage. Without a `label`, it is one row of a list. */
export function PercentageField({ name, label }: { name: `${RowName}.percentage` | 'schema.percent'; label?: string }) {
  const { control } = useFormContext<PromotionFormValues>();
  return (
    <NumberField
      control={control}
      name={name}
      className={label ? undefined : classes.amount}
      label={label}
      aria-label={label ? undefined : 'Percentage'}
      description={label && percentageLimits}
      maw={label && '22rem'}
      limits={discountLimits.percent}
    />
  );
}

/** A new currency keeps the amount as text: 5.00 USD becomes 5 JPY, and 9.99 is rejected because JPY has no decimals. */
function CurrencyField({ name }: { name: RowName }) {
  const { control, formState, getValues, setValue, trigger } = useFormContext<PromotionFormValues>();
  return (
    <Controller
      control={control}
      name={`${name}.currency`}
      render={({ field: { value, onChange, ...field }, fieldState }) => (
        <CurrencySelect
          {...field}
          w={104}
          value={value}
          error={fieldState.error?.message}
          onChange={(currency) => {
            if (!currency) return;
            setValue(`${name}.amount`, inCurrency(getValues(`${name}.amount`), value, currency), { shouldDirty: true });
            onChange(currency);
            if (formState.isSubmitted) void trigger(`${name}.amount`);
          }}
        />
      )}
    />
  );
}

function inCurrency(amount: CurrencyRow['amount'], from: string, to: string): CurrencyRow['amount'] {
  const text = typeof amount === 'number' ? withoutTrailingZeros(amount, from) : (amount ?? '');
  const reading = readMoney(text, to);
  return 'problem' in reading ? text : reading.value;
}
