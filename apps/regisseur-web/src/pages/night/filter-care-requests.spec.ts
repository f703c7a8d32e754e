import type { NightCareRequest } from '@anw/api-contracts';
import { filterCareRequests } from './filter-care-requests.js';

const fallen = { careRequest: { reportedBy: 'Dochter', description: 'Gevallen in de keuken' }, authorizations: [{ patient: { name: 'Zoë van den Heuvel' }, practitioner: { name: 'Noor de Wit' }, actor: { name: 'Wijkzorg Nacht' }, custodian: { name: 'De Linde' } }] } as unknown as NightCareRequest;
const catheter = { careRequest: { reportedBy: 'Huisartsenpost', description: 'Katheter verstopt' }, authorizations: [] } as unknown as NightCareRequest;
const find = (typed: string) => filterCareRequests([fallen, catheter], typed);

describe('searching in the night', () => {
  it('shows everything until something is typed', () => expect(find('  ')).toEqual([fallen, catheter]));
  it('finds by client, nurse, organisation, caller and words', () => {
    for (const typed of ['heuvel', 'noor', 'wijkzorg', 'linde', 'dochter', 'keuken']) expect(find(typed)).toEqual([fallen]);
  });
  it('wants every word, in any order, without capitals and accents', () => {
    expect(find('HEUVEL zoe')).toEqual([fallen]);
    expect(find('heuvel katheter')).toEqual([]);
  });
});
