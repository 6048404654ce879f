import { FILTERED } from './marker.js';
import type { KeyRules } from './key-rules.js';

const OPTION =
  /(?<![\w-])(--?[A-Za-z][\w-]{0,60})([ \t]{1,4}|=)('[^'\r\n]{1,1000}'?|"[^"\r\n]{1,1000}"?|[^\s'"-][^\s]{0,1000})/g;
const USER = /^(?:-u|--user|--proxy-user)$/;

/** Command lines: `--password x`, `--user name:x`. */
export function scrubCommandOptions(text: string, keys: KeyRules): string {
  if (!text.includes(' -') && !text.startsWith('-')) return text;
  return text.replace(OPTION, (all: string, option: string, gap: string, value: string) => {
    const quote = value.charAt(0) === "'" || value.charAt(0) === '"' ? value.charAt(0) : '';
    if (value.startsWith('[Filtered', quote.length)) return all;
    if (USER.test(option)) {
      const colon = value.indexOf(':');
      if (colon === -1 || value.startsWith('[Filtered', colon + 1) || value.startsWith('//', colon + 1)) return all;
      return `${option}${gap}${value.slice(0, colon + 1)}${FILTERED}${quote}`;
    }
    return option.startsWith('--') && keys.of(option).rule ? `${option}${gap}${quote}${FILTERED}${quote}` : all;
  });
}
