/** How much a finding matters: an error loses events or shows what nobody should see. */
export type Severity = 'error' | 'warning' | 'info';

/** What a check has found. */
export interface Finding {
  /** The name of the problem: `dsn-missing`. */
  id: string;
  severity: Severity;
  /** What is wrong, with the values that show it. Never a secret. */
  what: string;
  /** Why it matters. */
  why: string;
  /** How to mend it. */
  fix: string;
}

export const TOPICS = ['connectivity', 'security', 'performance', 'configuration'] as const;

/** What a check is about, for `--only`. */
export type Topic = (typeof TOPICS)[number];
