/** The mechanism's own reads as a Nest module. Whoever imports it provides `Directory` and `PolicyDesk`. */
import { Module } from '@nestjs/common';
import { MechanismController } from './http/mechanism.http.js';
import { PoliciesController } from './http/policies.http.js';
import { RulesController } from './http/rules.http.js';

@Module({ controllers: [MechanismController, PoliciesController, RulesController] })
export class MechanismModule {}
