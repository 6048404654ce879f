import { Tree, type SchematicContext } from '@angular-devkit/schematics';
import { optionsFromEnvironment } from '../../lib/options/environment';
import { nestAdd } from '../../lib/schematics/nest-add';
import type { NestAddOptions } from '../../lib/schematics/project';

type Files = Record<string, string>;

const MAIN = `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  await app.listen(3000);
}
bootstrap();
`;
const MODULE = `import { Module } from '@nestjs/common';
import { AppService } from './app.service';

@Module({
  imports: [],
  providers: [AppService],
})
export class AppModule {}
`;
const INSTRUMENT = `import { initSentry } from 'nestjs-error-tracker/init';

initSentry();
`;

const project = (files: Files = {}): Files => ({ 'src/main.ts': MAIN, 'src/app.module.ts': MODULE, ...files });

/** @returns the files that were written */
async function add(files: Files, options: NestAddOptions = { sourceRoot: 'src' }): Promise<Files> {
  const tree = Tree.empty();
  for (const [path, text] of Object.entries(files)) tree.create(path, text);
  const context = { logger: { info: () => undefined } } as unknown as SchematicContext;
  await nestAdd(options)(tree, context);
  const written: Files = {};
  tree.visit((path) => {
    const text = tree.read(path)?.toString() ?? '';
    if (files[path.slice(1)] !== text) written[path.slice(1)] = text;
  });
  return written;
}

/** What is put into main, or into the module, one line each. */
const addedTo = (before: string, after: string | undefined) =>
  (after ?? before).split(/\r?\n/).filter((line) => !before.split(/\r?\n/).includes(line));

test('a new project', async () => {
  const { '.env.example': env, ...sources } = await add(project());
  expect(sources).toEqual({
    'src/instrument.ts': INSTRUMENT,
    'src/main.ts': MAIN.replace('import', "import './instrument';\nimport").replace(
      '  await app.listen',
      '  app.enableShutdownHooks();\n  await app.listen',
    ),
    'src/app.module.ts': MODULE.replace('[]', '[SentryModule.forRoot()]').replace(
      'import { AppService',
      "import { SentryModule } from 'nestjs-error-tracker';\nimport { AppService",
    ),
  });
  expect(env).toContain('\nSENTRY_DSN=\n');
});

test('a second time, nothing is written', async () => {
  const first = { ...project(), ...(await add(project())) };
  expect(await add(first)).toEqual({});
});

