/** What stands where a value was removed because of its key. */
export const FILTERED = '[Filtered]';

/** A value that is nothing but a marker: it has been scrubbed before. */
const MARKER = /^\[(?:Filtered(?::[a-z0-9-]{1,32})?|Circular|cut(?::[a-z0-9 ]{1,32})?)\]$/;

/** Every marker of {@link marker} in a text. */
export const MARKERS = /\[Filtered(?::([a-z0-9-]{1,32}))?\]/g;

/** What stands where a value was removed because of its form: `[Filtered:card]`. */
export function marker(label: string): string {
  return `[Filtered:${label}]`;
}

export function isMarker(text: string): boolean {
  return text.charCodeAt(0) === 91 && text.length < 48 && MARKER.test(text);
}

/** Relay's names of the rules it has too, by the label in the marker; every other rule is named after its label. */
const RULE_OF_LABEL: Readonly<Record<string, string>> = {
  card: '@creditcard',
  ssn: '@usssn',
  iban: '@iban',
  pem: '@pemkey',
  bearer: '@bearer',
  url: '@urlauth',
  email: '@email',
  ip: '@ip',
  cookie: '@cookie',
};

/** The rule behind a marker's label; the marker without label stands for the rules on names. */
export function ruleOf(label: string | undefined): string {
  if (!label) return '@password';
  return RULE_OF_LABEL[label] ?? `@${label}`;
}
