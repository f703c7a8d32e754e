import type { ProblemDetails } from '@anw/api-contracts';

/** A request that did not get what it asked for, worded for the person at the page. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  private constructor(
    /** HTTP status; 0 when no answer came at all. */
    readonly status: number,
    /** Dutch. */
    readonly title: string,
    /** Dutch. */
    readonly detail: string | undefined,
    /** What to name when asking about it. */
    readonly reference: string | undefined,
    /** What is wrong with which field: `medication.dose` → a Dutch sentence. */
    readonly fields: Readonly<Record<string, string>>,
    /** `urn:anw:problem:…`, and whatever members of its own the problem has. */
    readonly body: Readonly<Record<string, unknown>>,
    options?: ErrorOptions,
  ) {
    super(detail ?? title, options);
  }

  static fromDetails({ title, status, detail, reference, errors = [], ...rest }: ProblemDetails): ApiProblem {
    return new ApiProblem(status, title, detail, reference, Object.fromEntries(errors.map((error) => [fieldOf(error.pointer), error.detail])), rest);
  }

  /** No answer: the connection is away, or the service is. */
  static unreachable(cause: unknown): ApiProblem {
    return new ApiProblem(0, 'Geen verbinding', 'De dienst is niet bereikbaar. Controleer uw verbinding en probeer het opnieuw.', undefined, {}, {}, { cause });
  }

  /** An answer that is not what the service promises: ours to repair. */
  static unreadable(status: number, reference: string | undefined, cause?: unknown): ApiProblem {
    const busy = status === 502 || status === 503 || status === 504;
    const [title, detail] = busy
      ? ['De dienst is even niet beschikbaar', 'Probeer het over een paar seconden opnieuw.']
      : ['Er ging bij ons iets mis', 'De dienst gaf een antwoord dat deze pagina niet begrijpt. Vernieuw de pagina of probeer het later opnieuw.'];
    return new ApiProblem(status, title, detail, reference, {}, {}, { cause });
  }

  /** Whether asking again may help: nothing was decided. */
  get isTransient(): boolean {
    return this.status === 0 || this.status === 429 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

/** `/medication/0/dose` → `medication.0.dose`, as forms name their fields (RFC 6901 §3). */
function fieldOf(pointer: string): string {
  return pointer.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')).join('.');
}
