import type { WorkMeter } from '../../limits/work-meter.js';
import { FILTERED } from '../../markers/marker.js';

/** Only manifests of kind Secret: `ExternalSecret` and `SopsSecret` contain references. */
const KIND = /^[ \t]{0,40}["']?kind["']?:[ \t]{0,8}["']?secret["']?[ \t]{0,8}\r?$/im;
const DATA = /^([ \t]{0,40})["']?(?:data|stringData)["']?:[ \t]{0,8}\r?$/;
const ENTRY = /^(\s{1,80}["']?[\w.-]{1,200}["']?:[ \t]{1,40}["']?)([^\s"'|>{[#][^\r\n"']*)(["']?[ \t]{0,8}\r?)$/;
const HEAD = /^\s{1,80}["']?[\w.-]{1,200}["']?:[ \t]{0,40}[|>][+-]?[ \t]{0,8}\r?$/;

/** Steps to read a manifest line by line, for each character. */
const STEPS = 20;

/** Replaces the values under `data:` of a Kubernetes secret, whatever their names: they are only base64. */
export function scrubKubernetesSecrets(text: string, work: WorkMeter): string {
  if (!text.includes('ata:') || !KIND.test(text)) return text;
  return work
    .read(text, STEPS)
    .split(/^(---[ \t]{0,8}\r?)$/m)
    .map((document) => (KIND.test(document) ? scrubManifest(document) : document))
    .join('');
}

function scrubManifest(manifest: string): string {
  let outer = -1;
  let block = -1;
  return manifest
    .split('\n')
    .map((line) => {
      const indent = line.search(/\S/);
      if (indent === -1) return line;
      const data = DATA.exec(line);
      if (data) {
        outer = data[1]?.length ?? 0;
        block = -1;
        return line;
      }
      if (outer === -1) return line;
      if (indent <= outer) {
        outer = -1;
        return line;
      }
      if (block !== -1 && indent > block) return line.includes(FILTERED) ? line : line.slice(0, indent) + FILTERED;
      block = HEAD.test(line) ? indent : -1;
      return line.replace(ENTRY, (all: string, head: string, value: string, tail: string) =>
        value.startsWith('[Filtered') ? all : head + FILTERED + tail,
      );
    })
    .join('\n');
}
