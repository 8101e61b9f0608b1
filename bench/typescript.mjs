// node --conditions=source --import ./bench/typescript.mjs script.ts: runs the sources as they are, without a build.
import { transformSync } from '@swc/core';
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const jsc = {
  target: 'es2024',
  parser: { syntax: 'typescript', decorators: true },
  transform: {
    legacyDecorator: true,
    decoratorMetadata: true,
    verbatimModuleSyntax: true,
    useDefineForClassFields: false,
  },
};

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('.') && specifier.endsWith('.js')) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(source)) return { url: source.href, shortCircuit: true };
    }
    // bench/ has a package.json of its own, which knows no #names.
    return next(
      specifier,
      specifier.startsWith('#') ? { ...context, parentURL: import.meta.resolve('../package.json') } : context,
    );
  },
  load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    const { code } = transformSync(readFileSync(fileURLToPath(url), 'utf8'), { jsc, module: { type: 'es6' } });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
