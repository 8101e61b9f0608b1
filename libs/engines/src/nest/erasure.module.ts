/**
 * Carries erasures out. Not global, so that it starts after the modules that are: an erasure that was begun before a restart
 * is confirmed over the command bus while the app starts, and the bus knows its handlers only once its own module started.
 */
import { type DynamicModule, Module } from '@nestjs/common';
import { DERIVED_DATA } from '#privacy';
import type { Engines } from '../engines.js';
import { noticesOf } from '../notifications.js';
import { ErasureService } from './erasure.service.js';

@Module({})
export class ErasureModule {
  static on(engines: Engines): DynamicModule {
    return { module: ErasureModule, providers: [ErasureService, { provide: DERIVED_DATA, useValue: [noticesOf(engines)] }] };
  }
}
