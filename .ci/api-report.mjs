// Writes the API report of every entry point that exports something to docs/api/. With --check, fails if a report in
// the repository differs from the build: a change of the public API then shows in review.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { entryPoints, root } from './entry-points.mjs';

const check = process.argv.includes('--check');
const reports = join(root, 'docs', 'api');
const configFile = join(root, '.config', 'api-extractor.json');
const settings = ExtractorConfig.loadFile(configFile);
const exportsNothing = (declarations) => !/^export (?!\{\s*\};)/m.test(readFileSync(join(root, declarations), 'utf8'));

function report({ name, declarations }) {
  const configObject = structuredClone(settings);
  configObject.mainEntryPointFilePath = join(root, declarations);
  configObject.apiReport.reportFileName = `${name}.api.md`;
  const extractorConfig = ExtractorConfig.prepare({
    configObject,
    configObjectFullPath: configFile,
    packageJsonFullPath: join(root, 'package.json'),
  });
  const { succeeded, apiReportChanged } = Extractor.invoke(extractorConfig, {
    localBuild: !check,
    messageCallback: (message) => {
      if (message.messageId.startsWith('console-')) message.handled = true;
    },
  });
  if (!check || !apiReportChanged) return succeeded;
  const { reportFilePath, reportTempFilePath } = extractorConfig;
  spawnSync('diff', ['-uN', reportFilePath, reportTempFilePath], { stdio: 'inherit' });
  return false;
}

/** Reports of entry points that are gone, or that export nothing any more. */
function orphans(described) {
  const files = existsSync(reports) ? readdirSync(reports) : [];
  const expected = new Set(described.map(({ name }) => `${name}.api.md`));
  return files.filter((file) => file.endsWith('.api.md') && !expected.has(file));
}

const described = entryPoints.filter(({ declarations }) => !exportsNothing(declarations));
const failed = described.filter((entry) => !report(entry)).map(({ name }) => `${name}.api.md`);
if (check) failed.push(...orphans(described));
else for (const file of orphans(described)) rmSync(join(reports, file));

if (failed.length > 0) {
  const advice = check ? ' Run `npm run api` if the change is intended.' : '';
  process.stderr.write(`API report: see ${failed.map((file) => `docs/api/${file}`).join(', ')}.${advice}\n`);
  process.exitCode = 1;
}
