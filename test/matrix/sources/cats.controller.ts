import { Controller, Get, Param, UseGuards } from '@nestjs/common';
import { CatsService } from './cats.service.js';
import { AdmittingGuard } from './enhancers.js';

@Controller('cats')
export class CatsController {
  constructor(private readonly cats: CatsService) {}

  @Get(':id')
  @UseGuards(AdmittingGuard)
  find(@Param('id') id: string): Promise<{ id: string }> {
    return this.cats.find(id);
  }
}
