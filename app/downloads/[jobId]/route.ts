import { create as contentDisposition } from 'content-disposition';
import parseRange from 'range-parser';
import { databaseNow } from '#lib/database/clock.sql';
import { databaseFault } from '#lib/database/fault';
import { db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { verifyLink } from '#lib/exports/link';
import { mayDownload } from '#lib/exports/may-download.sql';
import { type OpenExport, openExport } from '#lib/exports/open';
import { jobOfPromotion } from '#lib/jobs/schema';
import { fileLengthHeader } from '#lib/server/web/file-response';
import type { ByteRange } from '#lib/storage';

type Context = { params: Promise<{ jobId: string }> };

/** The file of an export for anyone with a signed link. No session is required. The link stops working when the user or client it was created for may no longer download. */
export function GET(request: Request, context: Context): Promise<Response> {
  return answer(request, context, (found) => {
    const range = requestedRange(request, found);
    if (range === 'past the end') {
      return { status: 416, headers: { [fileLengthHeader]: '0', 'content-range': `bytes */${found.file.size}` } };
    }
    const { start, end } = range ?? { start: 0, end: found.file.size - 1 };
    const length = { [fileLengthHeader]: String(end - start + 1) };
    const body = found.file.stream({ start, end });
    if (!range) return { status: 200, headers: length, body };
    return { status: 206, headers: { ...length, 'content-range': `bytes ${start}-${end}/${found.file.size}` }, body };
  });
}

/** The headers of GET for the whole file, without the file. */
export function HEAD(request: Request, context: Context): Promise<Response> {
  return answer(request, context, ({ file }) => ({ status: 200, headers: { [fileLengthHeader]: String(file.size) } }));
}

const refuse = () => new Response(null, { status: 405, headers: { ...commonHeaders, allow: 'GET, HEAD' } });

export { refuse as DELETE, refuse as OPTIONS, refuse as PATCH, refuse as POST, refuse as PUT };

type Part = { status: number; headers: Record<string, string>; body?: ReadableStream<Uint8Array> };

async function answer(request: Request, { params }: Context, part: (found: OpenExport) => Part): Promise<Response> {
  try {
    const found = await openLinked((await params).jobId, new URL(request.url).search);
    const { status, headers, body } = part(found);
    // The stream closes the file, unless the client disconnects before the stream is read.
    if (body) request.signal.addEventListener('abort', found.file.close);
    if (!body || request.signal.aborted) await found.file.close();
    return new Response(body, { status, headers: { ...fileHeaders(found), ...headers } });
  } catch (error) {
    const refusal = databaseFault(error) ? away() : error;
    if (!(refusal instanceof DomainError)) throw error;
    const { message, status, retryAfterSeconds } = refusal;
    const headers: Record<string, string> = { ...commonHeaders, 'content-type': 'text/plain; charset=utf-8' };
    if (retryAfterSeconds !== undefined) headers['retry-after'] = String(retryAfterSeconds);
    return new Response(`${message}\n`, { status, headers });
  }
}

const away = () => new DomainError('unavailable', 'The file cannot be fetched at the moment. Try again in a few seconds.').retryAfter(5);

async function openLinked(jobId: string, search: string): Promise<OpenExport> {
  if (!jobOfPromotion.shape.job_id.safeParse(jobId).success) throw new DomainError('not_found', 'file not found');
  const by = verifyLink(jobId, search, (await databaseNow(db())).getTime());
  if (!by || !(await mayDownload(db(), by))) {
    throw new DomainError(
      'forbidden',
      'This link is not valid, or its 15 minutes are over. Download the file again from the Exports page.',
    );
  }
  return openExport(db(), jobId);
}

/** The requested range. Null stands for the whole file, which is also the answer to several ranges and to invalid ones. */
function requestedRange(request: Request, found: OpenExport): ByteRange | 'past the end' | null {
  const header = request.headers.get('range');
  const ifRange = request.headers.get('if-range');
  if (!header || (ifRange !== null && ifRange !== entityTag(found))) return null;
  const ranges = parseRange(found.file.size, header);
  if (ranges === -1) return 'past the end';
  if (ranges === -2 || ranges.type !== 'bytes' || ranges.length > 1) return null;
  return ranges[0] ?? null;
}

const entityTag = ({ sha256 }: OpenExport) => `"${sha256}"`;

/** The ASCII file name for clients that support no other, such as curl. */
const plainName = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .trim();

const commonHeaders = {
  // no-transform, because compression would remove the length and the ranges.
  'cache-control': 'private, no-store, no-transform',
  'content-security-policy': "default-src 'none'; sandbox",
};

function fileHeaders(found: OpenExport): Record<string, string> {
  return {
    ...commonHeaders,
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': contentDisposition(found.fileName, { fallback: plainName(found.fileName) }),
    'accept-ranges': 'bytes',
    etag: entityTag(found),
  };
}
