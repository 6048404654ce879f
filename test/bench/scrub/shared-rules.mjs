/**
 * What an engineer who takes one of the peers gives it: the names of secrets (those of the Python SDK's denylist, and
 * the usual ones of payments), and the forms of secrets in text. None of the peers brings more than a few of its own.
 */
const WORDS =
  'auth bearer cookie credentials csrf cvc cvv iban jwt mfa otp passphrase passwd password pin pwd secret session sid ssn token xsrf';
const PAIRS =
  'access-key account-number api-key bank-account card-number client-ip credit-card csrf-token email-address ip-address mysql-pwd ' +
  'private-key remote-addr session-id set-cookie social-security two-factor x-forwarded-for';
const ANYWHERE = 'apikey authorization clientsecret credential passwd password privatekey secret sessionid token';

const firstOf = (word) => `(?:(?<![A-Za-z])${word}|${word[0].toUpperCase()}${word.slice(1)}|${word.toUpperCase()})`;
const wholeWord = (name) => `${name.split('-').map(firstOf).join('[-_. ]?')}s?(?![a-z])`;
const anyCase = (word) => [...word].map((letter) => `[${letter}${letter.toUpperCase()}]`).join('');

/** Whole words in any style, and the few names that nothing harmless contains. */
export const SECRET_NAME = new RegExp(
  [...`${WORDS} ${PAIRS}`.split(' ').map(wholeWord), ...ANYWHERE.split(' ').map(anyCase)].join('|'),
);

/** The same names spelled out, for a library that has no patterns for names. */
export const SPELLED_NAMES =
  `${WORDS} ${PAIRS} authorization proxy-authorization x-api-key client-secret access-token refresh-token db-password`
    .split(' ')
    .flatMap((name) => {
      const [first, ...rest] = name.split('-');
      if (rest.length === 0) return [name, name.toUpperCase()];
      const camel = first + rest.map((word) => word[0].toUpperCase() + word.slice(1)).join('');
      return [name, name.replaceAll('-', '_'), name.replaceAll('-', '_').toUpperCase(), camel];
    });

const luhn = (text) => {
  let sum = 0;
  const digits = text.replace(/\D/g, '');
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits.at(-1 - at)) * (at % 2 === 0 ? 1 : 2);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
};

const NAMES_IN_TEXT =
  '(?:password|passwd|pwd|passphrase|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|session(?:id)?|auth|credentials|csrf|otp|cvc)';

/** The forms of secrets in text; a group `lead` is what stands before the secret and stays. */
const FORMS = [
  { form: '-----BEGIN [A-Z ]*PRIVATE KEY[A-Z ]*-----[^-]+(?:-----END [A-Z ]*-----)?' },
  { form: '\\beyJ[\\w-]{5,}\\.[\\w-]+\\.[\\w-]*' },
  { form: '(?<lead>\\b(?:[Bb]earer|[Bb]asic|[Dd]igest) )[\\w+/=.~-]{6,}' },
  { form: '(?<lead>\\b[a-z][a-z0-9+]{1,20}://)[^\\s/@:"]*:[^\\s/@"]+(?=@)' },
  {
    form: '\\b(?:(?:AKIA|ASIA)[A-Z0-9]{16}|gh[pousr]_\\w{36,}|glpat-[\\w-]{20,}|xox[abprs]-[\\w-]{10,}|[sr]k_(?:live|prod|test)_\\w{10,}|AIza[\\w-]{35}|SG\\.[\\w-]{22}\\.[\\w-]{43}|npm_\\w{36}|SK[0-9a-f]{32}|shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}|sk-[\\w-]{20,}|dop_v1_[0-9a-f]{64})',
  },
  { form: '(?<lead>hooks\\.slack\\.com/services/)[\\w/]+' },
  { form: `(?<lead>${NAMES_IN_TEXT}["']?\\s{0,3}[=:]\\s{0,3}["']?)[^\\s"'&;,<]+`, flags: 'i' },
  { form: '\\b[\\w.+-]{1,64}@(?:[\\w-]{1,63}\\.){1,4}[A-Za-z]{2,24}\\b' },
  { form: '\\b(?:\\d{1,3}\\.){3}\\d{1,3}\\b', unless: (text) => text.endsWith('.0.0.0') },
  { form: '\\b(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}\\b' },
  { form: '\\b\\d{3}-\\d{2}-\\d{4}\\b' },
  { form: '\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\\b' },
  { form: '\\b\\d(?:[ -]?\\d){12,18}\\b', unless: (text) => !luhn(text) },
].map(({ form, flags = '', unless }) => ({ form, any: new RegExp(form, `g${flags}`), unless }));

/** Whether a text may hold one: a single expression, so that a clean text is read once. */
export const SECRET_IN_TEXT = new RegExp(FORMS.map(({ form }) => form.replaceAll('?<lead>', '?:')).join('|'), 'i');

const replacement =
  (unless, put) =>
  (match, ...rest) => {
    const groups = rest.at(-1);
    const lead = (typeof groups === 'object' ? groups.lead : undefined) ?? '';
    return unless?.(match) ? match : lead + put(match.slice(lead.length));
  };

export function redactText(text) {
  if (!SECRET_IN_TEXT.test(text)) return text;
  return FORMS.reduce(
    (left, { any, unless }) =>
      left.replace(
        any,
        replacement(unless, () => '[Filtered]'),
      ),
    text,
  );
}

/** The secrets themselves, for a library that wants to be told them. */
export function secretsIn(text) {
  const found = [];
  if (SECRET_IN_TEXT.test(text))
    for (const { any, unless } of FORMS)
      text.replace(
        any,
        replacement(unless, (secret) => (found.push(secret), secret)),
      );
  return found;
}
