import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { laneFolder, type Lane } from '../harness/app-process';

const ENTRIES = [
  ['bullmq', 'bullmq and @nestjs/bullmq: npm install bullmq @nestjs/bullmq'],
  ['schedule', '@nestjs/schedule: npm install @nestjs/schedule'],
  ['events', '@nestjs/event-emitter or @nestjs/cqrs: npm install @nestjs/event-emitter'],
];
const NEEDED = [
  '@nestjs/common',
  '@nestjs/core',
  '@sentry/nestjs',
  'reflect-metadata',
  'rxjs',
  'find-my-way',
  'https-proxy-agent',
];

describe.each<Lane>(['11', '12'])('lane %s', (lane) => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'missing-partner-'));
    const installed = join(laneFolder(lane), 'node_modules');
    const target = join(folder, 'node_modules');
    cpSync(join(installed, 'nestjs-error-tracker'), join(target, 'nestjs-error-tracker'), { recursive: true });
    for (const scope of ['@nestjs', '@sentry']) mkdirSync(join(target, scope));
    for (const name of NEEDED) symlinkSync(join(installed, name), join(target, name));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test.each(ENTRIES)('/%s without its partner names the command, under require and under import', (entry, needs) => {
    const specifier = `nestjs-error-tracker/${entry}`;
    const code = `
      const messages = [];
      try { require('${specifier}'); } catch (error) { messages.push(error.constructor.name + ': ' + error.message); }
      import('${specifier}').catch((error) => {
        messages.push(error.constructor.name + ': ' + error.message);
      }).then(() => require('nestjs-error-tracker')).then(({ SentryModule }) => {
        console.log(JSON.stringify({ messages, module: typeof SentryModule.forRoot }));
      });`;
    const output = execFileSync(process.execPath, ['--input-type=commonjs', '-e', code], {
      cwd: folder,
      encoding: 'utf8',
    });
    const message = `Error: ${specifier} needs ${needs}`;
    expect(JSON.parse(output)).toEqual({ messages: [message, message], module: 'function' });
  });
});
