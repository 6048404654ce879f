import './instrument.js';
import 'reflect-metadata';
import { Module, NotFoundException } from '@nestjs/common';
import { setUser } from '@sentry/nestjs';
import { Command, CommandFactory, CommandRunner } from 'nest-commander';
import { SentryModule } from 'nestjs-error-tracker';

@Command({ name: 'import' })
class ImportCommand extends CommandRunner {
  async run([what]: string[]) {
    setUser({ id: 'importer' });
    if (what === 'missing') throw new NotFoundException('no such file');
    if (what === 'string') throw 'not even an error';
    if (what !== 'nothing') throw new Error(`cannot import ${what}`);
  }
}

const imports = process.env.BARE ? [] : [SentryModule.forRoot()];
@Module({ imports, providers: [ImportCommand] })
class AppModule {}

const ends = (error: Error) => {
  console.error(`handled: ${String(error)}`);
  process.exit(4);
};
void CommandFactory.run(AppModule, process.env.ENDS ? { serviceErrorHandler: ends } : {});
