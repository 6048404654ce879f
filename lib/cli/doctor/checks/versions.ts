import type { Check, Examination } from '../examination.js';
import type { Finding } from '../finding.js';
import { ownManifest, versionIn } from '../installed.js';
import { satisfies } from '../version-range.js';

/** `version-unsupported`. */
export const versionsAreSupported: Check = {
  topic: 'configuration',
  run: ({ facts }) => {
    const { engines, peerDependencies } = ownManifest();
    const wrong = [
      ...unsupported('Node', process.versions.node, engines.node),
      ...Object.entries(peerDependencies).flatMap(([name, range]) =>
        versionsOf(facts, name).flatMap((version) => unsupported(name, version, range)),
      ),
    ];
    if (wrong.length === 0) return [];
    const finding: Finding = {
      id: 'version-unsupported',
      severity: 'error',
      what: `Not supported: ${wrong.join('; ')}.`,
      why: 'This library was not tested with it: errors may be missing or reported twice.',
      fix: 'Install a version in this range.',
    };
    return [finding];
  },
};

function versionsOf(facts: Examination['facts'], name: string): string[] {
  return [...new Set((facts?.packages[name] ?? []).flatMap((folder) => versionIn(folder) ?? []))];
}

function unsupported(name: string, version: string, range: string): string[] {
  return satisfies(version, range) ? [] : [`${name} ${version}, needed is ${range}`];
}
