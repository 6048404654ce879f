import { Module, type ModuleMetadata } from '@nestjs/common';
import { ClientsModule } from '@nestjs/microservices';
import { TypeOrmModule } from '@nestjs/typeorm';
import { configuration } from '../configuration.js';
import { Order } from '../orders/order.entity.js';
import { BROKER, brokerAt } from './broker.js';
import { PackElsewhere, WarehouseController } from './pack-elsewhere.js';
import { PackHere } from './pack-here.js';
import { Shelves } from './shelves.js';
import { WarehouseService } from './warehouse.service.js';

const { brokerUrl } = configuration;

const here: ModuleMetadata = { providers: [PackHere] };
const elsewhere = (url: string): ModuleMetadata => ({
  imports: [ClientsModule.register([{ name: BROKER, ...brokerAt(url) }])],
  controllers: [WarehouseController],
  providers: [PackElsewhere],
});
const { imports = [], controllers = [], providers = [] } = brokerUrl ? elsewhere(brokerUrl) : here;

/** Packs paid orders: through a broker if one is configured, otherwise in this process. */
@Module({
  imports: [TypeOrmModule.forFeature([Order]), ...imports],
  controllers,
  providers: [WarehouseService, Shelves, ...providers],
})
export class WarehouseModule {}
