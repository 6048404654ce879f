import { HttpException } from '@nestjs/common';
import { WsException } from '@nestjs/websockets';

export class DomainError extends Error {
  override name = 'DomainError';
}
export class FilterCrash extends Error {}
export class RenamedError extends Error {}
export class IgnoredError extends Error {}
class ForbiddenRoom extends WsException {
  constructor(room: string) {
    super(`forbidden ${room}`);
  }
}

/** A WsException of another copy of Nest: the shape without the class. */
const Foreign = {
  WsException: class WsException extends Error {
    getError() {
      return this.message;
    }
  },
};

const shared = new Error('the one shared instance');

export const throwables: Record<string, () => unknown> = {
  error: () => new Error('plain failure'),
  ws: () => new WsException('no such room'),
  wsObject: () => new WsException({ code: 'E_ROOM', message: 'no such room' }),
  wsSubclass: () => new ForbiddenRoom('lobby'),
  wsForeign: () => new Foreign.WsException('foreign room'),
  http503: () => new HttpException('maintenance', 503),
  http404: () => new HttpException('no such message', 404),
  status413: () => Object.assign(new Error('too large'), { status: 413 }),
  ignored: () => new IgnoredError('never reported'),
  renamed: () => new RenamedError('becomes a WsException in an interceptor'),
  domain: () => new DomainError('declined'),
  shared: () => shared,
  string: () => 'just a string',
  null: () => null,
  frozen: () => Object.freeze(new Error('frozen failure')),
  getters: () =>
    Object.defineProperty(new Error('hidden'), 'cause', {
      get: () => {
        throw new Error('getter of cause');
      },
    }),
};
