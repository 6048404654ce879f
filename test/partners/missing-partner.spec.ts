import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { laneFolder } from '../harness/app-process';
import { mainly } from '../harness/scale';

const ENTRIES = [
  ['bullmq', 'bullmq and @nestjs/bullmq: npm install bullmq @nestjs/bullmq'],
  ['schedule', '@nestjs/schedule: npm install @nestjs/schedule'],
  ['events', '@nestjs/event-emitter or @nestjs/cqrs: npm install @nestjs/event-emitter'],
  ['health', '@nestjs/terminus: npm install @nestjs/terminus'],
  ['typeorm', 'typeorm and @nestjs/typeorm: npm install typeorm @nestjs/typeorm'],
];
const NEEDED = [
  '@nestjs/common',
  '@nestjs/core',
  '@sentry/nestjs',
  'reflect-metadata',
  'rxjs',
  'find-my-way',
  'https-proxy-agent',
  'debug', // of an https-proxy-agent that is installed below the package
];

describe.each(mainly('12'))('lane %s', (lane) => {
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

  test('an entry without its partner names the command, under require and under import', () => {
    const code = `
      const specifiers = ${JSON.stringify(ENTRIES.map(([entry]) => `nestjs-error-tracker/${entry}`))};
      const message = (error) => error.constructor.name + ': ' + error.message;
      const load = async (specifier) => {
        const messages = [];
        try { require(specifier); } catch (error) { messages.push(message(error)); }
        await import(specifier).catch((error) => messages.push(message(error)));
        return messages;
      };
      Promise.all(specifiers.map(load)).then((messages) => {
        const { SentryModule } = require('nestjs-error-tracker');
        console.log(JSON.stringify({ messages, module: typeof SentryModule.forRoot }));
      });`;
    const output = execFileSync(process.execPath, ['--input-type=commonjs', '-e', code], {
      cwd: folder,
      encoding: 'utf8',
    });
    const messages = ENTRIES.map(([entry, needs]) =>
      Array(2).fill(`Error: nestjs-error-tracker/${entry} needs ${needs}`),
    );
    expect(JSON.parse(output)).toEqual({ messages, module: 'function' });
  });
});
