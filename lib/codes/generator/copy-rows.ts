import type { CodeBlock } from '#lib/codes/generator/block';
import type { ConsumeUnit } from '#prisma/enums';

/** The values that all codes of a job share. */
export type Common = { promotionId: string; jobId: string; consumeUnit: ConsumeUnit; maxUses: number | null; createdBy: string };

/** The statement that reads {@link copyRows}. The format is binary, because the database takes a tenth longer to read text. */
export const copyStatement =
  'copy promotion_codes (promotion_id, job_id, code, consume_unit, max_uses, uses, created_by) from stdin (format binary)';

const header = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const trailer = Buffer.from([0xff, 0xff]);
const fields = Buffer.from([0, 7]);

/** The rows of codes in the binary format of COPY. */
export function copyRows({ promotionId, jobId, consumeUnit, maxUses, createdBy }: Common, codes: CodeBlock): Buffer {
  const before = Buffer.concat([fields, uuid(promotionId), uuid(jobId), int32(codes.width)]);
  const after = Buffer.concat([text(consumeUnit), integer(maxUses), integer(maxUses), text(createdBy)]);
  const row = Buffer.concat([before, Buffer.alloc(codes.width), after]);
  // The same row repeated, into which the codes are written.
  const rows = Buffer.alloc(codes.count * row.length, row);
  let at = before.length;
  for (let from = 0; from < codes.text.length; from += codes.width) {
    for (let i = 0; i < codes.width; i++) rows[at + i] = codes.text[from + i] ?? 0;
    at += row.length;
  }
  return Buffer.concat([header, rows, trailer]);
}

function field(value: Buffer): Buffer {
  return Buffer.concat([int32(value.length), value]);
}

const uuid = (id: string) => field(Buffer.from(id.replaceAll('-', ''), 'hex'));
const text = (value: string) => field(Buffer.from(value, 'utf8'));
const integer = (value: number | null) => (value === null ? int32(-1) : field(int32(value)));

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
