const texts = new Map();

/** A minimal Next route: constant JSON whose length is given in the path. */
export async function GET(_request, { params }) {
  const { bytes } = await params;
  const text = texts.get(bytes) ?? JSON.stringify({ data: 'x'.repeat(Number(bytes) - '{"data":""}'.length) });
  texts.set(bytes, text);
  return new Response(text, { headers: { 'content-type': 'application/json' } });
}
