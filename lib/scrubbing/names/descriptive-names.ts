const PLAIN = '(?:[A-Za-z]*\\d{0,2}[ ._/-]){0,12}[A-Za-z]+\\d{0,2}';
const ADDRESS = /^(?:[a-z][a-z\d+.-]{0,20}:\/\/|\/|[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}(?::\d{1,5})?(?:\/|$))/i;
const FILE = /^[^\s]{0,400}(?:[/\\][^\s]{1,200}|\.[a-z]{1,5})$/i;
const TITLE = new RegExp(`^${PLAIN}$`);
const KIND = /^[A-Za-z][A-Za-z_+-]{0,24}\d{0,3}$/;

/** The last word of a name that says what is told about the secret, and the form that such a value has. */
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
 * `token_type`, `tokenUrl`, `secretName`, `password_file`: the name speaks of a secret, the value is none where it has
 * the form that the last word promises. Only then does it stay; text rules look at it all the same.
 */
export function descriptiveForm(words: readonly string[]): RegExp | undefined {
  return words.length > 1 ? FORM_OF[words[words.length - 1] ?? ''] : undefined;
}
