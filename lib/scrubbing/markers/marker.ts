/** Replaces a value that was removed because of its key. */
export const FILTERED = '[Filtered]';

/** A value that is only a marker: it was scrubbed earlier. */
const MARKER = /^\[(?:Filtered(?::[a-z0-9 -]{1,32})?|Circular|cut(?::[a-z0-9 ]{1,32})?)\]$/;

/** Every {@link FILTERED} and {@link marker} in a text. */
export const MARKERS = /\[Filtered(?::([a-z0-9 -]{1,32}))?\]/g;

/** Replaces a text that could not be judged within the limit on work: nothing is sent that no rule has read. */
export const UNREAD = '[Filtered:too costly]';

/** Replaces a value that was removed because of its content: `[Filtered:card]`. */
export function marker(label: string): string {
  return `[Filtered:${label}]`;
}

export function isMarker(text: string): boolean {
  return text.length < 48 && text.charCodeAt(0) === 91 && MARKER.test(text);
}

/** Relay's names for the rules that it has, too, by the label in the marker; other rules are named after their label. */
const RULE_OF_LABEL: ReadonlyMap<string, string> = new Map(
  Object.entries({
    card: '@creditcard',
    ssn: '@usssn',
    iban: '@iban',
    pem: '@pemkey',
    bearer: '@bearer',
    url: '@urlauth',
    email: '@email',
    ip: '@ip',
    cookie: '@cookie',
    'too costly': '!limit',
  }),
);

/** The rule for a marker's label; the marker without a label belongs to the rules on names. */
export function ruleOf(label: string | undefined): string {
  if (!label) return '@password';
  return RULE_OF_LABEL.get(label) ?? `@${label}`;
}
