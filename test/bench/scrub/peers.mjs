/**
 * The scrubber and its peers, each as a function that gives what would be sent and leaves its input as it was, or puts it
 * back with `restore`. Every peer is configured for the same job with `shared-rules.mjs`, in the form it can take.
 */
import { fileURLToPath } from 'node:url';
import { DeepRedact, organisedStandardTransformers } from '@hackylabs/deep-redact';
import pinoRedact from '@pinojs/redact';
import secretScrubber from '@zapier/secret-scrubber';
import { build } from 'esbuild';
import fastRedact from 'fast-redact';
import { KEYED_PLACES, NAMED_PATHS, NESTED_PLACES, REPEATED_PLACES, TEXT_PATHS } from './paths.mjs';
import { redactText, SECRET_IN_TEXT, SECRET_NAME, secretsIn } from './shared-rules.mjs';

const FILTERED = '[Filtered]';

/** For those that go through everything: what the SDK says of itself, of the release and its packages is no secret. */
const besidesMetadata =
  (run) =>
  ({ sdk, modules, release, dist, ...event }) => ({ ...run(event), sdk, modules, release, dist });

async function own(name, source) {
  const options = { entryPoints: [source], bundle: true, platform: 'node', format: 'esm', write: false };
  const { outputFiles } = await build(options);
  const { compileScrubber } = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
  );
  const scrubber = compileScrubber();
  return { name, own: true, run: (event, type = 'event') => scrubber.item(type, event) };
}

/** One pattern for names, and one for texts: it stops at the first pattern of a text that matches. */
function deepRedact() {
  const redactor = new DeepRedact({
    blacklistedKeys: [SECRET_NAME],
    stringTests: [{ pattern: SECRET_IN_TEXT, replacer: redactText }],
    types: ['string', 'object'],
    replacement: FILTERED,
    transformers: organisedStandardTransformers, // the faster of its two forms
  });
  return { name: '@hackylabs/deep-redact', run: besidesMetadata(redactor.redact) };
}

/** Judges what a path leads to; a switch or a count under the name of a secret stays. */
const censor = (value, path) => {
  const secret = SECRET_NAME.test(path[path.length - 1]);
  if (typeof value === 'string') return secret ? FILTERED : redactText(value);
  return secret && typeof value === 'object' && value !== null ? FILTERED : value;
};

/**
 * It changes the event itself. The application would see that, so that its `restore` is part of the time, but not the
 * serialising in between, which everyone needs. Several redactors, because one mixes up what it has to restore when a path
 * goes on with a wildcard where another ends or has a wildcard in its midst. A wildcard in the midst conceals from the
 * censor what the last one matched: so repeated places are searched for texts, or told one path for each name.
 */
function fastRedactPeer(name, nested) {
  const redactors = [TEXT_PATHS, KEYED_PLACES, nested].map((paths) => fastRedact({ paths, censor, serialize: false }));
  return {
    name,
    run: (event) => redactors.reduce((left, redact) => redact(left), event),
    restore: (event) => redactors.reduceRight((left, { restore }) => restore(left), event),
  };
}

/** It copies what it changes, and says for every wildcard what it matched. */
function pinoRedactPeer() {
  const paths = [...TEXT_PATHS, ...KEYED_PLACES, ...NESTED_PLACES];
  return { name: '@pinojs/redact', run: pinoRedact({ paths, censor, serialize: false }) };
}

/** It removes known secrets wherever they stand: first it is asked, and told, which there are. */
function zapier() {
  const { findSensitiveValues, recurseExtract, scrub } = secretScrubber;
  const run = (event) => {
    const inTexts = [];
    const underNames = recurseExtract(event, (key, value) => {
      if (typeof value !== 'string') return false;
      inTexts.push(...secretsIn(value));
      return SECRET_NAME.test(key);
    });
    const secrets = [...findSensitiveValues(event), ...underNames, ...inTexts];
    return secrets.length === 0 ? event : scrub(event, secrets); // it refuses an empty list
  };
  return { name: '@zapier/secret-scrubber', run: besidesMetadata(run) };
}

export const SERIALISING = { name: 'JSON.stringify', serialises: true, run: (event) => JSON.stringify(event) };

/** `SCRUBBING=<path of another lib/scrubbing/index.ts>` is measured beside this one. */
export async function everyone() {
  const ours = [
    await own('nestjs-error-tracker', fileURLToPath(new URL('../../../lib/scrubbing/index.ts', import.meta.url))),
  ];
  if (process.env.SCRUBBING) ours.push(await own('the other one', process.env.SCRUBBING));
  return [
    SERIALISING,
    ...ours,
    deepRedact(),
    fastRedactPeer('fast-redact', REPEATED_PLACES),
    fastRedactPeer('fast-redact, every name', NAMED_PATHS),
    pinoRedactPeer(),
    zapier(),
  ];
}
