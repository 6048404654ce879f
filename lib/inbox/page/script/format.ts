/** Pure: human-readable numbers and times. */
export const FORMAT_SCRIPT = String.raw`
/** Epoch seconds from a number of seconds or an ISO string; NaN for anything else. */
function seconds(value) {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value === '') return NaN;
  const number = Number(value);
  return Number.isNaN(number) ? Date.parse(value) / 1000 : number;
}

function duration(inSeconds) {
  if (!Number.isFinite(inSeconds)) return '';
  const ms = inSeconds * 1000;
  if (ms < 1) return ms.toFixed(2) + ' ms';
  if (ms < 100) return ms.toFixed(1) + ' ms';
  if (ms < 1000) return Math.round(ms) + ' ms';
  if (inSeconds < 60) return inSeconds.toFixed(2) + ' s';
  return Math.floor(inSeconds / 60) + ' min ' + Math.round(inSeconds % 60) + ' s';
}

/** A relative time: -1.24 s. */
function offset(inSeconds) {
  if (!Number.isFinite(inSeconds)) return '';
  if (Math.abs(inSeconds) < 0.0005) return '0 ms';
  return (inSeconds < 0 ? '\u2212' : '+') + duration(Math.abs(inSeconds));
}

function two(number) {
  return String(number).padStart(2, '0');
}

/** The local time of day, with the date unless it is today. */
function clock(inSeconds, withMilliseconds) {
  const date = new Date(inSeconds * 1000);
  if (Number.isNaN(date.getTime())) return '';
  let text = two(date.getHours()) + ':' + two(date.getMinutes()) + ':' + two(date.getSeconds());
  if (withMilliseconds) text += '.' + String(date.getMilliseconds()).padStart(3, '0');
  if (date.toDateString() === new Date().toDateString()) return text;
  return date.getFullYear() + '-' + two(date.getMonth() + 1) + '-' + two(date.getDate()) + ' ' + text;
}

function bytes(number) {
  if (!Number.isFinite(number)) return '';
  if (number < 1024) return number + ' B';
  if (number < 1024 * 1024) return (number / 1024).toFixed(1) + ' KB';
  return (number / 1024 / 1024).toFixed(1) + ' MB';
}

function plural(number, one, many) {
  return number + ' ' + (number === 1 ? one : many || one + 's');
}

/** Any value as a string; never throws. */
function text(value) {
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  if (value === null || typeof value !== 'object') return String(value);
  try {
    return JSON.stringify(value);
  } catch (error) {
    return '(nested too deeply to be shown)';
  }
}

function shorten(value, most) {
  return value.length > most ? value.slice(0, most - 1) + '\u2026' : value;
}
`;
