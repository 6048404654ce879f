import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { configuration } from '../configuration.js';

const { databaseUrl } = configuration;

/** PostgreSQL where an address is given; else SQLite as WebAssembly, in memory: nothing to install, nothing to start. */
@Module({
  imports: [
    TypeOrmModule.forRoot({
      ...(databaseUrl ? { type: 'postgres', url: databaseUrl } : { type: 'sqljs' }),
      autoLoadEntities: true,
      synchronize: true, // fit for a sample: a shop with customers has migrations
    }),
  ],
})
export class DatabaseModule {}
