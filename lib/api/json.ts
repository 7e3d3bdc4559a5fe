import { setImmediate } from 'node:timers/promises';
import { DomainError } from '#lib/errors';
import { bodyLimits } from '#lib/http/body-limits';

const maximumDepth = 64;
/** The maximum length of a list name. */
const maximumNameLength = 32;
/** JSON.parse takes 400 ms for 5 MB of small values, and 5 ms for 64 KB. */
const partLength = 64 * 1024;

/** The position of the list elements in a JSON text: from `start` to `end`. `cuts` are the positions of commas between parts. */
type ListPosition = { start: number; end: number; cuts: number[] };

/**
 * Parses a JSON text. The elements of the list `listName`, at the top level or under `data`, are parsed in parts, so that the process
 * answers other requests in between. The text outside the list has the size limit of other bodies. Throws `bad_request` for invalid
 * or too deeply nested JSON, and `too_large`.
 */
export async function parseJson(text: string, listName?: string): Promise<unknown> {
  if (text.trim() === '') throw new DomainError('bad_request', 'The body is empty. Send a JSON object.');
  const position = await findList(text, listName);
  const frame = position ? text.slice(0, position.start) + text.slice(position.end) : text;
  if (frame.length > bodyLimits.call)
    throw new DomainError('too_large', `The body may have at most ${bodyLimits.call} bytes outside its list`);
  const value = parse(frame);
  if (position && listName !== undefined) await fill(listIn(value, listName), text, position);
  return value;
}

async function fill(list: unknown[] | undefined, text: string, { start, end, cuts }: ListPosition): Promise<void> {
  if (!list || list.length > 0) throw new DomainError('bad_request', 'The body contains its list twice');
  let from = start;
  for (const to of [...cuts, end]) {
    // A part ends after the first element that exceeds the length of a part.
    if (to - from > 2 * partLength) throw new DomainError('too_large', `An entry of the list may have at most ${partLength} bytes`);
    const part = parse(`[${text.slice(from, to)}]`);
    if (!Array.isArray(part) || (part.length === 0 && cuts.length > 0)) throw notJson();
    for (const element of part) list.push(element);
    from = to + 1;
    if (cuts.length > 0) await setImmediate();
  }
}

/** Returns the list with this name, under `data` or at the top level. */
function listIn(value: unknown, name: string): unknown[] | undefined {
  const list = fieldOf(fieldOf(value, 'data') ?? value, name);
  return Array.isArray(list) ? list : undefined;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

/** Scans every character outside strings once. Rejects deep nesting, because JSON.parse is recursive. */
async function findList(text: string, listName: string | undefined): Promise<ListPosition | null> {
  let position: ListPosition | null = null;
  let [depth, listDepth] = [0, -1];
  let [key, topKey] = ['', ''];
  let pausedAt = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (at - pausedAt > partLength) {
      pausedAt = at;
      await setImmediate();
    }
    if (character === '"') {
      const close = closingQuote(text, at);
      key = close - at <= maximumNameLength ? text.slice(at + 1, close) : '';
      at = close;
    } else if (character === '[' || character === '{') {
      depth += 1;
      if (depth > maximumDepth) throw new DomainError('bad_request', `The body has more than ${maximumDepth} levels of nesting`);
      if (depth === 2) topKey = key;
      if (character === '[' && !position && key === listName && (depth === 2 || (depth === 3 && topKey === 'data'))) {
        position = { start: at + 1, end: text.length, cuts: [] };
        listDepth = depth;
      }
      key = '';
    } else if (character === ']' || character === '}') {
      if (position && depth === listDepth) {
        position.end = at;
        listDepth = -1;
      }
      depth -= 1;
      key = '';
    } else if (character === ',') {
      if (position && depth === listDepth && at - (position.cuts.at(-1) ?? position.start) > partLength) position.cuts.push(at);
      key = '';
    }
  }
  return position;
}

/** Returns the position of the quote that closes the string at `open`, or the end of the text. */
function closingQuote(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
  return text.length;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notJson();
  }
}

function notJson(): DomainError {
  return new DomainError('bad_request', 'The body is not valid JSON');
}
