import {
  BadRequestException,
  HttpException,
  NotFoundException,
  UnauthorizedException,
  UnprocessableEntityException,
} from '@nestjs/common';
import { GraphQLError } from 'graphql';

export class FilterCrash extends Error {}
export class ReturnedByFilter extends Error {}
export class MappedTo4xx extends Error {}
export class MappedToCode extends Error {}
export class RenamedError extends Error {}
export class IgnoredError extends Error {}

const coded = (code: string) => new GraphQLError(`coded ${code}`, { extensions: { code } });
const shared = new Error('the one shared instance');

export const throwables: Record<string, () => unknown> = {
  error: () => new Error('plain failure'),
  http503: () => new HttpException('maintenance', 503),
  http400: () => new BadRequestException('bad input'),
  http401: () => new UnauthorizedException('who are you'),
  http403: () => new HttpException('forbidden', 403),
  http404: () => new NotFoundException('no such cat'),
  http422: () => new UnprocessableEntityException('makes no sense'),
  statusCode413: () => Object.assign(new Error('too large'), { statusCode: 413 }),
  graphql: () => new GraphQLError('a GraphQL error without a code'),
  graphql404: () => new GraphQLError('not found', { extensions: { http: { status: 404 } } }),
  internal: () => coded('INTERNAL_SERVER_ERROR'),
  custom: () => coded('OUT_OF_FOOD'),
  input: () => coded('BAD_USER_INPUT'),
  unauthenticated: () => coded('UNAUTHENTICATED'),
  forbidden: () => coded('FORBIDDEN'),
  crash: () => new FilterCrash('original failure'),
  returned: () => new ReturnedByFilter('the filter returns it'),
  mapped: () => new MappedTo4xx('becomes a 404 in a filter'),
  mappedCode: () => new MappedToCode('becomes a client error in a filter'),
  renamed: () => new RenamedError('becomes a 409 in an interceptor'),
  ignored: () => new IgnoredError('never reported'),
  shared: () => shared,
  string: () => 'just a string',
  null: () => null,
  undefined: () => undefined,
  frozen: () => Object.freeze(new Error('frozen failure')),
  cyclic: () => {
    const first = new Error('cyclic outer');
    first.cause = new Error('cyclic inner', { cause: first });
    return first;
  },
  aggregate: () => new AggregateError([new Error('first member'), new Error('second member')], 'several'),
};
