// The first byte of a packed UUID. No UTF-8 text has it.
const uuidMark = 0xff;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id of an order or a customer as it is stored: a UUID in 17 bytes instead of 36, everything else in UTF-8. */
export function packReference(text: string): Uint8Array<ArrayBuffer> {
  const packed = uuid.test(text) ? Buffer.from(uuidMark.toString(16) + text.replaceAll('-', ''), 'hex') : Buffer.from(text);
  return new Uint8Array(packed);
}

/** The id that {@link packReference} stored. */
export function unpackReference(packed: Uint8Array): string {
  const bytes = Buffer.from(packed);
  if (bytes[0] !== uuidMark) return bytes.toString();
  return bytes.toString('hex', 1).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
