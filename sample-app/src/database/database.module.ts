import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SentryTypeOrmModule } from 'nestjs-error-tracker/typeorm';
import { configuration } from '../configuration.js';

const { databaseUrl } = configuration;

/** Uses PostgreSQL if a URL is configured, else in-memory SQLite as WebAssembly, which needs no installation. */
@Module({
  imports: [
    SentryTypeOrmModule.forRoot({ slowerThan: '500ms' }),
    TypeOrmModule.forRoot({
      ...(databaseUrl ? { type: 'postgres', url: databaseUrl } : { type: 'sqljs' }),
      autoLoadEntities: true,
      synchronize: true, // acceptable in a sample; use migrations in production
    }),
  ],
})
export class DatabaseModule {}
