/** The mechanism's own reads as a Nest module. Whoever imports it provides `Directory`. */
import { Module } from '@nestjs/common';
import { MechanismController } from './http/mechanism.http.js';

@Module({ controllers: [MechanismController] })
export class MechanismModule {}
