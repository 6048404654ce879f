import { Inject, UseFilters, UseGuards, UseInterceptors } from '@nestjs/common';
import { Args, Int, Mutation, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { ErrorTracker, Report, TrackOperation } from 'nestjs-error-tracker';
import { Cat, cat, CatInput } from './cat.types.js';
import { CrashingFilter, FailingGuard, FailingInterceptor, FailingPipe, RefusingGuard } from '../shared/enhancers.js';
import { CodingFilter, MappingFilter, RenamingInterceptor, ReturningFilter, UserGuard } from './enhancers.js';
import { Events } from './events.js';
import { throwables } from './failures.js';

const later = (ms = 2) => new Promise((resolve) => setTimeout(resolve, ms));

@Resolver(() => Cat)
@UseGuards(UserGuard)
export class CatsResolver {
  constructor(
    @Inject(ErrorTracker) private readonly tracker: ErrorTracker,
    @Inject(Events) private readonly events: Events,
  ) {}

  @Query(() => [Cat])
  cats() {
    return [cat(1), cat(2), cat(3)];
  }

  @Query(() => Cat)
  odd() {
    const found = cat(9, { weight: 'not a number' });
    return Object.defineProperty(found, 'lazy', { get: () => Promise.reject(new Error('a property rejects')) });
  }

  @Query(() => [Cat], { nullable: 'items' })
  members() {
    return [cat(1), Promise.reject(new Error('a member rejects')), new Error('a member is an error')];
  }

  @Query(() => String, { nullable: true })
  @UseFilters(CrashingFilter, ReturningFilter, MappingFilter, CodingFilter)
  @UseInterceptors(RenamingInterceptor)
  throw(@Args('kind') kind: string): never {
    throw throwables[kind]!();
  }

  @Query(() => String, { nullable: true })
  returns(@Args('kind') kind: string) {
    return throwables[kind]!();
  }

  @Query(() => String, { nullable: true })
  @UseGuards(FailingGuard)
  guard() {
    return 'never';
  }

  @Query(() => String, { nullable: true })
  @UseGuards(RefusingGuard)
  refused() {
    return 'never';
  }

  @Query(() => String, { nullable: true })
  pipe(@Args('q', FailingPipe) _q: string) {
    return 'never';
  }

  @Query(() => String, { nullable: true })
  @UseInterceptors(FailingInterceptor)
  interceptor() {
    return 'never';
  }

  @Query(() => String, { nullable: true })
  manual(): never {
    const error = new Error('captured, then thrown');
    this.tracker.captureException(error, { tags: { manual: 'yes' } });
    throw error;
  }

  @Query(() => String, { nullable: true })
  wrapped(): never {
    const inner = new Error('inner failure');
    this.tracker.captureException(inner);
    throw new Error('outer failure', { cause: inner });
  }

  @Query(() => String, { nullable: true })
  async noted() {
    await later();
    this.tracker.captureException(new Error('only noted'));
    return 'noted';
  }

  @Query(() => String, { nullable: true })
  @Report({ status: { 404: 1 } })
  reported404(): never {
    throw throwables.http404!();
  }

  @Query(() => String, { nullable: true })
  @Report({ graphqlCodes: ['OUT_OF_FOOD'] })
  reportedCode(@Args('kind') kind: string): never {
    throw throwables[kind]!();
  }

  @Query(() => String, { nullable: true })
  async tracked() {
    return this.lookUp();
  }

  @TrackOperation('cats.lookUp')
  private async lookUp(): Promise<string> {
    await later();
    throw new Error('failure in an operation');
  }

  @Query(() => String, { nullable: true })
  async whoami(@Args('name') name: string) {
    this.tracker.setTag('who', name);
    this.tracker.addBreadcrumb('who', name);
    await later(Math.random() * 10);
    throw new Error(`failure of ${name}`);
  }

  @Mutation(() => Cat, { nullable: true })
  async addCat(@Args('input') input: CatInput) {
    await later();
    if (input.name === 'bad') throw new Error('the cat cannot be added');
    this.events.publish(cat(7, { name: input.name }));
    return cat(7, { name: input.name });
  }

  @Subscription(() => Cat, { resolve: (event: unknown) => event, nullable: true })
  catAdded() {
    return this.events.subscribe();
  }

  @Subscription(() => Cat, {
    nullable: true,
    filter: (event: Cat, variables: { name: string }) => event.name === variables.name,
    resolve: (event: Cat) => {
      if (event.name === 'unresolvable') throw new Error('an event cannot be resolved');
      return event;
    },
  })
  catNamed(@Args('name') _name: string) {
    return this.events.subscribe();
  }

  @Subscription(() => Cat, { nullable: true })
  @UseGuards(FailingGuard)
  guarded() {
    return this.events.subscribe();
  }

  @Subscription(() => Cat, { resolve: (event: unknown) => event, nullable: true })
  async *breaking() {
    yield cat(1);
    throw new Error('the source breaks');
  }

  @ResolveField(() => String, { nullable: true })
  async owner(@Parent() parent: Cat, @Args('fail', { nullable: true }) fail?: string) {
    this.tracker.addBreadcrumb('owner', parent.name);
    this.tracker.setTag('cat', parent.name);
    await later(parent.id * 5); // answers come in one order
    if (fail) throw fail === 'yes' ? new Error(`no owner of ${parent.name}`) : throwables[fail]!();
    return `owner of ${parent.name}`;
  }

  /** Without parameters, so Nest does not wrap it. */
  @ResolveField(() => String, { nullable: true })
  motto() {
    throw new Error('no motto');
  }

  @ResolveField(() => Int, { nullable: true })
  @UseGuards(FailingGuard)
  @UseFilters(MappingFilter)
  age(@Parent() _parent: Cat, @Args('kind') kind: string): never {
    throw throwables[kind]!();
  }
}
