import type { WorkMeter } from '../../limits/work-meter.js';
import { wordsOf } from '../../names/key-words.js';
import { personalKind, type PersonalKind } from '../../names/personal-names.js';
import { NATIONAL_IDS } from './national-ids.js';

/** Replaces personal data of a kind; undefined keeps it. */
export type PersonalReplacers = Partial<Record<PersonalKind, (value: string) => string>>;

/** International numbers, and those of North America. */
const PHONE =
  /(?<![\w.+])(?:\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{1,4}(?:[ .-]?\d{2,4}){2,4}|\(\d{3}\) ?\d{3}-\d{4}|\d{3}-\d{3}-\d{4})(?![\w-])/g;
const MAC = /(?<![\w:-])[0-9A-Fa-f]{2}(?:([:-])[0-9A-Fa-f]{2})(?:\1[0-9A-Fa-f]{2}){4}(?![\w:-])/g;
/** A latitude and a longitude with four decimals: about ten metres. */
const POSITION = /(?<![\w.])-?(?:[0-8]?\d|90)\.\d{4,15}, ?-?(?:1?\d{1,2})\.\d{4,15}(?![\w.])/g;
const BIRTH =
  /(\b(?:born(?: on)?|dob|date of birth|birthday)\b[ \t]{0,3}[:=]?[ \t]{0,3})(\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})/gi;
/** A name and a value in quotes, or in the query of a URL: `"firstName":"Kim"`, `firstName: 'Kim'`, `&first_name=Kim`. */
const NAMED =
  /((?<![\w.-])([A-Za-z][\w-]{1,40})(?:\\{0,7}["'])?[ \t]{0,2}[:=]>?[ \t]{0,2}(\\{0,7}["'`]))([^"'`\\\r\n[]{1,200})(?=\3)|((?<=[?&])([a-z][\w-]{1,40})=)([^&#\s"'<>[]{1,200})/gi;
const STEPS = 60;

/** Personal data that its form gives away, of the kinds that have a replacer. */
export function scrubPersonalForms(text: string, replacers: PersonalReplacers, work: WorkMeter): string {
  let out = text;
  work.charge(text.length * STEPS);
  const { phone, mac, geolocation, birthDate, nationalId } = replacers;
  if (geolocation) out = out.replace(POSITION, geolocation);
  if (birthDate) out = out.replace(BIRTH, (_all, head: string, date: string) => head + birthDate(date));
  if (nationalId) {
    for (const { form, isValid } of NATIONAL_IDS) {
      out = out.replace(form, (found) =>
        isValid(found.replace(/[ .]|-(?=[\dA-Z]{1,3}$|\d{3})/g, '')) ? nationalId(found) : found,
      );
    }
  }
  out = out.replace(
    NAMED,
    (all: string, head?: string, name?: string, _quote?: string, value?: string, ...url: string[]) => {
      const kind = personalKind(wordsOf(name ?? url[1] ?? ''));
      const replacer = kind && replacers[kind];
      return replacer ? (head ?? url[0] ?? '') + replacer(value ?? url[2] ?? '') : all;
    },
  );
  if (phone) out = out.replace(PHONE, phone);
  return mac ? out.replace(MAC, (found) => mac(found)) : out;
}
