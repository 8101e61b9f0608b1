// The rooms: who may import whom, as docs/architecture.md tells it. `npm run rooms` checks them.
//
// A room is a set of files and the list of everything they may import beside files of their own library; whatever is
// not on the list is an error. Specs and contract suites may import anything. A library is entered by its root only:
// `#name` (src/index.ts) or `#name/nest` (src/nest.ts).

const { builtinModules } = require('node:module');

const TESTS = ['\\.spec\\.ts$', '\\.contract\\.ts$', '/contract/'];
const ADAPTERS = '^libs/[^/]+/src/adapters/';

const lib = (...names) => `^libs/(?:${names.join('|')})/src/index\\.ts$`;
const own = (...names) => `^libs/(?:${names.join('|')})/src/`;
const packages = (...names) => `(?:^|/)node_modules/(?:${names.join('|')})/`;
const NODE = `^(?:node:)?(?:${builtinModules.join('|')})$`;
const DRIVERS = packages('@eventstore', 'kafkajs', 'pg', '@types/pg', 'standardwebhooks');
const NEST = packages(
  '@nestjs/(?:common|core|swagger|platform-fastify)',
  'reflect-metadata',
  'rxjs',
  'fastify',
  '@fastify',
);
const BODIES = packages('class-validator', 'class-transformer', 'class-validator-jsonschema');

/** Files of `from` import only what `may` lists; `types` are libraries of which only types may be imported. */
const room = ({ name, comment, from, not = [], may, types = [] }) => [
  {
    name,
    comment,
    severity: 'error',
    from: { path: from, pathNot: [...TESTS, ...not] },
    to: { pathNot: [...may, ...types] },
  },
  ...(types.length > 0
    ? [
        {
          name: `${name}: types only`,
          comment: `${comment} (\`import type\`)`,
          severity: 'error',
          from: { path: from, pathNot: [...TESTS, ...not] },
          to: { path: types, dependencyTypesNot: ['type-only'] },
        },
      ]
    : []),
];

const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const kernel = room({
  name: 'kernel',
  comment: 'imports nothing: no package, nothing of Node, no other library',
  from: own('kernel'),
  may: [own('kernel')],
});

// Nest is glue: in a library it stands in these files only.
const GLUE = ['^libs/[^/]+/src/nest\\.ts$', '^libs/[^/]+/src/nest/', '\\.http\\.ts$', '^libs/[^/]+/src/http/'];
const WRITERS = '^libs/casework/src/(?:dispatch|reactions)(?:\\.ts$|/|-)';
const EDGE = '^libs/casework/src/edge(?:\\.ts$|/)';

const casework = [
  ...room({
    name: 'casework: pure files',
    comment: 'import the kernel, their own stage, shared facts and the vocabulary of mechanism',
    from: own('casework'),
    not: [...GLUE, WRITERS, EDGE],
    may: [own('casework'), lib('kernel', 'mechanism')],
  }),
  never(
    'casework: pure files stay pure',
    'no HTTP, no dispatch, no reaction below a rule',
    { path: own('casework'), pathNot: [...TESTS, ...GLUE, WRITERS, EDGE] },
    { path: [...GLUE, WRITERS, EDGE] },
  ),
  never(
    'casework: a stage knows no other stage',
    'what several stages may read is a shared fact',
    { path: '^libs/casework/src/stages/([^/]+)/', pathNot: TESTS },
    { path: '^libs/casework/src/stages/', pathNot: '^libs/casework/src/stages/$1/' },
  ),
  ...room({
    name: 'casework: http',
    comment: 'turns a request into a command: Nest, class-validator, kernel, dispatch, platform, vocabulary',
    from: '^libs/casework/src/.*\\.http\\.ts$',
    may: [own('casework'), lib('kernel', 'platform', 'mechanism'), '^libs/platform/src/nest\\.ts$', NEST, BODIES],
  }),
  ...room({
    name: 'casework: edge',
    comment: 'what controllers share: the command bus, aliases, receipts; no HTTP, no adapter',
    from: EDGE,
    may: [
      own('casework'),
      lib('kernel', 'platform', 'mechanism', 'privacy', 'event-store'),
      packages('@nestjs/(?:cqrs|common|core)', 'rxjs', 'reflect-metadata'),
      NODE,
    ],
  }),
  ...room({
    name: 'casework: dispatch and reactions',
    comment: 'the only way to a write: CommandBus, event store port, vault port, mechanism, pure files',
    from: WRITERS,
    may: [
      own('casework'),
      lib('kernel', 'event-store', 'privacy', 'mechanism', 'platform', 'database'),
      packages('@nestjs/(?:cqrs|common|core)', 'rxjs', 'reflect-metadata', 'canonicalize'),
      NODE,
    ],
  }),
  never(
    'casework: writes know no HTTP',
    'dispatch and reactions serve HTTP and CLI alike',
    { path: WRITERS, pathNot: TESTS },
    {
      path: ['\\.http\\.ts$', ADAPTERS],
    },
  ),
  never(
    'cqrs: one user',
    'only dispatch and the edge before it use @nestjs/cqrs, the module that configures it, and erasure, which sends a command',
    { path: '^(?:libs|apps)/', pathNot: [...TESTS, WRITERS, EDGE, '^libs/casework/src/nest(?:\\.ts$|/)', '^libs/engines/src/nest/'] },
    { path: packages('@nestjs/cqrs') },
  ),
];

