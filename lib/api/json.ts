import { setImmediate } from 'node:timers/promises';
import { DomainError } from '#lib/errors';
import { bodyLimits } from '#lib/http/body-limits';

const deepest = 64;
/** No list has a longer name. */
const longestName = 32;
/** 5 MB of small values keep JSON.parse busy for 400 ms, 64 KB for 5 ms. */
const partLength = 64 * 1024;

/** Where a text of JSON has the elements of its long list: from `start` to `end`, with a comma at each of `cuts`. */
type Places = { start: number; end: number; cuts: number[] };

/**
 * The value of a text of JSON. The elements of the list called `listName`, at the top or under `data`, are parsed in parts, so
 * that other requests are answered in between. All else is at most as long as the body of any other call. Throws
 * `bad_request` for what is not JSON or nested too deep, and `too_large`.
 */
export async function parseJson(text: string, listName?: string): Promise<unknown> {
  if (text.trim() === '') throw new DomainError('bad_request', 'The body is empty: send a JSON object');
  const places = await findList(text, listName);
  const frame = places ? text.slice(0, places.start) + text.slice(places.end) : text;
  if (frame.length > bodyLimits.call)
    throw new DomainError('too_large', `The body may have at most ${bodyLimits.call} bytes beside its list`);
  const value = parse(frame);
  if (places && listName !== undefined) await fill(listIn(value, listName), text, places);
  return value;
}

async function fill(list: unknown[] | undefined, text: string, { start, end, cuts }: Places): Promise<void> {
  if (!list || list.length > 0) throw new DomainError('bad_request', 'The body holds its list twice');
  let from = start;
  for (const to of [...cuts, end]) {
    // A part ends with the first element that goes beyond its length.
    if (to - from > 2 * partLength) throw new DomainError('too_large', `An entry of the list may have at most ${partLength} bytes`);
    const part = parse(`[${text.slice(from, to)}]`);
    if (!Array.isArray(part) || (part.length === 0 && cuts.length > 0)) throw notJson();
    for (const element of part) list.push(element);
    from = to + 1;
    if (cuts.length > 0) await setImmediate();
  }
}

/** The list of that name, under `data` or at the top. */
function listIn(value: unknown, name: string): unknown[] | undefined {
  const list = fieldOf(fieldOf(value, 'data') ?? value, name);
  return Array.isArray(list) ? list : undefined;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

/** Looks once at every sign outside of strings. Parsing goes as deep as the value does, so a value that is too deep is refused here. */
async function findList(text: string, listName: string | undefined): Promise<Places | null> {
  let places: Places | null = null;
  let [depth, listDepth] = [0, -1];
  let [key, topKey] = ['', ''];
  let pausedAt = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (at - pausedAt > partLength) {
      pausedAt = at;
      await setImmediate();
    }
    if (sign === '"') {
      const close = closingQuote(text, at);
      key = close - at <= longestName ? text.slice(at + 1, close) : '';
      at = close;
    } else if (sign === '[' || sign === '{') {
      depth += 1;
      if (depth > deepest) throw new DomainError('bad_request', `The body is nested more than ${deepest} deep`);
      if (depth === 2) topKey = key;
      if (sign === '[' && !places && key === listName && (depth === 2 || (depth === 3 && topKey === 'data'))) {
        places = { start: at + 1, end: text.length, cuts: [] };
        listDepth = depth;
      }
      key = '';
    } else if (sign === ']' || sign === '}') {
      if (places && depth === listDepth) {
        places.end = at;
        listDepth = -1;
      }
      depth -= 1;
      key = '';
    } else if (sign === ',') {
      if (places && depth === listDepth && at - (places.cuts.at(-1) ?? places.start) > partLength) places.cuts.push(at);
      key = '';
    }
  }
  return places;
}

/** Where the string that begins at `open` ends, or the end of the text. */
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
