import { generateSpecs } from 'hono-openapi';
import type { OpenApiDocument } from '#lib/api/openapi/document-schema';
import { withBaseUrl } from '#lib/api/openapi/with-base-url';
import { documentedRoutes } from '#lib/api/routes/documented';

/** The major version increases with a breaking change, the minor version with a new feature. */
const version = '2.2.0';

const description = `Create promotion codes in bulk with jobs that you can monitor and cancel.

- Request a token with the id and secret of an API client, and send it with every call.
- The fields of a body are under \`data\` or at the top level. Fields that are not documented are ignored.
- Every response has an \`X-Request-Id\`, which errors repeat. Include it when you ask for help.
- Each client can send a limited number of requests per second: 100, unless the server is configured otherwise. Above the limit, the response is 429 with \`Retry-After\`.`;

/** Returns the OpenAPI document for a server at `baseUrl`. It is generated from the routes and their schemas. */
export const openApiDocument: (baseUrl: string) => Promise<OpenApiDocument> = withBaseUrl((baseUrl) =>
  generateSpecs(documentedRoutes, {
    defaultValidationErrorResponse: false,
    documentation: {
      openapi: '3.1.1',
      info: { title: 'Promint Jobs API', version, description, license: { name: 'MIT', identifier: 'MIT' } },
      servers: [{ url: baseUrl }],
      security: [{ client: [] }],
      tags: ['Token', 'Promotions', 'Jobs', 'Codes', 'Redemptions', 'Usages'].map((name) => ({ name })),
      components: {
        securitySchemes: {
          client: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: `${baseUrl}/oauth/access_token`, scopes: {} } } },
        },
      },
    },
  }),
);
