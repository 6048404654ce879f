import {
  ArgumentsHost,
  Catch,
  Controller,
  ExceptionFilter,
  Get,
  Header,
  HttpException,
  Res,
  Sse,
  StreamableFile,
  UseFilters,
} from '@nestjs/common';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { concat, delay, of, throwError } from 'rxjs';

class RejectedError extends Error {}
class AnsweredError extends Error {}

@Catch(RejectedError)
class RejectingFilter implements ExceptionFilter {
  async catch() {
    await sleep(5);
    throw new TypeError('the async filter rejects');
  }
}

@Catch(AnsweredError)
class SlowFilter implements ExceptionFilter {
  async catch(_error: unknown, host: ArgumentsHost) {
    await sleep(20);
    const response = host.switchToHttp().getResponse();
    if (typeof response.code === 'function') response.code(418).send({ slow: true });
    else response.status(418).json({ slow: true });
  }
}

const failingAfter = (chunks: string[], error: Error) =>
  Readable.from(
    (async function* () {
      for (const chunk of chunks) {
        yield chunk;
        await sleep(10);
      }
      throw error;
    })(),
    { objectMode: false },
  );

@Controller('streams')
export class StreamsController {
  @Sse('sse/middle')
  sseMiddle() {
    return concat(
      of({ data: 'one' }).pipe(delay(20)),
      throwError(() => new Error('event stream broke')),
    );
  }

  @Sse('sse/start')
  sseStart() {
    return throwError(() => new Error('event stream never began'));
  }

  @Sse('sse/expected')
  sseExpected() {
    return concat(
      of({ data: 'one' }).pipe(delay(20)),
      throwError(() => new HttpException('gone', 410)),
    );
  }

  @Sse('sse/promise')
  async ssePromise() {
    await sleep(5);
    return concat(
      of({ data: 'one' }).pipe(delay(20)),
      throwError(() => new Error('promised event stream broke')),
    );
  }

  @Sse('sse/fine')
  sseFine() {
    return of({ data: 'one' }, { data: 'two' });
  }

  @Get('file/before')
  fileBefore() {
    return new StreamableFile(failingAfter([], new Error('file failed before its first byte')));
  }

  @Get('file/after')
  @Header('x-kind', 'file')
  fileAfter() {
    return new StreamableFile(failingAfter(['first ', 'second '], new Error('file broke off')));
  }

  @Get('file/errored')
  async fileErrored() {
    const stream = failingAfter([], new Error('file failed before it was sent'));
    stream.on('error', () => undefined);
    stream.resume();
    await sleep(20);
    return new StreamableFile(stream);
  }

  @Get('file/expected')
  fileExpected() {
    return new StreamableFile(failingAfter([], new HttpException('no such file', 404)));
  }

  @Get('file/handled')
  fileHandled() {
    return new StreamableFile(failingAfter([], new Error('answered as a 404'))).setErrorHandler((_error, response) => {
      response.statusCode = 404;
      response.send('no such file');
    });
  }

  @Get('file/endless')
  fileEndless() {
    let n = 0;
    return new StreamableFile(
      new Readable({
        read() {
          setTimeout(() => this.push(`chunk ${n++}\n`), 5);
        },
      }),
    );
  }

  @Get('file/fine')
  fileFine() {
    return new StreamableFile(Readable.from(['all ', 'of it'], { objectMode: false }));
  }

  @Get('sent')
  async sent(@Res() response: any) {
    const raw = response.raw ?? response;
    if (response.hijack) response.hijack();
    raw.write('begun ');
    await sleep(5);
    throw new Error('thrown after the headers');
  }

  @Get('finished')
  async finished(@Res() response: any) {
    response.send('done');
    await sleep(5);
    throw new Error('thrown after the answer');
  }

  @Get('finished-expected')
  async finishedExpected(@Res() response: any) {
    response.send('done');
    await sleep(5);
    throw new HttpException('too late to matter', 404);
  }

  @Get('rejecting-filter')
  @UseFilters(RejectingFilter)
  rejectingFilter(): never {
    throw new RejectedError('what the filter was to answer');
  }

  @Get('slow-filter')
  @UseFilters(SlowFilter)
  slowFilter(): never {
    throw new AnsweredError('answered late, as a 418');
  }
}
