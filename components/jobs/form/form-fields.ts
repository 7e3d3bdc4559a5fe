import { zodResolver } from '@hookform/resolvers/zod';
import type { Control, DefaultValues, FieldPath, Resolver } from 'react-hook-form';
import { jobLimits } from '#lib/jobs/limits';
import { type CreateJobFields, type CreateJobInput, createJobInput } from '#lib/jobs/schema';
import type { ConsumeUnit } from '#prisma/enums';

export type JobFormControl = Control<CreateJobFields, unknown, CreateJobInput>;

/** The fields have the names of the API, so that an error of the server appears at its field. */
export const jobFormFields = [
  'job_type',
  'name',
  'parameters.number_of_codes',
  'parameters.code_length',
  'parameters.code_prefix',
  'parameters.consume_unit',
  'parameters.max_uses_per_code',
  'parameters.extra_columns',
] as const satisfies readonly FieldPath<CreateJobFields>[];

/** The types of job that the form creates. */
export type FormJobType = 'code_generate' | 'code_export';

/** Returns the initial values of the form. The number of codes is empty: the user has to choose it. */
export function initialValues(jobType: FormJobType): DefaultValues<CreateJobFields> {
  const { default: code_length } = jobLimits.codeLength;
  // The parameters of all types, so that a change of the type keeps what was entered.
  const consume_unit: ConsumeUnit = 'per_cart';
  const values = { name: '', parameters: { code_length, code_prefix: '', consume_unit, max_uses_per_code: 1, extra_columns: [] } };
  return jobType === 'code_generate' ? { ...values, job_type: jobType } : { ...values, job_type: jobType };
}

const parse: Resolver<CreateJobFields, unknown, CreateJobInput> = zodResolver(createJobInput);

/** Validates the form with the schema of a job. An empty field is sent as absent, because the form cannot hold `undefined`. */
export const checkJobForm: typeof parse = (values, context, options) => parse(withoutEmpty(values), context, options);

function withoutEmpty<T extends object>(values: T): T {
  return JSON.parse(JSON.stringify(values, (_key, value) => (value === '' ? undefined : value)));
}
