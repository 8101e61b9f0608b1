// Lets a process beside jest run this repository's TypeScript: node --import <this file> x.ts
import { transformSync } from '@swc/core';
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

registerHooks({
  resolve(specifier, context, next) {
    const typescript = /^\..*\.js$/.test(specifier) && new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    const conditions = ['source', ...context.conditions];
    return next(typescript && existsSync(typescript) ? typescript.href : specifier, { ...context, conditions });
  },
  load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    const jsc = { target: 'es2024', parser: { syntax: 'typescript', decorators: true } };
    const options = { filename: fileURLToPath(url), jsc, module: { type: 'es6' }, sourceMaps: 'inline' };
    return {
      format: 'module',
      shortCircuit: true,
      source: transformSync(readFileSync(new URL(url), 'utf8'), options).code,
    };
  },
});
