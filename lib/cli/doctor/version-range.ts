type Version = readonly [major: number, minor: number, patch: number, isRelease: number, prerelease: string];

/** Whether a version is in a range of the forms that package.json of this package uses: `^1.2.3 || >=2.0.0-rc.1 <3`. */
export function satisfies(version: string, range: string): boolean {
  return range.split('||').some((part) =>
    part
      .trim()
      .split(/\s+/)
      .every((comparator) => fits(parse(version), comparator)),
  );
}

function fits(version: Version, comparator: string): boolean {
  const [, operator = '', text = ''] = /^(\^|>=|<)?(.*)$/.exec(comparator) ?? [];
  const limit = parse(text);
  const order = compare(version, limit);
  if (operator === '<') return order < 0 && version[0] < limit[0];
  if (operator === '>=') return order >= 0;
  if (operator === '') return order === 0;
  // Below 1.0.0, a minor version may break what was.
  return order >= 0 && version[0] === limit[0] && (limit[0] > 0 || version[1] === limit[1]);
}

function parse(version: string): Version {
  const [, major = 0, minor = 0, patch = 0, prerelease = ''] =
    /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([\w.-]+))?/.exec(version) ?? [];
  return [Number(major), Number(minor), Number(patch), prerelease === '' ? 1 : 0, prerelease];
}

function compare(a: Version, b: Version): number {
  for (const at of [0, 1, 2, 3] as const) if (a[at] !== b[at]) return a[at] - b[at];
  return a[4].localeCompare(b[4], 'en', { numeric: true });
}