const eventStore = room({
  name: 'event-store',
  comment: 'the port imports the kernel; a driver belongs to its adapter, Nest to its module',
  from: own('event-store'),
  not: [...GLUE, ADAPTERS],
  may: [own('event-store'), lib('kernel', 'database'), packages('canonicalize'), NODE],
});

const privacy = room({
  name: 'privacy',
  comment: 'imports kernel and the event store port, never casework',
  from: own('privacy'),
  not: [...GLUE, ADAPTERS],
  may: [own('privacy'), lib('kernel', 'event-store', 'database'), packages('canonicalize', 'kysely'), NODE],
});

const mechanism = room({
  name: 'mechanism',
  comment: 'imports kernel and the event store port, never casework',
  from: own('mechanism'),
  not: [...GLUE, ADAPTERS],
  may: [own('mechanism'), lib('kernel', 'event-store'), packages('date-holidays', 'ajv', 'canonicalize'), NODE],
});

const database = room({
  name: 'database',
  comment: 'one handle over SQLite and PostgreSQL: Kysely and the two drivers, no other library',
  from: own('database'),
  may: [own('database'), packages('kysely', 'pg', '@types/pg'), NODE],
});

const readModels = room({
  name: 'read-models',
  comment: 'the engine knows kernel, event store port and Kysely, never the domain',
  from: own('read-models'),
  not: [...GLUE],
  may: [own('read-models'), lib('kernel', 'event-store', 'database'), packages('kysely'), NODE],
});

const reporting = room({
  name: 'reporting',
  comment: 'imports read models and the types of events, never decisions or drivers',
  from: own('reporting'),
  not: [...GLUE],
  may: [
    own('reporting'),
    lib('kernel', 'read-models', 'platform', 'database'),
    packages('kysely', 'canonicalize'),
    NODE,
  ],
  types: [lib('casework', 'mechanism', 'event-store', 'privacy')],
});

const outward = ['notifications', 'audit'].flatMap((name) =>
  room({
    name,
    comment: 'imports the ports, the pure root of casework and the access decision; no read models, no HTTP of stages',
    from: own(name),
    not: [...GLUE, ADAPTERS],
    may: [
      own(name),
      lib('kernel', 'event-store', 'privacy', 'casework', 'mechanism', 'platform', 'database'),
      packages('kysely', 'canonicalize', 'jose', 'ajv', 'ajv-formats'),
      NODE,
    ],
  }),
);

const inbox = [
  ...room({
    name: 'inbox: pages',
    comment: 'markup, words, forms and sessions: no Nest, no store, no case',
    from: own('inbox'),
    not: [...GLUE],
    may: [own('inbox'), packages('jose'), NODE],
    types: [lib('platform', 'privacy')],
  }),
  ...room({
    name: 'inbox: edge',
    comment: "goes the way of the API: casework's desk and door, the platform's verifier; no event store, no adapter",
    from: '^libs/inbox/src/(?:nest\\.ts$|http/)',
    may: [
      own('inbox'),
      lib('kernel', 'platform', 'privacy'),
      '^libs/(?:casework|platform)/src/nest\\.ts$',
      NEST,
    ],
    types: [packages('pino')],
  }),
];

const platform = room({
  name: 'platform',
  comment:
    'imports the kernel and the pure root of casework (the access decision reads a case), never a store or a driver',
  from: own('platform'),
  may: [
    own('platform'),
    lib('kernel', 'casework'),
    NEST,
    BODIES,
    packages('jose', 'pino', 'prom-client', 'ajv', 'ajv-formats'),
    NODE,
  ],
  types: [lib('mechanism')],
});

