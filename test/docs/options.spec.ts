import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { resolveInit } from '../../lib/options/resolve-init.js';
import { root } from './code-blocks';

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The properties of an interface, as the report of the public API shows it. */
function propertiesOf(entry: string, name: string): string[] {
  const report = /```ts\r?\n([^]*)```/.exec(read(`docs/api/${entry}.api.md`))![1]!;
  const { statements } = ts.createSourceFile('api.ts', report, ts.ScriptTarget.Latest);
  const found = statements.filter(ts.isInterfaceDeclaration).find((statement) => statement.name.text === name);
  if (!found) throw new Error(`${entry} exports no interface ${name}`);
  return found.members.map((member) => (member.name as ts.Identifier).text);
}

/** The options that the tables below a heading name in their first column, as far as the next heading. */
function optionsOf(page: string, heading: string, nth = 0): string[] {
  const section = read(page)
    .split(/^#+ /m)
    .filter((text) => text.startsWith(`${heading}\n`))[nth];
  if (!section) throw new Error(`${page} has no heading ${heading}`);
  const tables = section.split(/\n{2,}/).filter((text) => /^\| option /.test(text));
  return tables
    .flatMap((table) => table.split('\n').slice(2))
    .flatMap((row) => [...row.split('|')[1]!.matchAll(/`([\w.]+)`/g)].map(([, name]) => name!));
}

test.each([
  ['docs/configuration.md', 'Module options', 'index', 'SentryModuleOptions', []],
  ['docs/scrubbing.md', 'Options', 'init', 'ScrubbingOptions', []],
  ['docs/throttling.md', 'Throttling', 'init', 'ThrottleOptions', []],
  ['docs/capture.md', 'Change what is reported', 'index', 'CaptureOptions', []],
  ['docs/operations.md', 'Operations', 'index', 'OperationOptions', []],
  ['docs/logging.md', 'Logging', 'index', 'LoggerOptions', []],
  ['docs/tunnel.md', 'Who may send what', 'index', 'TunnelOptions', ['path', 'prefixed']],
  ['docs/alerts.md', 'Rules', 'index', 'RuleCommon', []],
  ['docs/databases.md', 'Slow and repeated queries', 'typeorm', 'TypeOrmOptions', []],
  ['docs/redis-and-cache.md', 'Options', 'redis', 'RedisOptions', []],
  ['docs/outbound-http.md', 'Options', 'http-client', 'HttpClientOptions', []],
  ['docs/jobs.md', 'Options', 'events', 'EventsOptions', []],
])('the table of %s, %s, has every option of %s %s and no other', (page, heading, entry, name, inText) => {
  expect([...optionsOf(page, heading), ...inText].sort()).toEqual(propertiesOf(entry, name).sort());
});

test('the other tables of docs/jobs.md have every option of their module and no other', () => {
  expect(optionsOf('docs/jobs.md', 'Options', 1).sort()).toEqual(propertiesOf('bullmq', 'BullMqOptions').sort());
  const monitors = [...propertiesOf('schedule', 'ScheduleOptions'), ...propertiesOf('schedule', 'MonitorDefaults')];
  expect(optionsOf('docs/jobs.md', 'Cron monitors').sort()).toEqual(monitors.sort());
});

test('the table of docs/configuration.md has every option of initSentry() and no other', () => {
  const groups = { breadcrumbs: 'BreadcrumbOptions', tracing: 'TracingOptions' };
  const expected = propertiesOf('init', 'InitOptions').flatMap((option) =>
    option in groups
      ? propertiesOf('init', groups[option as keyof typeof groups]).map((name) => `${option}.${name}`)
      : [option],
  );
  expect(optionsOf('docs/configuration.md', 'Configuration').sort()).toEqual(expected.sort());
});

test('docs/configuration.md names every integration that can be switched off', () => {
  const row = /^\| `integrations` .*$/m.exec(read('docs/configuration.md'))![0];
  expect([...row.matchAll(/(\w+): false/g)].map(([, name]) => name).sort()).toEqual(
    propertiesOf('index', 'IntegrationSwitches').sort(),
  );
});

const row = (option: string): string[] =>
  new RegExp(`^\\| \`${option}\` .*$`, 'm').exec(read('docs/configuration.md'))![0].split('|').slice(2);

test.each([
  'enabled',
  'debug',
  'sampleRate',
  'tracesSampleRate',
  'profilesSampleRate',
  'maxBreadcrumbs',
  'attachStacktrace',
  'includeLocalVariables',
] as const)('the default of %s in docs/configuration.md applies', (option) => {
  const environments = ['development', 'staging', 'production'];
  const actual = environments.map((NODE_ENV) => String(resolveInit(undefined, { NODE_ENV })[option]));
  const written = [...row(option)[1]!.matchAll(/`([\w.]+)`/g)].map(([, value]) => value).slice(0, 3);
  expect(written.length === 1 ? environments.map(() => written[0]) : written).toEqual(actual);
});

test('every variable of docs/configuration.md sets its option', () => {
  for (const option of ['tracesSampleRate', 'sampleRate', 'maxBreadcrumbs', 'serverName', 'release'] as const) {
    for (const [, name] of row(option)[0]!.matchAll(/`([A-Z_]+)`/g))
      expect([name, resolveInit(undefined, { [name!]: '1' })[option]].map(String)).toEqual([name, '1']);
  }
});
