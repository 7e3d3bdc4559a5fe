import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, endOfDay, formatEnd, formatExactMoment, formatStart, fromLocalText, isTimeZone, toLocalText } from '#lib/format/dates';

const berlin = 'Europe/Berlin';
const newYork = 'America/New_York';

describe('addDays', () => {
  test.each([
    [berlin, '2026-10-10T10:00:00Z', 30, '2026-11-09T11:00:00Z'],
    [berlin, '2027-03-20T23:30:00Z', 30, '2027-04-19T22:30:00Z'],
    [newYork, '2026-10-10T10:00:00Z', 30, '2026-11-09T11:00:00Z'],
    ['UTC', '2026-10-10T10:00:00Z', 30, '2026-11-09T10:00:00Z'],
    ['America/Santiago', '2026-08-20T04:00:00Z', 30, '2026-09-19T03:00:00Z'],
  ])('in %s keeps the time of day: %s and %d days are %s', (zone, from, days, to) => {
    expect(addDays(new Date(from), days, zone)).toEqual(new Date(to));
  });
});

describe('an end', () => {
  test.each([
    ['UTC', '2027-03-31T00:00:00Z', '31 Mar 2027, 00:00'],
    [newYork, '2027-03-31T00:00:00Z', '30 Mar 2027, 20:00'],
    ['UTC', '2027-03-31T23:59:59.999Z', '31 Mar 2027'],
    ['UTC', '2027-03-31T23:59:59Z', '31 Mar 2027'],
    ['UTC', '2027-03-31T23:59:00Z', '31 Mar 2027'],
    ['UTC', '2027-03-31T23:58:59Z', '31 Mar 2027, 23:58'],
    [berlin, '2027-03-31T21:59:59Z', '31 Mar 2027'],
    ['UTC', '2027-09-30T21:59:59Z', '30 Sep 2027, 21:59'],
  ])('in %s at %s is shown as %s', (zone, end, text) => {
    expect(formatEnd(new Date(end), zone)).toBe(text);
  });

  test.each([
    ['UTC', '2027-03-31T00:00:00Z', '2027-03-31T23:59:59Z'],
    [newYork, '2027-03-31T00:00:00Z', '2027-03-31T03:59:59Z'],
    // The clock goes from 24:00 back to 23:00 there, so that the day has 25 hours.
    ['America/Santiago', '2027-04-03T12:00:00Z', '2027-04-04T03:59:59Z'],
    // The day begins at 01:00 there.
    ['Africa/Cairo', '2027-04-29T12:00:00Z', '2027-04-29T21:59:59Z'],
  ])('of the day in %s of %s is %s', (zone, moment, end) => {
    const last = endOfDay(new Date(moment), zone);
    expect(last).toEqual(new Date(end));
    expect(formatEnd(last, zone)).not.toContain(':');
  });
});

test('a start is shown as a day where it begins that day', () => {
  expect(formatStart(new Date('2027-03-31T00:00:00Z'), 'UTC')).toBe('31 Mar 2027');
  expect(formatStart(new Date('2027-03-31T00:00:00Z'), newYork)).toBe('30 Mar 2027, 20:00');
  expect(formatStart(new Date('2027-03-31T00:00:01Z'), 'UTC')).toBe('31 Mar 2027, 00:00');
});

test('an exact moment names its zone', () => {
  expect(formatExactMoment(new Date('2027-07-01T12:05:09Z'), berlin)).toBe('1 Jul 2027, 14:05:09 GMT+2');
  expect(formatExactMoment(new Date('2027-07-01T12:05:09Z'), 'UTC')).toBe('1 Jul 2027, 12:05:09 UTC');
});

describe('the text of a date field', () => {
  test('reads as the moment that it shows, in every zone', () => {
    const moments = fc.date({ min: new Date('1970-01-02'), max: new Date('9999-12-30'), noInvalidDate: true });
    fc.assert(
      fc.property(moments, fc.constantFrom('UTC', berlin, newYork, 'Asia/Kathmandu'), (moment, zone) => {
        const text = toLocalText(moment, zone);
        // Where the clocks go back, two moments have one text.
        expect(toLocalText(fromLocalText(text, zone), zone)).toBe(text);
      }),
    );
    expect(fromLocalText('2027-03-31T10:00', berlin)).toEqual(new Date('2027-03-31T08:00:00Z'));
    expect(fromLocalText('2027-03-31T23:59:59.999', 'UTC')).toEqual(new Date('2027-03-31T23:59:59.999Z'));
  });

  test('is a moment of the first years while a year is typed', () => {
    expect(fromLocalText('0020-03-31T10:00', 'UTC')).toEqual(new Date('0020-03-31T10:00:00Z'));
  });

  test('is no moment where the clocks skip it', () => {
    expect(fromLocalText('2027-03-28T02:30', berlin).getTime()).toBeNaN();
    expect(fromLocalText('2027-03-28T03:00', berlin)).toEqual(new Date('2027-03-28T01:00:00Z'));
  });

  test('is no moment while it is empty', () => {
    expect(fromLocalText('', berlin).getTime()).toBeNaN();
    expect(toLocalText(new Date(Number.NaN), berlin)).toBe('');
  });
});

test('a time zone is one of those that there are', () => {
  expect(['Europe/Berlin', 'UTC', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([true, true, false, false]);
});