const adapters = [
  never(
    'adapter: alone',
    'an adapter imports no other adapter',
    { path: '^libs/([^/]+)/src/adapters/([^/.]+)', pathNot: TESTS },
    { path: ADAPTERS, pathNot: '^libs/$1/src/adapters/$2(?:/|\\.|-)' },
  ),
  never(
    'adapter: knows no domain',
    'an adapter imports its port, the kernel and its driver',
    { path: ADAPTERS, pathNot: TESTS },
    {
      path: own('casework', 'mechanism', 'read-models', 'reporting', 'audit'),
    },
  ),
  never(
    'adapter: chosen by the module',
    'only the module of a library imports its adapters',
    {
      path: '^libs/',
      pathNot: [...TESTS, ADAPTERS, '^libs/[^/]+/src/nest(?:\\.ts$|/)', '^libs/[^/]+/src/index\\.ts$'],
    },
    { path: ADAPTERS },
  ),
  never(
    'adapter: a root offers the embedded one',
    'importing a library loads no driver; SQLite is built into Node',
    { path: '^libs/[^/]+/src/index\\.ts$' },
    { path: ADAPTERS, pathNot: '/adapters/sqlite(?:/|\\.|-)' },
  ),
  ...[
    ['@eventstore', '^libs/event-store/src/adapters/eventstoredb'],
    ['kafkajs', '^libs/notifications/src/adapters/kafka'],
    ['standardwebhooks', '^libs/notifications/src/adapters/webhook'],
    ['pg', '^libs/(?:[^/]+/src/adapters/postgres|database/src/)'],
  ].map(([driver, home]) =>
    never(
      `driver: ${driver}`,
      `${driver} is imported by its adapter only`,
      { path: '^(?:libs|apps)/', pathNot: [...TESTS, home] },
      {
        path: packages(driver),
      },
    ),
  ),
  never(
    'driver: node:sqlite',
    'SQLite is opened by adapters and by libs/database only',
    { path: '^(?:libs|apps)/', pathNot: [...TESTS, ADAPTERS, own('database')] },
    { path: ['^node:sqlite$', '^sqlite$'] },
  ),
];

const glue = [
  never(
    'nest: glue only',
    'Nest stands in modules and controllers (nest.ts, *.http.ts, http/), in dispatch, platform and apps',
    { path: '^libs/', pathNot: [...TESTS, ...GLUE, WRITERS, EDGE, own('platform')] },
    { path: packages('@nestjs', 'fastify', '@fastify', 'rxjs') },
  ),
  never(
    'nest: no drivers in controllers',
    'a controller reaches no driver',
    { path: '\\.http\\.ts$', pathNot: TESTS },
    {
      path: [DRIVERS, ADAPTERS, '^node:sqlite$'],
    },
  ),
];

const apps = [
  never(
    'apps: apart',
    'an app imports no other app',
    { path: '^apps/([^/]+)/' },
    { path: '^apps/', pathNot: '^apps/$1/' },
  ),
  never('apps: nobody imports them', 'libraries know no app', { path: '^libs/', pathNot: TESTS }, { path: '^apps/' }),
  never('apps: no drivers', 'an app lists modules', { path: '^apps/', pathNot: TESTS }, { path: DRIVERS }),
  ...room({
    name: 'apps: cli',
    comment: "a client of the HTTP API and of audit's verifier, nothing else",
    from: '^apps/cli/',
    may: ['^apps/cli/', lib('audit'), packages('commander'), NODE],
    types: [lib('kernel', 'casework', 'platform', 'reporting', 'notifications')],
  }),
];

const everywhere = [
  never(
    'root only',
    'a library is entered by #name or #name/nest',
    { path: '^libs/([^/]+)/', pathNot: TESTS },
    { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/(?:index|nest)\\.ts$'] },
  ),
  never(
    'root only: apps',
    'a library is entered by #name or #name/nest',
    { path: '^apps/', pathNot: TESTS },
    {
      path: '^libs/',
      pathNot: '^libs/[^/]+/src/(?:index|nest)\\.ts$',
    },
  ),
  never(
    'by name',
    'another library is imported by its name (#name), not by a path',
    { path: '^libs/([^/]+)/', pathNot: TESTS },
    { path: '^libs/', pathNot: '^libs/$1/', dependencyTypesNot: ['aliased-subpath-import'] },
  ),
  never(
    'own root',
    'a library does not import itself by name',
    { path: '^libs/([^/]+)/', pathNot: TESTS },
    {
      path: '^libs/$1/',
      dependencyTypes: ['aliased-subpath-import'],
    },
  ),
  never(
    'no cycles',
    'a cycle that exists at run time; types may refer to each other',
    {},
    {
      circular: true,
      viaOnly: { dependencyTypesNot: ['type-only'] },
    },
  ),
  never('resolvable', 'an import that leads nowhere', {}, { couldNotResolve: true }),
  never(
    'tests stay outside',
    'the product imports nothing of the tests',
    { path: '^(?:libs|apps)/', pathNot: TESTS },
    {
      path: ['^test/', '^bench/', '\\.spec\\.ts$'],
    },
  ),
  never(
    'production dependencies',
    'the product runs without devDependencies',
    { path: '^(?:libs|apps)/', pathNot: TESTS },
    { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
  ),
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...kernel,
    ...casework,
    ...eventStore,
    ...privacy,
    ...mechanism,
    ...database,
    ...readModels,
    ...reporting,
    ...outward,
    ...inbox,
    ...platform,
    ...adapters,
    ...glue,
    ...apps,
    ...everywhere,
  ],
  options: {
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: ['^dist/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'node', 'import', 'require', 'types', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types'],
    },
    skipAnalysisNotInRules: true,
  },
};
