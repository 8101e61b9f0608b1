/** Turns whatever was thrown into the answer. Nothing of an unexpected error reaches the answer. */
import { Rejection, type RejectionDetails } from '#kernel';
import { type ProblemCode, problemEntry } from './catalogue.js';
import { type ProblemKind, STATUS } from './kinds.js';
import { Problem } from './problem.js';

export interface ProblemAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ProblemBody;
}

/** RFC 9457, with a stable `code`. `detail` is English and for people; programs read `code`. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly { readonly pointer: string; readonly code: string }[];
  readonly details?: RejectionDetails;
}

export type ProblemLanguage = 'en' | 'ro';

/**
 * Errors of other rooms, by name: this one imports no store. What they mean for the sender is the same everywhere:
 * nothing was decided, or nobody knows yet, and the same request may be sent again.
 */
const BY_NAME: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  WrongExpectedRevision: ['busy', 'others write to this case'],
  StreamBusy: ['busy', 'others write to this case'],
  AppendOutcomeUnknown: ['busy', 'it is not known yet whether this was recorded'],
  VaultUnavailable: ['busy', 'the vault that holds this data does not answer'],
  UnknownEvent: ['newer-events', 'the case holds facts that this build does not know'],
  AppendTooLarge: ['body-too-large', 'what was to be recorded is too large'],
};

/** Errors of the HTTP server, by their code. */
const BY_CODE: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['body-too-large', 'the body is larger than 256 KiB'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['media-type-unsupported', 'only application/json is read'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['broken-json', 'the body is empty'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['broken-json', 'the body does not parse'],
  FST_ERR_HANDLER_TIMEOUT: ['busy', 'the answer took too long'],
  HPE_HEADER_OVERFLOW: ['headers-too-large', 'the headers are too large'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'the request did not arrive in time'],
};

const BY_STATUS: Readonly<Record<number, readonly [ProblemCode, string]>> = {
  404: ['route-unknown', 'nothing answers at this path'],
  413: ['body-too-large', 'the body is too large'],
  415: ['media-type-unsupported', 'only application/json is read'],
  503: ['stopping', 'the service is stopping'],
};

interface Thrown {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly status?: unknown;
  readonly statusCode?: unknown;
}

function statusOf({ status, statusCode }: Thrown): number | undefined {
  return typeof status === 'number' ? status : typeof statusCode === 'number' ? statusCode : undefined;
}

function found(thrown: Thrown): Problem | undefined {
  const known = BY_NAME[String(thrown.name)] ?? BY_CODE[String(thrown.code)];
  if (known !== undefined) return new Problem(...known);
  if (typeof thrown.cause === 'object' && thrown.cause !== null) return found(thrown.cause);
  const status = statusOf(thrown);
  if (status === undefined || (status >= 500 && status !== 503)) return undefined;
  if (status < 400) return undefined;
  return new Problem(...(BY_STATUS[status] ?? (['broken-request', 'the request can not be read'] as const)));
}

/** Whether an error is one that answers with `internal`: a fault of this house, to be logged and mended. */
export function asProblem(error: unknown): Problem | Rejection | undefined {
  if (error instanceof Problem || error instanceof Rejection) return error;
  return typeof error === 'object' && error !== null ? found(error) : undefined;
}

function kindOf(error: Problem | Rejection): ProblemKind {
  return error instanceof Rejection ? error.kind : (problemEntry(error.code)?.kind ?? 'internal');
}

function bodyDetails({ errors, ...rest }: RejectionDetails): Pick<ProblemBody, 'errors' | 'details'> {
  const details = Object.keys(rest).length === 0 ? {} : { details: rest };
  if (!Array.isArray(errors)) return details;
  return {
    ...details,
    errors: errors.map((e: string) => ({
      pointer: e.slice(0, e.lastIndexOf(' ')),
      code: e.slice(e.lastIndexOf(' ') + 1),
    })),
  };
}

/** One text, wherever it was found out: another one would tell a case that is shut from one that is not there (8.3). */
const NOT_YOURS = 'there is no such thing, or it is not yours to know';

/** The answer for anything thrown; what is not known becomes `internal` and says nothing. */
export function toProblem(error: unknown, requestId: string, language: ProblemLanguage): ProblemAnswer {
  const known = asProblem(error) ?? new Problem('internal', 'an unexpected error happened');
  const entry = problemEntry(known.code);
  const status = STATUS[kindOf(known)];
  const title = (language === 'ro' ? entry?.titleRo : entry?.title) ?? known.code;
  const body = {
    type: `urn:tandem:problem:${known.code}`,
    title,
    status,
    code: known.code,
    detail: known.code === 'not-found' ? NOT_YOURS : known.message,
    requestId,
  };
  const retry = status === 503 ? { 'retry-after': '1' } : {};
  return {
    status,
    headers: { 'content-language': language, ...retry, ...(known instanceof Problem ? known.headers : {}) },
    body: { ...body, ...bodyDetails(known.details) },
  };
}

/** Romanian when the sender prefers it to English; English otherwise. Source: RFC 9110 12.5.4. */
export function languageOf(acceptLanguage: string | undefined): ProblemLanguage {
  const weights = { en: 0, ro: 0 };
  for (const range of (acceptLanguage ?? '').split(',').slice(0, 20)) {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
    const language = tag.split('-')[0];
    const weight = Number(
      parameters
        .find((p) => p.trim().startsWith('q='))
        ?.trim()
        .slice(2) ?? 1,
    );
    if ((language === 'en' || language === 'ro') && weight > weights[language]) weights[language] = weight;
  }
  return weights.ro > weights.en ? 'ro' : 'en';
}
