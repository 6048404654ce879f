const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** More than any time zone moves its clocks at once. */
const CLOCK_CHANGE = 3 * 60 * MINUTE;
/** A leap day that is a certain day of the week comes again within 40 years; nobody waits for that. */
const MAX_DAYS = 1_500;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

interface Crontab {
  minutes: number[];
  hours: number[];
  days: ReadonlySet<number>;
  months: ReadonlySet<number>;
  weekdays: ReadonlySet<number>;
  /** Whether day and day of the week are both given: then either is enough. */
  eitherDay: boolean;
}

/**
 * When a crontab with five fields is due next after a time.
 *
 * @returns milliseconds; undefined if it cannot be read, or is not due within four years
 */
export function nextTime(crontab: string, timeZone: string, after: number): number | undefined {
  const times = parseCrontab(crontab);
  const offsetAt = times && offsetsOf(timeZone);
  if (!offsetAt) return undefined;
  const local = new Date(after + offsetAt(after));
  const midnight = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate());
  for (let day = 0; day < MAX_DAYS; day++) {
    const date = new Date(midnight + day * DAY);
    if (!isDue(times, date)) continue;
    for (const hour of times.hours) {
      for (const minute of times.minutes) {
        const wall = date.getTime() + (hour * 60 + minute) * MINUTE;
        if (wall + CLOCK_CHANGE < local.getTime()) continue; // hours ago: not worth the time that its offset costs
        const time = wall - offsetAt(wall - offsetAt(wall));
        if (time > after) return time;
      }
    }
  }
  return undefined;
}

function isDue({ months, days, weekdays, eitherDay }: Crontab, date: Date): boolean {
  if (!months.has(date.getUTCMonth() + 1)) return false;
  const isDay = days.has(date.getUTCDate());
  const isWeekday = weekdays.has(date.getUTCDay());
  return eitherDay ? isDay || isWeekday : isDay && isWeekday;
}

function parseCrontab(crontab: string): Crontab | undefined {
  const [minute = '', hour = '', day = '', month = '', weekday = '', ...rest] = crontab.trim().split(/\s+/);
  const minutes = numbersOf(minute, 0, 59);
  const hours = numbersOf(hour, 0, 23);
  const days = numbersOf(day, 1, 31);
  const months = numbersOf(month, 1, 12, MONTHS, 1);
  const weekdays = numbersOf(weekday, 0, 7, WEEKDAYS, 0)?.map((each) => each % 7);
  if (rest.length > 0 || !minutes || !hours || !days || !months || !weekdays) return undefined;
  const eitherDay = isRestricted(day) && isRestricted(weekday);
  return { minutes, hours, days: new Set(days), months: new Set(months), weekdays: new Set(weekdays), eitherDay };
}

function isRestricted(field: string): boolean {
  return !/^[*?]/.test(field);
}

function numbersOf(field: string, min: number, max: number, names: string[] = [], firstName = 0): number[] | undefined {
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const [, from = '', to, step = '1'] = /^(\*|\?|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? [];
    const isAny = from === '*' || from === '?';
    const valueOf = (text: string) => {
      const name = names.indexOf(text.toLowerCase());
      return name === -1 ? (/^\d+$/.test(text) ? Number(text) : NaN) : name + firstName;
    };
    const first = isAny ? min : valueOf(from);
    const last = isAny ? max : to === undefined ? (part.includes('/') ? max : first) : valueOf(to);
    const by = Number(step);
    if (!(first >= min && last <= max && first <= last && by >= 1)) return undefined;
    for (let value = first; value <= last; value += by) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}

/** The offset of a time zone from UTC, in milliseconds, at a time; undefined if there is no such zone. */
function offsetsOf(timeZone: string): ((time: number) => number) | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
    });
  } catch {
    return undefined; // not a time zone
  }
  return (time) => {
    const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(time / MINUTE) * MINUTE;
  };
}
