import type { HookState } from '../../../stats/stats.js';
import type { SeenOptions } from './seen-options.js';

/** What the start of an application has shown. */
export interface EntryFacts {
  /** Whether one of its servers listened. */
  isListening: boolean;
  /** Whether an application that imports `SentryModule` has run its lifecycle hooks. */
  isBootstrapped: boolean;
  /** The exit code, if the process has ended by itself. */
  exitCode?: number;
  /** What ended it. */
  error?: {
    name: string;
    message: string;
    /** In the application's own code: `/app/dist/main.js:3:7`. */ place?: string;
  };
  /** Whether the entry is an ES module. */
  isModule: boolean;
  /** The folders from which packages were loaded, by name. */
  packages: Record<string, string[]>;
  /** Loaded files of the application itself. */
  ownFiles: string[];
  /** Undefined if nothing has started Sentry through this library. */
  sentry?: {
    origin?: 'own' | 'adopted' | 'replaced';
    options: SeenOptions;
    /** Whether a flag of Node started it, before the entry was loaded. */
    isPreloaded: boolean;
    /** Packages that were loaded before it, by name; of ES modules, those that were linked. */
    loadedBefore: string[];
    /** Whether Nest had run before it. */
    isAfterNest: boolean;
  };
  hooks: Record<string, HookState>;
  /** The modules `SentryModule` of the application that has most of them. */
  modules: number;
  /** Whether anything reacts to SIGTERM: Nest's shutdown hooks, or the application itself. */
  handlesSignals: boolean;
  /** Whether Node maps stack traces: `--enable-source-maps`. */
  mapsStacks: boolean;
}

/** The variable that tells the child process where to write its facts. */
export const FACTS_VARIABLE = 'NESTJS_ERROR_TRACKER_DOCTOR';
