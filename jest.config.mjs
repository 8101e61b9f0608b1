import { existsSync } from 'node:fs';

const swc = {
  jsc: {
    target: 'es2024',
    parser: { syntax: 'typescript', decorators: true },
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      verbatimModuleSyntax: true,
      useDefineForClassFields: false,
    },
    keepClassNames: true,
    experimental: { keepImportAttributes: true },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

/** One jest project; a folder that does not exist yet is left out, since jest refuses unknown roots. */
const project = (displayName, folders) => ({
  displayName,
  rootDir: import.meta.dirname,
  roots: folders
    .filter((folder) => existsSync(`${import.meta.dirname}/${folder}`))
    .map((folder) => `<rootDir>/${folder}`),
  testMatch: ['**/*.spec.ts'],
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  injectGlobals: false,
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', swc] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  setupFiles: ['reflect-metadata'],
});

export default {
  // Every file that boots Nest leaves about 19 MB behind in its worker: few workers, and a fresh one when it has grown.
  maxWorkers: 2,
  workerIdleMemoryLimit: '2GB',
  coverageProvider: 'v8',
  coverageDirectory: 'dist/coverage',
  projects: [
    project('unit', ['libs', 'apps']),
    project('contract', ['test/contract']),
    project('properties', ['test/properties']),
    project('architecture', ['test/architecture']),
    project('e2e', ['test/e2e']),
  ].filter(({ roots }) => roots.length > 0),
};
