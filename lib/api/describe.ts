import { describeFields, describeParameters } from '#lib/api/describe-fields';
import { atEachAddress } from '#lib/api/each-address';
import { errorAnswer } from '#lib/api/middleware/errors';
import { openApiDocument } from '#lib/api/openapi';
import type { OpenApiDocument, Operation, ResponseObject } from '#lib/api/openapi-document';
import { tokenErrorAnswer } from '#lib/api/routes/token';
import { type Samples, samplesOf } from '#lib/api/samples';

/** A field of a body or an answer, or a parameter, as the readable page shows it. */
export type ApiField = {
  name: string;
  /** `integer`, `array of string`. */
  type: string;
  required: boolean;
  /** With code between backticks, like `limits`. */
  text: string;
  limits: string[];
  /** What it holds: the fields of an object, or those of each object it can be. */
  parts: ApiFieldPart[];
};
export type ApiFieldPart = { title?: string; fields: ApiField[] };

/** What a call can refuse. */
export type ApiError = { title: string; detail: string; source?: string };

export type ApiCall = {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  parameters: (ApiField & { where: string })[];
  /** `as` is what to send the fields as. */
  body: { as: string; fields: ApiField[] } | null;
  answer: { status: string; example: string | null; fields: ApiField[] };
  errors: { status: string; errors: ApiError[] }[];
  samples: Samples;
};

export type ApiGroup = { name: string; calls: ApiCall[] };
export type ApiGuide = { title: string; version: string; baseUrl: string; text: string; groups: ApiGroup[] };

/** The description of this server's API, which clients reach at `baseUrl`. */
export const apiGuide: (baseUrl: string) => Promise<ApiGuide> = atEachAddress(async (baseUrl) =>
  describeApi(await openApiDocument(baseUrl)),
);

/** The OpenAPI document as people read it: calls by group, with their fields and errors in words, and samples to copy. */
export function describeApi(document: OpenApiDocument): ApiGuide {
  const { info, servers, tags, paths } = document;
  const calls = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      tags: operation.tags,
      call: describeCall(document, method.toUpperCase(), path, operation),
    })),
  );
  const groups = tags.map(({ name }) => ({ name, calls: calls.filter(({ tags }) => tags.includes(name)).map(({ call }) => call) }));
  return { title: info.title, version: info.version, baseUrl: servers[0]?.url ?? '', text: info.description, groups };
}

function describeCall(document: OpenApiDocument, method: string, path: string, operation: Operation): ApiCall {
  const { operationId: id, summary, description = '', parameters = [], responses } = operation;
  return {
    ...{ id, method, path, summary, description },
    parameters: describeParameters(document, parameters),
    body: describeBody(document, operation),
    answer: describeAnswer(document, responses),
    errors: Object.entries(responses)
      .filter(([status]) => !isDone(status))
      .map(([status, response]) => ({ status, errors: describeErrors(response) })),
    samples: samplesOf(document, { method, path, operation }),
  };
}

const jsonType = 'application/json';

function describeBody(document: OpenApiDocument, { requestBody }: Operation): ApiCall['body'] {
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (!content) return null;
  // The same fields may stand at the top level or under `data`; the page says so once, for all calls.
  const { data } = content.schema.anyOf?.[0]?.properties ?? {};
  return { as: type === jsonType ? 'JSON, under `data`' : 'a form', fields: describeFields(document, data ?? content.schema) };
}

function describeAnswer(document: OpenApiDocument, responses: Operation['responses']): ApiCall['answer'] {
  const [status = '', response] = Object.entries(responses).find(([status]) => isDone(status)) ?? [];
  const content = response?.content?.[jsonType];
  if (!content) return { status, example: null, fields: [] };
  const [example] = examplesOf(response);
  return { status, example: JSON.stringify(example, null, 2), fields: describeFields(document, content.schema) };
}

function describeErrors(response: ResponseObject): ApiError[] {
  return examplesOf(response).flatMap((example): ApiError[] => {
    const { data } = errorAnswer.safeParse(example);
    if (data) return data.errors.map(({ title, detail = '', source }) => ({ title, detail, source }));
    const { error, error_description } = tokenErrorAnswer.parse(example);
    return [{ title: error, detail: error_description }];
  });
}

function examplesOf({ content }: ResponseObject): unknown[] {
  return Object.values(content?.[jsonType]?.examples ?? {}).map(({ value }) => value);
}

function isDone(status: string): boolean {
  return status.startsWith('2');
}
