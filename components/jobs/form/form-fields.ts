import { zodResolver } from '@hookform/resolvers/zod';
import type { Control, DefaultValues, FieldPath, Resolver } from 'react-hook-form';
import { jobLimits } from '#lib/jobs/limits';
import { type CreateJobFields, type CreateJobInput, createJobInput } from '#lib/jobs/schema';

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
] as const satisfies readonly FieldPath<CreateJobFields>[];

/** The types of job that the form creates. */
export type FormJobType = 'code_generate' | 'code_export';

/** Returns the initial values of the form. The number of codes is empty: the user has to choose it. */
export function initialValues(jobType: FormJobType): DefaultValues<CreateJobFields> {
  const { default: code_length } = jobLimits.codeLength;
  return { job_type: jobType, name: '', parameters: { code_length, code_prefix: '', consume_unit: 'per_cart', max_uses_per_code: 1 } };
}

export type JobFormField = (typeof jobFormFields)[number];

const parse: Resolver<CreateJobFields, unknown, CreateJobInput> = zodResolver(createJobInput);

/** Validates the form with the schema of a job. An empty field is sent as absent, because the form cannot hold `undefined`. */
export const checkJobForm: typeof parse = (values, context, options) => parse(withoutEmpty(values), context, options);

function withoutEmpty<T extends object>(values: T): T {
  return JSON.parse(JSON.stringify(values, (_key, value) => (value === '' ? undefined : value)));
}
