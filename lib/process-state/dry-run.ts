import { processWide } from './process-wide.js';

/**
 * A start that somebody only watches: the `doctor` command starts the application in a process of its own, whose preload
 * switches this on before anything else is loaded.
 */
export interface DryRun {
  /** Nothing is sent, written to disk, or told to anybody. */
  isOn: boolean;
  /** Called when Sentry is started, also if it is not enabled; `state` is that of the client. */
  onStart?: (state: object) => void;
  /** Called for each `SentryModule` of an application, which Nest's `ModulesContainer` identifies. */
  onModule?: (modules: object) => void;
  /** Called when an application has run its lifecycle hooks. */
  onBootstrap?: () => void;
}

export const dryRun = processWide<DryRun>('dry-run', () => ({ isOn: false }));
