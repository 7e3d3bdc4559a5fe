import { atEachAddress } from '#lib/api/each-address';
import { endpoints } from '#lib/api/endpoints/all';
import type { Components, JsonSchema } from '#lib/api/json-schema';
import { operation } from '#lib/api/operation';
import { tokenOperation } from '#lib/api/token-docs';

/** Goes up in its first number when clients have to change. */
export const apiVersion = '2.0.0';

export type Parameter = { name: string; in: 'path' | 'query' | 'header'; required: boolean; description?: string; schema: JsonSchema };
type Example = { summary?: string; value: unknown };
type Content = Record<string, { schema: JsonSchema; examples?: Record<string, Example> }>;
export type Header = { description?: string; schema: JsonSchema };
export type ResponseObject = { description: string; headers?: Record<string, Header>; content?: Content };
export type Operation = {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, ResponseObject>;
};
export type OpenApi = {
  openapi: string;
  info: { title: string; version: string; description: string; license: { name: string; identifier: string } };
  servers: { url: string }[];
  security: Record<string, string[]>[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, JsonSchema>; securitySchemes: Record<string, unknown> };
};

const description = `Promotion codes in bulk, through jobs that can be watched and cancelled.

- Get a token for the id and secret of an API client, and send it with every call.
- The fields of a body stand under \`data\`; at the top level they are read as well. Fields that are not named here are ignored.
- Every answer carries \`X-Request-Id\`, and errors repeat it: tell it when you ask for help.
- Each client may make so many requests a second (100 unless the server is set otherwise); above that the answer is 429 and says when to come back.`;

/** The OpenAPI document of this server, which clients reach at `baseUrl`. Generated from the schemas that the routes parse with. */
export const openApiDocument = atEachAddress(createDocument);

function createDocument(baseUrl: string): OpenApi {
  const components: Components = new Map();
  const paths: OpenApi['paths'] = { '/oauth/access_token': { post: tokenOperation(components) } };
  for (const endpoint of endpoints) {
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operation(endpoint, baseUrl, components) };
  }
  const tags = [...new Set(['Token', ...endpoints.map(({ group }) => group)])].map((name) => ({ name }));
  return {
    openapi: '3.1.1',
    info: { title: 'Promint Jobs API', version: apiVersion, description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: baseUrl }],
    security: [{ client: [] }],
    tags,
    paths,
    components: {
      schemas: Object.fromEntries([...components].sort(([a], [b]) => a.localeCompare(b))),
      securitySchemes: {
        client: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: `${baseUrl}/oauth/access_token`, scopes: {} } } },
      },
    },
  };
}
