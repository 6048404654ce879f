import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { isDeployed, type Check } from '../examination.js';
import type { Finding } from '../finding.js';
import { readSourceMap, type SourceMap } from '../source-map.js';

/** Of a project whose build writes other files than somebody has written. */
const BUILD_FILES = ['tsconfig.json', 'tsconfig.build.json', 'nest-cli.json', '.swcrc'];
/** What `sentry-cli` and bundler plugins insert; a bundle of the SDK contains the name, too. */
const INSERTED = /_sentryDebugIds\[[^\]]{1,40}\]\s?=\s?["'][\da-f-]{36}["']/;
const MOST_FILES = 100;
const MOST_NAMES = 3;

/** `source-maps-missing`, `source-maps-stale`. */
export const sourceMapsFit: Check = {
  topic: 'configuration',
  run: ({ facts, folder, options }) => {
    if (!facts || !options?.enabled || !isDeployed(options) || !isBuilt(folder)) return [];
    const files = facts.ownFiles.filter((file) => existsSync(file)).slice(0, MOST_FILES);
    const seen = files.map((file) => ({ file, ...look(file) }));
    const without = seen.filter(({ state }) => state === 'missing');
    const stale = seen.filter(({ state }) => state === 'stale');
    const names = (list: typeof seen) => {
      const first = list.slice(0, MOST_NAMES).map(({ file }) => relative(folder, file));
      return list.length > MOST_NAMES ? `${first.join(', ')} and ${list.length - MOST_NAMES} more` : first.join(', ');
    };
    const findings: Finding[] = [];
    if (without.length > 0) {
      findings.push({
        id: 'source-maps-missing',
        severity: 'warning',
        what: `${without.length} of ${seen.length} files have no source map: ${names(without)}.`,
        why: 'Stack traces in Sentry show the built code, whose lines nobody has written.',
        fix: 'Let the build write maps ("sourceMap": true in tsconfig.json; of a bundle, devtool of webpack or sourcemap of esbuild), and run nestjs-error-tracker release sourcemaps dist after each build, or run node --enable-source-maps.',
      });
    } else if (seen.length > 0 && !facts.mapsStacks && seen.every(({ isUploaded }) => !isUploaded)) {
      findings.push({
        id: 'source-maps-missing',
        severity: 'info',
        what: 'There are source maps, but nothing shows that they are used: the files have no debug ids of sentry-cli, and Node runs without --enable-source-maps.',
        why: 'Stack traces in Sentry may show the built code.',
        fix: 'Run nestjs-error-tracker release sourcemaps dist after each build, or run node --enable-source-maps.',
      });
    }
    if (stale.length > 0) {
      findings.push({
        id: 'source-maps-stale',
        severity: 'warning',
        what: `Source maps that do not belong to their files: ${names(stale)} (${stale[0]?.reason ?? ''}).`,
        why: 'Stack traces in Sentry show the wrong lines.',
        fix: 'Remove dist/, build again, and upload the maps of that build.',
      });
    }
    return findings;
  },
};

function isBuilt(folder: string): boolean {
  return BUILD_FILES.some((name) => existsSync(join(folder, name)));
}

interface Look {
  state: 'fits' | 'missing' | 'stale';
  reason?: string;
  isUploaded: boolean;
}

function look(file: string): Look {
  const code = readFileSync(file, 'utf8');
  const debugId = /^\/\/# debugId=([\w-]+)/m.exec(code)?.[1];
  const isUploaded = debugId !== undefined || INSERTED.test(code);
  const map = readSourceMap(code, file);
  if (!map) return { state: isUploaded ? 'fits' : 'missing', isUploaded };
  const reason = staleness(map, code, file, debugId);
  return reason === undefined ? { state: 'fits', isUploaded } : { state: 'stale', reason, isUploaded };
}

/** Compares contents: times of files change when an image is built. */
function staleness(map: SourceMap, code: string, file: string, debugId: string | undefined): string | undefined {
  if (debugId !== undefined && map.debugId !== undefined && map.debugId !== debugId) return 'the debug ids differ';
  if (map.otherFile !== undefined) return `it is the map of ${map.otherFile}`;
  const lines = code.split('\n');
  if (map.columns.length > lines.length) return 'the map has more lines';
  if (map.columns.some((column, at) => column > (lines[at] ?? '').length)) return 'the map has longer lines';
  const isOther = map.sources.some(({ path, content }) => {
    const source = resolve(dirname(file), path);
    return content !== undefined && existsSync(source) && readFileSync(source, 'utf8') !== content;
  });
  return isOther ? 'the sources have changed since' : undefined;
}
