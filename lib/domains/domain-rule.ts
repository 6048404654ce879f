import type { SeverityLevel } from '@sentry/nestjs';

/** What an error says of itself, by its shape; undefined where it is of no kind that is known. */
export type FactReader = (error: unknown) => Record<string, unknown> | undefined;

/** How the errors of one domain are reported. */
export interface DomainRule {
  /** Properties of the data that become tags. */
  readonly properties: readonly string[];
  /** Tags that all errors get. */
  readonly fixedTags: Readonly<Record<string, string>>;
  readonly level: SeverityLevel;
  readonly critical: boolean;
  /** What comes after the domain in the fingerprint; default type and code. */
  readonly fingerprint?: readonly string[] | ((error: unknown, data: object) => readonly string[]);
  readonly facts?: FactReader;
}
