/** The presets of environment-dependent defaults. */
export type Preset = 'development' | 'staging' | 'production';

/** Defaults that depend on the environment. */
export interface PresetDefaults {
  tracesSampleRate: number;
  profilesSampleRate: number;
  includeLocalVariables: boolean;
}

const NAMES: Record<string, Preset> = {
  development: 'development',
  dev: 'development',
  local: 'development',
  staging: 'staging',
  stage: 'staging',
  preview: 'staging',
  qa: 'staging',
};

export const presetDefaults: Record<Preset, PresetDefaults> = {
  development: { tracesSampleRate: 1, profilesSampleRate: 1, includeLocalVariables: true },
  staging: { tracesSampleRate: 0.5, profilesSampleRate: 0.2, includeLocalVariables: true },
  production: { tracesSampleRate: 0.1, profilesSampleRate: 0.1, includeLocalVariables: false },
};

/** The preset of an environment. An unknown name uses `production`, the most cautious preset. */
export function presetOf(environment: string): Preset {
  return NAMES[environment.toLowerCase()] ?? 'production';
}
