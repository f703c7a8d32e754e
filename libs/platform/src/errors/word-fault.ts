/** The facts of a fault that a schema found, as far as they are worded (zod's issues, seen through Standard Schema). */
export interface SchemaFault {
  readonly message: string;
  readonly code?: string;
  readonly origin?: string;
  readonly format?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  /** What a schema gives along with a rule of its own. */
  readonly params?: { readonly inDutch?: unknown };
}

/**
 * What somebody at a page reads at the field, in Dutch. A rule that a schema words itself is worded for who reads it; one that
 * vendors and people both meet gives `params: { inDutch }` along.
 */
export function wordFault(fault: SchemaFault): string {
  switch (fault.code) {
    case 'too_small':
      return tooSmall(fault);
    case 'too_big':
      return tooBig(fault);
    case 'invalid_type':
      return fault.message.endsWith('received undefined') ? EMPTY : MISSHAPEN;
    case 'invalid_format':
      return formats[fault.format ?? ''] ?? MISSHAPEN;
    case 'invalid_value':
      return 'Kies een van de mogelijkheden.';
    case 'unrecognized_keys':
      return 'Hier staat iets bij dat niet gevraagd is.';
    case 'custom':
      return ownWords(fault);
    default:
      return MISSHAPEN;
  }
}

const EMPTY = 'Vul dit in.';
const MISSHAPEN = 'Dit is niet goed ingevuld.';
const formats: Readonly<Record<string, string>> = { date: 'Vul een datum in.', datetime: 'Vul een datum en tijd in.', email: 'Vul een e-mailadres in.', url: 'Vul een webadres in.' };

function ownWords({ message, params }: SchemaFault): string {
  if (typeof params?.inDutch === 'string') return params.inDutch;
  return message === 'Invalid input' ? MISSHAPEN : message;
}

function tooSmall({ origin, minimum = 0 }: SchemaFault): string {
  if (origin === 'string') return minimum > 1 ? `Vul ten minste ${minimum} tekens in.` : EMPTY;
  return origin === 'array' || origin === 'set' ? `Kies er ten minste ${minimum}.` : `Vul ${minimum} of meer in.`;
}

function tooBig({ origin, maximum = 0 }: SchemaFault): string {
  if (origin === 'string') return `Dit is te lang: hoogstens ${maximum} tekens.`;
  return origin === 'array' || origin === 'set' ? `Kies er hoogstens ${maximum}.` : `Vul ${maximum} of minder in.`;
}
