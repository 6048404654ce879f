import { spawnSync } from 'node:child_process';
import { laneFolder, type Lane } from '../harness/app-process';

/** A plugin that loads the CommonJS build, in an application that loads the ES build. */
const PROGRAM = `
  import 'reflect-metadata';
  import { createRequire } from 'node:module';
  import { Injectable, Module } from '@nestjs/common';
  import { NestFactory } from '@nestjs/core';
  import { ErrorTracker, SentryModule } from 'nestjs-error-tracker';
  import { Alerts } from 'nestjs-error-tracker/alerts';
  const require = createRequire(import.meta.url);
  let dynamic = process.env.ORDER === 'module first' ? SentryModule.forRoot() : undefined;
  const other = require('nestjs-error-tracker');
  const { Alerts: OtherAlerts } = require('nestjs-error-tracker/alerts');
  dynamic ??= SentryModule.forRoot();
  class Plugin {
    constructor(tracker, alerts) { Object.assign(this, { tracker, alerts }); }
  }
  Reflect.defineMetadata('design:paramtypes', [other.ErrorTracker, OtherAlerts], Plugin);
  Injectable()(Plugin);
  class PluginModule {}
  Module({ providers: [Plugin] })(PluginModule);
  class AppModule {}
  Module({ imports: [dynamic, PluginModule] })(AppModule);
  const app = await NestFactory.createApplicationContext(AppModule, { logger: ['error'], abortOnError: false });
  const { tracker, alerts } = app.get(Plugin, { strict: false });
  console.log(JSON.stringify({
    isOther: other.ErrorTracker !== ErrorTracker && OtherAlerts !== Alerts,
    tracker: tracker === app.get(ErrorTracker) && tracker instanceof other.ErrorTracker && tracker instanceof ErrorTracker,
    alerts: alerts === app.get(Alerts),
  }));
  await app.close();`;

test.each<[Lane, string]>([
  ['11', 'module first'],
  ['11', 'plugin first'],
  ['12', 'module first'],
  ['12', 'plugin first'],
])('a plugin that loads the other build injects the same tracker, lane %s, %s', (lane, order) => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', PROGRAM], {
    cwd: laneFolder(lane),
    env: { ...process.env, SENTRY_ENVIRONMENT: 'test', SENTRY_SPOOL_DIR: '', ORDER: order },
    encoding: 'utf8',
  });
  expect([stderr, JSON.parse(stdout || '{}')]).toEqual(['', { isOther: true, tracker: true, alerts: true }]);
});
