import type { Control, FieldPath } from 'react-hook-form';
import type { CreateJobFields, CreateJobInput } from '#lib/jobs/schema';

export type JobFormControl = Control<CreateJobFields, unknown, CreateJobInput>;

/** The form's fields have the names of the wire, so that what the server says of one lands at it. */
export const jobFormFields = [
  'job_type',
  'name',
  'parameters.number_of_codes',
  'parameters.code_length',
  'parameters.code_prefix',
  'parameters.consume_unit',
  'parameters.max_uses_per_code',
] as const satisfies readonly FieldPath<CreateJobFields>[];

export type JobFormField = (typeof jobFormFields)[number];

/** Announced when it appears, wherever the focus is. */
export const announced = { role: 'alert' } as const;
