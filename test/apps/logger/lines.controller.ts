import { Controller, Get, HttpException, Inject, Logger, NotFoundException, Param, UseFilters } from '@nestjs/common';
import { ErrorTracker } from 'nestjs-error-tracker';
import { values } from './values.js';
import { LoggingFilter } from './logging.filter.js';
import { OwnLogger, RequestLogger } from './printers.js';

/** An error whose stack is the same in every process. */
export function failure(message: string): Error {
  const error = new TypeError(message);
  error.stack = `TypeError: ${message}\n    at place (/srv/app/orders.js:12:34)\n    at main (/srv/app/main.js:1:2)`;
  return error;
}

@Controller()
export class LinesController {
  private readonly logger = new Logger('Orders');
  private readonly nameless = new Logger();

  constructor(
    @Inject(OwnLogger) private readonly own: OwnLogger,
    @Inject(ErrorTracker) private readonly tracker: ErrorTracker,
  ) {
    own.setContext('Own');
  }

  @Get('lines/:id')
  lines(@Param('id') id: string): void {
    this.logger.log(`log ${id}`);
    this.logger.warn(`warn ${id}`);
    this.logger.error(`error ${id}`);
    this.logger.debug(`debug ${id}`);
    this.logger.verbose(`verbose ${id}`);
    this.logger.fatal(`fatal ${id}`);
    Logger.log(`static ${id}`, 'Static');
    Logger.warn(`static nameless ${id}`);
    this.nameless.log(`nameless ${id}`, 'Given');
    this.own.log(`own ${id}`);
    throw failure(`failed ${id}`);
  }

  @Get('value/:name')
  value(@Param('name') name: string): void {
    const args = values()[name];
    if (!args) throw new NotFoundException();
    (this.logger.log as (...given: unknown[]) => void)(...args);
    throw failure('after the value');
  }

  @Get('logged-then-thrown')
  loggedThenThrown(): void {
    const error = failure('logged and thrown');
    this.logger.error(error);
    throw error;
  }

  @Get('with-message')
  withMessage(): void {
    const error = failure('with a message');
    this.logger.error('could not pay', error);
    throw error;
  }

  @Get('stack-then-thrown')
  stackThenThrown(): void {
    const error = failure('stack and thrown');
    this.logger.error(error.message, error.stack);
    throw error;
  }

  @Get('stack-then-wrapped')
  stackThenWrapped(): void {
    const error = failure('stack and wrapped');
    this.logger.error(error.message, error.stack);
    throw new Error('wrapper', { cause: error });
  }

  @Get('captured-then-logged')
  capturedThenLogged(): string {
    const error = failure('captured and logged');
    this.tracker.captureException(error);
    this.logger.error('handled', error.stack);
    return 'ok';
  }

  @Get('logged-only')
  loggedOnly(): string {
    this.logger.error('not paid', failure('only logged'));
    return 'ok';
  }

  @Get('stack-only')
  stackOnly(): string {
    this.logger.error('not paid', failure('only its stack').stack);
    return 'ok';
  }

  @Get('fatal-only')
  fatalOnly(): string {
    this.logger.fatal(failure('fatal'));
    return 'ok';
  }

  @Get('text-only')
  textOnly(): string {
    this.logger.error('no error, only text');
    return 'ok';
  }

  @Get('expected')
  expected(): void {
    const error = new NotFoundException('no such order');
    this.logger.error(error);
    throw error;
  }

  @Get('filtered/:status')
  @UseFilters(LoggingFilter)
  filtered(@Param('status') status: string): void {
    throw new HttpException(`filtered ${status}`, Number(status));
  }

  @Get('thrown')
  thrown(): void {
    throw failure('only thrown');
  }
}

@Controller('scoped')
export class ScopedController {
  constructor(@Inject(RequestLogger) private readonly logger: RequestLogger) {
    logger.setContext('Scoped');
  }

  @Get(':id')
  scoped(@Param('id') id: string): void {
    this.logger.log(`scoped ${id}`);
    throw failure('scoped');
  }
}
