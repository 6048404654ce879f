import * as Sentry from '@sentry/nestjs';
import { startSentry } from '../../lib/init';
import { Receiver } from '../harness/receiver';

let receiver: Receiver;
beforeAll(async () => {
  receiver = await Receiver.start();
  startSentry({ dsn: receiver.dsn, environment: 'test', tracesSampleRate: 1 }, '');
});
afterAll(() => receiver.close());

test('spans of AI calls have the conversation of their scope, others have none', async () => {
  Sentry.withIsolationScope((scope) => {
    scope.setConversationId('conversation 1');
    Sentry.startSpan({ name: 'handles' }, () => {
      Sentry.startSpan({ name: 'chat gpt', op: 'gen_ai.chat' }, () => undefined);
      Sentry.startSpan({ name: 'ai.generateText' }, () => undefined);
      Sentry.startSpan({ name: 'embeds', attributes: { 'ai.operationId': 'embed' } }, () => undefined);
      Sentry.startSpan({ name: 'reads', op: 'db' }, () => undefined);
    });
  });
  Sentry.startSpan({ name: 'without a conversation', op: 'gen_ai.chat' }, () => undefined);
  await Sentry.flush();
  const ids = receiver.spans.map(({ name, data }) => [name, data['gen_ai.conversation.id']]);
  expect(Object.fromEntries(ids)).toEqual({
    handles: undefined,
    'chat gpt': 'conversation 1',
    'ai.generateText': 'conversation 1',
    embeds: 'conversation 1',
    reads: undefined,
    'without a conversation': undefined,
  });
});
