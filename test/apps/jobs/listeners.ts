import { Injectable, NotFoundException, Scope } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import * as Sentry from '@sentry/nestjs';
import { Report } from 'nestjs-error-tracker';
import { setTimeout as sleep } from 'node:timers/promises';
import { IgnoredError, QuietError } from './failures.js';

@Injectable()
export class Listeners {
  /** What the listeners have begun, in this order. */
  readonly begun: string[] = [];

  @OnEvent('order.sync')
  sync() {
    this.begun.push('sync');
    throw new Error('failure of a listener');
  }
  @OnEvent('order.async')
  async later() {
    await sleep(5);
    throw new Error('failure of an asynchronous listener');
  }
  @OnEvent('order.*.shipped')
  wildcard() {
    throw new Error('failure of a wildcard listener');
  }
  @OnEvent('order.prepended', { prependListener: true })
  prepended() {
    throw new Error('failure of a prepended listener');
  }
  @OnEvent('order.deferred', { async: true, nextTick: true })
  async deferred() {
    throw new Error('failure of a deferred listener');
  }
  @OnEvent('order.strict', { suppressErrors: false })
  async strict() {
    throw new Error('failure that goes on');
  }
  @OnEvent('order.strict-text', { suppressErrors: false })
  async strictText() {
    throw 'a text that goes on';
  }
  @OnEvent('order.missing', { suppressErrors: false })
  async missing() {
    throw new NotFoundException('answered with 404');
  }
  @OnEvent('order.unanswered')
  unanswered() {
    throw new NotFoundException('logged by Nest');
  }
  @OnEvent('order.text')
  text() {
    throw 'the same text';
  }
  @OnEvent('order.text')
  textAgain() {
    throw 'the same text';
  }
  @OnEvent('order.ignored')
  ignored() {
    throw new IgnoredError('ignored');
  }
  @OnEvent('order.quiet')
  @Report({ ignore: [QuietError] })
  quiet() {
    throw new QuietError('quiet');
  }
  @OnEvent('order.returned')
  returned() {
    return { from: 'a listener' };
  }
  @OnEvent('order.marked')
  async marked(name: string) {
    const seen = Sentry.getIsolationScope().getUser()?.id;
    Sentry.setUser({ id: `listener of ${name}` });
    Sentry.setTag('leak', 'listener');
    Sentry.addBreadcrumb({ category: 'leak', message: 'crumb of a listener' });
    await sleep(Math.random() * 10);
    throw new Error(`marked by ${seen} for ${name}`);
  }
  @OnEvent('order.inherited')
  async inherited(name: string) {
    await sleep(Math.random() * 10);
    throw new Error(`inherited from ${name}`);
  }
}

@Injectable({ scope: Scope.REQUEST })
export class ScopedListener {
  @OnEvent('order.scoped')
  async scoped() {
    throw new Error('failure of a request-scoped listener');
  }
}
