import { All, Controller, Post, UseInterceptors } from '@nestjs/common';
import { AnyFilesInterceptor } from '@nestjs/platform-express';

const Multipart = process.env.PLATFORM === 'fastify' ? UseInterceptors() : UseInterceptors(AnyFilesInterceptor());

/** Whatever a request brings, it fails. */
@Controller('leaks')
export class WebController {
  @Post('multipart')
  @Multipart
  multipart(): never {
    throw new Error('a request with a form failed');
  }

  @All([':entrance', ':entrance/:rest'])
  fail(): never {
    throw new Error('a request failed');
  }
}

/** Fails before any route is known. */
export class FailingMiddleware {
  use(request: { headers: Record<string, unknown> }, _response: unknown, next: (error?: Error) => void) {
    next(request.headers['x-fail'] ? new Error('a middleware failed') : undefined);
  }
}
