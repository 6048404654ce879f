import { SentryTypeOrmModule } from '../../lib/integrations/typeorm/index';
import { trackDataSource } from '../../lib/integrations/typeorm/track-data-source';

test.each([
  [{ slowerThan: 'soon' }, 'typeorm.slowerThan: received "soon"'],
  [{ nPlusOne: 1 }, 'typeorm.nPlusOne: received 1; expected a whole number from 2, or false'],
  [{ nPlusOne: true }, 'typeorm.nPlusOne: received true'],
  [{ slow: '1s' }, 'typeorm.slow: received "1s"'],
])('refuses %j', (options, message) => {
  expect(() => SentryTypeOrmModule.forRoot(options as object)).toThrow(message);
  expect(() => trackDataSource({}, options as object)).toThrow(message);
});

test('refuses what is not a data source', () => {
  expect(() => trackDataSource({ query: () => undefined })).toThrow('expected a DataSource of TypeORM');
});
