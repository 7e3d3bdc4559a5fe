import type { UsedByDay } from '#lib/redemptions/query';

const dayMs = 86_400_000;
/** A chart shows no more days. */
export const mostDays = 60;

/** All days from the first to the last day with a use, at most the latest 60 of them, those without a use included. */
export function fillDays(byDay: UsedByDay): UsedByDay {
  const [first, last] = [byDay.at(0), byDay.at(-1)];
  if (!first || !last) return [];
  const used = new Map(byDay.map(({ day, used }) => [day, used]));
  const end = Date.parse(last.day);
  const days = Math.min(mostDays, (end - Date.parse(first.day)) / dayMs + 1);
  return Array.from({ length: days }, (_, n) => new Date(end - (days - 1 - n) * dayMs).toISOString().slice(0, 10)).map((day) => ({
    day,
    used: used.get(day) ?? 0,
  }));
}
