const PLAIN = '(?:[A-Za-z]*\\d{0,2}[ ._/-]){0,12}[A-Za-z]+\\d{0,2}';
const ADDRESS = /^(?:[a-z][a-z\d+.-]{0,20}:\/\/|\/|[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}(?::\d{1,5})?(?:\/|$))/i;
const FILE = /^[^\s]{0,400}(?:[/\\][^\s]{1,200}|\.[a-z]{1,5})$/i;
const TITLE = new RegExp(`^${PLAIN}$`);
const KIND = /^[A-Za-z][A-Za-z_+-]{0,24}\d{0,3}$/;

/** Formats of values that describe a secret, by the last word of their name. */
const FORM_OF: Readonly<Record<string, RegExp>> = {
  url: ADDRESS,
  uri: ADDRESS,
  endpoint: ADDRESS,
  host: ADDRESS,
  file: FILE,
  filename: FILE,
  path: FILE,
  name: TITLE,
  type: KIND,
  method: KIND,
  mode: KIND,
  scheme: KIND,
  strategy: KIND,
  provider: KIND,
  flow: KIND,
  algorithm: KIND,
};

/**
 * `token_type`, `tokenUrl`, `secretName`, `password_file`: the name mentions a secret, but a value in the format that the
 * last word promises is not one. Only such a value is kept; the rules on texts still apply to it.
 */
export function descriptiveForm(words: readonly string[]): RegExp | undefined {
  return words.length > 1 ? FORM_OF[words[words.length - 1] ?? ''] : undefined;
}
