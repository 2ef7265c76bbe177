/** Times of a wall clock in a time zone, as fields of forms have them: `2026-12-01T00:00`. */

const clockOf = (instant: number, timeZone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(instant).replace(' ', 'T');

/** What a clock in the zone shows at an instant; without seconds where there are none. */
export function toClock(instant: string, timeZone: string): string {
  return clockOf(Date.parse(instant), timeZone).replace(/:00$/, '');
}

/** The instant at which a clock in the zone shows this, as RFC 3339 with the zone's offset. */
export function toInstant(clock: string, timeZone: string): string {
  const full = clock.length === 16 ? `${clock}:00` : clock;
  const wanted = Date.parse(`${full}Z`);
  let instant = wanted;
  for (let step = 0; step < 3; step++) {
    instant += wanted - Date.parse(`${clockOf(instant, timeZone)}Z`); // Twice is enough, also where the clocks change in between.
  }
  const minutes = Math.round((Date.parse(`${clockOf(instant, timeZone)}Z`) - instant) / 60_000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${clockOf(instant, timeZone)}${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}
