import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';

const pure = ['libs/kernel/src/**/*.ts', 'libs/casework/src/stages/**/*.ts', 'libs/casework/src/shared/**/*.ts'];
const specs = ['**/*.spec.ts', 'test/**/*.ts'];
const message = 'A decision must come out the same at every replay: take it as an argument.';

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'bench/**/*.ts']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Nest registers classes: a module is an empty class under a decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // An event all of whose facts are personal has an empty clear part.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', 250],
    },
  },
  {
    name: 'only the configuration reads the environment',
    files: ['libs/**/*.ts', 'apps/**/*.ts'],
    ignores: ['libs/platform/src/config/**', 'libs/platform/src/config.ts', ...specs],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Only the configuration of libs/platform reads the environment.',
        },
      ],
    },
  },
  {
    name: 'decisions read no clock, no chance and no process',
    files: pure,
    ignores: ['**/*.http.ts', ...specs],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['process', 'performance', 'crypto', 'fetch', 'globalThis', 'Buffer'].map((name) => ({ name, message })),
        ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'].map((name) => ({ name, message })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message },
        { object: 'Temporal', property: 'Now', message },
        { object: 'Math', property: 'random', message },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message },
        { selector: "CallExpression[callee.name='Date']", message },
      ],
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['node:*'], message: 'Pure code imports nothing of Node.' }], paths: builtinModules },
      ],
    },
  },
  {
    name: 'specs',
    files: specs,
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    name: 'clients of the API know its answers by their documentation, not by types',
    files: ['test/e2e/**/*.ts', 'test/contract/audit/**/*.ts', 'test/support/**/*.ts', 'apps/demo/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/restrict-plus-operands': 'off',
    },
  },
  {
    name: 'the command line prints',
    files: ['apps/cli/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    name: 'scripts and configuration files',
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'URL', 'fetch', 'Buffer', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval']
          .concat(['performance', 'AbortController', 'AbortSignal', 'TextDecoder', 'TextEncoder', 'structuredClone'])
          .concat(['setImmediate', 'queueMicrotask', 'crypto', 'URLSearchParams', 'Response', 'Request', 'Headers'])
          .map((name) => [name, 'readonly']),
      ),
    },
    rules: { eqeqeq: 'error' },
  },
  { files: ['**/*.{js,mjs}'], rules: { 'max-lines': ['error', 250] } },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: { module: 'writable', require: 'readonly', __dirname: 'readonly' } },
  },
);
