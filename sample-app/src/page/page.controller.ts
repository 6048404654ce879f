import { Controller, Get, Header } from '@nestjs/common';
import { getClient, getTraceMetaTags } from '@sentry/nestjs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Written by `npm run build:sample`. */
const FILES = join(__dirname, '../../page');

/** The page of the shop, whose errors arrive through the tunnel. */
@Controller()
export class PageController {
  /** Tells the page where its errors belong, and in which trace it was requested. */
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async page(): Promise<string> {
    const { dsn, environment, release } = getClient()?.getOptions() ?? {};
    const ofSdk = Object.entries({ dsn, environment, release }).map(([name, value]) =>
      metaTag(`sentry-${name}`, value),
    );
    const tags = [...ofSdk, getTraceMetaTags()];
    return (await readFile(join(FILES, 'index.html'), 'utf8')).replace('<!-- sentry -->', () => tags.join('\n    '));
  }

  @Get('page/shop.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  script(): Promise<string> {
    return readFile(join(FILES, 'shop.js'), 'utf8');
  }
}

function metaTag(name: string, content = ''): string {
  return `<meta name="${name}" content="${content.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}" />`;
}
