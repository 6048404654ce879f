import { BadRequestException, UnauthorizedException, UnprocessableEntityException } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import { commonFailures, FilterCrash } from '../shared/failures.js';

export class ReturnedByFilter extends Error {}
export class MappedTo4xx extends Error {}
export class MappedToCode extends Error {}

const coded = (code: string) => new GraphQLError(`coded ${code}`, { extensions: { code } });

/** What resolvers throw, by name. */
export const throwables: Record<string, () => unknown> = {
  ...commonFailures,
  http400: () => new BadRequestException('bad input'),
  http401: () => new UnauthorizedException('who are you'),
  http422: () => new UnprocessableEntityException('makes no sense'),
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
};
