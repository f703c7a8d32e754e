/** A finished HTTP answer; the body is what goes over the wire. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Carries an answer that a domain lib has rendered in the dialect of its norm (`toOAuthError`, `toOperationOutcome`)
 * out of a guard or a controller.
 */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
  constructor(
    readonly answer: Answer,
    options?: ErrorOptions,
  ) {
    super(`answered with ${answer.status}`, options);
  }
}

export function jsonAnswer(status: number, body: unknown, options: { readonly contentType?: string; readonly headers?: Readonly<Record<string, string>> } = {}): Answer {
  return { status, contentType: options.contentType ?? 'application/json', headers: options.headers, body: JSON.stringify(body) };
}