test('.env.example is one that initSentry reads; what it already has is kept', async () => {
  const { '.env.example': env = '' } = await add(project());
  const assigned = env.split('\n').flatMap((line) => {
    const [, name, value] = /^(?:# )?([A-Z_]+)=(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, value]];
  });
  expect(assigned.map(([name]) => name)).toEqual([
    'SENTRY_DSN',
    'SENTRY_ENVIRONMENT',
    'SENTRY_RELEASE',
    'SENTRY_TRACES_SAMPLE_RATE',
  ]);
  expect(optionsFromEnvironment(Object.fromEntries(assigned))).toMatchObject({
    environment: 'development',
    tracesSampleRate: 0.1,
  });

  const existing = 'PORT=3000\r\n#SENTRY_DSN=\r\nexport SENTRY_ENVIRONMENT=x\r\nSENTRY_TRACES_SAMPLE_RATE=1';
  const { '.env.example': completed } = await add(project({ '.env.example': existing }));
  expect(completed).toMatch(/^PORT=3000\r\n#SENTRY_DSN=\r\n[^]*RATE=1\r\n\r\n# Which [^\r]*\r\n# SENTRY_RELEASE=\r\n$/);
});

const MAINS: [string, string, string[], Files?][] = [
  [
    'quotes, no semicolons, tabs',
    MAIN.replaceAll("'", '"').replaceAll(';', '').replaceAll('  ', '\t'),
    ['import "./instrument"', '\tapp.enableShutdownHooks()'],
  ],
  ['CRLF', MAIN.replaceAll('\n', '\r\n'), ["import './instrument';", '  app.enableShutdownHooks();']],
  [
    'the extension of its imports',
    MAIN.replace('.module', '.module.js'),
    ["import './instrument.js';", '  app.enableShutdownHooks();'],
  ],
  [
    'imports without extension in a bundle of ES modules',
    MAIN,
    ["import './instrument';", '  app.enableShutdownHooks();'],
    { 'package.json': '{"type":"module"}' },
  ],
  ['an import that is there', `import './instrument';\n${MAIN}`, ['  app.enableShutdownHooks();']],
  [
    'hooks that are there',
    MAIN.replace('  await app.listen', '  app.setGlobalPrefix("x").enableShutdownHooks();\n  await app.listen'),
    ["import './instrument';"],
  ],
  [
    'hooks in a comment',
    MAIN.replace('  await app.listen', '  // app.enableShutdownHooks();\n  await app.listen'),
    ["import './instrument';", '  app.enableShutdownHooks();'],
  ],
  ['/register', `import 'nestjs-error-tracker/register';\n${MAIN}`, ['  app.enableShutdownHooks();']],
  [
    'a variable of its own',
    MAIN.replace(
      'const app = await NestFactory.create(AppModule)',
      'let shop: any; shop = (await NestFactory.create<X>(AppModule, { bufferLogs: true })) as X',
    ).replace('app.listen', 'shop.listen'),
    ["import './instrument';", '  shop.enableShutdownHooks();'],
  ],
  [
    'a microservice, a comment behind',
    MAIN.replace('create(AppModule);', 'createMicroservice<O>(AppModule, {\n    transport: 1,\n  }); // tcp'),
    ["import './instrument';", '  app.enableShutdownHooks();'],
  ],
];

test.each(MAINS)('main: %s', async (_what, main, added, more = {}) => {
  const written = await add(project({ 'src/main.ts': main, ...more }));
  expect(addedTo(main, written['src/main.ts'])).toEqual(added);
  expect(main.includes('\r\n')).toBe(/\r\n/.test(written['src/main.ts'] ?? main));
  expect(written['src/main.ts'] ?? main).not.toMatch(main.includes('\r\n') ? /[^\r]\n/ : /\r/);
});

const FIRST: [string, string, RegExp][] = [
  [
    'after a licence and a directive',
    `/* Licence: MIT */\n'use strict';\n${MAIN}`,
    /^\/\* Licence: MIT \*\/\n'use strict';\nimport '.\/instrument';\nimport \{ NestF/,
  ],
  [
    'after a comment of the file',
    `#!/usr/bin/env node\n// The shop.\n\n${MAIN}`,
    /^#!.*\n\/\/ The shop.\n\nimport '.\/instrument';\nimport \{ NestF/,
  ],
  [
    'before a comment of the first import',
    `// eslint-disable-next-line x\n${MAIN}`,
    /^import '.\/instrument';\n\/\/ eslint-disable-next-line x\nimport \{ NestF/,
  ],
  [
    'after what loads variables',
    `import 'dotenv/config';\n${MAIN}`,
    /^import 'dotenv\/config';\nimport '.\/instrument';\nimport \{ NestF/,
  ],
  [
    'before others, if it is there',
    MAIN.replace('\n\n', `\nimport "./instrument"; // Sentry\n\n`),
    /^import "\.\/instrument"; \/\/ Sentry\nimport \{ NestF[^]*app.module';\n\nasync/,
  ],
  [
    'and left behind imports for their effects',
    `import 'reflect-metadata';\nimport './instrument';\n${MAIN}`,
    /^import 'reflect-metadata';\nimport '.\/instrument';\nimport \{ NestF/,
  ],
];

test.each(FIRST)('instrument is imported first: %s', async (_where, main, expected) => {
  const { 'src/main.ts': text = '' } = await add(project({ 'src/main.ts': main }));
  expect(text).toMatch(expected);
  expect(text.match(/instrument["']/g)).toHaveLength(1);
});

const withMetadata = (metadata: string, more = '') =>
  `import { Module } from '@nestjs/common';\n${more}\n@Module(${metadata})\nexport class AppModule {}\n`;
const IMPORT = "import { SentryModule } from 'nestjs-error-tracker';";
const MODULES: [string, string, string][] = [
  ['no metadata', '{}', '{ imports: [SentryModule.forRoot()] }'],
  ['an empty object on two lines', '{\n}', '{\n  imports: [SentryModule.forRoot()],\n}'],
  ['no imports', '{ providers: [] }', '{ imports: [SentryModule.forRoot()], providers: [] }'],
  [
    'no imports, on several lines',
    '{\n    providers: [],\n}',
    '{\n    imports: [SentryModule.forRoot()],\n    providers: [],\n}',
  ],
  [
    'imports on one line',
    '{ imports: [A.forRoot({ a: [1] }), ...more] }',
    '{ imports: [SentryModule.forRoot(), A.forRoot({ a: [1] }), ...more] }',
  ],
  [
    'imports on several lines',
    '{\n  "imports": [ // all\n    // first\n    A,\n  ],\n}',
    '{\n  "imports": [ // all\n    SentryModule.forRoot(),\n    // first\n    A,\n  ],\n}',
  ],
  [
    'a comment for imports',
    '{\n  imports: [\n    // none\n  ],\n}',
    '{\n  imports: [\n    SentryModule.forRoot(),\n    // none\n  ],\n}',
  ],
  [
    'a type',
    '{ imports: [A] as const satisfies unknown }',
    '{ imports: [SentryModule.forRoot(), A] as const satisfies unknown }',
  ],
];

test.each(MODULES)('module: %s', async (_what, metadata, expected) => {
  const { 'src/app.module.ts': text } = await add(project({ 'src/app.module.ts': withMetadata(metadata) }));
  expect(text).toBe(withMetadata(expected, `${IMPORT}\n`));
});

test('module: several decorators, a default export, several classes', async () => {
  const before = `import { Global, Module } from '@nestjs/common';
import { TrackOperation } from 'nestjs-error-tracker';
@Module({}) class Other {}
@Global()
@TrackOperation() @Module({ imports: [Other] })
class Shop { constructor(@Inject(X) readonly x: X) {} }
export default Shop;
`;
  const files = {
    'src/main.ts': MAIN.replace('{ AppModule }', 'AppModule').replace('app.module', 'shop'),
    'src/shop.ts': before,
  };
  const { 'src/shop.ts': after } = await add(files);
  expect(after).toBe(
    before
      .replace('{ TrackOperation', '{ SentryModule, TrackOperation')
      .replace('[Other]', '[SentryModule.forRoot(), Other]'),
  );
});

test.each([
  ['forRootAsync', withMetadata('{ imports: [SentryModule.forRootAsync({})] }', IMPORT), {}],
  [
    'in another module',
    withMetadata('{ imports: [CoreModule] }'),
    { 'src/core.module.ts': `${IMPORT}\nconst imports = [SentryModule.forRoot()];` },
  ],
])('module: %s is left', async (_what, text, more) => {
  const written = await add(project({ 'src/app.module.ts': text, ...more }));
  expect(Object.keys(written).sort()).toEqual(['.env.example', 'src/instrument.ts', 'src/main.ts']);
});

test('an instrument.ts that is there is left', async () => {
  const written = await add(
    project({ 'src/instrument.ts': "import * as Sentry from '@sentry/nestjs';\nSentry.init();" }),
  );
  expect(Object.keys(written).sort()).toEqual(['.env.example', 'src/app.module.ts', 'src/main.ts']);
});

const LAYOUTS: [string, Files, NestAddOptions, string[]][] = [
  [
    'JavaScript',
    { 'src/main.js': MAIN, 'src/app.module.js': MODULE },
    { sourceRoot: 'src' },
    ['src/app.module.js', 'src/instrument.js', 'src/main.js'],
  ],
  [
    'no configuration',
    project(),
    { sourceRoot: 'undefined' },
    ['src/app.module.ts', 'src/instrument.ts', 'src/main.ts'],
  ],
  [
    'an application of a monorepo, by its source folder',
    {
      'nest-cli.json': '{"sourceRoot":"apps/a/src","projects":{"b":{"sourceRoot":"apps/b/src","entryFile":"start"}}}',
      'apps/a/src/main.ts': MAIN,
      'apps/b/src/start.ts': MAIN,
      'apps/b/src/app.module.ts': MODULE,
    },
    { sourceRoot: 'apps/b/src' },
    ['apps/b/src/app.module.ts', 'apps/b/src/instrument.ts', 'apps/b/src/start.ts'],
  ],
  [
    'paths of tsconfig.json, ES modules',
    {
      'tsconfig.json':
        '{ "compilerOptions": { "module": "nodenext", "paths": { "@shop/*": ["./libs/*"] } } } // comment',
      'package.json': '{"type":"module"}',
      'src/main.ts': MAIN.replace('./app.module', '@shop/app.module.js'),
      'libs/app.module.ts': MODULE,
    },
    { sourceRoot: 'src' },
    ['libs/app.module.ts', 'src/instrument.ts', 'src/main.ts'],
  ],
  [
    'one file',
    { 'src/main.ts': `${MAIN.replace(/.*app.module.*\n/, '')}\n${MODULE}` },
    { sourceRoot: 'src' },
    ['src/instrument.ts', 'src/main.ts'],
  ],
];

test.each(LAYOUTS)('layout: %s', async (_what, files, options, expected) => {
  const written = await add(files, options);
  expect(Object.keys(written).sort()).toEqual(['.env.example', ...expected]);
  expect(await add({ ...files, ...written }, options)).toEqual({}); // also of a module beside the sources
  for (const text of Object.values(written).slice(1)) expect(text).toMatch(/instrument|SentryModule|initSentry/);
});

const REFUSED: [string, Files, string][] = [
  [
    'an instrument.ts of something else',
    {
      'src/main.ts': MAIN,
      'src/instrument.ts': "import { NodeSDK } from '@opentelemetry/sdk-node';\nnew NodeSDK().start();",
    },
    'src/instrument.ts is there, and does not call initSentry()',
  ],
  [
    'a syntax error',
    { 'src/main.ts': `${MAIN}\nconst = ;` },
    'src/main.ts cannot be parsed (Variable declaration expected.)',
  ],
  ['no main', { 'src/main.ts': '', 'src/other.ts': MAIN }, 'src/main.ts does not call NestFactory.create(…)'],
  [
    'two applications',
    { 'src/main.ts': `${MAIN}\nNestFactory.create(AdminModule);` },
    'src/main.ts creates several applications',
  ],
  [
    'no variable',
    { 'src/main.ts': MAIN.replace(/const app = await (.*);\n.*/, '(await $1).listen(3000);') },
    'src/main.ts does not assign the application to a variable',
  ],
  [
    'a promise',
    { 'src/main.ts': MAIN.replace('= await', '=') },
    'src/main.ts does not assign the application to a variable',
  ],
  [
    'require',
    { 'src/main.ts': MAIN.replace(/import (.*) from (.*);/g, 'const $1 = require($2);') },
    'src/main.ts has no import declarations',
  ],
  [
    'a module that is computed',
    { 'src/main.ts': MAIN.replace('(AppModule)', '(make())') },
    'src/main.ts creates the application from something else than a module class',
  ],
  [
    'a module of a package',
    { 'src/main.ts': MAIN.replace('./app.module', '@acme/app') },
    'src/main.ts imports its module from @acme/app, which is not found',
  ],
  [
    'a class elsewhere',
    { 'src/app.module.ts': "export { AppModule } from './other';" },
    'src/app.module.ts does not declare the class AppModule',
  ],
  [
    'no decorator',
    { 'src/app.module.ts': 'export class AppModule {}' },
    'src/app.module.ts has no @Module on the class AppModule',
  ],
  [
    'metadata in a variable',
    { 'src/app.module.ts': withMetadata('metadata') },
    'src/app.module.ts has a @Module whose argument is not an object literal',
  ],
  [
    'imports in a variable',
    { 'src/app.module.ts': withMetadata('{ imports }') },
    'src/app.module.ts has a @Module whose imports are not an array literal',
  ],
  [
    'imports of another object',
    { 'src/app.module.ts': withMetadata('{ ...base }') },
    'src/app.module.ts takes the imports of its @Module from another object',
  ],
  [
    "Sentry's own module",
    {
      'src/app.module.ts': withMetadata(
        '{ imports: [SentryModule.forRoot()] }',
        "import { SentryModule } from '@sentry/nestjs/setup';\nimport { Report } from 'nestjs-error-tracker';",
      ),
    },
    'src/app.module.ts imports SentryModule from @sentry/nestjs/setup, which has to be replaced (docs/migration.md)',
  ],
];

test.each(REFUSED)('refused: %s', async (_what, files, message) => {
  const failure = await add(project(files)).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Error);
  const text = (failure as Error).message;
  expect(text).toContain(message);
  for (const line of [
    "import './instrument';",
    'app.enableShutdownHooks();',
    'SentryModule.forRoot()',
    'initSentry();',
  ])
    expect(text).toContain(line);
  expect(text).toContain('Nothing was changed.');
});
