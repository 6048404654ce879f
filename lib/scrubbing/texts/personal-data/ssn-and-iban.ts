import { marker } from '../../markers/marker.js';

/** A US social security number in its usual format; Relay's rule. */
const SSN = /(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w]|-\d)/g;

const IBAN_COUNTRIES =
  'AT|AD|AE|AL|AZ|BA|BE|BG|BH|BR|BY|CH|CR|CY|CZ|DE|DK|DO|EE|EG|ES|FI|FO|FR|GB|GE|GI|GL|GR|GT|HR|HU|IE|IL|IQ|IS|IT|JO|' +
  'KW|KZ|LB|LC|LI|LT|LU|LV|LY|MC|MD|ME|MK|MR|MT|MU|NL|NO|PK|PL|PS|PT|QA|RO|RU|RS|SA|SC|SE|SI|SK|SM|ST|SV|TL|TN|TR|UA|' +
  'VA|VG|XK|DZ|AO|BJ|BF|BI|CV|CM|CF|TD|KM|CG|CI|DJ|GQ|GA|GW|HN|IR|MG|ML|MA|MZ|NI|NE|SN|TG';
/** Country, two check digits, 11 to 29 letters and digits; check digits are not verified, as in Relay. */
const IBAN = new RegExp(`\\b(?:${IBAN_COUNTRIES})\\d{2}[a-zA-Z0-9]{11,29}(?![\\w])`, 'g');
/** The printed format, in groups of four. Its check digits are verified: the format alone is ambiguous. */
const PRINTED_IBAN = new RegExp(`\\b(?:${IBAN_COUNTRIES})\\d{2}(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,4})?(?![\\w])`, 'g');

const DIGIT_0 = 48;
const LETTER_A = 65;

export function scrubSocialSecurity(text: string): string {
  return text.replace(SSN, marker('ssn'));
}

export function scrubIbans(text: string): string {
  return text
    .replace(IBAN, marker('iban'))
    .replace(PRINTED_IBAN, (found) => (hasRightCheckDigits(found) ? marker('iban') : found));
}

/** ISO 7064 MOD 97-10: the first four characters count last, and a letter as two digits. */
function hasRightCheckDigits(iban: string): boolean {
  let rest = 0;
  for (let n = 0; n < iban.length; n++) {
    const code = iban.charCodeAt((n + 4) % iban.length);
    if (code >= LETTER_A) rest = (rest * 100 + code - LETTER_A + 10) % 97;
    else if (code >= DIGIT_0) rest = (rest * 10 + code - DIGIT_0) % 97;
  }
  return rest === 1;
}
