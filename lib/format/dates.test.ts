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
  ])('addDays in %s keeps the time of day: %s plus %d days is %s', (zone, from, days, to) => {
    expect(addDays(new Date(from), days, zone)).toEqual(new Date(to));
  });
});

describe('formatEnd and endOfDay', () => {
  test.each([
    ['UTC', '2027-03-31T00:00:00Z', '31 Mar 2027, 00:00'],
    [newYork, '2027-03-31T00:00:00Z', '30 Mar 2027, 20:00'],
    ['UTC', '2027-03-31T23:59:59.999Z', '31 Mar 2027'],
    ['UTC', '2027-03-31T23:59:59Z', '31 Mar 2027'],
    ['UTC', '2027-03-31T23:59:00Z', '31 Mar 2027'],
    ['UTC', '2027-03-31T23:58:59Z', '31 Mar 2027, 23:58'],
    [berlin, '2027-03-31T21:59:59Z', '31 Mar 2027'],
    ['UTC', '2027-09-30T21:59:59Z', '30 Sep 2027, 21:59'],
  ])('formatEnd in %s formats %s as %s', (zone, end, text) => {
    expect(formatEnd(new Date(end), zone)).toBe(text);
  });

  test.each([
    ['UTC', '2027-03-31T00:00:00Z', '2027-03-31T23:59:59Z'],
    [newYork, '2027-03-31T00:00:00Z', '2027-03-31T03:59:59Z'],
    // The clock is set back from 24:00 to 23:00, so the day has 25 hours.
    ['America/Santiago', '2027-04-03T12:00:00Z', '2027-04-04T03:59:59Z'],
    // The day begins at 01:00 in this zone.
    ['Africa/Cairo', '2027-04-29T12:00:00Z', '2027-04-29T21:59:59Z'],
  ])('endOfDay in %s for %s returns %s', (zone, moment, end) => {
    const last = endOfDay(new Date(moment), zone);
    expect(last).toEqual(new Date(end));
    expect(formatEnd(last, zone)).not.toContain(':');
  });
});

test('formatStart omits the time at the beginning of a day', () => {
  expect(formatStart(new Date('2027-03-31T00:00:00Z'), 'UTC')).toBe('31 Mar 2027');
  expect(formatStart(new Date('2027-03-31T00:00:00Z'), newYork)).toBe('30 Mar 2027, 20:00');
  expect(formatStart(new Date('2027-03-31T00:00:01Z'), 'UTC')).toBe('31 Mar 2027, 00:00');
});

test('formatExactMoment names the time zone', () => {
  expect(formatExactMoment(new Date('2027-07-01T12:05:09Z'), berlin)).toBe('1 Jul 2027, 14:05:09 GMT+2');
  expect(formatExactMoment(new Date('2027-07-01T12:05:09Z'), 'UTC')).toBe('1 Jul 2027, 12:05:09 UTC');
});

describe('toLocalText and fromLocalText', () => {
  test('fromLocalText reads the output of toLocalText, in every time zone', () => {
    const moments = fc.date({ min: new Date('1970-01-02'), max: new Date('9999-12-30'), noInvalidDate: true });
    fc.assert(
      fc.property(moments, fc.constantFrom('UTC', berlin, newYork, 'Asia/Kathmandu'), (moment, zone) => {
        const text = toLocalText(moment, zone);
        // When clocks are set back, two times have the same text.
        expect(toLocalText(fromLocalText(text, zone), zone)).toBe(text);
      }),
    );
    expect(fromLocalText('2027-03-31T10:00', berlin)).toEqual(new Date('2027-03-31T08:00:00Z'));
    expect(fromLocalText('2027-03-31T23:59:59.999', 'UTC')).toEqual(new Date('2027-03-31T23:59:59.999Z'));
  });

  test('fromLocalText accepts the years below 100 that occur while a year is typed', () => {
    expect(fromLocalText('0020-03-31T10:00', 'UTC')).toEqual(new Date('0020-03-31T10:00:00Z'));
  });

  test('fromLocalText rejects a time that the clocks skip', () => {
    expect(fromLocalText('2027-03-28T02:30', berlin).getTime()).toBeNaN();
    expect(fromLocalText('2027-03-28T03:00', berlin)).toEqual(new Date('2027-03-28T01:00:00Z'));
  });

  test('fromLocalText returns an invalid date for an empty text', () => {
    expect(fromLocalText('', berlin).getTime()).toBeNaN();
    expect(toLocalText(new Date(Number.NaN), berlin)).toBe('');
  });
});

test('isTimeZone accepts only existing time zones', () => {
  expect(['Europe/Berlin', 'UTC', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([true, true, false, false]);
});
