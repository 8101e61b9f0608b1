/**
 * The catalogue against the code: every code that anything in libs/ refuses with is documented, with the same kind, and
 * every documented code is one that something refuses with. Read from the sources, so that no code hides in a rare path.
 */
import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { PROBLEMS, problemEntry } from './catalogue.js';
import { STATUS } from './kinds.js';
import { problemsPage } from './problems-page.js';

const LIBS = join(import.meta.dirname, '../../..');

interface Use {
  readonly code: string;
  readonly kind: string | undefined;
  readonly where: string;
}
/** A function that refuses with a code, or a kind, that it is given: which parameters they are, or which kind it is. */
interface Helper {
  readonly code: number;
  readonly kind: number | string | undefined;
}

const files = globSync('*/src/**/*.ts', { cwd: LIBS })
  .filter((file) => !/\.spec\.ts$|\.contract\.ts$|\/contract\/|to-problem\.ts$/.test(file))
  .map((file) => ts.createSourceFile(file, readFileSync(join(LIBS, file), 'utf8'), ts.ScriptTarget.Latest, true));

function visit(node: ts.Node, each: (node: ts.Node) => void): void {
  each(node);
  ts.forEachChild(node, (child) => {
    visit(child, each);
  });
}

/** The texts that an expression can be; none when it is not written out here. */
function texts(node: ts.Node | undefined): readonly string[] {
  if (node === undefined) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...texts(node.whenTrue), ...texts(node.whenFalse)];
  return ts.isAsExpression(node) || ts.isParenthesizedExpression(node) ? texts(node.expression) : [];
}

/** The nearest function around a node that has this parameter, by the name under which it is called. */
function helperAround(node: ts.Node, parameter: string): { name: string; index: number } | undefined {
  for (let around: ts.Node = node; !ts.isSourceFile(around); around = around.parent) {
    if (!ts.isFunctionLike(around)) continue;
    const index = around.parameters.findIndex((p) => p.name.getText() === parameter);
    const named =
      around.name ??
      (ts.isVariableDeclaration(around.parent) || ts.isPropertyAssignment(around.parent)
        ? around.parent.name
        : undefined);
    if (index >= 0 && named !== undefined) return { name: named.getText(), index };
  }
  return undefined;
}

/** Whether a file means this helper by the name: it is its own, or it imports it from there. */
function isVisible(file: ts.SourceFile, home: string, name: string): boolean {
  if (file.fileName === home) return true;
  const stem = home.replace(/^.*\//, '').replace(/\.ts$/, '.js');
  return file.statements.some(
    (s) => ts.isImportDeclaration(s) && s.getText().includes(stem) && s.getText().includes(name),
  );
}

const kindsOfProblems = (code: string): string | undefined => problemEntry(code)?.kind;

function scan(): { uses: readonly Use[]; unread: readonly string[] } {
  const uses: Use[] = [];
  const unread: string[] = [];
  // By name, then by file: each stage may have a helper of its own under a name that others use too.
  const helpers = new Map<string, Map<string, Helper>>();
  const where = (node: ts.Node): string => `${node.getSourceFile().fileName}: ${node.getText().slice(0, 80)}`;

  /** One place that refuses: with written codes, or with what its function is given. */
  function refusal(node: ts.Node, code: ts.Node | undefined, kind: ts.Node | string | undefined): void {
    const kinds = typeof kind === 'string' ? [kind] : texts(kind);
    const codes = texts(code);
    // `x.code` hands on what was refused elsewhere.
    if (code !== undefined && ts.isPropertyAccessExpression(code) && code.name.text === 'code') return;
    if (codes.length > 0)
      return void uses.push(
        ...codes.map((c) => ({ code: c, kind: kinds.length === 1 ? kinds[0] : undefined, where: where(node) })),
      );
    const helper = code && helperAround(node, code.getText());
    if (helper === undefined) return void unread.push(where(node));
    const kindGiven =
      typeof kind === 'object' && kinds.length === 0 ? helperAround(node, kind.getText())?.index : kinds[0];
    const ofName = helpers.get(helper.name) ?? new Map<string, Helper>();
    helpers.set(helper.name, ofName.set(node.getSourceFile().fileName, { code: helper.index, kind: kindGiven }));
  }

  for (const file of files) {
    visit(file, (node) => {
      if (!ts.isNewExpression(node)) return;
      const [first, second] = node.arguments ?? [];
      if (node.expression.getText() === 'Rejection') refusal(node, second, first);
      if (node.expression.getText() === 'Problem') {
        const [code] = texts(first);
        refusal(node, first, code === undefined ? undefined : kindsOfProblems(code));
      }
    });
  }
  const followed = new Set<Helper>();
  const open = () =>
    [...helpers]
      .flatMap(([name, byFile]) => [...byFile].map(([file, helper]) => ({ name, file, helper })))
      .filter(({ helper }) => !followed.has(helper));
  for (let next = open()[0]; next !== undefined; next = open()[0]) {
    const { name, file: home, helper } = next;
    followed.add(helper);
    for (const file of files) {
      // Another file's function of that name stands nearer.
      if (file.fileName !== home && (helpers.get(name)?.has(file.fileName) === true || !file.text.includes(name)))
        continue;
      visit(file, (node) => {
        if (!ts.isCallExpression(node)) return;
        const called = ts.isPropertyAccessExpression(node.expression)
          ? node.expression.name.text
          : node.expression.getText();
        if (called === name && isVisible(file, home, name))
          refusal(
            node,
            node.arguments[helper.code],
            typeof helper.kind === 'number' ? node.arguments[helper.kind] : helper.kind,
          );
      });
    }
  }
  return { uses, unread };
}

const { uses, unread } = scan();
const ofTheServer = readFileSync(join(import.meta.dirname, 'to-problem.ts'), 'utf8');

describe('the catalogue of problems', () => {
  it('is compared with codes that are all written out somewhere', () => {
    expect(unread).toEqual([]);
    expect(uses.length).toBeGreaterThan(50);
  });

  it('documents every code in use', () => {
    expect([
      ...new Set(
        uses
          .filter(({ code }) => problemEntry(code) === undefined)
          .map(({ code, kind, where }) => `${String(kind)} ${code} (${where})`),
      ),
    ]).toEqual([]);
  });

  it('gives each code the kind with which it is refused', () => {
    const other = uses.filter(
      ({ code, kind }) => kind !== undefined && problemEntry(code) !== undefined && problemEntry(code)?.kind !== kind,
    );
    expect(other).toEqual([]);
  });

  it('documents nothing that is never answered', () => {
    const used = new Set(uses.map(({ code }) => code));
    expect(Object.keys(PROBLEMS).filter((code) => !used.has(code) && !ofTheServer.includes(`'${code}'`))).toEqual([]);
  });

  it('writes codes, titles and meanings in one manner', () => {
    for (const [code, { title, titleRo, meaning }] of Object.entries(PROBLEMS)) {
      expect(code).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
      expect([title, titleRo]).not.toContainEqual(expect.stringMatching(/\.$|^$|^[a-z]/));
      expect(titleRo).not.toBe(title);
      expect(meaning).toMatch(/^[A-Z`].*\.$/);
    }
  });

  it('is printed whole', () => {
    const page = problemsPage();
    for (const [code, { kind, title, titleRo }] of Object.entries(PROBLEMS)) {
      expect(page).toContain(`| \`${code}\` | ${String(STATUS[kind])} | ${title} | ${titleRo} |`);
    }
  });
});
