import type { OpenApiDocument, Operation } from '#lib/api/openapi-document';

/** A call to copy: for a shell, and for JavaScript (Node, Deno, Bun and browsers alike). */
export type Samples = { curl: string; javascript: string };

type Call = { method: string; path: string; operation: Operation };

/**
 * The same call for a shell and for JavaScript. What differs from call to call is a variable of the reader's:
 * `$TOKEN` and `token`, `$PROMOTION_ID` and `promotionId`. The call for a token sets the first of them.
 */
export function samplesOf({ servers }: OpenApiDocument, call: Call): Samples {
  const baseUrl = servers[0]?.url ?? '';
  const content = Object.entries(call.operation.requestBody?.content ?? {})[0];
  const [type, { examples = {} } = {}] = content ?? [];
  const body = Object.values(examples)[0]?.value;
  if (type === 'application/x-www-form-urlencoded') return tokenSamples(`${baseUrl}${call.path}`);
  return { curl: curl(baseUrl, call, body), javascript: javascript(baseUrl, call, body) };
}

function tokenSamples(address: string): Samples {
  return {
    curl: `TOKEN=$(curl -s '${address}' \\
  -d 'grant_type=client_credentials' \\
  -d "client_id=$CLIENT_ID" \\
  -d "client_secret=$CLIENT_SECRET" \\
  | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
echo "$TOKEN"`,
    javascript: `const response = await fetch('${address}', {
  method: 'POST',
  body: new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  }),
});
const { access_token: token } = await response.json();`,
  };
}

function curl(baseUrl: string, { method, path }: Call, body: unknown): string {
  const address = `${baseUrl}${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `$${shellName(name)}`)}`;
  return [
    `curl${method === 'GET' ? '' : ` -X ${method}`} "${address}"`,
    '-H "Authorization: Bearer $TOKEN"',
    ...(body === undefined
      ? []
      : ["-H 'Content-Type: application/json'", `-d '${JSON.stringify(body, null, 2).replaceAll("'", "'\\''")}'`]),
  ].join(' \\\n  ');
}

/** `promotionId` as a shell has it: `PROMOTION_ID`. */
function shellName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

function javascript(baseUrl: string, { method, path, operation }: Call, body: unknown): string {
  const address = `${baseUrl}${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `\${${name}}`)}`;
  const authorization = `authorization: \`Bearer \${token}\``;
  const options = [
    ...(method === 'GET' ? [] : [`method: '${method}',`]),
    ...(body === undefined
      ? [`headers: { ${authorization} },`]
      : [`headers: { ${authorization}, 'content-type': 'application/json' },`, `body: JSON.stringify(${literal(body)}),`]),
  ];
  const answer = operation.responses[204] ? 'console.log(response.status); // 204' : 'const answer = await response.json();';
  return `const response = await fetch(\`${address}\`, {
${options.join('\n').replaceAll(/^/gm, '  ')}
});
${answer}`;
}

/** As JavaScript is written by hand: names without quotes. */
function literal(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(/^( *)"(\w+)":/gm, '$1$2:');
}
