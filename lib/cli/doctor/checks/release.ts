import { problemOfRelease } from '../../../options/release-name.js';
import { isDeployed, type Check } from '../examination.js';

/** Names that stay the same from one deployment to the next. */
const VAGUE =
  /^(?:latest|main|master|trunk|develop|dev|development|staging|stage|prod|production|release|head|unknown|undefined|null|none|local|test|next|stable|current|default)$/i;
/** What package.json has before somebody sets a version. */
const UNSET_VERSION = /(?:^|@)v?0\.0\.[01]$/;

/** `release-missing`, `release-invalid`, `release-vague`. */
export const releaseIsSet: Check = {
  topic: 'configuration',
  run: ({ facts, options }) => {
    if (!options?.enabled || !isDeployed(options)) return [];
    const { release } = options;
    const why = 'Sentry cannot tell which deployment has brought an error, nor find its source maps.';
    const fix = 'Set SENTRY_RELEASE or GIT_COMMIT_SHA when you build or deploy, for example to the commit.';
    // Without its start, it is not known which one would have been found.
    if (release === undefined)
      return facts?.sentry
        ? [{ id: 'release-missing', severity: 'warning', what: 'There is no release.', why, fix }]
        : [];
    const problem = problemOfRelease(release);
    if (problem !== undefined)
      return [
        {
          id: 'release-invalid',
          severity: 'warning',
          what: `Sentry does not take the release '${release.slice(0, 60)}': ${problem}.`,
          why,
          fix,
        },
      ];
    if (!VAGUE.test(release) && !UNSET_VERSION.test(release)) return [];
    return [
      {
        id: 'release-vague',
        severity: 'warning',
        what: `The release is '${release}', as it will be after the next deployment.`,
        why,
        fix,
      },
    ];
  },
};
