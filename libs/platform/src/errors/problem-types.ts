/** Everything that can go wrong at an edge, closed. Each has a page in `docs/problems/` and a place in each dialect. */
export const problemTypes = {
  'invalid-request': { status: 400, title: 'The request does not have the form that this route reads', titel: 'De aanvraag is niet goed ingevuld' },
  'malformed-body': { status: 400, title: 'The body could not be read', titel: 'De inhoud van de aanvraag is onleesbaar' },
  'unauthenticated': { status: 401, title: 'Nobody is logged in, or the token is missing, unknown or expired', titel: 'U bent niet (meer) ingelogd' },
  'forbidden': { status: 403, title: 'Not allowed', titel: 'Geen toegang' },
  'cross-site': { status: 403, title: 'A change may only be asked by a page of this very site', titel: 'Deze aanvraag komt van een andere website' },
  'not-found': { status: 404, title: 'There is nothing here', titel: 'Niet gevonden' },
  'method-not-allowed': { status: 405, title: 'This route does not take that method', titel: 'Deze handeling bestaat hier niet' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive', titel: 'De aanvraag kwam te langzaam binnen' },
  'conflict': { status: 409, title: 'It clashes with what is there already', titel: 'Dit botst met wat er al is' },
  'precondition-failed': { status: 412, title: 'What the request supposes of what it names does not hold', titel: 'Dit is intussen veranderd' },
  'body-too-large': { status: 413, title: 'The body is larger than this route takes', titel: 'De aanvraag is te groot' },
  'uri-too-long': { status: 414, title: 'The path is longer than any route', titel: 'Het adres is te lang' },
  'unsupported-media-type': { status: 415, title: 'This route does not read that content type', titel: 'Dit soort inhoud wordt hier niet gelezen' },
  'range-not-satisfiable': { status: 416, title: 'There is no such part of what is asked for', titel: 'Dit deel bestaat niet' },
  'not-acceptable': { status: 422, title: 'Understood, but it cannot be carried out as asked', titel: 'Dit kan zo niet worden uitgevoerd' },
  'too-many-requests': { status: 429, title: 'Too many requests', titel: 'Te veel aanvragen' },
  'headers-too-large': { status: 431, title: 'The address and the headers are larger than this door takes', titel: 'Het adres en de kopregels zijn te lang' },
  'partner-unavailable': { status: 502, title: 'Another organisation did not answer as it should', titel: 'Een andere organisatie geeft nu geen goed antwoord' },
  'unavailable': { status: 503, title: 'The service waits for something it depends on', titel: 'De dienst is even niet beschikbaar' },
  'unexpected': { status: 500, title: 'Something went wrong on our side', titel: 'Er ging bij ons iets mis' },
} as const satisfies Record<string, { readonly status: number; readonly title: string; readonly titel: string }>;

export type ProblemName = keyof typeof problemTypes;

export const problemNames = Object.keys(problemTypes) as readonly ProblemName[];

/** Stable `type` of a problem (RFC 9457 §3.1.1); an identifier first, its page is `docs/problems/<name>.md`. */
export function problemType(name: ProblemName): string {
  return `urn:anw:problem:${name}`;
}
