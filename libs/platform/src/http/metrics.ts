/** Figures for operators, on a port of their own. No label names an organisation or a stage: a count is a trace too. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { FastifyInstance } from 'fastify';
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { HealthChecks } from './health.js';

export const METRICS = Symbol('metrics registry');

/** A registry with the process's own figures. Others add theirs. */
export function createMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** Times every request by method and status alone: a route would name a stage. */
export function timeRequests(server: FastifyInstance, registry: Registry): void {
  const histogram = new Histogram({
    name: 'tandem_http_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  server.addHook('onResponse', (request, reply, done) => {
    histogram.observe({ method: request.method, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });
}

/** Tells each part of this process that can fail, asked whenever somebody looks: 1 serves, 0 does not. */
export function tellReadiness(checks: HealthChecks, registry: Registry): void {
  new Gauge({
    name: 'tandem_part_ready',
    help: 'Whether a part of this process can serve',
    labelNames: ['part'] as const,
    registers: [registry],
    async collect() {
      for (const [part, passes] of await checks.states()) this.set({ part }, passes ? 1 : 0);
    },
  });
}

/** Serves `/metrics` until the server that it returns is closed. */
export async function serveMetrics(registry: Registry, port: number, host: string): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end();
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}
