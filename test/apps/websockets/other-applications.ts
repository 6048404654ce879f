import { Module } from '@nestjs/common';
import { ErrorTracker, SentryModule } from 'nestjs-error-tracker';
import { ChatGateway } from './chat.gateway.js';

@Module({
  imports: [
    SentryModule.forRoot({ capture: { ignore: ['plain failure'] }, context: { tags: () => ({ app: 'second' }) } }),
  ],
  providers: [ChatGateway],
})
class SecondModule {}

/** Beside applications that are watched, one that is not. */
@Module({ providers: [ChatGateway, ErrorTracker] })
class UnwatchedModule {}

export const OtherModules = [SecondModule, UnwatchedModule];
