/** Which methods a path has: what 404 and 405 are told apart by, and what `Allow` lists. */
import type { FastifyInstance } from 'fastify';

/** Methods of the routes that match a path, sorted; none when nothing answers there. */
export type AllowedMethods = (path: string) => readonly string[];

function matches(template: string, path: string): boolean {
  const parts = template.split('/');
  const given = path.split('/');
  if (parts.length !== given.length) return false;
  return parts.every((part, index) => part === given[index] || (part.startsWith(':') && given[index] !== ''));
}

/** Remembers every route that is registered on the server from now on. */
export function watchRoutes(server: FastifyInstance): AllowedMethods {
  const routes = new Map<string, Set<string>>();
  server.addHook('onRoute', ({ url, method }) => {
    const methods = routes.get(url) ?? new Set<string>();
    for (const name of [method].flat()) methods.add(name);
    routes.set(url, methods);
  });
  return (path) => {
    const found = [...routes].filter(([template]) => matches(template, path)).flatMap(([, methods]) => [...methods]);
    return [...new Set(found)].sort();
  };
}
