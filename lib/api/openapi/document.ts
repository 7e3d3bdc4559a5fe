import { generateSpecs } from 'hono-openapi';
import type { OpenApiDocument } from '#lib/api/openapi/document-schema';
import { atEachAddress } from '#lib/api/openapi/each-address';
import { documentedRoutes } from '#lib/api/routes/documented';

/** The first number goes up when clients have to change, the second when the API can do more. */
const version = '2.2.0';

const description = `Promotion codes in bulk, through jobs that can be watched and cancelled.

- Get a token for the id and secret of an API client, and send it with every call.
- The fields of a body stand under \`data\`; at the top level they are read as well. Fields that are not named here are ignored.
- Every answer carries \`X-Request-Id\`, and errors repeat it: tell it when you ask for help.
- Each client has a number of requests a second, 100 unless the server is configured otherwise. Above it, the answer is 429 and says when to come back.`;

/** The OpenAPI document of this server, which clients reach at `baseUrl`. Generated from the routes and the schemas that they parse with. */
export const openApiDocument: (baseUrl: string) => Promise<OpenApiDocument> = atEachAddress((baseUrl) =>
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
