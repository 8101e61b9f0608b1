export * from './authentication/authentication.guard.js';
export * from './authentication/demo.http.js';
export * from './http/create-app.js';
export * from './http/health.js';
export { METRICS } from './http/metrics.js';
export * from './request/current-request.js';
