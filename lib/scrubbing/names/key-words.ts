/**
 * Splits a key of any style into words: `userPassword`, `DB_PASSWORD`, `x-api-key`, `spring.datasource.password`,
 * `User Password`, `user[api_key]`. The words are in lower case, without trailing digits (`password2`) and without
 * accents (`contraseña`, `hasło`), which are often left out.
 */
export function wordsOf(key: string): string[] {
  const words: string[] = [];
  let start = 0;
  const take = (end: number): void => {
    if (end > start) {
      const word = key.slice(start, end).toLowerCase().replace(/\d+$/, '');
      if (word) words.push(withoutAccents(word));
    }
  };
  for (let at = 0; at <= key.length; at++) {
    const kind = at < key.length ? kindOf(key.charCodeAt(at)) : SEPARATOR;
    if (kind === SEPARATOR) {
      take(at);
      start = at + 1;
    } else if (kind === UPPER && at > start && beginsWord(key, at)) {
      take(at);
      start = at;
    }
  }
  return words;
}

const SEPARATOR = 0;
const UPPER = 1;
const OTHER = 2;

function kindOf(code: number): number {
  if (code >= 65 && code <= 90) return UPPER;
  if (code > 127) return isForeignUpper(code) ? UPPER : OTHER;
  if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) return OTHER;
  return SEPARATOR;
}

/** The last capital of Latin, Greek and Cyrillic. */
const LAST_CAPITAL = 0x52f;

/** A capital of Latin letters with accents, of Greek or of Cyrillic. */
function isForeignUpper(code: number): boolean {
  if (code < 0xc0 || code > LAST_CAPITAL) return false;
  const letter = String.fromCharCode(code);
  return letter.toLowerCase() !== letter;
}

/** A camel-case boundary: an upper-case letter after a lower-case one or digit, or the last of several before a lower-case one. */
function beginsWord(key: string, at: number): boolean {
  if (kindOf(key.charCodeAt(at - 1)) === OTHER) return true;
  const next = key.charCodeAt(at + 1);
  return next >= 97 && next <= 122 && key.charCodeAt(at + 2) >= 97 && key.charCodeAt(at + 2) <= 122;
}

const LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({ ł: 'l', ø: 'o', đ: 'd', ð: 'd', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i' }),
);
const ASCII = /^[\0-\x7f]*$/;

/** `contraseña` as `contrasena`; scripts without accents are only brought to one form. */
export function withoutAccents(word: string): string {
  if (ASCII.test(word)) return word;
  return word
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[łøđðßæœı]/g, (letter) => LETTERS.get(letter) ?? letter)
    .normalize('NFC');
}
