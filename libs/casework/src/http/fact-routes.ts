/** Routes that record facts, as data: a path, the command it sends, the body it takes. One controller a stage is made of them. */
import { Controller, Post, type Type, UseInterceptors } from '@nestjs/common';
import type { CaseRequest } from '#platform';
import { CurrentRequest } from '#platform/nest';
import type { BodyClass } from '../dispatch/case-command.js';
import { Cases } from '../edge/cases.js';
import { documentFact } from './document-fact.js';
import { WriteAnswerInterceptor } from './write-answer.interceptor.js';

/** One write. */
export interface FactRoute {
  /** Full path; its parameters are aliases of the caller, named after the field that they fill in the command. */
  readonly path: string;
  readonly command: string;
  readonly body: BodyClass;
  /** One sentence for the API reference: which fact this records. */
  readonly records: string;
  /** Codes with which the stage itself may refuse, beside those that follow from the command's table. */
  readonly rejects?: readonly string[];
  /** Codes that the command's table would allow and that nobody can meet, each with the reason. */
  readonly neverMeets?: Readonly<Record<string, string>>;
}

/** Makes the controller of a stage's writes. Each method does one thing: hand the request to `Cases.record`. */
export function factController(stage: string, routes: readonly FactRoute[]): Type {
  class FactController {
    constructor(readonly cases: Cases) {}
  }
  Object.defineProperty(FactController, 'name', { value: `${stage}FactController` });
  Reflect.defineMetadata('design:paramtypes', [Cases], FactController);
  for (const route of routes) addRoute(FactController, route);
  Controller()(FactController);
  UseInterceptors(WriteAnswerInterceptor)(FactController);
  return FactController;
}

function addRoute(controller: Type<{ readonly cases: Cases }>, route: FactRoute): void {
  const method = route.command.charAt(0).toLowerCase() + route.command.slice(1);
  const prototype = controller.prototype as object;
  const descriptor = {
    value(this: { readonly cases: Cases }, request: CaseRequest) {
      return this.cases.record(request, route.command, route.body);
    },
    writable: true,
    configurable: true,
  };
  Object.defineProperty(prototype, method, descriptor);
  Post(route.path)(prototype, method, descriptor);
  CurrentRequest()(prototype, method, 0);
  documentFact(route, prototype, method, descriptor);
}
