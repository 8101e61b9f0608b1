/** The API as an OpenAPI 3.1 document, and as a page. */
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { bodySchemas } from './body-schemas.js';
import { namedSchemas } from './closed.js';
import { PROBLEM_SCHEMA } from './problem-docs.js';

interface Operation {
  parameters?: { readonly name: string; readonly in: string }[];
}

function declarePathParameters(document: OpenAPIObject): void {
  for (const [path, item] of Object.entries(document.paths)) {
    const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? '');
    for (const operation of Object.values(item as Record<string, Operation>)) {
      const declared = operation.parameters ?? [];
      const missing = names.filter((name) => !declared.some((p) => p.in === 'path' && p.name === name));
      const made = missing.map((name) => ({
        name,
        in: 'path',
        required: true,
        schema: { type: 'string' },
        description: 'The caller’s own name for it.',
      }));
      if (made.length > 0) operation.parameters = [...made, ...declared];
    }
  }
}

/** Builds the document of an app from its routes, their documentation and the classes of their bodies. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Tandem')
    .setDescription(
      'National identification and referral of victims of trafficking in human beings. Every write names the fact that it records.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'token')
    .build();
  const document = SwaggerModule.createDocument(app, about);
  const schemas = { ...document.components?.schemas, Problem: PROBLEM_SCHEMA, ...namedSchemas(), ...bodySchemas() };
  document.components = { ...document.components, schemas: schemas as never };
  declarePathParameters(document);
  return document;
}

/** Serves `/openapi.json` and `/docs`; built at the first request. Before `app.init()`. */
export function serveDocument(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Tandem API',
  });
}
