import './instrument.js';
import 'reflect-metadata';
import { type ArgumentsHost, Catch, Controller, Get, Module } from '@nestjs/common';
import { HttpAdapterHost, NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ErrorTracker, SentryModule } from 'nestjs-error-tracker';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';

class OwnError extends Error {
  constructor(readonly facts: object) {
    super('own error');
  }
}

/** Shows the thrown object in every way in which an application might. */
@Catch()
class SerialisingFilter {
  constructor(private readonly host: HttpAdapterHost) {}

  catch(thrown: any, host: ArgumentsHost) {
    console.log(thrown);
    const shown = {
      thrown: { ...thrown },
      json: JSON.stringify(thrown),
      keys: Reflect.ownKeys(thrown).map(String),
      has: '__SENTRY_ERROR_LOCAL_VARIABLES__' in thrown,
      inspected: inspect(thrown, { showHidden: true }),
    };
    this.host.httpAdapter.reply(host.switchToHttp().getResponse(), shown, 500);
  }
}

/** A function with as many variables as the wrapper of a small bundle. */
const wide: (run: () => void) => void = new Function(
  `return function wide(run) {
    const ${Array.from({ length: 150 }, (_, at) => `variable${at} = ${at}`).join()};
    run();
    return variable0;
  }
  //# sourceURL=file:///app/wide.js`,
)();

/** Loads a package whose only file is long, and which throws while it is loaded. */
function loadLongPackage() {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  const file = join(folder, 'node_modules', 'long', 'index.js');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `try { throw new Error('while loading'); } catch {}${'\n'.repeat(2_500)}`);
  createRequire(file)(file);
  rmSync(folder, { recursive: true });
}

@Controller()
class ThrowingController {
  @Get('object') object() {
    const password = `plain-${'secret'}`;
    throw { code: 'E_OBJECT', length: password.length };
  }

  @Get('error') error() {
    const customer = { id: 77 };
    throw new OwnError(customer);
  }

  @Get('large') large() {
    const many = Array.from({ length: 1_000 }, (_, at) => at);
    const few = [1, 2];
    wide(() => {
      throw new OwnError({ all: many.length + few.length });
    });
  }

  @Get('frozen') frozen() {
    const customer = { id: 78 };
    throw Object.freeze(new OwnError(customer));
  }
}

@Module({
  imports: [
    SentryModule.forRoot({
      context: { tags: (() => Promise.reject(new Error('tags are not there'))) as never },
      user: (() => Promise.reject(new Error('the user is not there'))) as never,
    }),
  ],
  controllers: [ThrowingController],
})
class AppModule {}

async function main() {
  const options = { logger: false as const };
  const app =
    process.env.PLATFORM === 'fastify'
      ? await NestFactory.create(AppModule, new FastifyAdapter(), options)
      : await NestFactory.create(AppModule, options);
  app.useGlobalFilters(new SerialisingFilter(app.get(HttpAdapterHost)));
  await app.listen(0, '127.0.0.1');
  process.on('message', (message) => {
    if (message === 'exit') process.exit(0);
    if (message !== 'status') return;
    const tracker = app.get(ErrorTracker);
    void tracker.flush('5s').then((flushed) => process.send!({ ...tracker.status(), flushed }));
  });
  loadLongPackage();
  process.send!({ port: app.getHttpServer().address().port });
}
void main();
