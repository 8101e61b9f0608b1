export * from './authentication/authentication.guard.js';
export * from './authentication/demo.http.js';
export * from './http/create-app.js';
export * from './http/health.js';
export { METRICS } from './http/metrics.js';
export * from './request/current-request.js';
export * from './openapi/route-docs.js';
export { openApiDocument } from './openapi/document.js';
export { bodySchemas } from './openapi/body-schemas.js';
