import type { SeverityLevel } from '@sentry/nestjs';

/** Reads facts from an error by its shape; returns undefined for an unknown type of error. */
export type FactReader = (error: unknown) => Record<string, unknown> | undefined;

/** How the errors of one domain are reported. */
export interface DomainRule {
  /** Properties of the data that become tags. */
  readonly properties: readonly string[];
  /** Tags of all errors. */
  readonly fixedTags: Readonly<Record<string, string>>;
  readonly level: SeverityLevel;
  readonly critical: boolean;
  /** Fingerprint after the domain. Default: type and code. */
  readonly fingerprint?: readonly string[] | ((error: unknown, data: object) => readonly string[]);
  readonly facts?: FactReader;
  /** Properties of the data that are sent as pseudonyms. */
  readonly recipients?: readonly string[];
}
