import { Progress, Stack, Text } from '@mantine/core';
import { IconDice5, IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useWatch } from 'react-hook-form';
import { freeCapacity } from '#components/jobs/form/capacity.ts';
import { expectedGuesses, minSafeLength } from '#components/jobs/form/code-strength.ts';
import type { JobFormControl } from '#components/jobs/form/form-fields.ts';
import { SampleCodes } from '#components/jobs/form/SampleCodes.tsx';
import { formatLongTime } from '#lib/format/duration';
import { formatApproximately, formatCount, formatNumber } from '#lib/format/number';
import { jobLimits } from '#lib/jobs/limits';
import type { PromotionCapacity } from '#lib/jobs/list/job-row';
import { promotionLimits } from '#lib/promotions/schema';
import classes from './form.module.css';

const guessesPerSecond = 10;
const { codeLength: lengths, prefixLength } = jobLimits;

type Props = {
  control: JobFormControl;
  promotion: PromotionCapacity;
  /** True after these codes were requested. They are part of the used capacity then. */
  submitted: boolean;
};

/** Shows sample codes, the remaining capacity and the strength of the codes while the form is filled in. */
export function JobPreview({ control, promotion, submitted }: Props) {
  const [requested, length, prefix] = useWatch({
    control,
    name: ['parameters.number_of_codes', 'parameters.code_length', 'parameters.code_prefix'],
  });
  const numberOfCodes = !submitted && isWhole(requested, 1, promotionLimits.maxCodes) ? requested : 0;
  const codeLength = isWhole(length, lengths.min, lengths.max) ? length : lengths.default;
  return (
    <Stack gap="lg" component="section" aria-label="Preview">
      <SampleCodes codeLength={codeLength} prefix={(prefix ?? '').slice(0, prefixLength)} />
      <CapacityBar promotion={promotion} numberOfCodes={numberOfCodes} />
      <CodeStrength promotion={promotion} numberOfCodes={numberOfCodes} codeLength={codeLength} />
    </Stack>
  );
}

function isWhole(n: unknown, min: number, max: number): n is number {
  return typeof n === 'number' && Number.isInteger(n) && n >= min && n <= max;
}

function CapacityBar({ promotion, numberOfCodes }: { promotion: PromotionCapacity; numberOfCodes: number }) {
  const free = freeCapacity(promotion);
  const after = free - numberOfCodes;
  const inUse = promotion.maxCodes - free;
  const share = (codes: number) => (codes / promotion.maxCodes) * 100;
  const fits = after >= 0;
  return (
    <div>
      <Text size="sm" fw={600} component="h3" m={0}>
        {capacityText(free, after)}
      </Text>
      <Progress.Root size="lg" my={8} aria-hidden>
        <Progress.Section value={share(inUse)} color="gray.5" withAria={false} />
        <Progress.Section value={share(Math.min(numberOfCodes, free))} color={fits ? 'teal' : 'red'} withAria={false} />
      </Progress.Root>
      <Text size="xs" c="dimmed">
        {formatNumber(inUse)} of {formatNumber(promotion.maxCodes)} in use; {formatNumber(free)} free
      </Text>
    </div>
  );
}

function capacityText(free: number, after: number): string {
  if (free === 0) return 'Full';
  if (after === free) return `Room for ${formatNumber(free)} more`;
  if (after < 0) return `${formatNumber(-after)} too many`;
  return after === 0 ? 'Full after this' : `Room for ${formatNumber(after)} more after this`;
}

function CodeStrength({
  promotion,
  numberOfCodes,
  codeLength,
}: {
  promotion: PromotionCapacity;
  numberOfCodes: number;
  codeLength: number;
}) {
  const codes = promotion.maxCodes - freeCapacity(promotion) + numberOfCodes;
  const guesses = expectedGuesses(codes, codeLength);
  const minLength = minSafeLength(numberOfCodes);
  return (
    <>
      {guesses !== null && (
        <Fact icon={<IconDice5 size={20} aria-hidden />} title={`1 in ${formatApproximately(guesses)}`}>
          Chance that one random guess finds one of {formatCount(codes, 'code')}. At {guessesPerSecond} guesses per second, the first hit
          takes {formatLongTime(guesses / guessesPerSecond)} on average.
        </Fact>
      )}
      {minLength !== null && (
        <Fact
          icon={codeLength >= minLength ? <IconShieldCheck size={20} aria-hidden /> : <IconShieldX size={20} aria-hidden />}
          title={codeLength >= minLength ? `${minLength} characters are enough` : `Too short: use ${minLength} characters`}
        >
          With {minLength} characters, fewer than 1 in 1,000 possible codes would be in use.
        </Fact>
      )}
    </>
  );
}

function Fact({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      {icon}
      <div>
        <Text size="sm" fw={600} component="h3" m={0}>
          {title}
        </Text>
        <Text size="xs" c="dimmed">
          {children}
        </Text>
      </div>
    </div>
  );
}
