import { TZDate } from '@date-fns/tz';
import { addDays as addCalendarDays, format, startOfDay } from 'date-fns';

const day = 'd MMM yyyy';
const minute = `${day}, HH:mm`;
const lastMinuteMs = 60_000;

/** True for a time zone that this runtime knows. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Formats a day: `31 Mar 2027`. */
export function formatDay(moment: Date, timeZone: string): string {
  return format(new TZDate(moment, timeZone), day);
}

/** Formats a time to the minute: `31 Mar 2027, 14:05`. */
export function formatMoment(moment: Date, timeZone: string): string {
  return format(new TZDate(moment, timeZone), minute);
}

/** Formats a time to the second, with its zone: `31 Mar 2027, 14:05:09 GMT+2`. */
export function formatExactMoment(moment: Date, timeZone: string): string {
  const zone = timeZone === 'UTC' ? 'UTC' : format(new TZDate(moment, timeZone), 'O');
  return `${format(new TZDate(moment, timeZone), `${minute}:ss`)} ${zone}`;
}

/** Formats a start: only the day when it is the beginning of the day, otherwise with the time. */
export function formatStart(start: Date, timeZone: string): string {
  return start.getTime() === startOfDay(new TZDate(start, timeZone)).getTime() ? formatDay(start, timeZone) : formatMoment(start, timeZone);
}

/** Formats an end: only the day when it is in the last minute of the day, otherwise with the time. */
export function formatEnd(end: Date, timeZone: string): string {
  return startOfNextDay(end, timeZone) - end.getTime() <= lastMinuteMs ? formatDay(end, timeZone) : formatMoment(end, timeZone);
}

/** Returns the last second of the day of `moment`. */
export function endOfDay(moment: Date, timeZone: string): Date {
  return new Date(startOfNextDay(moment, timeZone) - 1000);
}

function startOfNextDay(moment: Date, timeZone: string): number {
  return startOfDay(addCalendarDays(startOfDay(new TZDate(moment, timeZone)), 1)).getTime();
}

/** Adds calendar days to a time. Keeps the time of day across daylight saving changes. */
export function addDays(moment: Date, days: number, timeZone: string): Date {
  return new Date(addCalendarDays(new TZDate(moment, timeZone), days).getTime());
}

/** Formats a time for a `datetime-local` field, with seconds and milliseconds unless they are 0. Empty for an invalid date. */
export function toLocalText(moment: Date, timeZone: string): string {
  if (Number.isNaN(moment.getTime())) return '';
  const local = new TZDate(moment, timeZone);
  if (local.getMilliseconds() > 0) return format(local, "yyyy-MM-dd'T'HH:mm:ss.SSS");
  return format(local, local.getSeconds() > 0 ? "yyyy-MM-dd'T'HH:mm:ss" : "yyyy-MM-dd'T'HH:mm");
}

/** Parses the value of a `datetime-local` field. Returns an invalid date for an invalid text and for a time that the clocks skip. */
export function fromLocalText(text: string, timeZone: string): Date {
  const [date = '', time = ''] = text.split('T');
  const [year = Number.NaN, month = Number.NaN, dayOfMonth = Number.NaN] = date.split('-').map(Number);
  const [hours = Number.NaN, minutes = Number.NaN, seconds = 0] = time.split(':').map(Number);
  const local = new TZDate(0, timeZone);
  // The constructor would read years below 100, which occur while a year is typed, as years after 1900.
  local.setFullYear(year, month - 1, dayOfMonth);
  local.setHours(hours, minutes, Math.floor(seconds), Math.round((seconds % 1) * 1000));
  const exists = local.getHours() === hours && local.getMinutes() === minutes;
  return new Date(exists ? local.getTime() : Number.NaN);
}
