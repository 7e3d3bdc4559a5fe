const texts = new Map();

/** The least that a route of Next can do: constant JSON, as long as the address says. */
export async function GET(_request, { params }) {
  const { bytes } = await params;
  const text = texts.get(bytes) ?? JSON.stringify({ data: 'x'.repeat(Number(bytes) - '{"data":""}'.length) });
  texts.set(bytes, text);
  return new Response(text, { headers: { 'content-type': 'application/json' } });
}
