import { distanceKilometres } from '../places/places.js';
import { type Candidate, proposalReason, proposeOrder } from './propose-order.js';

const candidate = (name: string, change: Partial<Candidate> = {}): Candidate => ({ name, load: { openVisits: 0, plannedBlocks: 0 }, ...change });
const namesOf = (...candidates: Candidate[]) => proposeOrder(candidates).map(({ name }) => name);

describe('whom the desk would choose', () => {
  it('is first of all who may go', () => expect(namesOf(candidate('rood', { light: 'red', distanceKilometres: 1 }), candidate('oranje', { light: 'amber', distanceKilometres: 2 }), candidate('groen', { light: 'green', distanceKilometres: 30 }))).toEqual(['groen', 'oranje', 'rood']));
  it('is who would soonest be there: near, and free', () => {
    expect(namesOf(candidate('ver', { distanceKilometres: 20 }), candidate('dichtbij', { distanceKilometres: 3 }))).toEqual(['dichtbij', 'ver']);
    expect(namesOf(candidate('dichtbij maar bezig', { distanceKilometres: 3, load: { openVisits: 2, plannedBlocks: 0 } }), candidate('vrij', { distanceKilometres: 20 }))).toEqual(['vrij', 'dichtbij maar bezig']);
  });
  it('goes by district where no distance is known, and by name where nothing is', () => expect(namesOf(candidate('Zus'), candidate('Ans'), candidate('Wijk', { sameDistrict: true }))).toEqual(['Wijk', 'Ans', 'Zus']));
  it('says why, in Dutch', () => {
    expect(proposalReason(candidate('a', { distanceKilometres: 3.2, load: { openVisits: 1, plannedBlocks: 2 } }))).toBe('Ongeveer 3 km, 1 open bezoek, 2 geplande blokken');
    expect(proposalReason(candidate('b', { sameDistrict: false }))).toBe('In een andere wijk, geen bezoeken');
  });
});

describe('distance as the crow flies', () => {
  it('is about 13 km from Zutphen to Deventer, and none from a place to itself', () => {
    const [zutphen, deventer] = [{ latitude: 52.139, longitude: 6.198 }, { latitude: 52.252, longitude: 6.16 }];
    expect(distanceKilometres(zutphen, deventer)).toBeCloseTo(12.8, 0);
    expect(distanceKilometres(zutphen, zutphen)).toBe(0);
  });
});
