import type { ServiceName } from '@anw/region';
import type { TourFacts } from '../tour/tour-stop.js';

/** A page whose speed and accessibility are measured, by somebody who is logged in. */
export interface MeasuredPage {
  readonly service: ServiceName;
  readonly username: string;
  readonly path: (facts: TourFacts) => string;
}

/** The first page of each person, and where she spends her time. One person per service: they share a browser. */
export const measuredPages: readonly MeasuredPage[] = [
  { service: 'actor', username: 'noor', path: () => '/' },
  { service: 'actor', username: 'noor', path: ({ visit }) => `/bezoek/${visit}` },
  { service: 'actor', username: 'noor', path: ({ visit }) => `/bezoek/${visit}/schrijven/blood-pressure` },
  { service: 'regisseur', username: 'tess', path: () => '/' },
  { service: 'regisseur', username: 'tess', path: () => '/melding' },
  { service: 'regisseur', username: 'tess', path: ({ visit }) => `/bezoeken/${visit}` },
  { service: 'custodian', username: 'petra', path: () => '/' },
  { service: 'custodian', username: 'petra', path: () => '/logboek' },
];
