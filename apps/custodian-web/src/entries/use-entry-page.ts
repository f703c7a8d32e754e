import { useSearchParams } from 'react-router';

export type EntryShow = 'open' | 'waiting' | 'all';

/** Words of the address, for each what the service calls it. */
const shows: Readonly<Record<string, EntryShow>> = { wacht: 'waiting', alles: 'all' };

export interface EntryPlace {
  readonly show: EntryShow;
  /** Entry after which the page goes on. */
  readonly after?: string;
  /** Of enrolments: of this client alone. */
  readonly patient?: string;
}

export interface EntryPage {
  readonly place: EntryPlace;
  /** `?show=open&after=…`, as the service takes it. */
  readonly query: string;
  /** Goes to the first page of what is chosen. */
  readonly choose: (next: { readonly show?: EntryShow; readonly patient?: string | undefined }) => void;
  readonly goTo: (after: string | undefined) => void;
}

/** Which entries are on the page. It stands in the address, so that back and reload keep it. */
export function useEntryPage(): EntryPage {
  const [parameters, setParameters] = useSearchParams();
  const place = readPlace(parameters);
  return {
    place,
    query: toQuery(place),
    choose: (next) => setParameters(toParameters({ show: place.show, ...(place.patient !== undefined && { patient: place.patient }), ...next })),
    goTo: (after) => setParameters(toParameters({ ...place, after })),
  };
}

export function readPlace(parameters: URLSearchParams): EntryPlace {
  const [after, patient] = [parameters.get('na'), parameters.get('client')];
  return { show: showOf(parameters.get('toon')), ...(after !== null && { after }), ...(patient !== null && { patient }) };
}

interface PlaceToGo {
  readonly show: EntryShow;
  readonly after?: string | undefined;
  readonly patient?: string | undefined;
}

export function toParameters({ show, after, patient }: PlaceToGo): Record<string, string> {
  const word = Object.keys(shows).find((each) => shows[each] === show);
  return { ...(word !== undefined && { toon: word }), ...(patient !== undefined && { client: patient }), ...(after !== undefined && { na: after }) };
}

function toQuery({ show, after, patient }: EntryPlace): string {
  return `?${new URLSearchParams({ show, ...(patient !== undefined && { patient }), ...(after !== undefined && { after }) }).toString()}`;
}

function showOf(word: string | null): EntryShow {
  return word !== null && Object.hasOwn(shows, word) ? shows[word]! : 'open';
}
