// JSON Schemas of TypeScript types, closed: what an answer may hold is read from the type of the code that makes it.
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');
const PRIMITIVES = [
  [ts.TypeFlags.StringLike, { type: 'string' }],
  [ts.TypeFlags.NumberLike, { type: 'number' }],
  [ts.TypeFlags.BooleanLike, { type: 'boolean' }],
  [ts.TypeFlags.Null, { type: 'null' }],
];
/** Deeper than any answer: a type that goes on for ever has no schema. */
const DEEPEST = 30;

/** The program of one folder and what it imports. */
export function programOf(folder) {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent({ ...config, include: [folder] }, ts.sys, root);
  return ts.createProgram(fileNames, { ...options, noEmit: true, incremental: false, tsBuildInfoFile: undefined });
}

export class TypeSchemas {
  /** @param hidden names of fields that are never shown, at the top of a type */
  constructor(program, { field = () => undefined } = {}) {
    this.checker = program.getTypeChecker();
    this.program = program;
    this.field = field;
  }

  /** The type that a module exports under a name. */
  exported(path, name) {
    const source = this.program.getSourceFile(join(root, path));
    const symbol = this.checker.getExportsOfModule(this.checker.getSymbolAtLocation(source)).find((one) => one.name === name);
    if (symbol === undefined) throw new Error(`${path} exports no ${name}`);
    return this.checker.getDeclaredTypeOfSymbol(symbol);
  }

  /** Fields of a type, each with its type: `[name, type, mayBeAbsent]`. */
  fieldsOf(type) {
    return this.checker.getPropertiesOfType(type).map((property) => {
      const of = this.checker.getTypeOfSymbol(property);
      const parts = of.isUnion() ? of.types : [of];
      const isAbsent = (part) => (part.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Never)) !== 0;
      return { name: property.name, parts: parts.filter((part) => !isAbsent(part)), optional: (property.flags & ts.SymbolFlags.Optional) !== 0 || parts.some(isAbsent) };
    });
  }

  /** @throws Error for a type that says nothing of its values; `where` names it */
  schemaOf(type, where, depth = 0) {
    if (depth > DEEPEST) throw new Error(`${where} goes on for ever`);
    if (type.isUnion()) return this.unionOf(type.types, where, depth);
    if (type.isLiteral()) return { enum: [type.value] };
    if ((type.flags & ts.TypeFlags.BooleanLiteral) !== 0) return { enum: [this.checker.typeToString(type) === 'true'] };
    const primitive = PRIMITIVES.find(([flags]) => (type.flags & flags) !== 0);
    if (primitive !== undefined) return primitive[1];
    if (this.checker.isArrayType(type) || this.checker.isTupleType(type)) return { type: 'array', items: this.itemsOf(type, where, depth) };
    if ((type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) === 0) throw new Error(`${where} may be anything: ${this.checker.typeToString(type)}`);
    return this.objectOf(type, where, depth);
  }

  itemsOf(type, where, depth) {
    const items = this.checker.getTypeArguments(type);
    return items.length === 0 ? false : this.unionOf(items.flatMap((item) => (item.isUnion() ? item.types : [item])), `${where}[]`, depth + 1);
  }

  objectOf(type, where, depth) {
    const index = this.checker.getIndexTypeOfType(type, ts.IndexKind.String);
    const fields = this.fieldsOf(type);
    if (index !== undefined && fields.length === 0) return { type: 'object', additionalProperties: this.schemaOf(index, `${where}.*`, depth + 1) };
    if (fields.length === 0 && /^(object|Object)$/.test(this.checker.typeToString(type))) throw new Error(`${where} may be any object`);
    const shown = fields.filter(({ parts }) => parts.length > 0);
    const properties = shown.map(({ name, parts }) => [name, this.field(name, parts) ?? this.unionOf(parts, `${where}.${name}`, depth + 1)]);
    return { type: 'object', required: shown.filter(({ optional }) => !optional).map(({ name }) => name), properties: Object.fromEntries(properties), additionalProperties: false };
  }

  unionOf(types, where, depth) {
    const schemas = new Map(types.map((type) => this.schemaOf(type, where, depth + 1)).map((schema) => [JSON.stringify(schema), schema]));
    const all = [...schemas.values()];
    const values = all.flatMap((schema) => schema.enum ?? []).sort();
    const others = all.filter((schema) => schema.enum === undefined);
    if (values.includes(true) && values.includes(false)) return this.either([{ type: 'boolean' }, ...others]);
    return this.either([...(values.length === 0 ? [] : [{ enum: values }]), ...others]);
  }

  either(schemas) {
    return schemas.length === 1 ? schemas[0] : { anyOf: schemas };
  }
}
