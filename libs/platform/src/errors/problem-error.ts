import { type ProblemName, problemTypes } from './problem-types.js';

/** One thing in the request that is wrong, at a JSON pointer (RFC 6901) into what was sent. */
export interface InvalidPart {
  readonly pointer: string;
  readonly detail: string;
  /** The same in Dutch, for who reads it at a page; left out: `detail` is Dutch, or is read by machines only. */
  readonly melding?: string;
}

export interface ProblemOptions extends ErrorOptions {
  /** Public: one sentence for whoever asked. In Dutch at the staff door. */
  readonly detail?: string;
  readonly errors?: readonly InvalidPart[];
  readonly retryAfterSeconds?: number;
  /** Reference of a decision record, when that is what helps; else the request's own. */
  readonly reference?: string;
  /** Headers that the caller needs to do better, such as a challenge (RFC 9110 §11.6.1). */
  readonly headers?: Readonly<Record<string, string>>;
  /** Members of the problem's own (RFC 9457 §3.2), read by our pages. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A failure that a controller or an edge can name; the dialect of the route decides how it is told. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly detail?: string;
  readonly errors?: readonly InvalidPart[];
  readonly retryAfterSeconds?: number;
  readonly reference?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly extensions?: Readonly<Record<string, unknown>>;

  constructor(
    readonly problem: ProblemName,
    options: ProblemOptions = {},
  ) {
    super(options.detail ?? problemTypes[problem].title, { cause: options.cause });
    this.detail = options.detail;
    this.errors = options.errors;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.reference = options.reference;
    this.headers = options.headers;
    this.extensions = options.extensions;
  }
}
