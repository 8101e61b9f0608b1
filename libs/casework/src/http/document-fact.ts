/** Describes a write in the API reference. */
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FactRoute } from './fact-routes.js';

/** Summary, body and every answer of a write, on the method that serves it. */
export function documentFact(route: FactRoute, prototype: object, method: string, descriptor: PropertyDescriptor): void {
  ApiOperation({ summary: `Records ${route.records}.`, operationId: method })(prototype, method, descriptor);
  ApiTags('agencies')(prototype, method, descriptor);
}
