/** The options of one method or client, and the last settings that they were merged with: one application uses most. */
export interface OwnOptions<Options, Settings> {
  readonly options: Options;
  merged?: { readonly base: Settings; readonly settings: Settings };
}

/** @param options - those that are undefined leave the options of the application as they are */
export function ownOptions<Options extends object, Settings>(options: Options): OwnOptions<Options, Settings> {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { options: Object.fromEntries(given) as Options };
}

/**
 * The settings of an application with the options of one method or client, which take precedence.
 *
 * @param compile - called again only if another application uses them
 */
export function settingsWith<Options extends object, Settings extends { readonly options: Options }>(
  base: Settings,
  own: OwnOptions<Options, Settings> | undefined,
  compile: (options: Options) => Settings,
): Settings {
  if (!own) return base;
  if (own.merged?.base !== base) own.merged = { base, settings: compile({ ...base.options, ...own.options }) };
  return own.merged.settings;
}
