/** Whether a refusal of a body says where in it: every JSON pointer leads to what was sent, or to a field missing right there. */

interface Refusal {
  readonly code?: string;
  readonly errors?: readonly { readonly pointer: string }[];
}

/** Says what is wrong with the pointers of an answer; `undefined` when nothing is, or it is about no body. */
export function pointerFault(answer: unknown, sent: string | undefined): string | undefined {
  const { code, errors = [] } = (answer ?? {}) as Refusal;
  if (code !== 'body-invalid' || sent === undefined) return undefined;
  if (errors.length === 0) return 'body-invalid says nowhere';
  // A body of nothing is taken for one without fields.
  const body = (JSON.parse(sent) as unknown) ?? {};
  const astray = errors.find(({ pointer }) => !leadsInto(body, pointer));
  return astray && `the pointer ${astray.pointer} leads nowhere in what was sent`;
}

function leadsInto(body: unknown, pointer: string): boolean {
  if (pointer === '') return true;
  if (!pointer.startsWith('/')) return false;
  const parts = pointer.slice(1).split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const parent = parts.slice(0, -1).reduce<unknown>((value, part) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined), body);
  return typeof parent === 'object' && parent !== null;
}
