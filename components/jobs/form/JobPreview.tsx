import { Progress, Stack, Text } from '@mantine/core';
import { IconDice5, IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useWatch } from 'react-hook-form';
import { codesLeft } from '#components/jobs/form/capacity.ts';
import { expectedGuesses, minSafeLength } from '#components/jobs/form/code-strength.ts';
import type { JobFormControl } from '#components/jobs/form/form-fields.ts';
import { SampleCodes } from '#components/jobs/form/SampleCodes.tsx';
import { formatLongTime } from '#lib/format/duration';
import { formatApproximately, formatCount, formatNumber } from '#lib/format/number';
import { jobLimits } from '#lib/jobs/limits';
import type { PromotionCapacity } from '#lib/jobs/list/job-row';
import { promotionLimits } from '#lib/promotions/schema';
import classes from './form.module.css';

const guessesASecond = 10;
const { codeLength: lengths, prefixLength } = jobLimits;

type Props = {
  control: JobFormControl;
  capacity: PromotionCapacity;
  /** Whether these codes have been requested, and so count as taken themselves. */
  done: boolean;
};

/** What the job will come to, while its fields are filled in. */
export function JobPreview({ control, capacity, done }: Props) {
  const [asked, length, prefix] = useWatch({
    control,
    name: ['parameters.number_of_codes', 'parameters.code_length', 'parameters.code_prefix'],
  });
  const numberOfCodes = !done && isWhole(asked, 1, promotionLimits.maxCodes) ? asked : 0;
  const codeLength = isWhole(length, lengths.min, lengths.max) ? length : lengths.default;
  return (
    <Stack gap="lg" component="section" aria-label="What you will get">
      <SampleCodes codeLength={codeLength} prefix={(prefix ?? '').slice(0, prefixLength)} />
      <Room capacity={capacity} numberOfCodes={numberOfCodes} />
      <Safety capacity={capacity} numberOfCodes={numberOfCodes} codeLength={codeLength} />
    </Stack>
  );
}

function isWhole(n: unknown, min: number, max: number): n is number {
  return typeof n === 'number' && Number.isInteger(n) && n >= min && n <= max;
}

function Room({ capacity, numberOfCodes }: { capacity: PromotionCapacity; numberOfCodes: number }) {
  const left = codesLeft(capacity);
  const after = left - numberOfCodes;
  const share = (codes: number) => (codes / capacity.maxCodes) * 100;
  const fits = after >= 0;
  return (
    <div>
      <Text size="sm" fw={600} component="h3" m={0}>
        {roomInWords(left, after)}
      </Text>
      <Progress.Root size="lg" my={8} aria-hidden>
        <Progress.Section value={share(capacity.maxCodes - left)} color="gray.5" withAria={false} />
        <Progress.Section value={share(Math.min(numberOfCodes, left))} color={fits ? 'teal' : 'red'} withAria={false} />
      </Progress.Root>
      <Text size="xs" c="dimmed">
        {formatNumber(capacity.maxCodes - left)} of {formatNumber(capacity.maxCodes)} taken; {formatNumber(left)} free
      </Text>
    </div>
  );
}

function roomInWords(left: number, after: number): string {
  if (left === 0) return 'Full';
  if (after === left) return `Room for ${formatNumber(left)} more`;
  if (after < 0) return `${formatNumber(-after)} too many`;
  return after === 0 ? 'Full after this' : `Room for ${formatNumber(after)} more after this`;
}

function Safety({ capacity, numberOfCodes, codeLength }: { capacity: PromotionCapacity; numberOfCodes: number; codeLength: number }) {
  const live = capacity.maxCodes - codesLeft(capacity) + numberOfCodes;
  const guesses = expectedGuesses(live, codeLength);
  const least = minSafeLength(numberOfCodes);
  return (
    <>
      {guesses !== null && (
        <Fact icon={<IconDice5 size={20} aria-hidden />} title={`1 in ${formatApproximately(guesses)}`}>
          The chance that one random guess hits, with {formatCount(live, 'code')} live. At {guessesASecond} guesses a second, the first hit
          takes {formatLongTime(guesses / guessesASecond)} on average.
        </Fact>
      )}
      {least !== null && (
        <Fact
          icon={codeLength >= least ? <IconShieldCheck size={20} aria-hidden /> : <IconShieldX size={20} aria-hidden />}
          title={codeLength >= least ? `${least} characters are enough` : `Too short: use ${least} characters`}
        >
          With {least}, fewer than 1 in 1,000 possible codes would be used.
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
