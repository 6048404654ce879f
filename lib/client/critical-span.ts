const ATTRIBUTE = 'nestjs.critical';

/** What a span starts with that is always traced. */
export const CRITICAL_SPAN = { [ATTRIBUTE]: true } as const;

export function isCriticalSpan(attributes: Readonly<Record<string, unknown>> | undefined): boolean {
  return attributes?.[ATTRIBUTE] === true;
}
