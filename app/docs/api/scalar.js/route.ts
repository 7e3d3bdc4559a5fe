import scalar from '@scalar/fastify-api-reference';
import fastify from 'fastify';

export const dynamic = 'force-static';

const routePrefix = '/reference';

/**
 * The script of Scalar's API reference. Scalar publishes the bundle for browsers inside its Fastify plugin; the package of the
 * bundle itself installs 311 MB. The build asks the plugin once and stores the answer as a static file.
 */
export async function GET(): Promise<Response> {
  const app = fastify();
  await app.register(scalar, { routePrefix, configuration: { url: '/openapi.json' } });
  const { body } = await app.inject(`${routePrefix}/js/scalar.js`);
  return new Response(body, { headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'max-age=86400' } });
}
